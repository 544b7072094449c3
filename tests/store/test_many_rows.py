"""Many rows written at once are the rows that were given, however many there are and whatever the statement."""

from __future__ import annotations

import pytest

from careconsole.store.contract import Row, Store, Tx

INSERT = "INSERT INTO note (conversation_id, agent, text, at_us) VALUES ($3, $1, $2, $3)"
OTHER = "UPDATE counter SET revision = revision + $1 WHERE id = $2"


async def _rows_after(store: Store, count: int, *, later: bool) -> list[Row]:
    rows = [(f"agent{number}", "?1 $1 (x)" if number % 2 else "", number) for number in range(count)]

    async def body(tx: Tx) -> list[Row]:
        await tx.change("PRAGMA defer_foreign_keys = ON")
        if later:
            for row in rows:
                tx.later(INSERT, *row)
            tx.finish()  # type: ignore[attr-defined]
        else:
            await tx.change_many(INSERT, rows)
        kept = await tx.rows("SELECT agent, text, conversation_id, at_us FROM note ORDER BY id")
        await tx.change("DELETE FROM note")
        return kept

    return await store.write(body)


@pytest.mark.parametrize("later", [True, False])
@pytest.mark.parametrize("count", [0, 1, 2, 49, 50, 51, 120])
async def test_every_row_is_written_in_order(store: Store, count: int, later: bool) -> None:
    kept = await _rows_after(store, count, later=later)
    assert kept == [
        (f"agent{number}", "?1 $1 (x)" if number % 2 else "", number, number) for number in range(count)
    ]


async def test_other_statements_run_once_for_every_row(store: Store) -> None:
    async def body(tx: Tx) -> tuple[Row | None, Row | None]:
        before = await tx.row("SELECT revision FROM counter")
        await tx.change_many(OTHER, [(step, 1) for step in (1, 10, 100)])
        return before, await tx.row("SELECT revision FROM counter")

    before, after = await store.write(body)
    assert before is not None and after is not None
    assert after[0] == before[0] + 111
