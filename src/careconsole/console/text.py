"""Text on the screen: safe text as Content, cells, wrapped lines, ages and clocks.

The only place where text from outside becomes something Textual draws. Nothing here reads markup.
"""

import math
import re
import unicodedata

from rich.cells import get_character_cell_size
from textual.content import Content

from careconsole.model.text_gate import SafeText

ELLIPSIS = "\u2026"
_ZWJ = "\u200d"

# Characters of one cell each that may be cut anywhere; most lines are made of nothing else. A test walks it.
_NARROW = re.compile(
    "[ -~\xa0-\xac\xae-\u02ff\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u0482\u048a-\u052f"
    "\u05d0-\u05ea\u0621-\u063a\u0641-\u064a\u10d0-\u10fa\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
    "\u2400-\u2421\u2500-\u257f\ufffd]*"
)
_BLANKS = re.compile(" *")
_NEVER_FIRST = frozenset(
    "\u3001\u3002\uff0c\uff0e\uff01\uff1f\uff1a\uff1b\uff09\u300d\u300f\u3011\u3009\u300b\u30fc"
)
_NEVER_LAST = frozenset("\uff08\u300c\u300e\u3010\u3008\u300a")


def counted(number: int, one: str) -> str:
    """A number of things in words: `1 item`, `1,200 items`; for things whose plural is made with s."""
    return f"{number:,} {one}{'s' * (number != 1)}"


def safe_content(safe: SafeText, style: str = "") -> Content:
    """The text as Content in one style: brackets are brackets, nothing in it is read as markup."""
    return Content.styled(safe.text, style)


class _Cells(dict[str, tuple[int, bool]]):
    """For each character its cells, and whether it stands on its own (a mark belongs to the one before it).

    A spacing mark counts as one cell, as most terminals draw it, though Rich and Textual count none: a line
    wrapped by this measure never loses its end at the right edge.
    """

    def __missing__(self, char: str) -> tuple[int, bool]:
        cells = get_character_cell_size(char)
        measure = (1, False) if unicodedata.category(char) == "Mc" else (cells, cells > 0)
        if len(self) < 16_384:
            self[char] = measure
        return measure


_CELLS = _Cells()


def fit(text: str, cells: int) -> str:
    """One line of safe text, cut with an ellipsis or filled with blanks to exactly `cells` cells.

    Cells are counted as Textual counts them; a wide character is never parted.
    """
    if cells <= 0:
        return ""
    end, used = _within(text, cells)
    if end == len(text):
        text = text.rstrip(_ZWJ)  # a joiner at the end would swallow the first blank
        return text + " " * (cells - used)
    end, used = _within(text, cells - 1)
    return text[:end] + ELLIPSIS + " " * (cells - 1 - used)


def _within(text: str, cells: int) -> tuple[int, int]:
    """How many characters from the start fit into `cells`, whole clusters only, and the cells they take."""
    if _NARROW.fullmatch(text, 0, cells + 1):
        end = min(len(text), cells)
        return end, end
    used, joined = 0, False
    for place, char in enumerate(text):
        if joined or char == _ZWJ:  # Textual counts nothing for a joiner and what it joins
            joined = not joined
            continue
        taken = get_character_cell_size(char)
        if used + taken > cells:
            return place, used
        used += taken
    return len(text), used


def wrap(safe: SafeText, width: int) -> list[str]:
    """The text as lines of at most `width` cells (at least one line).

    Broken at blanks, which are swallowed at the break, and beside wide characters; a word longer than a
    line (an address) is cut. A character and its marks stay together.
    """
    width = max(width, 1)
    lines: list[str] = []
    for line in safe.text.split("\n"):
        if not _NARROW.fullmatch(line):
            lines.extend(_wrap_wide(line, width))
        elif len(line) <= width:
            lines.append(line)
        else:
            lines.extend(_wrap_narrow(line, width))
    return lines


def _wrap_narrow(line: str, width: int) -> list[str]:
    """What `_wrap_wide` does, for lines where every character is one cell."""
    lines: list[str] = []
    start, total = 0, len(line)
    while total - start > width:
        edge = start + width
        blank = line.rfind(" ", start, edge + 1)
        if blank == edge:
            turn = _end_of_blanks(line, edge)
        elif blank == -1 or not line[start:blank].strip(" "):
            turn = edge
        else:
            turn = blank + 1
        lines.append(line[start:turn].rstrip(" "))
        start = turn
    if start < total:
        lines.append(line[start:])
    return lines


def _end_of_blanks(line: str, start: int) -> int:
    found = _BLANKS.match(line, start)
    return found.end() if found else start


def _wrap_wide(line: str, width: int) -> list[str]:
    """Any line, character by character; `turn` is the last good place to break, `cluster` the last possible."""
    lines: list[str] = []
    start = used = turn = turn_used = cluster = cluster_used = 0
    before, blank = "", True
    for place, char in enumerate(line):
        cells, alone = _CELLS[char]
        if alone and before != _ZWJ:
            cluster, cluster_used = place, used
            if not blank and _may_break(before, char, cells):
                turn, turn_used = place, used
        used += cells
        if char != " ":
            blank = False
            while used > width and cluster > start:
                cut, cut_used = (turn, turn_used) if turn > start else (cluster, cluster_used)
                lines.append(line[start:cut].rstrip(" "))
                start, used, cluster_used = cut, used - cut_used, cluster_used - cut_used
        if alone:
            before = char
        elif char == _ZWJ:
            before = _ZWJ
    lines.append(line[start:].rstrip(" ") if used > width else line[start:])
    return lines


def _may_break(before: str, char: str, cells: int) -> bool:
    if char == " ":
        return False
    if before == " ":
        return True
    return (cells == 2 or _CELLS[before][0] == 2) and char not in _NEVER_FIRST and before not in _NEVER_LAST


_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_TICK_S = 0.001  # so that whoever sleeps until a step wakes behind it
_AGE_STEPS_S = (0, 5, 15, 30, 60, 120, 300, 600, 900, 1800)
_CLOCK_STEPS_S = ((10 * _MINUTE, _MINUTE), (_HOUR, 5 * _MINUTE), (2 * _DAY, _HOUR), (math.inf, _DAY))


def age_text(seconds: float) -> str:
    """How old something is, in steps: now, 5s, 15s, 30s, 1m, 2m, 5m, 10m, 15m, 30m, then hours, from 2d days.

    The step reached: "5m" is at least five minutes old and not yet ten.
    """
    step = _age_step_s(seconds)
    return f"{step}s" if 0 < step < _MINUTE else _span_text(step) if step else "now"


def next_age_step_s(seconds: float) -> float:
    """In how many seconds `age_text` changes, never 0."""
    step = _age_step_s(seconds)
    if step >= _AGE_STEPS_S[-1]:
        after = _HOUR if step < _HOUR else step + (_HOUR if step < 2 * _DAY else _DAY)
    else:
        after = next(later for later in _AGE_STEPS_S if later > step)
    return after - seconds + _TICK_S


def _age_step_s(seconds: float) -> int:
    if seconds < _HOUR:
        return max((step for step in _AGE_STEPS_S if step <= seconds), default=0)
    unit = _HOUR if seconds < 2 * _DAY else _DAY
    return int(seconds // unit) * unit


def clock_text(remaining_s: float) -> str:
    """The time left ("10m"), or how late it is ("!5m"), in steps of 1 min, from 10 min 5 min, then hours, days.

    Both name the step reached, so that neither says more than is true: "10m" left is 10 to under 15 minutes, "!5m"
    is 5 to under 6 minutes late, "0m" is the last minute and "!0m" the first one behind the breach.
    """
    step = _clock_step_s(remaining_s)
    return f"!{_span_text(step)}" if remaining_s < 0 else _span_text(step)


def next_clock_step_s(remaining_s: float) -> float:
    """In how many seconds `clock_text` changes, never 0."""
    step = _clock_step_s(remaining_s)
    if remaining_s < 0:
        return step + _clock_unit_s(-remaining_s) + remaining_s + _TICK_S
    return remaining_s - step + _TICK_S


def _clock_step_s(remaining_s: float) -> int:
    """The size of the step shown, in seconds, without its sign."""
    span_s = abs(remaining_s)
    unit = _clock_unit_s(span_s)
    return int(span_s // unit) * unit


def _clock_unit_s(span_s: float) -> int:
    return next(unit for limit, unit in _CLOCK_STEPS_S if span_s < limit)


def _span_text(seconds: int) -> str:
    if seconds < _HOUR:
        return f"{seconds // _MINUTE}m"
    return f"{seconds // _HOUR}h" if seconds < 2 * _DAY else f"{seconds // _DAY}d"
