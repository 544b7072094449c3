"""A record to test with: clocks that stand still until told, messages in a line each, and what must always hold."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from careconsole.desk.reporting.board import Board
from careconsole.desk.reporting.facts import Facts
from careconsole.desk.reporting.figures import Figure, Window, count
from careconsole.desk.reporting.ledger import Ledger
from careconsole.desk.reporting.recount import recount, tell_all
from careconsole.model.conversation import Claimed
from careconsole.model.instant import to_us
from careconsole.model.message import (
    Attachment,
    Author,
    Direction,
    Item,
    Kind,
    ParentPost,
    Reading,
    Visibility,
)
from careconsole.model.reply import Enqueued, OutboxState, Outcome
from careconsole.store import accounts, arrivals, claims, delivery, events, outbox, queue, row_hash
from careconsole.store.arrivals import Recorded
from careconsole.store.contract import ReadTx, Row, Store, Tx
from careconsole.store.outbox import NewReply, Refusal
from careconsole.store.ranking import rank_of
from careconsole.store.rows import OutboxRow, QueueRow

T = TypeVar("T")

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MIN_US = 60_000_000


def at(minute: float) -> datetime:
    """So many minutes after noon."""
    return NOON + timedelta(minutes=minute)


def at_us(minute: float) -> int:
    """So many minutes after noon, as the record stores it."""
    return to_us(at(minute))


class FakeClock:
    """The host's clocks, standing still until a test moves them."""

    def __init__(self) -> None:
        self.boot_id = "first-boot"
        self.wall_us = to_us(NOON)
        self.ns = 7_000_000_000_000

    def now_us(self) -> int:
        return self.wall_us

    def monotonic_ns(self) -> int:
        return self.ns

    def now(self) -> datetime:
        """The wall clock as a datetime."""
        return NOON + timedelta(microseconds=self.wall_us - to_us(NOON))

    def pass_s(self, seconds: float) -> None:
        """Time goes by on both clocks."""
        self.wall_us += round(seconds * 1_000_000)
        self.ns += round(seconds * 1_000_000_000)

    def set_wall(self, change: timedelta) -> None:
        """Somebody sets the wall clock; the monotonic one goes on as before."""
        self.wall_us += change // timedelta(microseconds=1)

    def reboot(self) -> None:
        """The host starts anew: another boot, and a monotonic clock from the beginning."""
        self.boot_id += "+"
        self.ns = 1_000_000_000


def said(
    external_id: str,
    handle: str = "cara",
    text: str = "Where is my parcel?",
    minute: float = 0,
    *,
    reply_to: str | None = None,
    kind: Kind | None = Kind.QUESTION,
    reach: int = 0,
    visibility: Visibility = Visibility.PUBLIC,
    edited: float | None = None,
    deleted: float | None = None,
    parent: ParentPost | None = None,
    attachments: tuple[Attachment, ...] = (),
) -> Item:
    """A customer's message; times are minutes after noon."""
    return Item(
        external_id,
        Author(handle, handle.title(), reach),
        text,
        at(minute),
        visibility=visibility,
        reply_to=reply_to,
        kind=kind,
        parent=parent,
        edited_at=None if edited is None else at(edited),
        deleted_at=None if deleted is None else at(deleted),
        attachments=attachments,
    )


def ours(
    external_id: str,
    reply_to: str | None = None,
    text: str = "It is on its way.",
    minute: float = 1,
    *,
    handle: str = "",
    key: str | None = None,
) -> Item:
    """A message that our account wrote, as the network shows it."""
    return Item(
        external_id,
        Author(handle),
        text,
        at(minute),
        Direction.OUT,
        reply_to=reply_to,
        idempotency_key=key,
    )


@dataclass
class Record:
    """A store with one account, and short ways to do the usual."""

    store: Store
    clock: FakeClock
    accounts: dict[str, int] = field(default_factory=dict)
    log_tells_all = True
    """False where a test writes events that a desk would not write."""

    async def account(self, name: str = "shop", network: str = "file") -> int:
        """The id of an account, made if need be."""
        if name not in self.accounts:
            made = await self.store.write(lambda tx: accounts.add(tx, name=name, network=network))
            assert made is not None
            self.accounts[name] = made
        return self.accounts[name]

    async def take_in(
        self,
        *items: Item,
        account: str = "shop",
        reading: Reading | None = None,
        network: str = "file",
        in_sequence: bool = False,
    ) -> Recorded:
        """Record messages in one batch, each with the same reading."""
        account_id = await self.account(account, network)
        batch = [(item, reading or Reading(item.kind or Kind.QUESTION)) for item in items]
        return await self.store.write(
            lambda tx: arrivals.record(tx, account_id, batch, in_sequence=in_sequence)
        )

    async def arrive(self, *items: Item, **more: Any) -> int:
        """Record messages; the conversation of the last one."""
        await self.take_in(*items, **more)
        return await self.conversation_of(items[-1].external_id, more.get("account", "shop"))

    async def ask(self, sql: str, *values: Any) -> list[Row]:
        """Rows of a statement."""
        return await self.store.read(lambda tx: tx.rows(sql, *values))

    async def value(self, sql: str, *values: Any) -> Any:
        """The one value of a statement."""
        [[value]] = await self.ask(sql, *values)
        return value

    async def conversation_of(self, external_id: str, account: str = "shop") -> int:
        """Where a message has gone."""
        found: int = await self.value(
            "SELECT conversation_id FROM message WHERE account_id = $1 AND external_id = $2",
            self.accounts[account],
            external_id,
        )
        return found

    async def message_id(self, external_id: str) -> int:
        """The id of a message in the record."""
        found: int = await self.value("SELECT id FROM message WHERE external_id = $1", external_id)
        return found

    async def seen(self) -> int:
        """The newest event: what somebody has seen who looks now."""
        found: int = await self.value("SELECT max(seq) FROM event")
        return found

    async def row(self, conversation_id: int, agent: str = "ana") -> QueueRow:
        """A conversation as the queue shows it."""
        row = await self.store.read(lambda tx: queue.one(tx, agent, conversation_id))
        assert row is not None
        return row

    async def waiting(self) -> list[int]:
        """Ids of the conversations in the queue, in its order."""
        window = await self.store.read(lambda tx: queue.window(tx, "ana"))
        return [row.id for row in window.rows]

    async def events(self, *kinds: str, conversation: int | None = None) -> list[dict[str, Any]]:
        """Events of these kinds (all without any), each with its details mixed in, oldest first."""
        found = await self.store.read(events.events_after)
        return [
            {**json.loads(event.details), **{name: getattr(event, name) for name in _FIELDS}, "seq": seq}
            for seq, event, _, _ in found
            if (not kinds or event.kind in kinds)
            and (conversation is None or event.conversation_id == conversation)
        ]

    async def kinds(self, conversation: int | None = None) -> list[str]:
        """The kinds of all events, oldest first."""
        return [event["kind"] for event in await self.events(conversation=conversation)]

    async def act(self, verb: Callable[..., Awaitable[T]], *words: Any, **more: Any) -> T:
        """Run one verb of the store in a transaction of its own."""
        return await self.store.write(lambda tx: verb(tx, *words, **more))

    async def claim(self, conversation_id: int, agent: str = "ana") -> int:
        """Claim a conversation that is free or the agent's; the fence."""
        claimed = await self.act(claims.claim, conversation_id, agent)
        assert isinstance(claimed, Claimed)
        return claimed.fence

    async def enqueue(
        self,
        conversation_id: int,
        text: str = "It left today.",
        *,
        agent: str = "ana",
        fence: int | None = None,
        visibility: Visibility | None = None,
        purpose: str = "answer",
        reply_to_id: int | None = None,
        seen_seq: int | None = None,
        hold_s: float = 0.0,
        wider: bool = False,
        version: int | None = None,
        line: str = "",
    ) -> Enqueued | Refusal:
        """Put a reply into the outbox, claiming first unless a fence is given."""
        own = await self.claim(conversation_id, agent) if fence is None else fence
        reply = NewReply(
            conversation_id,
            agent,
            own,
            text,
            visibility,
            purpose,
            reply_to_id,
            seen_seq,
            hold_s,
            wider,
            version,
            line,
        )
        return await self.act(outbox.enqueue, reply)

    async def queued(self, conversation_id: int, text: str = "It left today.", **more: Any) -> int:
        """Put a reply into the outbox; its id."""
        done = await self.enqueue(conversation_id, text, **more)
        assert isinstance(done, Enqueued), done
        return done.outbox_id

    async def sending(self, conversation_id: int, **more: Any) -> int:
        """A reply that a sender has taken; its id."""
        outbox_id = await self.queued(conversation_id, **more)
        assert await self.take() == outbox_id
        return outbox_id

    async def take(self, account: str = "shop") -> int | None:
        """Take the next reply of an account that is due; its id."""
        taken = await self.act(delivery.take, self.accounts[account])
        return None if taken is None else taken.reply.outbox_id

    async def settle(
        self, outbox_id: int, outcome: Outcome, *, pause_s: float = 5.0, may_go_on: bool = True
    ) -> OutboxState | None:
        """Write down what the network said."""
        return await self.act(delivery.settle, outbox_id, outcome, pause_s=pause_s, may_go_on=may_go_on)

    async def reply(self, outbox_id: int) -> OutboxRow:
        """A reply in the outbox."""
        row = await self.store.read(lambda tx: queue.outbox_one(tx, outbox_id))
        assert row is not None
        return row

    async def state(self, outbox_id: int) -> OutboxState:
        """The state of a reply."""
        return (await self.reply(outbox_id)).state

    async def check(self) -> None:
        """What must hold after every act."""
        assert await self.store.read(events.first_fault) == ""
        await self.check_rows()
        if self.log_tells_all:
            await self.check_log()

    async def check_log(self) -> None:
        """The log of events alone tells the same queue, and both routes count the same from it."""
        accounts = dict(await self.ask("SELECT id, name FROM account"))
        log = await self.store.read(lambda tx: events.log_after(tx, 0, 1_000_000))
        facts = Facts()
        ledger = Ledger(facts, accounts, self.store.policy)
        ledger.take(log)
        told = {
            talk.id: (talk.waiting_since_us, talk.tier, talk.turn.due_us if talk.turn else None)
            for talk in ledger.talks.values()
            if talk.is_waiting
        }
        kept = await self.ask(
            "SELECT id, waiting_since_us, tier, CASE WHEN unanswered > 0 THEN due_us END "
            "FROM conversation WHERE in_queue = 1"
        )
        assert told == {row[0]: row[1:] for row in kept}
        moved = await self.ask("SELECT id, moves FROM conversation WHERE moves <> 0")
        assert dict(moved) == {talk.id: len(talk.moves) for talk in ledger.talks.values() if talk.moves}
        now_us = self.clock.now_us()
        for since_us, until_us in ((0, now_us + 1), (now_us // MIN_US * MIN_US - 30 * MIN_US, now_us + 1)):
            figures = count(ledger, facts, Window(since_us, until_us), accounts)
            plain = recount(
                tell_all(log, accounts, self.store.policy, until_us), since_us, until_us, accounts, accounts
            )
            assert {key: (figure.value, figure.of) for key, figure in figures.items()} == plain
            self._check_board(log, accounts, figures, since_us, until_us)

    def _check_board(
        self,
        log: list[events.LogRow],
        accounts: dict[int, str],
        figures: dict[tuple[str, str, str], Figure],
        since_us: int,
        until_us: int,
    ) -> None:
        """The running sums, kept up in two steps, are those that are counted from the facts."""
        board = Board(since_us)
        assert board.since_us == since_us
        ledger = Ledger(board, accounts, self.store.policy)
        for part in (log[: len(log) // 2], log[len(log) // 2 :]):
            ledger.take(part)
            board.follow(ledger)
        for name, figure in board.figures(until_us).items():
            counted = figures[name, "all", ""]
            assert (figure.value, figure.of) == (counted.value, counted.of), name

    async def check_rows(self) -> None:
        """What must hold of everything but the log of events."""

        await self.store.read(self.check_rows_in)

    async def check_rows_in(self, tx: ReadTx) -> None:
        """What must hold of everything but the log of events, asked in a transaction."""
        await self._check_queue(tx)
        await _check_outbox(tx)
        assert await row_hash.damaged_rows(tx) == {}, "a text has not its hash"

    async def _check_queue(self, tx: ReadTx) -> None:
        rows = await tx.rows(
            "SELECT c.id, c.in_queue, c.tier, c.kind, c.waiting_since_us, c.due_us, c.effective_due_us, c.unanswered, "
            "c.messages, c.newest_in_id, c.state, c.claimed_by, c.cycle, "
            "(SELECT count(*) FROM message m WHERE m.conversation_id = c.id AND m.waits = 1), "
            "(SELECT count(*) FROM message m WHERE m.conversation_id = c.id), "
            "(SELECT m.id FROM message m WHERE m.conversation_id = c.id AND m.direction = 'in' "
            " ORDER BY m.deleted_us IS NOT NULL, m.at_us DESC, m.id DESC LIMIT 1), "
            "(SELECT count(*) FROM cycle y WHERE y.conversation_id = c.id) FROM conversation c"
        )
        for row in rows:
            found = await rank_of(tx, row[0], self.store.policy)
            assert bool(row[1]) == (found is not None), f"conversation {row[0]} is wrongly in or out"
            assert row[7] == row[13], f"conversation {row[0]} counts {row[7]} unanswered, {row[13]} wait"
            assert row[8] == row[14], f"conversation {row[0]} counts {row[8]} messages of {row[14]}"
            assert row[9] == row[15], f"conversation {row[0]} shows {row[9]}, newest is {row[15]}"
            assert row[12] == row[16], f"conversation {row[0]} has {row[16]} cycles, says {row[12]}"
            assert not (row[10] == "resolved" and (row[1] or row[11])), f"{row[0]} is resolved and goes on"
            if found is not None:
                stored = (row[2], row[3], row[4], row[5], row[6])
                computed = (found.tier, found.kind, found.waiting_since_us, found.due_us)
                assert stored == (*computed, found.effective_due_us), f"conversation {row[0]} is misplaced"


_FIELDS = (
    "kind",
    "at_us",
    "recorded_us",
    "agent",
    "account_id",
    "customer_id",
    "conversation_id",
    "cycle",
    "message_id",
    "outbox_id",
)


async def _check_outbox(tx: ReadTx) -> None:
    wrong = await tx.rows(
        "SELECT o.id FROM outbox o WHERE (o.state = 'sent') <> (o.remote_id IS NOT NULL) "
        "OR (o.state = 'sending') <> (o.sender IS NOT NULL AND o.state <> 'unknown')"
    )
    assert wrong == [], "a reply is sent without a remote id, or has a sender without being sent"
    twice = await tx.rows(
        "SELECT conversation_id, reply_to_id, purpose FROM outbox WHERE state NOT IN ('failed', 'cancelled') "
        "GROUP BY 1, 2, 3 HAVING count(*) > 1"
    )
    assert twice == [], "two replies of one purpose answer one message"
    early = await tx.rows(
        "SELECT l.id FROM outbox l JOIN outbox p ON p.id = l.after_id WHERE "
        "l.state IN ('sending', 'sent', 'waiting', 'unknown', 'failed') AND p.state <> 'sent' "
        "OR l.state IN ('held', 'queued') AND p.state IN ('unknown', 'failed', 'cancelled') "
        "OR (l.state = 'held') <> (p.state = 'held') AND l.state <> 'cancelled' OR p.visibility <> 'direct'"
    )
    assert early == [], (
        "a public line left before the private reply was sent, or waits for one that will not be"
    )
    answered = await tx.rows(
        "SELECT m.id FROM message m JOIN outbox o ON o.id = m.answer_outbox_id "
        "WHERE m.waits = 1 AND o.state IN ('queued', 'sending', 'waiting', 'sent')"
    )
    assert answered == [], "a message waits although its answer is on its way"


async def nothing(tx: Tx) -> None:
    """A transaction that does nothing."""
