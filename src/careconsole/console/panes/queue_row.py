"""One conversation on one line: which cells it has and what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.cells import cell_len

from careconsole.console.text import clock_text, fit
from careconsole.model.conversation import ConversationState, Presence
from careconsole.model.instant import from_us
from careconsole.model.message import KIND_LETTER
from careconsole.model.reply import OutboxState
from careconsole.model.text_gate import safe_line
from careconsole.store.rows import QueueRow

CURSOR_LOOKS = frozenset({"cursor", "resting", "cursor-gone", "resting-gone"})
CLOCK_AT = 5
CLOCK_CELLS = 5

_OUTBOX_WORDS = {
    OutboxState.HELD: "HELD ",
    OutboxState.UNKNOWN: "UNKNOWN ",
    OutboxState.FAILED: "FAILED ",
}
_SOON_S = 5 * 60


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of cells in one look: the second half of a component class `queue--...`."""

    text: str
    look: str = "row"


@dataclass(frozen=True, slots=True)
class Columns:
    """How many cells each column has at a width of the pane."""

    account: int
    visibility: int
    customer: int
    owner: int
    words: int

    @property
    def words_at(self) -> int:
        """The first cell after the customer's: everything that follows gets its own address."""
        return CLOCK_AT + CLOCK_CELLS + 1 + self.account + 1 + self.visibility + 1 + self.customer

    @classmethod
    def of(cls, width: int) -> Columns:
        """The columns for a pane of this width."""
        account, visibility, customer, owner = _SIZES[next(at for at in _SIZES if width >= at)]
        taken = CLOCK_AT + CLOCK_CELLS + 1 + account + 1 + visibility + 1 + customer + 1 + 2 + 2 + owner + 1
        return cls(account, visibility, customer, owner, max(0, width - taken))


def _middle_left_out(name: str, cells: int) -> str:
    """A name in exactly so many cells: of a long one both ends, as accounts of one brand begin alike."""
    if cell_len(name) <= cells:
        return fit(name, cells)
    tail = name[-(cells // 2) :]
    while cell_len(tail) > cells // 2:
        tail = tail[1:]
    head = fit(name, cells - cell_len(tail))
    return fit(head.rstrip("…").rstrip() + "…" + tail, cells)


_SIZES = {110: (12, 7, 20, 11), 76: (11, 7, 13, 8), 0: (6, 4, 12, 7)}
"""Width of the pane: cells for account, visibility, customer and owner."""


def remaining_s(row: QueueRow, now: datetime) -> float:
    """Seconds until the promise is due; below 0 it is late."""
    return (from_us(row.due_us) - now).total_seconds()


def clock_cell(row: QueueRow, now: datetime) -> str:
    """What the clock cell says: time left, or ! and how late; nothing where nobody waits.

    From a thousand days on it counts years, so that the columns stay where they are.
    """
    if not row.is_waiting:
        return " " * CLOCK_CELLS
    left_s = remaining_s(row, now)
    words = clock_text(left_s)
    if len(words) > CLOCK_CELLS:
        years = min(999, int(abs(left_s) // (365 * 86_400)))
        words = f"{'!' if left_s < 0 else ''}{years}y"
    return words.rjust(CLOCK_CELLS)


def pieces(
    row: QueueRow, columns: Columns, now: datetime, *, look: str = "", gone: bool = False, mark: str = ""
) -> list[Piece]:
    """The line of a conversation, left to right; customer text comes last.

    `look` is the look of the whole line where it has one: that of the cursor, or of a row that has left. `mark`
    stands right before the customer's text.
    """
    line = _pieces(row, columns, now, has_cursor=look in CURSOR_LOOKS, gone=gone, mark=mark)
    return [Piece(piece.text, look) for piece in line] if look else line


def changed_spans(old: Sequence[Piece], new: Sequence[Piece]) -> list[tuple[int, int]]:
    """The cells, as (first, number), in which two drawings of a line with the same columns differ."""
    spans: list[tuple[int, int]] = []
    at = 0
    for before, after in zip(old, new, strict=True):
        cells = cell_len(after.text)
        if before != after:
            first, last = _trimmed(before, after) if before.look == after.look else (0, cells)
            spans.append((at + first, (cells if last is None else last) - first))
        at += cells
    return spans


def _trimmed(before: Piece, after: Piece) -> tuple[int, int | None]:
    """The cells that differ between two pieces of one look; None for the end where they cannot be counted."""
    if len(before.text) != len(after.text) or not (before.text + after.text).isascii():
        return 0, None
    differing = [place for place, char in enumerate(after.text) if char != before.text[place]]
    return differing[0], differing[-1] + 1


def _pieces(
    row: QueueRow, columns: Columns, now: datetime, *, has_cursor: bool, gone: bool, mark: str
) -> list[Piece]:
    account = _middle_left_out(safe_line(row.account).text, columns.account)
    word = row.visibility.word.upper()
    visibility = fit(
        word if columns.visibility >= len("PRIVATE") else word[:4].replace("PUBL", "PUB"), columns.visibility
    )
    customer = fit(f"@{safe_line(row.handle).text}", columns.customer)
    unanswered = "9+" if row.unanswered > 9 else f"{row.unanswered:2}"
    return [
        Piece(">" if has_cursor else " "),
        Piece("0" if row.tier == 0 else " ", "emergency"),
        Piece(KIND_LETTER[row.kind]),
        Piece("V " if row.is_vip else "  ", "vip"),
        Piece(clock_cell(row, now), clock_look(row, now)),
        Piece(f" {account} "),
        Piece(f"{visibility} ", "public" if row.visibility.is_public else "private"),
        Piece(customer, "customer"),
        Piece(f" {unanswered}{'D' if row.has_draft else ' '} "),
        Piece(f"{_owner(row, columns.owner)} ", "taken"),
        _words(row, columns.words, gone, mark),
    ]


def clock_look(row: QueueRow, now: datetime) -> str:
    """The look of the clock cell: late, soon or row."""
    left_s = remaining_s(row, now)
    return "late" if left_s < 0 else "soon" if left_s < _SOON_S else "row"


def _owner(row: QueueRow, cells: int) -> str:
    """Who holds it and what they do there, else for whom it is."""
    if row.claimed_by is None:
        return fit(f"→{safe_line(row.is_for).text}" if row.is_for else "", cells)
    sign = "✎" if row.presence == Presence.WRITING else "·"
    return fit(fit(f"@{safe_line(row.claimed_by).text}", cells - 1).rstrip() + sign, cells)


def _prefix(row: QueueRow, gone: bool) -> str:
    if gone:
        if row.state is ConversationState.RESOLVED:
            return "(resolved) "
        if row.asleep_until_us is not None:
            return "(asleep) "
        if row.is_waiting:
            return "(has moved) "
        return "(answered) " if row.state is ConversationState.PENDING else "(waits no longer) "
    mark = _OUTBOX_WORDS.get(row.outbox_state, "") if row.outbox_state else ""
    if row.awaits_approval:
        mark += "APPROVAL "
    return mark + _back_words(row) if row.is_back else mark


def _back_words(row: QueueRow) -> str:
    """The mark of what came back by itself, with the note for then."""
    return f"BACK ({safe_line(row.reminder).text}) " if row.reminder else "BACK "


def _words(row: QueueRow, cells: int, gone: bool, mark: str) -> Piece:
    ours = _prefix(row, gone) + (f"{mark} " if mark else "")
    return Piece(fit(ours + safe_line(row.text).text, cells), "words")
