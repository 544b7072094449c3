"""Reading the desk: the queue, a thread, and why a conversation stands where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from careconsole.desk.desk import Desk
from careconsole.language.reading import explain
from careconsole.model.priority import Rank
from careconsole.model.reply import OutboxState
from careconsole.store import accounts as kept_accounts
from careconsole.store import claims, corrections, person
from careconsole.store import queue as kept_queue
from careconsole.store import thread as kept_thread
from careconsole.store.claims import FirstFor
from careconsole.store.contract import ReadTx
from careconsole.store.person import Card
from careconsole.store.ranking import rank_of
from careconsole.store.rows import Account, Counts, OutboxRow, QueueRow, QueueWindow, RankKey, ThreadEntry
from careconsole.store.rules import policy_of, whole_in_force

THREAD_END = 300
"""So many of the newest messages are read before the others: more than three of the tallest windows."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a conversation shows when it is opened, all of one moment."""

    row: QueueRow
    revision: int
    """Of all conversations of the person."""
    card: Card | None
    entries: list[ThreadEntry]
    """The newest ones, if that is not all."""
    skipped: int
    """How many entries stand before these."""
    elsewhere: list[ThreadEntry]
    """What was said in the person's other conversations; none yet while `skipped`."""


@dataclass(frozen=True, slots=True)
class Why:
    """The sum behind a place in the queue, and who or what set its parts."""

    row: QueueRow
    rank: Rank | None
    """None if nothing waits."""
    kind_by: str
    """`cue:...`, `agent:...`, `given`, or empty where no cue was found."""
    mood: float
    """The lowest of what waits, -1 upset to 1 pleased."""
    mood_by: tuple[tuple[str, float], ...]
    """What made that mood, the heaviest first; the scores add up to it if the lists are still as they were."""
    tier_by: str
    """`word:...`, `agent:...` of tier 0, `lifted:...` where an agent took it away, or empty."""
    vip_by: str
    """`agent:...` or `settings` of a VIP, `lifted:...` where an agent took the mark away, or empty."""
    vip_note: str
    """What colleagues must know of a VIP; empty if the customer is none."""
    calendar: str
    """What is open when: the account's calendar in a word."""
    first_for: FirstFor | None = None
    """For whom it is first while it waits; None if it is for all."""


async def queue_window(
    desk: Desk,
    *,
    start: RankKey | None = None,
    end: RankKey | None = None,
    last: bool = False,
    limit: int = 500,
) -> QueueWindow:
    """A stretch of the queue in rank order."""
    return await desk.store.read(
        lambda tx: kept_queue.window(tx, desk.agent, start=start, end=end, last=last, limit=limit)
    )


async def revision(desk: Desk) -> int:
    """A number that rises whenever anything that the queue shows has changed; polls without news leave it."""
    row = await desk.store.read(lambda tx: tx.row("SELECT revision FROM counter"))
    return row[0] if row else 0


async def queue_row(desk: Desk, conversation_id: int) -> QueueRow | None:
    """One conversation, whatever its state."""
    return await desk.store.read(lambda tx: kept_queue.one(tx, desk.agent, conversation_id))


async def queue_rows(desk: Desk, ids: list[int]) -> list[QueueRow]:
    """Several conversations, whatever their state."""
    return await desk.store.read(lambda tx: kept_queue.some(tx, desk.agent, ids))


async def place_of(desk: Desk, key: RankKey) -> int:
    """How many waiting conversations stand before a key."""
    return await desk.store.read(lambda tx: kept_queue.place_of(tx, key))


async def opening(desk: Desk, conversation_id: int) -> Opening | None:
    """What is needed to show a conversation at once; None if there is no such conversation."""

    async def question(tx: ReadTx) -> Opening | None:
        row = await kept_queue.one(tx, desk.agent, conversation_id)
        if row is None:
            return None
        entries, skipped = await kept_thread.thread_end(tx, conversation_id, THREAD_END)
        return Opening(
            row,
            await person.revision(tx, conversation_id),
            await person.card(tx, conversation_id),
            entries,
            skipped,
            [] if skipped else await person.elsewhere(tx, conversation_id),
        )

    return await desk.store.read(question)


async def thread(desk: Desk, conversation_id: int) -> list[ThreadEntry]:
    """Everything said in a conversation, oldest first."""
    return await desk.store.read(lambda tx: kept_thread.thread(tx, conversation_id))


async def counts(desk: Desk) -> Counts:
    """What the status line and the title show."""
    return await desk.store.read(lambda tx: kept_queue.counts(tx, desk.agent))


async def accounts(desk: Desk) -> list[Account]:
    """Every account and how its polling goes."""
    return await desk.store.read(kept_accounts.all_accounts)


async def outbox(desk: Desk) -> list[OutboxRow]:
    """Every reply, oldest first."""
    return await desk.store.read(kept_queue.outbox)


async def outbox_open(desk: Desk) -> list[OutboxRow]:
    """Replies whose way has not ended."""
    return await desk.store.read(kept_queue.outbox_open)


async def outbox_states(desk: Desk, ids: list[int]) -> dict[int, OutboxState]:
    """Where these replies are now."""
    return await desk.store.read(lambda tx: kept_queue.outbox_states(tx, ids))


async def why(desk: Desk, conversation_id: int) -> Why | None:
    """The sum behind a conversation's place; None if there is no such conversation."""

    async def question(tx: ReadTx) -> Why | None:
        policy = policy_of(await whole_in_force(tx)) or desk.rules.policy
        row = await kept_queue.one(tx, desk.agent, conversation_id)
        if row is None:
            return None
        found = await rank_of(tx, conversation_id, policy)
        origins = await kept_thread.origins(tx, conversation_id)
        kind_by = next((by for kind, by, _, _ in origins if kind == row.kind), None)
        if kind_by is None:
            kind_by = await corrections.kind_source(tx, conversation_id)
        _, _, mood, text = min(origins, key=lambda origin: origin[2], default=("", "", 0.0, ""))
        calendar = policy.calendar_of(row.account)
        return Why(
            row,
            found,
            kind_by,
            mood,
            _mood_by(desk, text),
            await corrections.tier_source(tx, conversation_id),
            await corrections.vip_source(tx, row.customer_id, row.is_vip),
            await person.vip_note(tx, row.customer_id) if row.is_vip else "",
            "day and night" if calendar.always_open else f"business hours, {calendar.zone_name}",
            await claims.first_for(tx, conversation_id, desk.roster),
        )

    return await desk.store.read(question)


def _mood_by(desk: Desk, text: str) -> tuple[tuple[str, float], ...]:
    terms = explain(text, desk.emergency).terms
    found = [(term.term, term.score) for term in terms if term.for_ == "mood"]
    return tuple(sorted(found, key=lambda term: -abs(term[1])))
