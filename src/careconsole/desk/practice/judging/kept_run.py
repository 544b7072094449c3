"""What the record of a run holds, read once: the log, the messages, the replies. It writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from careconsole.model.priority import CLEARLY_NEGATIVE
from careconsole.store import events
from careconsole.store.contract import ReadTx, Row, Store, StoreError
from careconsole.store.events import LogRow
from careconsole.store.row_hash import sound
from careconsole.store.rules import whole_in_force

_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class KeptMessage:
    """A message of a customer, or of ours."""

    id: int
    external_id: str
    conversation_id: int
    account_id: int
    handle: str
    text: str
    at_us: int
    is_ours: bool
    is_public: bool
    kind: str
    language: str
    is_upset: bool
    reach: int
    is_paid: bool
    is_emergency: bool
    is_deleted: bool
    agent: str | None


@dataclass(frozen=True, slots=True)
class KeptReply:
    """A reply in the outbox, wherever it is."""

    id: int
    conversation_id: int
    agent: str
    fence: int
    state: str
    text: str
    is_public: bool
    reply_to_id: int
    created_us: int
    after_id: int | None
    """The private reply beside which it is the public line."""

    @property
    def has_left_the_hand(self) -> bool:
        """Whether it was given away and not brought back."""
        return self.state not in ("failed", "cancelled")


@dataclass(frozen=True, slots=True)
class KeptRun:
    """The record of a run."""

    log: tuple[LogRow, ...]
    accounts: Mapping[int, str]
    messages: Mapping[int, KeptMessage]
    replies: Mapping[int, KeptReply]
    rules: str = ""
    """The rules in force at the end, as they were put."""
    own_targets_min: Mapping[str, int] = field(default_factory=dict)
    """What the scenario wants in place of the target of a kind, by external id."""

    @property
    def newest_us(self) -> int:
        """When the last event was written down; 0 of an empty log."""
        return max((row[3] for row in self.log), default=0)

    def of(self, conversation_id: int) -> list[KeptMessage]:
        """The messages of a conversation, oldest first."""
        found = [one for one in self.messages.values() if one.conversation_id == conversation_id]
        return sorted(found, key=lambda one: (one.at_us, one.id))

    def of_customer(self, ids: Iterable[int]) -> list[KeptMessage]:
        """Those of these messages that a customer wrote, oldest first."""
        found = [self.messages[id] for id in ids if id in self.messages and not self.messages[id].is_ours]
        return sorted(found, key=lambda one: (one.at_us, one.id))


async def read_run(store: Store) -> KeptRun:
    """Everything that a debrief counts from. Raises StoreError where the log is not whole."""

    async def question(tx: ReadTx) -> KeptRun:
        fault = await events.first_fault(tx)
        if fault:
            raise StoreError(
                f"The event log of {store.path} is not whole ({fault}), so nothing is debriefed."
            )
        return KeptRun(
            tuple(await _log(tx)),
            {id: name for id, name in await tx.rows("SELECT id, name FROM account ORDER BY id")},
            {row[0]: _message(row) for row in await tx.rows(_MESSAGES)},
            {row[0]: _reply(row) for row in await tx.rows(_REPLIES)},
            await whole_in_force(tx),
        )

    return await store.read(question)


async def _log(tx: ReadTx) -> list[LogRow]:
    found: list[LogRow] = []
    while rows := await events.log_after(tx, found[-1][0] if found else 0, _AT_ONCE):
        found += rows
    return found


_MESSAGES = (
    f"SELECT id, external_id, conversation_id, account_id, handle, {sound('message')}, at_us, direction, visibility, "
    "kind, language, mood, reach, is_paid, emergency_word, deleted_us, agent FROM message ORDER BY id"
)
_REPLIES = (
    f"SELECT id, conversation_id, agent, fence, state, {sound('outbox')}, visibility, reply_to_id, created_us, after_id "
    "FROM outbox ORDER BY id"
)


def _message(row: Row) -> KeptMessage:
    *head, direction, visibility, kind, language, mood, reach, is_paid, word, deleted_us, agent = row
    id, external_id, conversation_id, account_id, handle, text, at_us = head
    return KeptMessage(
        id,
        external_id,
        conversation_id,
        account_id,
        handle,
        text,
        at_us,
        direction == "out",
        visibility != "direct",
        kind,
        language,
        mood <= CLEARLY_NEGATIVE,
        reach,
        bool(is_paid),
        word != "",
        deleted_us is not None,
        agent,
    )


def _reply(row: Row) -> KeptReply:
    id, conversation_id, agent, fence, state, text, visibility, reply_to_id, created_us, after_id = row
    is_public = visibility != "direct"
    return KeptReply(
        id, conversation_id, agent, fence, state, text, is_public, reply_to_id, created_us, after_id
    )
