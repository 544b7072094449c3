"""What a customer wrote on all their conversations, round by round: whether a provocation is the second one."""

from __future__ import annotations

from typing import NamedTuple

from careconsole.store.contract import ReadTx
from careconsole.store.row_hash import sound

MOST = 200
"""So many of the customer's newest messages are looked at."""


class Said(NamedTuple):
    """One message of a customer."""

    conversation_id: int
    cycle: int
    text: str
    is_open: bool
    """Whether it is unanswered."""
    is_answered: bool
    """Whether a reply of ours went to it, or stands behind it in its round."""
    disposition: str
    """How its round ended; empty if it has not."""


_SAID = (
    f"SELECT m.conversation_id, m.cycle, {sound('message', 'm')}, m.waits, "
    "m.answer_outbox_id IS NOT NULL OR EXISTS (SELECT 1 FROM message r WHERE r.conversation_id = m.conversation_id "
    "AND r.cycle = m.cycle AND r.direction = 'out' AND r.at_us >= m.at_us), coalesce(y.disposition, '') "
    # The newest are found first, so that no other message is held against its hash.
    "FROM (SELECT n.id FROM conversation asked JOIN conversation c ON c.customer_id = asked.customer_id "
    "JOIN message n ON n.conversation_id = c.id "
    "WHERE asked.id = $1 AND n.direction = 'in' ORDER BY n.at_us DESC, n.id DESC LIMIT $2) newest "
    "JOIN message m ON m.id = newest.id "
    "LEFT JOIN cycle y ON y.conversation_id = m.conversation_id AND y.number = m.cycle "
    "ORDER BY m.at_us DESC, m.id DESC"
)


async def said_by_customer(tx: ReadTx, conversation_id: int) -> list[Said]:
    """The newest messages of the customer of a conversation, on all accounts, oldest first."""
    rows = await tx.rows(_SAID, conversation_id, MOST)
    return [Said(row[0], row[1], row[2], bool(row[3]), bool(row[4]), row[5]) for row in reversed(rows)]
