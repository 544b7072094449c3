"""One hundredth of the proofs: nothing broken here, and each bug planted on purpose is found."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from proof.battle import Plan, fight, tally
from proof.bugs import BUGS
from proof.checker import faults
from proof.groups import FOUND_AS
from tests.nursery import ROOT

from proof import claiming


def test_a_battle_of_ten_kills_breaks_no_promise(tmp_path: Path) -> None:
    history = fight(tmp_path, Plan(kills=10, stops=1, every_s=0.15))
    fought = tally(history)
    assert faults(history) == []
    assert fought["sent"] >= 10 and fought["claims"] >= 30 and fought["lost claims"] >= 1


@pytest.mark.parametrize("bug", [*FOUND_AS])
def test_a_bug_planted_on_purpose_is_found_in_the_history(tmp_path: Path, bug: str) -> None:
    """What chance decides may take a second battle."""
    plan = Plan(kills=2, consoles=3, stops=0, commands=0, bug=bug, at_least=120)
    for seed in (1, 2, 3):
        folder = tmp_path / str(seed)
        folder.mkdir()
        if any(each.startswith(FOUND_AS[bug]) for each in faults(fight(folder, replace(plan, seed=seed)))):
            return
    pytest.fail(f"{bug} was not found in three battles")


def test_every_planted_bug_is_looked_for() -> None:
    assert {*FOUND_AS, "synchronous=NORMAL"} == set(BUGS)


@pytest.mark.parametrize(("bug", "is_lost"), [("", False), ("synchronous=NORMAL", True)])
def test_power_cuts_lose_nothing_that_was_acknowledged(bug: str, is_lost: bool) -> None:
    words = ["--cuts", "12", "--bug", bug]
    done = subprocess.run(
        [sys.executable, "-m", "proof.power_cuts", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=50,
    )
    assert ("lost" in done.stdout, done.returncode) == (is_lost, int(is_lost)), done.stdout + done.stderr


def test_a_thousand_claims_by_ten_processes(tmp_path: Path) -> None:
    found = claiming.pull_together(tmp_path, 1_000, 10)
    most = found.pop("most by one")
    assert found == {
        "claims": 1_000,
        "doubles": 0,
        "never given": 0,
        "badly ended": 0,
        "told to try again": 0,
    }
    assert most < 1_000
