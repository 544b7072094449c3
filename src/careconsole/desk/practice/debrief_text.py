"""A debrief as lines of plain text: for a terminal, a file, and the screen that styles them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import NamedTuple

from careconsole.desk.practice.columns import cut, filled, wrapped
from careconsole.desk.practice.debrief import SECOND_US, Debrief
from careconsole.desk.practice.drill import drill_sentences
from careconsole.desk.practice.ghost import PACE
from careconsole.desk.practice.judging.acknowledgement import span_words
from careconsole.desk.practice.judging.marks import Compared, Mark, Mistake, Side
from careconsole.desk.practice.judging.rules import RULES
from careconsole.model.text_gate import safe_line

WIDTH = 80
FIRST_CHARS = 60
"""So much of a message is shown beside a mistake."""


class Look(Enum):
    """What a line is, for whoever gives it a style."""

    TITLE = auto()
    HEAD = auto()
    PLAIN = auto()
    ASIDE = auto()
    RULE = auto()
    MISTAKE = auto()
    GOOD = auto()
    BAD = auto()


class Line(NamedTuple):
    """One line, which fits the width; `mistake` is the place of the mistake that begins here, from 0."""

    text: str
    look: Look = Look.PLAIN
    mistake: int | None = None


def text_of(debrief: Debrief, more: Sequence[Line] = ()) -> str:
    """The debrief in lines of at most 80 columns; `more` stands at its end."""
    lines = [*outline(debrief, WIDTH), *more]
    return "".join(f"{line.text.rstrip()}\n" for line in lines)


def outline(debrief: Debrief, width: int) -> list[Line]:
    """The debrief in lines of at most so many columns."""
    return [
        *_head(debrief, width),
        *_marks(debrief, width),
        *_compared(debrief, width),
        *_drill(debrief, width),
    ]


def into_run(us: int, began_us: int) -> str:
    """When, on the run's own clock: `12:40`, `1:02:40`; `-5:00` before it began."""
    return clock((us - began_us) / SECOND_US)


def clock(seconds: float) -> str:
    """Seconds as `12:40` or `1:02:40`: the second reached, as in `span_words` and in the queue."""
    whole = round(abs(seconds) * SECOND_US) // SECOND_US
    hours, rest = divmod(whole, 3600)
    minutes, over = divmod(rest, 60)
    sign = "-" if seconds < 0 and whole else ""
    return f"{sign}{hours}:{minutes:02}:{over:02}" if hours else f"{sign}{minutes}:{over:02}"


def points_words(points: int | None) -> str:
    """`83`, or that there was nothing to judge."""
    return "nothing to judge" if points is None else str(points)


def _head(debrief: Debrief, width: int) -> Iterator[Line]:
    yield Line(cut(f"Practice run {debrief.number}: {safe_line(debrief.title).text}", width), Look.TITLE)
    yield from _plain(run_words(debrief), width)
    if not debrief.is_finished:
        yield from _plain(UNFINISHED, width, Look.BAD)
    yield Line("")
    for mark in debrief.marks:
        yield Line(cut(_summary(mark), width), Look.GOOD if mark.points == 100 else Look.PLAIN)


UNFINISHED = "This run has no end: it was cut short, or goes on. What follows counts what its record holds."


def run_words(debrief: Debrief) -> str:
    """Which run it is, in a sentence."""
    played = span_words(debrief.ended_us - debrief.began_us)
    return (
        f"Scenario {debrief.scenario}, seed {debrief.seed}, speed {debrief.speed:g}, "
        f"by {safe_line(debrief.agent).text}; {played} of the desk's time."
    )


def _summary(mark: Mark) -> str:
    name = f"{mark.name.value.capitalize():<16}"
    if mark.points is None:
        return f"{name}   -  nothing to judge"
    mistakes = f", {counted(len(mark.mistakes), 'mistake')}" if mark.mistakes else ""
    ghost = f"  (ghost {mark.ghost.right} of {mark.ghost.judged})" if mark.ghost and mark.ghost.judged else ""
    return f"{name} {mark.points:>3}  {mark.right} of {mark.judged} right{mistakes}{ghost}"


def counted(number: int, one: str) -> str:
    """`1 mistake`, `3 mistakes`."""
    return f"{number} {one}{'s' * (number != 1)}"


def _marks(debrief: Debrief, width: int) -> Iterator[Line]:
    place = 0
    for mark in debrief.marks:
        yield Line("")
        head = f"{mark.name.value.upper()}: {points_words(mark.points)}"
        yield Line(head if mark.points is None else f"{head} of 100", Look.HEAD)
        yield from _plain(mark.how, width, Look.ASIDE)
        for sentence in asides(mark):
            yield from _plain(sentence, width, Look.ASIDE)
        rule_id = ""
        for number, mistake in enumerate(mark.mistakes):
            if mistake.rule_id != rule_id:
                rule_id = mistake.rule_id
                rule = RULES[rule_id]
                yield Line("")
                yield from _plain(f"{rule.name}. {rule.says}", width, Look.RULE)
            yield from _mistake(debrief, mistake, place + number, width)
        place += len(mark.mistakes)


def asides(mark: Mark) -> Iterator[str]:
    """What else there is to know of a mark: left out, shares of languages, further figures."""
    if mark.left_out:
        yield f"Not judged: {', '.join(f'{words} {number}' for words, number in mark.left_out)}."
    if mark.parts:
        yield (
            "By language: "
            + ", ".join(f"{part.name} {part.right} of {part.judged}" for part in mark.parts)
            + "."
        )
    yield from mark.notes


def _mistake(debrief: Debrief, mistake: Mistake, place: int, width: int) -> Iterator[Line]:
    first, *rest = wrapped(f"{into_run(mistake.at_us, debrief.began_us)}  {said_of(mistake)}", width - 2)
    yield Line(f"- {first}", Look.MISTAKE, place)
    yield from (Line(f"  {line}", Look.MISTAKE) for line in rest)
    yield from (Line(line, Look.ASIDE) for line in wrapped(named_words(debrief, mistake), width, "    "))


def said_of(mistake: Mistake) -> str:
    """What happened, safe to show."""
    return safe_line(mistake.said, max_chars=400).text


def named_words(debrief: Debrief, mistake: Mistake) -> str:
    """The message that a mistake names: who, when, its first words."""
    named = mistake.named
    handle = safe_line(named.handle, max_chars=40).text
    first = safe_line(named.text, max_chars=400).text
    when = into_run(named.at_us, debrief.began_us)
    return f'#{named.conversation_id} @{handle} at {when}: "{cut(first, FIRST_CHARS)}"'


def _compared(debrief: Debrief, width: int) -> Iterator[Line]:
    yield Line("")
    yield Line("YOU AND THE GHOST", Look.HEAD)
    yield from _plain(GHOST_SAYS, width, Look.ASIDE)
    if not debrief.rows:
        yield Line("Nobody wrote.")
        return
    yield Line("")
    yield Line(_row_of(TABLE_HEADS, width), Look.RULE)
    for row in debrief.rows:
        yield Line(_row_of(cells_of(row), width), _look_of(row))


def _drill(debrief: Debrief, width: int) -> Iterator[Line]:
    if debrief.drill is None:
        return
    yield Line("")
    yield Line("KEYS", Look.HEAD)
    for sentence in drill_sentences(debrief.drill):
        yield from _plain(sentence, width)


TABLE_HEADS = ("#", "customer", "arrived", "you", "answered", "waited", "ghost", "answered", "waited")
GHOST_SAYS = (
    f"The ghost is one agent who always takes what stands first. {PACE} Under you and ghost: which one it was in "
    "the order of taking, when the first answer left, and how long the message had waited, from the start on if it "
    "was there before."
)
_CELLS = (4, 0, 8, 4, 8, 8, 5, 8, 8)
"""Columns of the table; the customer's name has what is left."""
_NAME_COLUMNS = 24


def _row_of(cells: Sequence[str], width: int) -> str:
    name = max(8, min(_NAME_COLUMNS, width - sum(_CELLS) - len(_CELLS) + 1))
    return " ".join(
        filled(cell, size or name, right=bool(size)) for cell, size in zip(cells, _CELLS, strict=True)
    )


def cells_of(row: Compared) -> tuple[str, ...]:
    """A conversation as the table shows it."""
    handle = f"@{safe_line(row.handle, max_chars=40).text}"
    return (
        str(row.conversation_id),
        handle,
        clock(row.arrived_s),
        *_side(row, row.you),
        *_side(row, row.ghost),
    )


def _side(row: Compared, side: Side) -> tuple[str, str, str]:
    place = "-" if side.place is None else str(side.place)
    if side.answered_s is None:
        return (place, "-" if row.is_answer_needed else "left", "-")
    return place, clock(side.answered_s), clock(side.waited_s or 0.0)


def _look_of(row: Compared) -> Look:
    """Whether you were the later of the two."""
    if row.you.answered_s is None:
        return Look.BAD if row.ghost.answered_s is not None else Look.PLAIN
    return (
        Look.GOOD
        if row.ghost.answered_s is None or row.you.answered_s <= row.ghost.answered_s
        else Look.PLAIN
    )


def _plain(text: str, width: int, look: Look = Look.PLAIN) -> Iterator[Line]:
    yield from (Line(line, look) for line in wrapped(text, width))
