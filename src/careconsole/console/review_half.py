"""The public half of a reviewed pair: what everybody will read once the private message is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from careconsole.console.letter import Letter, visibility_word
from careconsole.console.panes.lined import Quoted
from careconsole.console.panes.message_block import HEADER, Line
from careconsole.console.review_findings import Inspection, finding_lines, text_lines
from careconsole.console.text import wrap
from careconsole.desk.guarding import advising
from careconsole.model.text_gate import safe_line

if TYPE_CHECKING:
    from careconsole.language.drafts import DraftFinding

WHEN = "leaves once the private message is sent"


@dataclass(frozen=True, slots=True)
class Half:
    """A public line, and what the guard found in it. The notes on its tone are left out: it is one line."""

    letter: Letter
    findings: Sequence[DraftFinding]


def half_of(letter: Letter, inspection: Inspection) -> Half | None:
    """The public half of a letter; None if it has none."""
    half = letter.public_half()
    if half is None:
        return None
    found = inspection.findings(half)
    notes = advising(found)
    return Half(half, [one for one in found if one not in notes])


class HalfView(Quoted):
    """The public half as it will go out."""

    def __init__(self) -> None:
        super().__init__(lambda width: ())

    def show_half(self, half: Half | None) -> None:
        """Show this half, or nothing."""
        self.show(lambda width: [] if half is None else _lines(half, width))


def _lines(half: Half, width: int) -> list[Line]:
    word = visibility_word(half.letter.visibility)
    head = wrap(safe_line(f"{word} line · {WHEN} · {half.letter.length_words} characters"), width)
    lines = [Line(HEADER, ((word, "public"), (head[0].removeprefix(word), "header")))]
    lines += [Line(HEADER, ((more, "header"),)) for more in head[1:]]
    lines += finding_lines(half.letter, [one for one in half.findings if one.weight == "asks"], width, "warn")
    return lines + text_lines(half.letter, half.findings, width)
