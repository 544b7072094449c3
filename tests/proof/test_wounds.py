"""A few of the random wounds that `python -m proof.wounds` makes in hundreds."""

from __future__ import annotations

from typing import Any

import pytest
from proof.wounds import wound

from careconsole.store import driver

FEW, CONVERSATIONS = 8, 40
"""The proof itself makes 300 wounds in a desk ten times as large."""


async def test_after_a_few_wounds_no_wrong_text_is_shown() -> None:
    result = await wound(FEW, seed=7, conversations=CONVERSATIONS)
    assert sum(result.ways.values()) == FEW
    assert result.wrong == [] and result.missing == []
    assert not [way for way in result.ways if way.startswith("error without a sentence")]


async def test_without_the_hashes_a_wrong_text_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or the test above would say nothing."""

    def install(connection: Any) -> None:
        connection.create_function("text_hash", 1, lambda row: 0, deterministic=True)
        connection.create_function("is_sound", 2, lambda known, row: 1, deterministic=True)

    monkeypatch.setattr(driver.row_hash, "install", install)
    for seed in range(15):
        if (await wound(FEW, seed=seed, conversations=CONVERSATIONS)).wrong:
            return
    raise AssertionError("120 wounds have hit no text")
