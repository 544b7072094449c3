"""The words by which messages are found: kept up to date in the transaction that changes the message.

The table `message_words` holds no text. A row is taken out by naming the words that it was given, so `words_of` must
make the same of the same text; words that it made otherwise before would only be found in vain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from careconsole.model.search_words import indexed_words
from careconsole.store.contract import Row, Tx, Value
from careconsole.store.row_hash import DAMAGED, sound

HALF = 2**32
"""A row's number is the conversation's id times this, and the message's id."""

_PUT_IN = "INSERT INTO message_words (rowid, words) VALUES ($1, $2)"
_TAKE_OUT = "INSERT INTO message_words (message_words, rowid, words) VALUES ('delete', $1, $2)"
_MESSAGE = (
    f"SELECT m.conversation_id, m.id, m.direction, m.handle, m.name, {sound('message', 'm')}, "
    "m.deleted_us IS NOT NULL, c.handle "
    "FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE "
)


def number_of(conversation_id: int, message_id: int) -> int:
    """The number of a message's row: those of a conversation stand together."""
    return conversation_id * HALF + message_id


def words_of(handle: str, name: str, text: str) -> str:
    """What a message is found by: whom it is from or to, and what it says."""
    return indexed_words(f"{handle} {name} {text}")


def _words_in(row: Row, text: str) -> str:
    """The words of a message with this text; one of ours is found by the customer it went to."""
    return words_of(row[3], row[4], text) if row[2] == "in" else words_of(row[7], "", text)


async def index_message(tx: Tx, message_id: int, *, old_text: str | None = None) -> None:
    """Let a message be found by what it says now; `old_text` is what it was found by until now.

    One that was deleted is found no longer, whatever it says. One whose old text is damaged stays as it is found:
    what is in the index can only be taken out by its words.
    """
    row = await tx.row(f"{_MESSAGE} m.id = $1", message_id)
    if row is not None and not row[6] and DAMAGED not in (old_text, row[5]):
        was = "" if old_text is None else _words_in(row, old_text)
        tx.find_by(number_of(row[0], row[1]), _words_in(row, row[5]), was=was)


async def forget_message(tx: Tx, message_id: int) -> None:
    """Let a message be found no longer; it still has the text that it is found by."""
    row = await tx.row(f"{_MESSAGE} m.id = $1", message_id)
    if row is not None and row[5] != DAMAGED:
        tx.find_by(number_of(row[0], row[1]), "", was=_words_in(row, row[5]))


async def forget_conversation(tx: Tx, conversation_id: int) -> None:
    """Let nothing of a conversation be found; to be called while its messages are still there.

    `wipe` in later transactions takes the last traces from the file.
    """
    for row in await tx.rows(f"{_MESSAGE} c.id = $1", conversation_id):
        if not row[6] and row[5] != DAMAGED:
            tx.find_by(number_of(row[0], row[1]), "", was=_words_in(row, row[5]))


WIPED_AT_ONCE = 250
"""Pages of the index that one step writes anew, so that nobody waits long for the lock."""


async def wipe(tx: Tx, *, is_first: bool = True, index: str = "message_words") -> bool:
    """Write the next part of an index anew without what was taken out of it; whether more is to be done."""
    before = await tx.row("SELECT total_changes()")
    pages = -WIPED_AT_ONCE if is_first else WIPED_AT_ONCE
    await tx.change(f"INSERT INTO {index} ({index}, rank) VALUES ('merge', $1)", pages)
    after = await tx.row("SELECT total_changes()")
    assert before is not None and after is not None
    return bool(after[0] - before[0] >= 2)


class ChangedWords:
    """What one transaction changes of the index: for every row what it held before, and the last that is said."""

    def __init__(self) -> None:
        self._rows: dict[int, tuple[str, str]] = {}

    def change(self, number: int, words: str, was: str) -> None:
        """The row shall hold these words; what it held before the transaction is what was said first."""
        known = self._rows.get(number)
        self._rows[number] = (was if known is None else known[0], words)

    def statements(self) -> Iterator[tuple[str, Sequence[Sequence[Value]]]]:
        """What to run, in order. Ascending numbers are written at once, others each by itself."""
        changed = sorted((number, was, words) for number, (was, words) in self._rows.items() if was != words)
        yield _TAKE_OUT, [(number, was) for number, was, _ in changed if was]
        yield _PUT_IN, [(number, words) for number, _, words in changed if words]
