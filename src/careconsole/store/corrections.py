"""Who set what stands behind a place in the queue: the kind, tier 0 and the VIP, set or lifted by an agent.

Each source is `agent:NAME` for what was set by hand, `lifted:NAME` for what was taken away by hand.
"""

from __future__ import annotations

from careconsole.store.contract import ReadTx
from careconsole.store.customers import SAME_PERSON

_NOT_TAKEN_BACK = (
    "NOT EXISTS (SELECT 1 FROM event u WHERE u.conversation_id = e.conversation_id AND u.seq > e.seq "
    "AND u.kind = 'undone' AND json_extract(u.details, '$.act') IS NOT NULL "
    "AND json_extract(u.details, '$.event') = e.seq)"
)


async def kind_source(tx: ReadTx, conversation_id: int) -> str:
    """What set the kind of a conversation that waits for nothing: that of its newest message, if it has this kind."""
    row = await tx.row(
        "SELECT m.kind_by, m.kind = c.kind FROM message m JOIN conversation c ON c.id = m.conversation_id "
        "WHERE c.id = $1 AND m.direction = 'in' ORDER BY m.at_us DESC, m.id DESC LIMIT 1",
        conversation_id,
    )
    return str(row[0]) if row and row[1] else ""


async def tier_source(tx: ReadTx, conversation_id: int) -> str:
    """What put a conversation into tier 0, or who lifted it in this cycle; empty if neither was."""
    row = await tx.row("SELECT tier, tier_by, cycle FROM conversation WHERE id = $1", conversation_id)
    if row is None or row[0] == 0:
        return str(row[1]) if row else ""
    lifted = await tx.row(
        "SELECT e.agent FROM event e WHERE e.conversation_id = $1 AND e.kind = 'tier_set' AND e.cycle = $2 "
        f"AND e.agent IS NOT NULL AND json_extract(e.details, '$.tier') = 1 AND {_NOT_TAKEN_BACK} "
        "ORDER BY e.seq DESC LIMIT 1",
        conversation_id,
        row[2],
    )
    return f"lifted:{lifted[0]}" if lifted else ""


async def tier_when_resolved(tx: ReadTx, conversation_id: int) -> tuple[int, str]:
    """The tier in which a conversation was when it was resolved last, and what had put it there."""
    row = await tx.row(
        "SELECT json_extract(e.details, '$.tier'), CASE json_extract(e.details, '$.tier_by') WHEN 'word' THEN "
        "(SELECT 'word:' || m.emergency_word FROM message m WHERE m.conversation_id = $1 AND m.emergency_word <> '' "
        "ORDER BY m.at_us, m.id LIMIT 1) ELSE (SELECT 'agent:' || s.agent FROM event s WHERE s.conversation_id = $1 "
        "AND s.kind = 'tier_set' AND s.seq < e.seq AND s.agent IS NOT NULL "
        "AND json_extract(s.details, '$.tier') = 0 ORDER BY s.seq DESC LIMIT 1) END "
        "FROM event e WHERE e.conversation_id = $1 AND e.kind = 'resolved' ORDER BY e.seq DESC LIMIT 1",
        conversation_id,
    )
    return (1, "") if row is None or row[0] != 0 else (0, str(row[1] or ""))


async def vip_source(tx: ReadTx, customer_id: int, marked: bool) -> str:
    """What made a person a VIP, or who lifted that; empty if nobody ever spoke of them."""
    by_hand = await tx.row(
        f"SELECT 1 FROM customer WHERE id IN ({SAME_PERSON}) AND is_vip IS NOT NULL LIMIT 1", customer_id
    )
    if by_hand is None:
        return "settings" if marked else ""
    row = await tx.row(
        "SELECT e.agent FROM conversation c JOIN event e ON e.conversation_id = c.id "
        f"WHERE c.customer_id IN ({SAME_PERSON}) AND e.kind = 'vip_set' "
        "AND json_extract(e.details, '$.vip') = $2 ORDER BY e.seq DESC LIMIT 1",
        customer_id,
        int(marked),
    )
    return f"{'agent' if marked else 'lifted'}:{row[0] if row else ''}"
