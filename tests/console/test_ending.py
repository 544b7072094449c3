"""A console that nobody quits: the terminal goes, or the process is asked to end; nothing that was typed is lost."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest
from tests.console.desk_at_hand import some_lines
from tests.console.terminal_desk import events_of, open_console
from tests.pty_console import PtyConsole

from careconsole.desk import replies
from careconsole.desk.importing import import_lines
from careconsole.desk.opening import open_desk

pytestmark = pytest.mark.timeout(60)
TYPED = "We look into it at once, and write again by noon"


async def _prepare(home: Path) -> None:
    async with open_desk(home, agent="tests", create=True) as desk:
        await import_lines(desk, some_lines(), lambda *refused: None)


async def _drafts(home: Path) -> list[str]:
    async with open_desk(home, agent="ana", read_only=True) as desk:
        return [draft.text for draft in await replies.my_drafts(desk)]


def _write(console: PtyConsole) -> None:
    console.wait_for("customer1")
    console.press("r")
    console.wait_for("PUBLIC reply")
    console.press(*TYPED)
    console.wait_for("noon")


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_what_is_typed_and_read_is_kept(tmp_path: Path, number: signal.Signals) -> None:
    asyncio.run(_prepare(tmp_path))
    with open_console(tmp_path, 100, 30) as console:
        _write(console)
        os.kill(console.pid, number)
        assert console.wait_for_end() == 128 + number
        if number is signal.SIGTERM:
            assert b"\x1b[?1049l" in console.output, "the terminal is as it was"
    assert asyncio.run(_drafts(tmp_path)) == [TYPED]
    told = events_of(tmp_path)
    assert (told["signed_on"], told["signed_off"], told["focus"]) == (1, 1, 1)


def test_the_terminal_itself_goes(tmp_path: Path) -> None:
    asyncio.run(_prepare(tmp_path))
    with open_console(tmp_path, 100, 30) as console:
        _write(console)
        console.hang_up()
        assert console.wait_for_end() == 128 + signal.SIGHUP
    assert asyncio.run(_drafts(tmp_path)) == [TYPED]
    assert events_of(tmp_path)["signed_off"] == 1
