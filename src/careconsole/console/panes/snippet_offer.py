"""A prepared answer as it would be inserted now: filled for the customer, in the form that fits the network."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from careconsole.console.text import wrap
from careconsole.model.message import Direction
from careconsole.model.text_gate import SafeText, safe_block, safe_line
from careconsole.snippets.holes import fill, holes
from careconsole.snippets.library import highlight
from careconsole.snippets.snippet import Snippet, Span
from careconsole.snippets.spelling import Spellings, no_spellings
from careconsole.store.rows import QueueRow, ThreadEntry

Excess = Callable[[str], int]
"""How many characters a text is too long for the open conversation; 0 if it fits."""

READ_CHARS = 1_000
"""So many characters of a message are searched for what an answer fits."""
_NOT_IN_A_NAME = ("@", "#", "//", "www.", "{", "}")


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of the list: which form of an answer is offered, and how it fits."""

    snippet: Snippet
    text: str
    """Filled, with the holes that are still open."""
    is_short: bool
    """Whether it is the short form, because the long one is too long."""
    excess: int
    """How many characters the text is too long; 0 if it fits."""
    long_excess: int
    """How many characters the long form is too long; 0 if it fits."""
    is_suggested: bool = False
    """Whether it is offered because it fits the customer's messages."""

    @property
    def mark(self) -> str:
        """What the list says of its length: nothing, `short`, or the excess as `+34`."""
        return f"+{self.excess}" if self.excess else "short" if self.is_short else ""

    @property
    def notice(self) -> str:
        """What the preview says of its length; empty if the long form fits."""
        if self.excess:
            return f"{self.excess} character{'s' if self.excess > 1 else ''} too long"
        if self.is_short:
            return f"Short form; the long one is {self.long_excess} too long"
        return ""


def offer(
    snippet: Snippet, values: Mapping[str, str], excess: Excess, *, is_suggested: bool = False
) -> Offer:
    """The long form if it fits, else the short one; if neither fits, the one that is less too long."""
    long = fill(snippet.body, values)
    long_excess = max(0, excess(long))
    if not long_excess or not snippet.short:
        return Offer(snippet, long, False, long_excess, long_excess, is_suggested)
    short = fill(snippet.short, values)
    short_excess = max(0, excess(short))
    if short_excess >= long_excess:
        return Offer(snippet, long, False, long_excess, long_excess, is_suggested)
    return Offer(snippet, short, True, short_excess, long_excess, is_suggested)


def customer_values(row: QueueRow | None, me: str, order: str = "") -> dict[str, str]:
    """What is known for the holes: `name`, `handle`, `account` of the customer's conversation, and `me`; `order`
    where it is known.

    A display name that is more than a name (a mention, a tag, an address, braces) is not put into our words:
    the handle's first part stands in for it.
    """
    if row is None:
        return {"me": me}
    name = row.customer_name.strip()
    if not name or any(sign in name for sign in _NOT_IN_A_NAME):
        name = row.handle.partition("@")[0]
    values = {"name": name, "handle": f"@{row.handle}", "account": row.account, "me": me}
    return {**values, "order": order} if order else values


def newest_text(row: QueueRow) -> tuple[str, ...]:
    """What the row of a conversation itself tells of it: the text of the customer's newest message."""
    return (row.text[:READ_CHARS],)


def unanswered_texts(row: QueueRow, entries: Iterable[ThreadEntry]) -> tuple[str, ...]:
    """The texts of the customer's messages that wait for an answer, newest first; the row's own if none does.

    What stands in another conversation of the customer is not asked here. Of each no more than can decide on an
    offer: a text can be as long as a book.
    """
    waiting = tuple(
        entry.text[:READ_CHARS]
        for entry in entries
        if entry.direction is Direction.IN
        and not (entry.is_note or entry.is_answered or entry.deleted_us is not None or entry.place)
    )
    return waiting[::-1] or newest_text(row)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters of one line in one look: the second half of a component class `snippets--...`."""

    text: str
    look: str


def title_pieces(title: str, query: str, spellings: Spellings = no_spellings) -> list[Piece]:
    """A title in pieces, what the query matches apart, in any way to type it."""
    safe = safe_line(title).text
    spans = highlight(query, safe, in_body=False, spellings=spellings)
    return _cut(safe, 0, [(span, "match") for span in spans], "row")


def preview_lines(offered: Offer, query: str, width: int) -> list[list[Piece]]:
    """The text of an offer wrapped to a width, matches and open holes apart."""
    safe = safe_block(offered.text)
    spans = [(span, "hole") for span in holes(safe.text)]
    taken = [span for span, _ in spans]
    spans += [(span, "match") for span in highlight(query, safe.text) if not _overlaps(span, taken)]
    lines = [[Piece(offered.notice, "muted")]] if offered.notice else []
    return lines + [_cut(line, at, sorted(spans), "words") for at, line in _placed_lines(safe, width)]


def _placed_lines(safe: SafeText, width: int) -> Iterable[tuple[int, str]]:
    """The wrapped lines with the place of each in the text; only blanks and line ends lie between them."""
    at = 0
    for line in wrap(safe, width):
        at = safe.text.index(line, at)
        yield at, line
        at += len(line)


def _cut(line: str, at: int, looks: Iterable[tuple[Span, str]], rest: str) -> list[Piece]:
    """A line that stands at this place of a text, in pieces by the looks of the text's stretches."""
    pieces: list[Piece] = []
    done = 0
    for span, look in looks:
        start, end = max(span.start - at, done), min(span.end - at, len(line))
        if start < end:
            pieces += [Piece(line[done:start], rest), Piece(line[start:end], look)]
            done = end
    pieces.append(Piece(line[done:], rest))
    return [piece for piece in pieces if piece.text]


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)
