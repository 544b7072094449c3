"""A practice run in the real console: the same keys give the same record, a pause freezes it, every screen says so."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from tests.console.practice_at_hand import ANSWER, Rehearsal, ended, keys, rehearse
from textual import _time

from careconsole.cli.seat import rules_from, word_fault
from careconsole.console.practice import program
from careconsole.console.practice.keys import Entry, read_keys
from careconsole.desk.practice import practice
from careconsole.desk.practice.run import RunError, read_run


def dump(path: Path) -> list[str]:
    """All of a record but who is open now, which is nobody, and when SQLite made it."""
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA query_only=ON")
        tables = (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        )
        names = [name for (name,) in db.execute(tables) if not name.startswith("message_words")]
        return [f"{name} {row}" for name in names for row in db.execute(f"SELECT * FROM {name} ORDER BY 1")]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Rehearsal:
    """The run that most of these tests look at: one answer, and the reaction to it."""
    return rehearse(tmp_path_factory.mktemp("base"), [*ANSWER, *ended(15)])


def test_same_seed_and_same_keys_are_the_same_record_byte_for_byte(base: Rehearsal, tmp_path: Path) -> None:
    again = rehearse(tmp_path, [*ANSWER, *ended(15)])
    assert base.digest and base.digest == again.digest
    assert base.events == again.events
    assert dump(base.run.record) == dump(again.run.record)
    assert {"arrived", "claimed", "queued", "sent", "signed_off"} <= set(base.kinds())
    sent = "sent/ternavia.jsonl"
    assert (base.run.folder / sent).read_bytes() == (again.run.folder / sent).read_bytes()


@pytest.mark.parametrize(
    ("seed", "entries"),
    [
        (8, [*ANSWER, *ended(15)]),
        (7, [*ANSWER, *ended(15.5)]),
        (7, [*keys(1, "j"), *ANSWER, *ended(15)]),
    ],
    ids=["seed", "moment", "keys"],
)
def test_another_seed_or_other_keys_are_another_record(
    base: Rehearsal, tmp_path: Path, seed: int, entries: list[Entry]
) -> None:
    other = rehearse(tmp_path, entries, seed=seed)
    assert other.digest and other.digest != base.digest


def test_a_pause_freezes_every_clock_and_nothing_is_done_meanwhile(tmp_path: Path) -> None:
    pressed = [*ANSWER, *keys(8.6, "f12"), *keys(40, "r", "e", "q", "j"), *keys(60, "f12"), *ended(65)]
    played = rehearse(tmp_path, pressed, speed=5, look_at_s=[10, 39, 50, 59, 64])
    before, *later = (played.pictures[at_s] for at_s in (10, 39, 50, 59))
    assert "TRAINING 08:00:4" in before and "PAUSED" in before
    assert "withdraws" in before
    assert set(later) == {before}
    assert "PAUSED" not in played.pictures[64] and "withdraws" not in played.pictures[64]
    stamps = [row[0] for row in played.rows("SELECT recorded_us FROM event ORDER BY seq")]
    seconds = [(each - stamps[0]) / 1_000_000 for each in stamps]
    assert seconds == sorted(seconds)
    assert seconds[-1] == pytest.approx((69 - 51.4) * 5, abs=8)
    [held_s] = [
        (sent - queued) / 1e6
        for queued, sent in played.rows("SELECT o.created_us, o.changed_us FROM outbox o")
    ]
    assert 10 <= held_s < 16


def test_every_screen_says_that_it_is_practice_and_the_narrow_one_loses_nothing(tmp_path: Path) -> None:
    entries = [
        *keys(3, "question_mark"),
        *keys(5, "escape"),
        *keys(6, "ctrl+p"),
        *keys(8, "escape"),
        *keys(9, "w"),
        *keys(11, "escape"),
        *keys(12, "e"),
        *keys(14, "escape"),
        *keys(15, "slash"),
        *keys(17, "escape"),
        *keys(18, "r", text="Hi Tom, we look."),
        *keys(22, "ctrl+s"),
        *keys(24, "escape"),
        *keys(25, "f3"),
        *keys(27, "f12"),
        *keys(29, "f12"),
        *keys(30, "escape", "escape"),
        *keys(32, "q"),
        *keys(34, "e"),
    ]
    seconds = [2.9, 4.9, 7.9, 10.9, 13.9, 16.9, 21.9, 23.9, 26.9, 28.9, 33.9]
    screens: list[str] = []
    played = rehearse(
        tmp_path,
        entries,
        speed=1,
        look_at_s=seconds,
        on_look=lambda console: screens.append(type(console.screen).__name__),
    )
    for at_s, name in zip(seconds, screens, strict=True):
        picture = played.pictures[at_s].split("\n")
        assert "TRAINING 08:00:" in picture[0], (at_s, name)
        assert len(picture) == 24
    assert len(set(screens)) >= 6, screens
    assert {"HelpScreen", "CommandPalette", "ReviewScreen", "PauseScreen"} <= set(screens)
    first = played.pictures[2.9].split("\n")
    assert "mara" in first[0] and "waiting" in first[0] and "×1" in first[0]
    assert "Queue" in first[1]
    assert "Help" in first[-1]
    review = played.pictures[23.9]
    assert "y Send" in review and "e Edit" in review and "to @tom.ashby" in review


def test_customers_react_to_what_the_trainee_did(base: Rehearsal) -> None:
    texts = [row[0] for row in base.rows("SELECT text FROM message ORDER BY id")]
    assert any(text.startswith("Thank you for the quick answer.") for text in texts)
    assert not any("unacceptable" in text for text in texts)


def test_who_lets_the_time_pass_is_asked_to_answer_and_the_run_goes_on(tmp_path: Path) -> None:
    played = rehearse(tmp_path, ended(25), speed=60, look_at_s=[24])
    assert "The time is over." in played.pictures[24]
    assert played.kinds()[-1] == "signed_off"
    texts = [row[0] for row in played.rows("SELECT text FROM message")]
    assert any("unacceptable" in text for text in texts), "who is ignored writes again"


def test_a_run_ends_by_itself_when_its_time_is_over_and_nobody_waits(tmp_path: Path) -> None:
    done = [
        entry
        for n in range(14)
        for entry in [*keys(16 + 2 * n, "g"), *keys(16.5 + 2 * n, "e"), *keys(17 + 2 * n, "a")]
    ]
    played = rehearse(tmp_path, done, speed=60)
    assert played.digest, played.kinds()
    assert read_run(played.run.folder).ended_at is not None


def test_a_run_that_nobody_ends_is_over_half_an_hour_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(practice, "OVERTIME_S", 30.0)
    played = rehearse(tmp_path, [], speed=60)
    [[waiting]] = played.rows("SELECT count(*) FROM conversation WHERE in_queue = 1")
    ended_at = read_run(played.run.folder).ended_at
    assert waiting > 0 and ended_at is not None
    over_s = (ended_at - played.run.began_at).total_seconds() - played.scenario.duration_s
    assert 30 <= over_s < 120


def test_what_happens_in_virtual_time_is_stamped_so(base: Rehearsal) -> None:
    began_us = base.rows("SELECT min(recorded_us) FROM event")[0][0]
    assert began_us == base.run.began_at.timestamp() * 1_000_000
    assert all(us % 10_000 == 0 for (us,) in base.rows("SELECT recorded_us FROM event"))


@pytest.mark.parametrize("was_changed", [False, True])
def test_a_run_is_repeated_from_its_keys_and_a_changed_one_is_found(
    base: Rehearsal, tmp_path: Path, was_changed: bool
) -> None:
    run = replace(base.run, folder=tmp_path)
    kept = (base.run.folder / "keys.jsonl").read_text()
    (tmp_path / "keys.jsonl").write_text(kept.replace('"H"]', '"J"]') if was_changed else kept)
    again = program.repeat_run(run, base.scenario, rules_from=rules_from, word_fault=word_fault)
    assert again and (again != base.digest) is was_changed


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"at_s": 1}',
        '{"at_s": "x", "key": ["a", "a"]}',
        '{"at_s": 1, "key": "a"}',
        '{"at_s": 1, "size": [0, 1]}',
    ],
)
def test_a_damaged_line_of_keys_is_told(tmp_path: Path, line: str) -> None:
    (tmp_path / "keys.jsonl").write_text('{"at_s": 0, "size": [80, 24]}\n' + line)
    with pytest.raises(RunError, match="line 2: this is no key"):
        read_keys(tmp_path)


def test_the_time_of_textual_is_given_back(tmp_path: Path) -> None:
    before = _time.get_time
    rehearse(tmp_path, ended(2))
    assert _time.get_time is before


def test_settings_and_answers_of_the_home_are_taken_along(base: Rehearsal, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "snippets").mkdir(parents=True)
    (home / "snippets" / "own.toml").write_text("x = 1")
    (home / "settings.toml").write_text("rest_ms = 200\n")
    (home / "desk.db").write_text("the real desk")
    run = program.begin(home, base.scenario, speed=1, agent="mara")
    assert (run.folder / "snippets" / "own.toml").read_text() == "x = 1"
    assert (run.folder / "settings.toml").is_file()
    assert not run.record.exists()
    assert json.loads((run.folder / "run.json").read_text())["scenario"] == "calm-morning"
