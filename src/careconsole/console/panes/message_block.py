"""One message or note of a thread as lines of text: a head line of ours, then what was said.

Column 0 of every line is a gutter sign that what people wrote can never reach: their text starts at column 2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from careconsole.console.commands import BY_ID, keys_in_words
from careconsole.console.letter import visibility_word
from careconsole.console.panes.numbered import Numbered
from careconsole.console.text import counted, wrap
from careconsole.model.instant import from_us
from careconsole.model.message import Direction
from careconsole.model.note_mark import NoteMark
from careconsole.model.reply import OutboxState
from careconsole.model.text_gate import MAX_CHARS, MAX_LINES, SafeText, safe_block, safe_line
from careconsole.store.rows import MessageVersion, ThreadEntry

GUTTER_CELLS = 2
AGE_CELLS = 4

CUSTOMER, OURS, NOTE, HEADER = "│", "┃", "┆", "║"
_HEADS = {CUSTOMER: "┌", OURS: "┏", NOTE: "┄"}
_BESIDE = {CUSTOMER: "├", OURS: "┣", NOTE: "┈"}
"""Before the numbered links and attachments: a line that only looks like one is somebody's text."""
GUTTERS = frozenset({CUSTOMER, OURS, NOTE, HEADER, *_HEADS.values(), *_BESIDE.values()})
"""All signs that can stand in column 0."""

_STATE_WORDS = {
    OutboxState.HELD: "held",
    OutboxState.QUEUED: "queued",
    OutboxState.SENDING: "sending",
    OutboxState.SENT: "sent",
    OutboxState.WAITING: "waiting",
    OutboxState.UNKNOWN: "unknown",
    OutboxState.FAILED: "failed",
    OutboxState.CANCELLED: "cancelled",
}
UNFOLD_KEY = keys_in_words(BY_ID["thread.unfold"])
_NOT_KNOWN = "not known whether it arrived - checking"

_INDENT_CELLS = 4
_VERSIONS = 3
_VERSION_CHARS, _VERSION_LINES = 2_000, 20
"""Of earlier versions only so much is shown at first: a message may have been edited a thousand times."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the thread: its gutter sign, and pieces of text, each with the name of its look.

    A head line has `at_us`, and its age is put before the pieces when it is drawn.
    """

    gutter: str
    pieces: tuple[tuple[str, str], ...]
    at_us: int | None = None


BLANK = Line("", ())


@dataclass(frozen=True, slots=True)
class Block:
    """All lines of one entry, and whether there is more to it than is shown."""

    lines: tuple[Line, ...]
    has_rest: bool


def build_block(
    entry: ThreadEntry,
    width: int,
    pages: int = 1,
    *,
    today: datetime,
    zone: tzinfo | None = None,
    unfold_key: str = UNFOLD_KEY,
    numbered: Sequence[Numbered] = (),
) -> Block:
    """The entry in lines of at most `width` cells behind the gutter, `pages` pages of a text that was cut.

    Times are those of `zone` (None: the machine's), without the date where it is that of `today`. `unfold_key` is
    said to show the rest; empty where nothing does. `numbered` stands below the text.
    """
    gutter = NOTE if entry.is_note else OURS if entry.direction is Direction.OUT else CUSTOMER
    look = {NOTE: "note", OURS: "ours", CUSTOMER: "customer"}[gutter]
    text = safe_block(entry.text, max_chars=MAX_CHARS * pages, max_lines=MAX_LINES * pages)
    lines = [_head(entry, gutter, text, lambda at_us: _time_words(at_us, today, zone))]
    lines += [_line(gutter, "warn", line) for line in _state_lines(entry, width)]
    versions, more_versions = _shown_versions(entry, pages)
    lines += [
        _line(gutter, "struck", line)
        for version in versions
        for line in _version_lines(version, width, pages, today, zone)
    ]
    body = "struck" if entry.deleted_us is not None else look
    lines += [_line(gutter, body, line) for line in wrap(text, width)]
    rest = _rest_words(text.cut, more_versions, unfold_key)
    if rest:
        lines.append(_line(gutter, "quiet", rest))
    lines += [line for one in numbered for line in _beside(gutter, one, width, body)]
    return Block((*lines, BLANK), bool(rest))


def _beside(gutter: str, one: Numbered, width: int, look: str) -> Iterator[Line]:
    """What can be opened: an address on one line, the rest of it behind the key; an alt text as long as it is.

    Further lines are indented, so that none of them begins like a number of ours.
    """
    look = "quiet" if look == "customer" else look
    if one.attachment is None:
        yield _line(_BESIDE[gutter], look, one.words)
        return
    first, *more = wrap(safe_line(one.words), max(1, width - _INDENT_CELLS))
    yield _line(_BESIDE[gutter], look, first)
    for text in more:
        yield _line(_BESIDE[gutter], look, " " * _INDENT_CELLS + text)


def _line(gutter: str, look: str, text: str) -> Line:
    return Line(gutter, ((text, look),))


def _head(entry: ThreadEntry, gutter: str, text: SafeText, time_words: Callable[[int], str]) -> Line:
    """Our own words first; what the author is called is the last thing on the row."""
    word = visibility_word(None if entry.is_note else entry.visibility)
    who = safe_line(f"@{entry.author} {entry.author_name}" if gutter == CUSTOMER else entry.author)
    place = [safe_line(entry.place, max_chars=80).text] if entry.place else []
    marks = [*place, *_marks(entry, time_words), *_badges(text, who)]
    pieces = [
        (f"{time_words(entry.at_us)} ", "quiet"),
        (word, word.partition(" ")[0].lower()),
        ("".join(f" · {mark}" for mark in marks), "warn"),
        (" · ", "quiet"),
        (who.text.strip(), "head"),
    ]
    return Line(_HEADS[gutter], tuple(pieces), entry.at_us)


def _marks(entry: ThreadEntry, time_words: Callable[[int], str]) -> Iterator[str]:
    if entry.outbox_state is not None:
        yield _STATE_WORDS[entry.outbox_state]
    if entry.elsewhere:
        yield "answered elsewhere"
    if entry.mark is NoteMark.DECISION:
        yield "DECISION"
    if entry.mark is NoteMark.PROMISE:
        yield f"PROMISE by {time_words(entry.due_us or 0)}"
    if entry.kept_us is not None:
        yield f"kept {time_words(entry.kept_us)}"
    if entry.deleted_us is not None:
        yield f"deleted {time_words(entry.deleted_us)}"
    edited_us = entry.versions[-1].until_us if entry.versions else entry.edited_us
    if edited_us is not None:
        yield f"edited {time_words(edited_us)}"


def _badges(*texts: SafeText) -> Iterator[str]:
    hidden = sum(text.hidden for text in texts)
    controls = sum(text.controls for text in texts)
    if hidden:
        yield f"{hidden} hidden character{'s' * (hidden > 1)}"
    if controls:
        yield f"{controls} control character{'s' * (controls > 1)}"


def _state_lines(entry: ThreadEntry, width: int) -> list[str]:
    if entry.outbox_state is OutboxState.UNKNOWN:
        return wrap(safe_line(f"{_NOT_KNOWN}: {entry.reason}" if entry.reason else _NOT_KNOWN), width)
    if entry.outbox_state is None or not entry.reason:
        return []
    return wrap(safe_line(f"{_STATE_WORDS[entry.outbox_state]}: {entry.reason}"), width)


def _shown_versions(entry: ThreadEntry, pages: int) -> tuple[tuple[MessageVersion, ...], int]:
    """The newest of the earlier versions, oldest first, and how many older ones are not shown."""
    shown = entry.versions[-_VERSIONS * pages :]
    return shown, len(entry.versions) - len(shown)


def _version_lines(
    version: MessageVersion, width: int, pages: int, today: datetime, zone: tzinfo | None
) -> list[str]:
    chars = min(_VERSION_CHARS * pages, MAX_CHARS)
    lines = min(_VERSION_LINES * pages, MAX_LINES)
    until = _time_words(version.until_us, today, zone)
    attached = "".join(f"\n[{one.type}] {one.alt}" for one in version.attachments)
    safe = safe_block(f"was until {until}: {version.text}{attached}", max_chars=chars, max_lines=lines)
    shown = wrap(safe, width)
    return [*shown, f"({counted(safe.cut, 'more character')})"] if safe.cut else shown


def _rest_words(cut: int, more_versions: int, key: str) -> str:
    rest = [counted(cut, "more character")] if cut else []
    if more_versions:
        rest.append(counted(more_versions, "earlier version"))
    shows = f": {key} shows more" if key else ""
    return f"({' and '.join(rest)}{shows})" if rest else ""


def _time_words(at_us: int, today: datetime, zone: tzinfo | None) -> str:
    at, day = from_us(at_us).astimezone(zone), today.astimezone(zone)
    if at.date() == day.date():
        return f"{at:%H:%M}"
    return f"{at:%m-%d %H:%M}" if at.year == day.year else f"{at:%Y-%m-%d %H:%M}"
