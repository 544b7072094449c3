"""What the desk learns of its snippets: customers' words that an accepted suggestion answered, and how often used.

A learnt trigger belongs to the customer whose words it holds and goes with that customer.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from careconsole.store.contract import ReadTx, Tx

MOST_OF_A_SNIPPET = 20


@dataclass(frozen=True, slots=True)
class LearntTrigger:
    """Words of a customer, without what names anybody, that a snippet answered."""

    id: int
    snippet_id: str
    text: str
    agent: str
    """Who used the snippet for them."""
    learnt_us: int


async def whose(tx: ReadTx, conversation_id: int) -> tuple[int, list[str]] | None:
    """The customer of a conversation, and every name and handle they are known by; None if there is none."""
    row = await tx.row("SELECT customer_id FROM conversation WHERE id = $1", conversation_id)
    if row is None:
        return None
    known = await tx.rows(
        "SELECT handle, full_handle, name FROM identity WHERE customer_id = $1 "
        "UNION SELECT name, '', '' FROM customer WHERE id = $1",
        row[0],
    )
    return row[0], [name for names in known for name in names if name]


async def learn(tx: Tx, *, snippet_id: str, text: str, customer_id: int, agent: str) -> LearntTrigger:
    """Keep a trigger; the same words of the same customer are only renewed. The oldest go when there are too many."""
    await tx.change(
        "INSERT INTO learnt_trigger (snippet_id, text, customer_id, agent, learnt_us) VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (snippet_id, text, customer_id) DO UPDATE SET learnt_us = $5, agent = $4",
        snippet_id,
        text,
        customer_id,
        agent,
        tx.now_us,
    )
    await tx.change(
        "DELETE FROM learnt_trigger WHERE snippet_id = $1 AND id NOT IN "
        "(SELECT id FROM learnt_trigger WHERE snippet_id = $1 ORDER BY learnt_us DESC, id DESC LIMIT $2)",
        snippet_id,
        MOST_OF_A_SNIPPET,
    )
    row = await tx.row(
        "SELECT id, snippet_id, text, agent, learnt_us FROM learnt_trigger "
        "WHERE snippet_id = $1 AND text = $2 AND customer_id = $3",
        snippet_id,
        text,
        customer_id,
    )
    assert row is not None
    return LearntTrigger(*row)


async def remove(tx: Tx, trigger_id: int) -> bool:
    """Forget a trigger; False if there is none of this number."""
    return await tx.change("DELETE FROM learnt_trigger WHERE id = $1", trigger_id) > 0


async def learnt(tx: ReadTx) -> list[LearntTrigger]:
    """Every learnt trigger, by snippet, the newest first."""
    rows = await tx.rows(
        "SELECT id, snippet_id, text, agent, learnt_us FROM learnt_trigger ORDER BY snippet_id, learnt_us DESC, id DESC"
    )
    return [LearntTrigger(*row) for row in rows]


async def learnt_by_snippet(tx: ReadTx) -> dict[str, list[str]]:
    """The words of the learnt triggers by snippet id, each once."""
    found: dict[str, list[str]] = defaultdict(list)
    for trigger in await learnt(tx):
        if trigger.text not in found[trigger.snippet_id]:
            found[trigger.snippet_id].append(trigger.text)
    return dict(found)


async def count_use(tx: Tx, snippet_id: str) -> None:
    """Count that a snippet was put into a reply."""
    await tx.change(
        "INSERT INTO snippet_use (snippet_id, uses, last_us) VALUES ($1, 1, $2) "
        "ON CONFLICT (snippet_id) DO UPDATE SET uses = snippet_use.uses + 1, last_us = $2",
        snippet_id,
        tx.now_us,
    )


async def uses(tx: ReadTx) -> dict[str, int]:
    """How often each snippet was used at this desk."""
    return {row[0]: row[1] for row in await tx.rows("SELECT snippet_id, uses FROM snippet_use")}
