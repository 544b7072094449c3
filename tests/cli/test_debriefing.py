"""train --debrief and --progress: past runs as text, page and JSON; what cannot be read is said, and nothing is written."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.desk.practised import FINE, practising

from careconsole.__main__ import main
from careconsole.cli import debriefing
from careconsole.cli.told import told
from careconsole.desk.practice.run import Run, begin_run, end_run
from careconsole.model.message import Kind

Typed = Callable[..., tuple[int, str, str]]


@pytest.fixture
def typed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Type a command about past runs; exit code, data and messages."""

    def type_(act: Callable[[argparse.Namespace], int], **options: Any) -> tuple[int, str, str]:
        given = {
            "debrief": 0,
            "json": False,
            "html": None,
            "text": False,
            "sample": False,
            "home": str(tmp_path),
        }
        code = told(lambda: act(argparse.Namespace(**{**given, **options})))
        out = capsys.readouterr()
        return code, out.out, out.err

    return type_


async def played(home: Path, minute: float = 12, *, is_finished: bool = True, text: str = FINE) -> Run:
    """A run that lies in a home."""
    async with practising(home / "unborn") as run:
        talk = await run.hears("a", "ann", "My card was charged twice!", kind=Kind.COMPLAINT, ack_min=10)
        run.minute(minute)
        await run.answers(talk, text)
        scenario = run.scenario()
        lines = [run.header(), *run.lines]
    source = home / "by-hand.jsonl"
    source.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    begun = begin_run(home, scenario, speed=1.0, agent="ana", source=str(source))
    (home / "unborn" / "desk.db").rename(begun.record)
    if is_finished:
        return end_run(begun, run.run(minute + 1).ended_at or begun.began_at)
    return begun


def files_of(home: Path) -> dict[str, bytes]:
    """Everything in a home, but the empty log that SQLite leaves beside a record."""
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


async def in_a_thread(act: Callable[..., Any], *words: Any, **more: Any) -> Any:
    """The commands begin a loop of their own."""
    import asyncio

    return await asyncio.to_thread(act, *words, **more)


async def test_the_newest_run_is_told_as_text(tmp_path: Path, typed: Typed) -> None:
    await played(tmp_path)
    await played(tmp_path, 2)
    before = files_of(tmp_path)
    code, out, err = await in_a_thread(typed, debriefing.show_debrief, text=True)
    assert (code, err) == (0, "")
    assert out.startswith("Practice run 2: By hand\n") and "YOU AND THE GHOST" in out
    assert "Better, run 2 against run 1: acknowledgement 0 -> 100, answer-in-time 1 time -> 0." in " ".join(
        out.split()
    )
    _, first, _ = await in_a_thread(typed, debriefing.show_debrief, text=True, debrief=1)
    assert first.startswith("Practice run 1: By hand\n") and "PROGRESS" not in first
    assert files_of(tmp_path) == before


async def test_json_and_page(tmp_path: Path, typed: Typed) -> None:
    await played(tmp_path)
    code, out, _ = await in_a_thread(typed, debriefing.show_debrief, json=True)
    assert code == 0 and json.loads(out)["marks"]["acknowledgement"]["points"] == 0
    page = tmp_path / "out" / "page.html"
    code, out, err = await in_a_thread(typed, debriefing.show_debrief, html=str(page))
    assert (code, out) == (2, "") and "cannot be written (No such file or directory)" in err
    page.parent.mkdir()
    code, out, err = await in_a_thread(typed, debriefing.show_debrief, html=str(page))
    assert (code, out) == (0, "") and str(page) in err and page.read_text().startswith("<!DOCTYPE html>")
    code, out, _ = await in_a_thread(typed, debriefing.show_debrief, html="-")
    assert out == page.read_text()


async def test_progress_as_lines_and_json(tmp_path: Path, typed: Typed) -> None:
    code, out, _ = await in_a_thread(typed, debriefing.show_progress)
    assert (code, out) == (0, "No practice run yet.\n")
    await played(tmp_path)
    await played(tmp_path, 2)
    code, out, _ = await in_a_thread(typed, debriefing.show_progress)
    assert code == 0 and "answer-in-time 1" in out and "by-hand" in out
    code, out, _ = await in_a_thread(typed, debriefing.show_progress, json=True)
    read = json.loads(out)
    assert [run["run"] for run in read["runs"]] == [1, 2] and read["before"] == 1
    assert {change["name"] for change in read["changes"]} == {"acknowledgement", "answer-in-time"}


async def test_a_run_that_was_cut_short_is_told_as_such(tmp_path: Path, typed: Typed) -> None:
    await played(tmp_path, is_finished=False)
    code, out, _ = await in_a_thread(typed, debriefing.show_debrief)
    assert code == 0 and "This run has no end" in out


def _empty(run: Run) -> None:
    run.record.write_bytes(b"")


def _gone(run: Run) -> None:
    run.record.unlink()


def _garbled(run: Run) -> None:
    raw = bytearray(run.record.read_bytes())
    raw[4096:] = b"\xa5" * (len(raw) - 4096)
    run.record.write_bytes(bytes(raw))


def _foreign(run: Run) -> None:
    run.record.write_text("no desk at all, but long enough to be looked at " * 100)


def _without_scenario(run: Run) -> None:
    Path(run.source).unlink()


def _damaged_note(run: Run) -> None:
    (run.folder / "run.json").write_text("{")


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (_empty, "is empty"),
        (_gone, "Run 1 has no record"),
        (_garbled, "damaged"),
        (_foreign, "not a careconsole desk"),
        (_without_scenario, "which is gone: put it back to debrief the run."),
        (_damaged_note, "is damaged"),
    ],
)
async def test_what_cannot_be_read_is_said_and_nothing_is_written(
    tmp_path: Path, typed: Typed, damage: Callable[[Run], None], sentence: str
) -> None:
    run = await played(tmp_path)
    damage(run)
    before = files_of(tmp_path)
    for act in (debriefing.show_debrief, debriefing.past_run):
        code, out, err = await in_a_thread(typed, act)
        assert (code, out) == (2, "") and sentence in err and "Traceback" not in err
        assert "--home" not in err and "backup" not in err and "Errno" not in err
        if damage in (_empty, _garbled, _foreign):
            assert f"{run.folder} can be removed" in " ".join(err.replace("careconsole: ", "").split())
    code, out, err = await in_a_thread(typed, debriefing.show_progress)
    assert code == 0 and sentence in " ".join(f"{out} {err}".split())
    assert files_of(tmp_path) == before


async def test_the_brands_own_number_is_not_private(tmp_path: Path, typed: Typed) -> None:
    run = await played(tmp_path, text=f"{FINE} Or call us at +49 30 901820.")
    assert (await in_a_thread(typed, debriefing.show_debrief, json=True))[1].count('"no-data-in-public"') == 1
    (run.folder / "voice.toml").write_text('[shop]\nown = ["+49 30 901820"]\n')
    assert (await in_a_thread(typed, debriefing.show_debrief, json=True))[1].count('"no-data-in-public"') == 0
    (run.folder / "voice.toml").write_text("[shop")
    code, out, err = await in_a_thread(typed, debriefing.show_debrief, json=True)
    assert code == 0 and "voice.toml" in err and '"no-data-in-public"' in out


async def test_a_log_with_a_hole_is_said(tmp_path: Path, typed: Typed) -> None:
    from careconsole.store.opening import open_store

    run = await played(tmp_path)
    async with open_store(run.record) as store:
        await store.write(lambda tx: tx.change("DROP TRIGGER event_remains"))
        await store.write(lambda tx: tx.change("DELETE FROM event WHERE seq = 3"))
    code, out, err = await in_a_thread(typed, debriefing.show_debrief)
    assert (code, out) == (2, "") and "event 3 is missing" in err


async def test_a_number_that_is_none_names_those_that_there_are(tmp_path: Path, typed: Typed) -> None:
    code, _, err = await in_a_thread(typed, debriefing.show_debrief)
    assert code == 2 and "no practice run here yet" in err
    await played(tmp_path)
    code, _, err = await in_a_thread(typed, debriefing.show_debrief, debrief=7)
    assert code == 2 and "There is no practice run 7. There is 1." in err


@pytest.mark.parametrize(
    "line",
    [
        "train --text",
        "train --html page.html",
        "train --json",
        "train --list --json",
        "train --progress --text",
        "train --debrief --text --json",
        "train --debrief none",
        "train --debrief 0",
        "train --debrief --progress",
        "train --debrief --list",
    ],
)
def test_options_that_do_not_go_together_are_refused(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(line.split()) == 2
    assert "careconsole" in capsys.readouterr().err


async def test_by_the_door_in_a_process_of_its_own(tmp_path: Path) -> None:
    await played(tmp_path)

    def typed_in_full(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "careconsole", "train", *words, "--home", str(tmp_path)]
        return subprocess.run(
            command, capture_output=True, text=True, timeout=18, check=False, stdin=subprocess.DEVNULL
        )

    told = await in_a_thread(typed_in_full, "--debrief", "1", "--text")
    assert told.returncode == 0 and told.stdout.startswith("Practice run 1: By hand\n")
    told = await in_a_thread(typed_in_full, "--debrief")
    assert told.returncode == 2 and "--text" in told.stderr and told.stdout == ""
    told = await in_a_thread(typed_in_full, "--progress", "--json")
    assert told.returncode == 0 and json.loads(told.stdout)["newest"] == 1
