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
        (("--scenario", "./no.jsonl"), "cannot be read"),
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
    assert "own" in out and "cut short" in out
    assert "0002-own-4/run.json is damaged" in told
    code, _, told = train(tmp_path / "home", "--repeat", "1")
    assert (code, "was cut short" in told) == (2, True)
