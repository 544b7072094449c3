"""Many rows written at once are the rows that were given, however many there are and whatever the statement."""

from __future__ import annotations

import pytest

from careconsole.store.contract import Row, Store, Tx

INSERT = "INSERT INTO lease (holder, fence, name, boot, until_ns) VALUES ($2, $3, $1, 'boot', $3)"
OTHER = "UPDATE counter SET revision = revision + $1 WHERE id = $2"


@pytest.mark.parametrize("later", [True, False])
@pytest.mark.parametrize("count", [0, 1, 2, 49, 50, 51, 120])
async def test_every_row_is_written(store: Store, count: int, later: bool) -> None:
    rows = [(f"name{number:03}", "?1 $1 (x)" if number % 2 else "", number) for number in range(count)]

    async def body(tx: Tx) -> None:
        if later:
            for row in rows:
                tx.later(INSERT, *row)
        else:
            await tx.change_many(INSERT, rows)

    await store.write(body)
    kept = await store.read(
        lambda tx: tx.rows("SELECT name, holder, fence, until_ns FROM lease ORDER BY name")
    )
    assert kept == [(*row, row[2]) for row in rows]


async def test_other_statements_run_once_for_every_row(store: Store) -> None:
    async def body(tx: Tx) -> tuple[Row | None, Row | None]:
        before = await tx.row("SELECT revision FROM counter")
        await tx.change_many(OTHER, [(step, 1) for step in (1, 10, 100)])
        return before, await tx.row("SELECT revision FROM counter")

    before, after = await store.write(body)
    assert before is not None and after is not None
    assert after[0] == before[0] + 111
