"""docs/figures.md is what docs/figures.json says, and what is missed stands first."""

from __future__ import annotations

from pathlib import Path

from proof.figures_page import FIGURES, PAGE, Measured, keep, load, page
from tests.nursery import ROOT


def test_the_page_is_made_of_what_was_measured() -> None:
    if (ROOT / FIGURES).exists():
        assert (ROOT / PAGE).read_text("utf-8") == page(load(ROOT))


def test_what_is_missed_stands_first_and_a_new_figure_replaces_the_old(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    lines = [("first | paint", "2 s", "<= 1 s", "MISSED"), ("claims", "3", "", "")]
    keep(tmp_path, "paint", Measured("Paint", "python -m proof paint", "2026-01-02", "a machine", 3.0, lines))
    told = (tmp_path / PAGE).read_text("utf-8")
    assert told.index("- Paint: first | paint: 2 s, budget <= 1 s.") < told.index("## Paint")
    assert "| first \\| paint | 2 s | <= 1 s | MISSED |" in told
    keep(
        tmp_path,
        "paint",
        Measured("Paint", "python -m proof paint", "2026-01-03", "a machine", 3.0, lines[1:]),
    )
    told = (tmp_path / PAGE).read_text("utf-8")
    assert "Nothing of what was measured." in told and "- claims: `python -m proof claims`" in told
    keep(tmp_path, "claims", Measured("Claims", "python -m proof claims", "2026-01-03", "a machine", 3.0, []))
    assert "- claims: `" not in (tmp_path / PAGE).read_text("utf-8")
