"""The targets of the fuzzer hold for a few hundred changed seeds each, and can fail."""

from __future__ import annotations

import pytest

from proof import fuzz_targets, fuzzing


@pytest.mark.parametrize("target", fuzzing.NAMES)
def test_a_few_changed_seeds_break_nothing(target: str) -> None:
    fuzz_targets.try_some(target, 250, seed=5)


def test_what_is_wrong_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz_targets, "html_to_text", lambda raw: raw * 50 + "x" * 201)
    with pytest.raises(AssertionError, match="it grew"):
        fuzz_targets.try_some("html", 50, seed=5)


def test_every_target_has_its_name() -> None:
    assert tuple(fuzz_targets.TARGETS) == fuzzing.NAMES
