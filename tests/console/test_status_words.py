"""The lines of the frame and of an empty desk on a small screen: what matters is never cut."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.console.desk_at_hand import console_at_hand, line, some_lines
from tests.console.harness import NOON, Stage
from tests.console.test_frame import account, held
from tests.console.test_questions import why_of

from careconsole.channels.contract import REFUSES_TOKEN
from careconsole.console.help_screen import HelpScreen
from careconsole.console.status_line import StatusLine
from careconsole.console.why_screen import why_sentences
from careconsole.model.instant import to_us
from careconsole.model.message import Kind
from careconsole.model.priority import Waiting
from careconsole.store import accounts

REFUSED = f"account shop: the server https://social.example {REFUSES_TOKEN}; log in again"


@pytest.mark.parametrize("cells", [160, 80, 60])
@pytest.mark.parametrize("number", [1, 12])
async def test_a_dead_token_is_named_with_what_to_do(cells: int, number: int) -> None:
    status = StatusLine()
    async with Stage(status).run_test(size=(cells, 5)) as pilot:
        dead = [
            account(f"shop number {n}", 10, failures=1, last_error=REFUSED, id=n + 1) for n in range(number)
        ]
        status.show_accounts([*dead, account("fine", 5)], NOON)
        await pilot.pause()
        assert "refused" in status.plain and "careconsole doctor" in status.plain and "…" not in status.plain
        assert (REFUSED in status.plain) == (cells == 160 and number == 1)
        status.show_held([(held(1, 9.2), 9.2)])
        if cells >= 80:
            assert "refused" in status.plain and "careconsole doctor" in status.plain
            assert "F4 withdraws · to @customer1" in status.plain


@pytest.mark.parametrize("cells", [160, 102, 80, 60])
@pytest.mark.parametrize("number", [1, 2, 12])
async def test_a_warning_of_the_record_stands_there_at_every_width(cells: int, number: int) -> None:
    status = StatusLine()
    status.warning = (
        "SQLite 3.40.1 can lose commits with a write-ahead log; the slower rollback journal is used"
    )
    async with Stage(status).run_test(size=(cells, 5)):
        status.show_accounts([account(f"shop{n}", 5, id=n) for n in range(number)], NOON)
        assert "rollback journal" in status.plain and "ok" in status.plain and "…" not in status.plain
        assert cells == 102 or (status.warning in status.plain) == (cells == 160)


async def test_an_account_that_does_not_answer_says_what_to_do() -> None:
    status = StatusLine()
    async with Stage(status).run_test(size=(80, 5)):
        error = "account shop: the server https://social.example does not answer (ConnectTimeout)"
        status.show_accounts([account("shop", 300, failures=4, last_error=error)], NOON)
        assert status.plain.strip() == "shop 5m! · see careconsole doctor"
        status.show_accounts([account("shop", 10, failures=1, last_error=error)], NOON)
        assert status.plain.strip() == "shop ok"
        status.show_accounts([account("a-long-name" * 5, 300), account("b-long-name" * 5, 5)], NOON)
        assert "1 account ok" in status.plain


async def test_the_sentence_of_a_refused_token_reaches_the_screen(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, size=(80, 24)) as at:
        await at.desk.store.write(lambda tx: accounts.poll_failed(tx, 1, REFUSED))
        at.screen.look_around()
        await at.until(lambda: "import refused! · see careconsole doctor" in at.screen.status.plain)


async def test_a_broken_settings_file_is_named_to_the_end(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, size=(80, 24)) as at:
        (tmp_path / "settings.toml").write_text("[rank]\nvip = 1\n", encoding="utf-8")
        at.screen.look_at_settings()
        at.screen.look_at_settings()
        await at.settle()
        assert at.said.startswith("! settings.toml, line 2: ")
        shown = " ".join(row.strip() for row in at.picture.splitlines()[-4:-1])
        assert shown.endswith(at.said.removeprefix("! ")[-40:]) and "did you mean rank.vips?" in shown
        assert str(tmp_path) not in shown
        at.screen.say("Short again.")
        await at.settle()
        assert at.screen.status.size.height == 1 and "Short again." in at.picture.splitlines()[-2]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (170, 45)])
async def test_an_empty_desk_says_all_of_how_to_begin(tmp_path: Path, size: tuple[int, int]) -> None:
    async with console_at_hand(tmp_path, [], size=size) as at:
        words = " ".join(
            " ".join(row[: at.screen.queue.size.width].split()) for row in at.picture.splitlines()
        )
        for command in (
            "careconsole --sample",
            "careconsole accounts add mastodon NAME --url URL --token-file FILE",
            "careconsole import FILE",
        ):
            assert command in words
        if size[0] == 80:
            assert at.picture.splitlines()[3].startswith(" To answer: ")


async def test_an_import_into_an_empty_console_is_seen_from_its_top(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, []) as at:
        for number in (30, 10, 0):  # each lot is more urgent than the one before
            lines = [line(f"m{number}-{n}", f"c{number + n}", "Hello?", 200 - number - n) for n in range(10)]
            await at.arrive(*lines)
            await at.until(lambda number=number: f"@c{number} " in at.picture)  # type: ignore[misc]
            assert at.screen.queue.cursor_row is not None
            assert at.screen.queue.cursor_row.handle == f"c{number}"
            assert "higher up" not in at.picture
        await at.press("j")
        await at.arrive(line("x", "first", "Hello?", 300))
        await at.until(lambda: "+1 above" in at.picture)
        await at.press("full_stop")
        assert at.screen.queue.cursor_row.handle == "c1", "a hand has been on the list"


async def test_help_goes_to_its_ends(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, some_lines(2), size=(80, 24)) as at:
        await at.press("question_mark")
        assert isinstance(at.console.screen, HelpScreen)
        assert "G, End " in at.picture and "more lines below: Down, PgDn, End" in at.picture
        await at.press("end")
        assert "That is all." in at.picture and "HELD UNKNOWN FAILED" in at.picture
        await at.press("up")
        assert " 1 more line below:" in at.picture
        await at.press("home")
        assert "Enter, l" in at.picture


def test_why_names_the_zone_of_its_times() -> None:
    why = why_of([Waiting(Kind.QUESTION, to_us(NOON))])
    assert "Times are in UTC" in why_sentences(why, UTC)
    assert "Times are in CET (UTC+01:00)" in why_sentences(why, ZoneInfo("Europe/Zagreb"))
    assert "Times are in UTC-03:00" in why_sentences(why, ZoneInfo("America/Sao_Paulo"))
    night = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    change = why_sentences(why_of([Waiting(Kind.QUESTION, to_us(night))]), ZoneInfo("Europe/Zagreb"))
    assert "Times are in CET (UTC+01:00), then CEST (UTC+02:00)" in change
