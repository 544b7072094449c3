"""Links between customers who are one person: suggested with reasons, made by an agent, taken back without a trace.

A link moves nothing: customers, identities and conversations stay what they are, and are read together.
"""

from __future__ import annotations

from dataclasses import dataclass

from careconsole.model.event import EventKind
from careconsole.model.identities import MAX_SAID, Signs, reasons, signs_of
from careconsole.model.search_words import term
from careconsole.store.acts import Done, record_act
from careconsole.store.contract import ReadTx, Tx
from careconsole.store.customers import SAME_PERSON, person_is_vip, refresh_vip
from careconsole.store.found_words import match_of
from careconsole.store.message_words import HALF
from careconsole.store.row_hash import sound

READ_MESSAGES = 40
"""Of a customer so many of the newest messages are compared."""
COMMON = 3
"""What more other customers than this said names nobody."""
MAX_SUGGESTIONS = 5


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A customer who may be the same person."""

    customer_id: int
    handle: str
    name: str
    reasons: tuple[str, ...]


async def suggestions(tx: ReadTx, customer_id: int) -> tuple[Suggestion, ...]:
    """Who may be the same person as a customer, at most MAX_SUGGESTIONS; those who are already are left out."""
    same = {row[0] for row in await tx.rows(SAME_PERSON, customer_id)}
    mine = await _signs(tx, customer_id)
    if mine is None:
        return ()
    candidates = dict.fromkeys([*await _with_handle(tx, mine), *await _who_said(tx, mine, same)])
    found = []
    for other in candidates:
        signs = await _signs(tx, other) if other not in same else None
        why = reasons(mine, signs) if signs else ()
        if why:
            row = await tx.row(
                "SELECT CASE full_handle WHEN '' THEN handle ELSE full_handle END, name FROM identity "
                "WHERE customer_id = $1 ORDER BY id LIMIT 1",
                other,
            )
            assert row is not None
            found.append(Suggestion(other, row[0], row[1], why))
        if len(found) == MAX_SUGGESTIONS:
            break
    return tuple(found)


async def _signs(tx: ReadTx, customer_id: int) -> Signs | None:
    identities = await tx.rows("SELECT handle, name, scope FROM identity WHERE customer_id = $1", customer_id)
    if not identities:
        return None
    messages = await tx.rows(
        f"SELECT {sound('message')}, at_us FROM message WHERE id IN (SELECT m.id "
        "FROM conversation c JOIN message m ON m.conversation_id = c.id "
        "WHERE c.customer_id = $1 AND m.direction = 'in' AND m.deleted_us IS NULL "
        f"ORDER BY m.at_us DESC LIMIT {READ_MESSAGES}) ORDER BY at_us DESC",
        customer_id,
    )
    handles, names, places = zip(*identities, strict=True)
    texts = [row[0] for row in messages]
    return signs_of(handles, names, places, texts, messages[0][1] if messages else 0)


async def _with_handle(tx: ReadTx, mine: Signs) -> list[int]:
    """Customers with one of these handles in any place where handles are known."""
    scopes = [
        row[0]
        for row in await tx.rows(
            "SELECT DISTINCT CASE network WHEN 'mastodon' THEN network ELSE 'account:' || name END FROM account"
        )
    ]
    found: list[int] = []
    for scope in scopes:
        for handle in mine.handles:
            rows = await tx.rows(
                "SELECT customer_id FROM identity WHERE scope = $1 AND (handle_key = $2 OR "
                "(handle_key > $3 AND handle_key < $4)) LIMIT 20",
                scope,
                handle,
                f"{handle}@",
                f"{handle}A",
            )
            found += [row[0] for row in rows]
    return found


async def _who_said(tx: ReadTx, mine: Signs, same: set[int]) -> list[int]:
    """Customers who said one of the same things, where few did."""
    found: list[int] = []
    for said in sorted(mine.said)[:MAX_SAID]:
        wanted = term(said, is_exact=True)
        if wanted is None:
            continue
        rows = await tx.rows(
            f"SELECT DISTINCT c.customer_id FROM (SELECT rowid / {HALF} AS conversation_id FROM message_words "
            "WHERE message_words MATCH $1 ORDER BY rowid DESC LIMIT 200) w "
            "JOIN conversation c ON c.id = w.conversation_id",
            match_of([wanted]),
        )
        others = {row[0] for row in rows} - same
        if len(others) <= COMMON:
            found += sorted(others)
    return found


async def link(tx: Tx, conversation_id: int, other_id: int, agent: str) -> Done | None:
    """State that a conversation's customer and another are one person; None if one of them is not there.

    An event 0 if they are already.
    """
    row = await tx.row("SELECT customer_id FROM conversation WHERE id = $1", conversation_id)
    if row is None or await tx.row("SELECT 1 FROM customer WHERE id = $1", other_id) is None:
        return None
    same = {each[0] for each in await tx.rows(SAME_PERSON, row[0])}
    if other_id in same:
        return Done(conversation_id, 0)
    same |= {each[0] for each in await tx.rows(SAME_PERSON, other_id)}
    link_id = await tx.insert(
        "INSERT INTO identity_link (customer_id, other_id, agent, linked_us) VALUES ($1, $2, $3, $4)",
        row[0],
        other_id,
        agent,
        tx.now_us,
    )
    await _make_people(tx, same)
    event = await record_act(
        tx, EventKind.LINKED, conversation_id, agent, {"link": link_id, "customer": other_id}
    )
    return Done(conversation_id, event)


async def part(tx: Tx, link_id: int) -> None:
    """Take a link back: who is held together by no other link is a person of their own again."""
    row = await tx.row("DELETE FROM identity_link WHERE id = $1 RETURNING customer_id", link_id)
    if row is None:
        return
    left = {each[0] for each in await tx.rows(SAME_PERSON, row[0])}
    links = await tx.rows("SELECT customer_id, other_id FROM identity_link")
    people: list[set[int]] = []
    while left:
        group, grown = {min(left)}, True
        while grown:
            more = {id for pair in links if group & set(pair) for id in pair} - group
            group, grown = group | more, bool(more)
        people.append(group)
        left -= group
    await _make_people(tx, *people)


async def _make_people(tx: Tx, *people: set[int]) -> None:
    """Each of these sets of customers is one person from now on: read together, a VIP together or not, and waiting
    on a second channel where another of them waits. Who they are is written before anybody is placed by it."""
    for customers in people:
        root = min(customers) if len(customers) > 1 else None
        for customer_id in customers:
            await tx.change("UPDATE customer SET person = $2 WHERE id = $1", customer_id, root)
    for customers in people:
        marked = await person_is_vip(tx, min(customers))
        for customer_id in sorted(customers):
            await refresh_vip(tx, customer_id, marked)
