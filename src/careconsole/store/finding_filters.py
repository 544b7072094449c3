"""Conversations in order, narrowed by filters: two indexes hold every column that is asked for, so no row is read."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from careconsole.model.finding import Query
from careconsole.store.contract import ReadTx, Value

_WAITING = "SELECT c.id FROM conversation c INDEXED BY queue_order WHERE c.in_queue = 1 AND "
_IN_ORDER = "ORDER BY c.tier, c.effective_due_us, c.waiting_since_us, c.id"
_OTHERS = "SELECT c.id FROM conversation c INDEXED BY conversation_newest WHERE c.in_queue = 0 AND "
_NEWEST = "ORDER BY c.newest_in_us DESC, c.id DESC"
_WAITS = frozenset({"waiting", "late"})
_STATES = {
    "snoozed": "c.state <> 'resolved' AND c.id IN (SELECT conversation_id FROM boomerang WHERE sleeps = 1)",
    "draft": "c.id IN (SELECT conversation_id FROM draft WHERE agent = $1)",
    "vip": "c.is_vip = 1",
    "tier0": "c.tier = 0",
}


@dataclass(frozen=True, slots=True)
class Filter:
    """What a conversation must be: SQL with `$1` and so on, which asks for something in any case, and its values."""

    sql: str
    values: tuple[Value, ...]
    waits: bool
    """Only what waits fits."""

    async def waiting(self, tx: ReadTx, most: int, among: bytes | None = None) -> list[int]:
        """The first that wait, in rank order; `among` has a 1 at the place of every id that is meant."""
        return await self._first(tx, _WAITING, _IN_ORDER, most, among)

    async def others(self, tx: ReadTx, most: int, among: bytes | None = None) -> list[int]:
        """The newest that do not wait."""
        return [] if self.waits else await self._first(tx, _OTHERS, _NEWEST, most, among)

    async def _first(self, tx: ReadTx, head: str, order: str, most: int, among: bytes | None) -> list[int]:
        is_meant = "" if among is None else f"AND substr(${len(self.values) + 1}, c.id + 1, 1) = x'01' "
        values = self.values if among is None else (*self.values, among)
        rows = await tx.rows(f"{head}{self.sql} {is_meant}{order} LIMIT {most}", *values)
        return [row[0] for row in rows]

    async def count_waiting(self, tx: ReadTx) -> int:
        """How many wait."""
        row = await tx.row(f"SELECT count(*) FROM ({_WAITING}{self.sql})", *self.values)
        return row[0] if row else 0

    async def of(self, tx: ReadTx, ids: Collection[int]) -> tuple[list[int], list[int]]:
        """Of these conversations those that wait and the others, in order; each is looked at by itself."""
        rows = await tx.rows(
            "SELECT c.id, c.in_queue FROM conversation c "
            f"WHERE c.id IN (SELECT value FROM json_each(${len(self.values) + 1})) AND {self.sql} "
            "ORDER BY c.in_queue DESC, CASE WHEN c.in_queue THEN c.tier END, "
            "CASE WHEN c.in_queue THEN c.effective_due_us END, "
            "CASE WHEN c.in_queue THEN c.waiting_since_us ELSE -c.newest_in_us END, "
            "CASE WHEN c.in_queue THEN c.id ELSE -c.id END",
            *self.values,
            json.dumps(list(ids)),
        )
        return [row[0] for row in rows if row[1]], [row[0] for row in rows if not row[1]]


async def filter_of(tx: ReadTx, agent: str, query: Query) -> Filter:
    """The filter that a query asks for, words aside."""
    values: list[Value] = [agent, tx.boot_id, tx.monotonic_ns, tx.now_us]
    parts = ["TRUE"]
    if "mine" in query.states:
        live = "(c.claimed_by IS NOT NULL AND c.lease_boot = $2 AND c.lease_until_ns > $3)"
        parts.append(f"CASE WHEN {live} THEN c.claimed_by = $1 ELSE c.owner = $1 END")
    if query.states & _WAITS:
        parts.append("c.in_queue = 1")
    if "late" in query.states:
        parts.append("c.due_us < $4")
    parts += [_STATES[state] for state in sorted(query.states) if state in _STATES]
    ended = [state for state in ("pending", "resolved") if state in query.states]
    accounts = await _account_ids(tx, query) if query.accounts else []
    for column, wanted in (
        ("state", ended or None),
        ("kind", [kind.value for kind in query.kinds] or None),
        ("lang", list(query.languages) or None),
        ("account_id", accounts if query.accounts else None),
        ("owner", sorted(query.owners) or None),
        ("team", sorted(query.teams) or None),
    ):
        if wanted is not None and len(wanted) == 1:
            values.append(wanted[0])
            parts.append(f"c.{column} = ${len(values)}")
        elif wanted is not None:
            values.append(json.dumps(wanted))
            parts.append(f"c.{column} IN (SELECT value FROM json_each(${len(values)}))")
    return Filter(" AND ".join(parts), tuple(values), bool(query.states & _WAITS))


async def _account_ids(tx: ReadTx, query: Query) -> list[int]:
    rows = await tx.rows(
        "SELECT id FROM account WHERE name IN (SELECT value FROM json_each($1))",
        json.dumps(sorted(query.accounts)),
    )
    return [row[0] for row in rows]
