"""What the record holds of some days: messages of both directions, and everybody who must not be named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from careconsole.model.message import Attachment, Direction, ParentPost
from careconsole.store import attachments, parents
from careconsole.store.contract import ReadTx, Row
from careconsole.store.row_hash import DAMAGED, sound


@dataclass(frozen=True, slots=True)
class Version:
    """What a message said from a time on."""

    since_us: int
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """One message."""

    id: int
    account_id: int
    external_id: str
    conversation_id: int
    direction: Direction
    handle: str
    """Of the customer, in full where there is a full one; also of an answer of ours."""
    name: str
    reach: int
    is_private: bool
    reply_to: str | None
    parent: ParentPost | None
    attachments: tuple[Attachment, ...]
    kind: str
    """As an agent set it; empty if nobody did."""
    is_vip: bool
    versions: tuple[Version, ...]
    deleted_us: int | None

    @property
    def texts(self) -> list[str]:
        """Everything in it that somebody wrote."""
        parent = [] if self.parent is None else [self.parent.text]
        return [*(each.text for each in self.versions), *parent, *(each.alt for each in self.attachments)]


@dataclass(frozen=True, slots=True)
class Days:
    """Everything that an export is made from."""

    accounts: tuple[tuple[int, str, str], ...]
    """Id, name and handle."""
    messages: tuple[Told, ...]
    """In the order of time."""
    handles: tuple[str, ...]
    """Of every customer of the desk."""
    names: tuple[str, ...]
    """Of every customer, and of every agent."""
    damaged: int
    """Messages of which the words are lost."""


_MESSAGES = (
    "SELECT m.id, m.account_id, m.external_id, m.conversation_id, m.direction, "
    "coalesce((SELECT CASE i.full_handle WHEN '' THEN i.handle ELSE i.full_handle END FROM identity i "
    "WHERE i.customer_id = c.customer_id AND (m.direction = 'out' OR i.handle = m.handle) ORDER BY i.id LIMIT 1), c.handle), "
    "CASE m.direction WHEN 'in' THEN m.name ELSE coalesce((SELECT i.name FROM identity i "
    "WHERE i.customer_id = c.customer_id ORDER BY i.id LIMIT 1), '') END, "
    f"m.reach, m.visibility = 'direct', m.reply_to, {sound('message', 'm', 'parent')}, "
    f"{sound('message', 'm', 'attachments')}, CASE WHEN m.kind_by LIKE 'agent:%' THEN m.kind ELSE '' END, c.is_vip, m.version, "
    f"m.at_us, {sound('message', 'm')}, m.deleted_us FROM message m JOIN conversation c ON c.id = m.conversation_id "
    "LEFT JOIN event e ON e.seq = m.closed_by_event LEFT JOIN message a ON a.outbox_id = m.answer_outbox_id "
    "WHERE c.erased_us IS NULL AND (m.at_us >= $1 OR (m.direction = 'in' AND "
    "(m.waits = 1 OR e.at_us >= $1 OR a.at_us >= $1))) AND m.at_us <= $2 "
    "AND coalesce(m.deleted_us, $2) >= $1 ORDER BY m.at_us, m.id"
)
_VERSIONS = f"SELECT version, {sound('message_version')}, until_us FROM message_version WHERE message_id = $1 ORDER BY version"
_AGENTS = (
    "SELECT agent FROM message WHERE agent IS NOT NULL UNION SELECT agent FROM outbox UNION SELECT agent FROM note "
    "UNION SELECT agent FROM draft UNION SELECT owner FROM conversation WHERE owner IS NOT NULL"
)


async def days_of(
    tx: ReadTx, since_us: int, until_us: int, agents: Sequence[str], may: Callable[[str], bool]
) -> Days:
    """What is to be exported from the accounts that one may export from. `agents`: who else works here."""
    accounts = tuple(
        (id, name, handle)
        for id, name, handle in await tx.rows("SELECT id, name, handle FROM account ORDER BY id")
        if may(name)
    )
    ids = {id for id, _, _ in accounts}
    rows = [row for row in await tx.rows(_MESSAGES, since_us, until_us) if row[1] in ids]
    told = [await _told(tx, row) for row in rows]
    people = await tx.rows("SELECT handle, full_handle, name FROM identity ORDER BY id")
    names = [row[2] for row in people]
    names += [row[0] for row in await tx.rows("SELECT name FROM customer ORDER BY id")]
    names += [row[0] for row in await tx.rows(_AGENTS)]
    messages = tuple(each for each in told if each is not None)
    return Days(
        accounts,
        messages,
        tuple(filter(None, (handle for row in people for handle in row[1::-1]))),
        tuple(dict.fromkeys(filter(None, (*names, *agents, *(each.name for each in messages))))),
        sum(each is None for each in told),
    )


async def _told(tx: ReadTx, row: Row) -> Told | None:
    """A message; None if its words are damaged."""
    (
        id, account_id, external_id, conversation_id, direction, handle, name, reach, is_private, reply_to, parent,
        attached, kind, is_vip, version, at_us, text, deleted_us,
    ) = row  # fmt: skip
    earlier = await tx.rows(_VERSIONS, id) if version > 1 else []
    texts = [*(each[1] for each in earlier), text]
    if DAMAGED in (*texts, parent, attached):
        return None
    starts = [at_us, *(each[2] for each in earlier)]
    return Told(
        id,
        account_id,
        external_id,
        conversation_id,
        Direction(direction),
        handle,
        name,
        reach,
        bool(is_private),
        reply_to,
        parents.from_json(parent),
        attachments.from_json(attached or ""),
        kind,
        bool(is_vip),
        tuple(Version(*each) for each in zip(starts, texts, strict=True)),
        deleted_us,
    )
