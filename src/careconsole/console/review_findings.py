"""What guard and coach found, on the review: the places marked in the text, and a sentence for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from careconsole.console.letter import Letter
from careconsole.console.panes.message_block import HEADER, OURS, Line
from careconsole.console.text import counted, wrap
from careconsole.model.text_gate import safe_block, safe_line

if TYPE_CHECKING:
    from careconsole.language.drafts import DraftFinding

MOST_MARKED = 100
MOST_TOLD = 40
_WHOLE = frozenset({"other language", "no next step", "no acknowledgement"})
"""Findings about the draft as a whole: marking it all would mark nothing."""


def _no_findings(letter: Letter) -> Sequence[DraftFinding]:
    return ()


def _as_it_is(letter: Letter) -> Letter:
    return letter


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a review needs of the desk to look at a letter, and to change it."""

    findings: Callable[[Letter], Sequence[DraftFinding]] = _no_findings
    redact: Callable[[Letter], Letter] = _as_it_is
    take_over: Callable[[Letter], Letter] = _as_it_is
    """Takes a changed letter over into the composer, and gives it back as it stands there."""
    undo_s: Callable[[Letter], float] | None = None
    """How long it can be withdrawn after sending."""
    is_meant: bool = False
    """Whether it was refused once already, and sent all the same."""


def finding_lines(letter: Letter, findings: Sequence[DraftFinding], width: int, look: str) -> list[Line]:
    """A sentence for each finding, with its line where the draft has several."""
    lines = [
        Line(HEADER, ((line, look),))
        for found in findings[:MOST_TOLD]
        for line in wrap(safe_line(_where(letter.text, found) + found.reason), width)
    ]
    if more := len(findings) - MOST_TOLD:
        lines += [Line(HEADER, ((f"({counted(more, 'finding')} more)", look),))] if more > 0 else []
    return lines


def _where(text: str, found: DraftFinding) -> str:
    if "\n" not in text.strip() or found.what in _WHOLE:
        return ""
    return f"Line {text.count(chr(10), 0, found.start) + 1}: "


def text_lines(letter: Letter, findings: Sequence[DraftFinding], width: int) -> list[Line]:
    """The text as it will go out, safe and wrapped, with the places of the findings marked."""
    safe = safe_block(letter.outgoing)
    looks = _looks(letter, findings, len(safe.text))
    lines: list[Line] = []
    place = 0
    for line in wrap(safe, width):
        # What the wrapping swallows is blank, so that a line is found where it begins.
        place = max(place, safe.text.find(line, place))
        lines.append(Line(OURS, _pieces(line, looks[place : place + len(line)])))
        place += len(line)
    if safe.cut:
        lines.append(Line(HEADER, ((f"({safe.cut:,} more characters are not shown)", "warn"),)))
    return lines


def _looks(letter: Letter, findings: Sequence[DraftFinding], length: int) -> list[str]:
    """The look of each character of the safe text."""
    looks = ["ours"] * length
    outgoing = letter.outgoing
    before = len(outgoing) - len(letter.text)
    marked = [found for found in findings if found.what not in _WHOLE][:MOST_MARKED]
    for found in sorted(marked, key=lambda found: found.weight != "advises"):
        start, end = (len(safe_block(outgoing[: before + place]).text) for place in (found.start, found.end))
        look = "advice" if found.weight == "advises" else "found"
        looks[start:end] = [look] * (min(end, length) - min(start, length))
    return looks


def _pieces(line: str, looks: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The line cut where its look changes."""
    pieces: list[tuple[str, str]] = []
    begin = 0
    for place in range(1, len(line) + 1):
        if place == len(line) or looks[place] != looks[begin]:
            pieces.append((line[begin:place], looks[begin]))
            begin = place
    return tuple(pieces) or (("", "ours"),)
