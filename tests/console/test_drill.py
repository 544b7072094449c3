"""The key drill of practice: keys for each conversation resolved, and the palette where a key would have done."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from tests.console.practice_at_hand import ANSWER, Rehearsal, ended, keys, rehearse

from careconsole.cli.debriefing import played_of
from careconsole.console.practice.app import TrainingConsole
from careconsole.console.practice.keys import Entry, read_keys
from careconsole.desk.practice.debrief import Debrief
from careconsole.desk.practice.debrief_html import html_of
from careconsole.desk.practice.debrief_json import debrief_json, progress_json
from careconsole.desk.practice.debrief_text import text_of
from careconsole.desk.practice.drill import Drill, drill_of, drill_sentences, hint
from careconsole.desk.practice.progress import Progress, debrief_of, progress_lines, progress_of
from careconsole.desk.practice.run import read_run

HINT = "Bottom has a key: G, End. It was the palette 3 times."


def from_palette(at_s: float, words: str) -> list[Entry]:
    """Take a command from the palette."""
    return [*keys(at_s, "ctrl+p"), *keys(at_s + 1, text=words), *keys(at_s + 4, "enter")]


def drilled(home: Path) -> Rehearsal:
    taken = [entry for number in range(3) for entry in from_palette(16 + 6 * number, "bottom")]
    return rehearse(
        home,
        [*ANSWER, *keys(12, "e"), *keys(14, "a"), *taken, *keys(35, "ctrl+p"), *keys(36, text="theme: dark"),
         *keys(38, "enter"), *ended(39)],
        look_at_s=(13, 15, 27, 33.5),
        on_look=_look,
        is_logged=True,
    )  # fmt: skip


SAID: list[str] = []


def _look(console: TrainingConsole) -> None:
    SAID.append(console.desk_screen.status.sentence)


def test_a_run_is_drilled(tmp_path: Path) -> None:
    SAID.clear()
    run = drilled(tmp_path / "home")
    assert SAID[-1] == HINT and HINT not in SAID[:-1], run.pictures
    assert run.kinds().count("resolved") == 1
    drill = drill_of(run.run.folder, 1)
    assert drill is not None
    letters = len("Hi Tom, we look.")
    given = len([entry for entry in read_keys(run.run.folder) if entry.what == "key"])
    assert (drill.typed, drill.keys, drill.keys_per_item) == (
        letters,
        given - letters,
        float(given - letters),
    )
    assert (drill.palette, [(one.label, one.keys, one.times) for one in drill.to_learn]) == (
        3, [("Bottom", "G, End", 3)],
    )  # fmt: skip
    _check_shown(*asyncio.run(_debriefed(run)))


async def _debriefed(run: Rehearsal) -> tuple[Debrief, Progress]:
    kept = read_run(run.run.folder)
    found = await debrief_of(kept, *played_of(kept))
    return found, await progress_of([kept, kept], played_of, [found])


def _check_shown(found: Debrief, progress: Progress) -> None:
    told = text_of(found)
    assert "\nKEYS\n" in told and "Keys to learn: G, End Bottom (3)." in told
    assert "keys for each conversation resolved" in told and "1 resolved" in told
    assert "Keys to learn: G, End Bottom (3)." in html_of(found, progress)
    assert found.drill is not None
    assert json.loads(json.dumps(debrief_json(found)))["drill"]["keys_per_item"] == found.drill.keys_per_item
    assert progress_json(progress)["runs"][0]["keys_per_item"] == found.drill.keys_per_item
    head, row = (line.text for line in progress_lines(progress, 80)[1:3])
    assert head.split()[-1] == "keys" and row.split()[-1] == f"{found.drill.keys_per_item:.3g}"
    assert max(len(line.text) for line in progress_lines(progress, 74)) <= 74


def test_a_run_without_what_is_needed_has_no_drill(tmp_path: Path) -> None:
    assert drill_of(tmp_path, 3) is None
    file = tmp_path / "keys.jsonl"
    for text in ("", "[]", '{"at_s": 1, "key": ["a", "a"]}\n', "\xff not JSON"):
        file.write_text(text)
        assert drill_of(tmp_path, 3) is None
    file.write_text(
        '{"key": ["a", "a"], "typed": false}\nnonsense\n{"palette": [1, 2]}\n{"palette": ["a", "b\\u001b", "c"]}'
    )
    drill = drill_of(tmp_path, 0)
    assert drill is not None and drill.keys_per_item is None and drill.palette == 1
    assert "\x1b" not in " ".join(drill_sentences(drill)) and "nothing was resolved" in next(
        drill_sentences(drill)
    )


def test_a_hint_comes_at_the_third_time() -> None:
    assert [bool(hint("Snooze", "s", times)) for times in range(5)] == [False, False, False, True, True]
    assert next(drill_sentences(Drill(30, 4, 4, 0, ()))).startswith("7.5 keys for each")
