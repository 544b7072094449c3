"""Our handles on the networks, their cursors, and how their polling goes."""

from __future__ import annotations

import json

from careconsole.model.reply import Limits
from careconsole.store.contract import ReadTx, Row, Tx
from careconsole.store.rows import Account


async def add(
    tx: Tx,
    *,
    name: str,
    network: str,
    url: str | None = None,
    token_file: str | None = None,
    handle: str = "",
    limits: Limits | None = None,
    poll_every_s: float = 15.0,
) -> int | None:
    """Add an account; its id, or None if the name is taken."""
    row = await tx.row(
        "INSERT INTO account (name, network, url, token_file, handle, limits, added_us, poll_every_s) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (name) DO NOTHING RETURNING id",
        name,
        network,
        url,
        token_file,
        handle,
        limits_json(limits or Limits()),
        tx.now_us,
        poll_every_s,
    )
    return None if row is None else int(row[0])


async def find(tx: ReadTx, name: str) -> tuple[int, str] | None:
    """Id and network of an account."""
    row = await tx.row("SELECT id, network FROM account WHERE name = $1", name)
    return None if row is None else (row[0], row[1])


ABOUT = {
    "approval_id": "approval x JOIN conversation t ON t.id = x.conversation_id WHERE x.id",
    "outbox_id": "outbox t WHERE t.id",
    "note_id": "note x JOIN conversation t ON t.id = x.conversation_id WHERE x.id",
    "conversation_id": "conversation t WHERE t.id",
}
"""What belongs to an account, by the word that names its id, and where its account stands."""


async def name_about(tx: ReadTx, about: str, id: int) -> str | None:
    """The name of the account to which something of `ABOUT` belongs; None if there is no such thing."""
    row = await tx.row(
        f"SELECT a.name FROM account a WHERE a.id = (SELECT t.account_id FROM {ABOUT[about]} = $1)", id
    )
    return None if row is None else str(row[0])


_COLUMNS = (
    "SELECT id, name, network, url, token_file, handle, limits, last_good_us, failures, last_error, poll_every_s, "
    "(SELECT count(*) FROM conversation c WHERE c.account_id = account.id AND c.in_queue = 1), keeps_keys FROM account "
)


async def all_accounts(tx: ReadTx) -> list[Account]:
    """Every account, by name."""
    return [_account(row) for row in await tx.rows(_COLUMNS + "ORDER BY name")]


def _account(row: Row) -> Account:
    limits = Limits(**json.loads(row[6]))
    id_, name, network, url, token_file, handle = row[:6]
    good_us, failures, error, every_s, waiting, keeps = row[7:13]
    return Account(
        id_,
        name,
        network,
        url,
        token_file,
        handle,
        limits,
        good_us,
        failures,
        error,
        every_s,
        waiting,
        bool(keeps),
    )


def limits_json(limits: Limits) -> str:
    """Limits as the record keeps them."""
    return json.dumps(
        {
            "max_chars": limits.max_chars,
            "chars_per_url": limits.chars_per_url,
            "names_the_customer": limits.names_the_customer,
        }
    )


async def cursor(tx: ReadTx, account_id: int) -> str | None:
    """Where the next poll goes on; None before the first."""
    row = await tx.row("SELECT state FROM cursor WHERE account_id = $1", account_id)
    return None if row is None else str(row[0])


async def move_cursor(tx: Tx, account_id: int, state: str) -> None:
    """Write where the next poll goes on, in the transaction of the messages it brought."""
    await tx.change(
        "INSERT INTO cursor VALUES ($1, $2) ON CONFLICT DO UPDATE SET state = excluded.state",
        account_id,
        state,
    )


async def poll_worked(tx: Tx, account_id: int, limits: Limits, poll_every_s: float, notice: str = "") -> None:
    """The poll went well, now; `notice` says which part of the network did not answer this time."""
    await tx.change(
        "UPDATE account SET last_good_us = $2, failures = 0, last_error = $5, limits = $3, poll_every_s = $4 WHERE id = $1",
        account_id,
        tx.now_us,
        limits_json(limits),
        poll_every_s,
        notice,
    )


async def poll_failed(tx: Tx, account_id: int, sentence: str) -> None:
    """The poll failed; the sentence is shown until one works."""
    await tx.change(
        "UPDATE account SET failures = failures + 1, last_error = $2 WHERE id = $1", account_id, sentence
    )
