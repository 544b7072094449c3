"""`careconsole train` without a screen: what is refused before anything is written, the list, damaged runs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from careconsole.desk.practice.scenario import SCENARIOS

GOOD = json.dumps(
    {
        "recording": 1,
        "scenario": "own",
        "title": "Own",
        "about": "One customer.",
        "accounts": [{"name": "shop"}],
        "duration_s": 60,
    }
)


def train(home: Path, *words: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "careconsole", "train", "--home", str(home), "--agent", "mara", *words],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
        cwd=home.parent,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--scenario", "calm"), f"There is no scenario calm. There are {', '.join(SCENARIOS)}"),
        (
            ("--scenario", "./no.jsonl"),
            "There is no file ./no.jsonl. Without --scenario FILE, one of ours: calm",
        ),
        (("--speed", "0.5"), "not a number from 1 to 60"),
        (("--speed", "61"), "not a number from 1 to 60"),
        (("--speed", "nan"), "not a number from 1 to 60"),
        (("--seed", "-1"), "--seed"),
        (("--seed", "x"), "not a number from 0"),
        (("--repeat", "3"), "There is no run 3"),
        (("--repeat", "0"), "not the number of a run"),
        ((), "Practice needs a terminal"),
    ],
)
def test_bad_input_is_a_sentence_and_nothing_is_written(
    tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    code, out, told = train(tmp_path / "home", *(("--scenario", "storm") if words == () else ()), *words)
    assert (code, out) == (2, "")
    assert sentence in " ".join(told.split())
    assert "Traceback" not in told
    assert not (tmp_path / "home").exists()


def test_a_scenario_of_ones_own_with_an_error_is_told_with_its_line(tmp_path: Path) -> None:
    bad = {"t": 5, "account": "shop", "id": "a", "author": {"handle": "d"}, "text": "x", "want": {}}
    (tmp_path / "own.jsonl").write_text(f"{GOOD}\n\n{json.dumps(bad)}\n")
    code, _, told = train(tmp_path / "home", "--scenario", "./own.jsonl")
    assert code == 2
    assert 'own.jsonl, line 3: "want.visibility" must be one of' in told
    assert not (tmp_path / "home").exists()


def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "own.jsonl").mkdir()
    code, _, told = train(tmp_path / "home", "--scenario", "./own.jsonl")
    assert code == 2 and "own.jsonl cannot be read (Is a directory)." in told and "Errno" not in told
    (tmp_path / "raw.jsonl").write_bytes(b"\xff\xfe")
    code, _, told = train(tmp_path / "home", "--scenario", "./raw.jsonl")
    assert code == 2 and "raw.jsonl cannot be read: it is no text in UTF-8." in told


def test_an_unknown_key_is_told_with_the_close_one_and_all_that_are_known(tmp_path: Path) -> None:
    want = {"visiblity": "public", "answer": True, "ack_min": 5, "why": "It is short."}
    bad = {"t": 5, "account": "shop", "id": "a", "author": {"handle": "d"}, "text": "x", "want": want}
    (tmp_path / "own.jsonl").write_text(f"{GOOD}\n{json.dumps(bad)}\n")
    code, _, told = train(tmp_path / "home", "--scenario", "./own.jsonl")
    said = '"want.visiblity" is not known; did you mean "want.visibility"? Known are visibility, answer, ack_min, why.'
    assert code == 2 and f"own.jsonl, line 2: {said}" in told
    assert not (tmp_path / "home").exists()


def test_the_list_names_every_scenario_and_every_run(tmp_path: Path) -> None:
    from careconsole.desk.practice.run import begin_run
    from careconsole.desk.practice.scenario import load_scenario

    said = json.dumps({"t": 5, "account": "shop", "id": "a", "author": {"handle": "d"}, "text": "x"})
    for _ in range(2):
        begin_run(tmp_path / "home", load_scenario(f"{GOOD}\n{said}", 4), speed=10, agent="mara")
    (tmp_path / "home/training/runs/0002-own-4/run.json").write_text("[]")
    code, out, told = train(tmp_path / "home", "--list")
    assert code == 0
    assert all(f"{name}: " in out for name in SCENARIOS)
    assert max(map(len, out.splitlines())) <= 80
    assert "own" in out and "no end yet" in out
    assert "0002-own-4/run.json is damaged" in told
    code, _, told = train(tmp_path / "home", "--repeat", "1")
    assert (code, "has not come to its end" in told) == (2, True)
