"""Two consoles, three agents and a network that loses answers, against a plain model; one invariant for each rule."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.store.contract.plain_model import (
    AGENTS,
    LEASE_NS,
    LIVE,
    ROSTER,
    SIGNED_ON,
    WORDS,
    PlainModel,
    Reply,
    Said,
    Talk,
)
from tests.store.record_at_hand import FakeClock, Record, at_us, said

from careconsole.model.assignment import Addressee, Assigned, HandOver
from careconsole.model.come_back import WakeMode
from careconsole.model.conversation import Claimed, HeldBy, Lost, Resolved
from careconsole.model.message import Visibility
from careconsole.model.reply import AlreadyAnswered, Ambiguous, Enqueued, Outcome, Rejected, Retry, Sent
from careconsole.store import acts, boomerangs, claims, delivery, outbox, queue, team
from careconsole.store.contract import Tx
from careconsole.store.driver import Driver, drivers
from careconsole.store.opening import open_store
from careconsole.store.rows import QueueRow


class Machine(PlainModel, RuleBasedStateMachine):
    """Every step is done in the record and in the model."""

    driver: Driver

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        memory = Path("/dev/shm")
        self.folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
        self.clock = FakeClock()
        self.stack = AsyncExitStack()
        self.consoles: list[Record] = []
        self.talks: dict[int, Talk] = {}
        self.replies: dict[int, Reply] = {}
        self.at_network: Counter[str] = Counter()
        self.numbers = 0

    def do(self, work: Any) -> Any:
        return self.runner.run(work)

    @initialize()
    def open(self) -> None:
        async def opened() -> None:
            for create in (True, False):
                store = await self.stack.enter_async_context(
                    open_store(self.folder / "desk.db", create=create, driver=self.driver, clock=self.clock)
                )
                self.consoles.append(Record(store, self.clock))
            await self.consoles[0].account()
            self.consoles[1].accounts = self.consoles[0].accounts
            for console, agent in zip(self.consoles, SIGNED_ON, strict=True):
                await console.act(delivery.sign_on, agent, os.getpid())

        self.do(opened())
        for customer, minute in (("cara", 0), ("dan", -20), ("cara", 5)):
            self.arrive(customer, minute, False)

    def teardown(self) -> None:
        try:
            if self.consoles:
                self.fences_rise_by_one_and_each_has_one_holder()
                self.do(self.consoles[0].check())
        finally:
            self.do(self.stack.aclose())
            self.runner.close()
            shutil.rmtree(self.folder)

    # --- what happens ---

    @rule(data=st.data())
    def step(self, data: st.DataObject) -> None:
        """One of the things that could happen now; what carries replies on comes more often than the rest."""
        name = data.draw(st.sampled_from([name for name, weight in self.possible() for _ in range(weight)]))
        getattr(self, name)(**{word: data.draw(strategy, word) for word, strategy in WORDS[name].items()})

    def arrive(self, customer: str, minute: int, again: bool) -> None:
        self.numbers += 1
        item = said(f"m{self.numbers}", customer, minute=minute)
        for _ in range(1 + again):
            self.do(self.consoles[0].take_in(item))
        id_ = self.do(self.consoles[0].conversation_of(item.external_id))
        open_ones = [each for each, t in self.talks.items() if t.customer == customer and not t.is_resolved]
        if open_ones:
            assert id_ == max(open_ones)
        else:
            assert id_ not in self.talks
            self.talks[id_] = Talk(customer)
        message_id = self.do(self.consoles[0].message_id(item.external_id))
        talk = self.talks[id_]
        if talk.asleep_until_us is not None:
            self.wake(talk, min(at_us(minute), self.clock.wall_us))
        elif id_ not in self.queue():
            talk.back_us = None
        self.talks[id_].messages.append(Said(message_id, at_us(minute)))

    def claim(self, agent: str, number: int) -> None:
        id_ = self.pick(number)
        talk = self.talks[id_]
        done = self.do(self.consoles[AGENTS[agent]].act(claims.claim, id_, agent))
        if talk.is_resolved:
            assert done == Resolved(id_)
        elif self.live(talk) and talk.holder != agent:
            assert isinstance(done, HeldBy) and done.agent == talk.holder
        else:
            self.take(id_, agent, done)

    def take(self, id_: int, agent: str, done: Claimed) -> None:
        talk = self.talks[id_]
        if not (self.live(talk) and talk.holder == agent):
            talk.fence += 1
        talk.holder, talk.console, talk.until_ns = agent, AGENTS[agent], self.clock.ns + LEASE_NS
        talk.owner = talk.owner or agent
        assert done == Claimed(id_, talk.fence)

    def claim_next(self, agent: str) -> None:
        done = self.do(self.consoles[AGENTS[agent]].act(claims.claim_next, agent, ROSTER))
        free = [
            id_
            for id_ in self.queue()
            if not self.live(self.talks[id_]) and not self.is_first_for_another(id_, agent)
        ]
        if free:
            self.take(free[0], agent, done)
        else:
            assert done is None

    def release(self, agent: str, number: int) -> None:
        id_ = self.pick(number)
        talk = self.talks[id_]
        mine = self.live(talk) and talk.holder == agent
        assert self.do(self.consoles[AGENTS[agent]].act(claims.release, id_, agent)) == mine
        if mine:
            talk.holder = None
            talk.owner = None if talk.owner == agent else talk.owner

    def assign(self, agent: str, number: int, to: Addressee, takes: bool, says: bool) -> None:
        id_ = self.pick(number)
        talk, console = self.talks[id_], self.consoles[AGENTS[agent]]
        before = self.do(console.row(id_))
        words = HandOver("looked", "", "call @cem") if says else HandOver()
        holder = talk.holder if self.live(talk) else None
        more = {"take_from": holder if takes else None, "roster": ROSTER}
        done = self.do(console.act(team.assign, id_, agent, to, words, **more))
        if talk.is_resolved:
            assert done == Resolved(id_)
            return
        if holder not in (None, agent) and not takes:
            assert isinstance(done, HeldBy) and done.agent == holder
            return
        taken_from = holder if holder not in (None, agent, to.name) else None
        assert isinstance(done, Assigned) and done.taken_from == taken_from
        if taken_from is not None:
            self.held_replies_come_back(id_, taken_from)
        if taken_from is not None or holder == agent:
            talk.holder = None
        self.move(talk, to)
        after = self.do(console.row(id_))
        assert after.key == before.key and after.due_us == before.due_us  # a move never resets a promise
        assert after.is_waiting == before.is_waiting

    def held_replies_come_back(self, id_: int, agent: str) -> None:
        for reply_id, reply in self.replies.items():
            if (reply.talk, reply.agent, reply.state, reply.after) == (id_, agent, "held", None):
                reply.state = "cancelled"
                self.stop_line(reply_id)
                self.give_back(reply_id)

    def resolve(self, agent: str, number: int) -> None:
        id_ = self.pick(number)
        talk = self.talks[id_]
        done = self.do(self.consoles[AGENTS[agent]].act(acts.resolve, id_, agent, "answered"))
        if self.live(talk) and talk.holder != agent:
            assert isinstance(done, HeldBy)
        elif not talk.is_resolved:
            talk.is_resolved, talk.holder, talk.owner, talk.team = True, None, agent, ""
            for reply_id, reply in sorted(self.replies.items()):
                if reply.talk == id_ and reply.state in ("held", "unknown"):
                    self.answer(reply_id)
            for message in talk.messages:
                message.waits = False

    def time_passes(self, seconds: int) -> None:
        self.clock.pass_s(seconds)

    def heartbeat(self, console: int) -> None:
        for agent, seat in AGENTS.items():
            if seat == console:
                self.do(self.consoles[console].act(claims.renew, agent))
        for talk in self.talks.values():
            if self.live(talk) and talk.console == console:
                talk.until_ns = self.clock.ns + LEASE_NS
            elif not self.live(talk):
                talk.holder = None

    def snooze(self, agent: str, number: int, seconds: int) -> None:
        id_ = self.pick(number)
        talk = self.talks[id_]
        due_us = self.clock.wall_us + seconds * 1_000_000
        done = self.do(
            self.consoles[AGENTS[agent]].act(boomerangs.snooze, id_, agent, due_us, WakeMode.WAKE_IF_SILENT)
        )
        if self.live(talk) and talk.holder != agent:
            assert isinstance(done, HeldBy)
        elif talk.is_resolved:
            assert done == Resolved(id_)
        else:
            assert done.event
            talk.asleep_until_us, talk.back_us, talk.holder, talk.owner = due_us, None, None, agent

    def wake_due(self, console: int) -> None:
        now_us = self.clock.wall_us
        due = [
            t for t in self.talks.values() if t.asleep_until_us is not None and t.asleep_until_us <= now_us
        ]
        assert self.do(self.consoles[console].act(boomerangs.wake_due)) == len(due)
        for talk in due:
            self.wake(talk, talk.asleep_until_us or 0)

    # --- replies ---

    def send(self, agent: str, number: int, how: str, hold: bool, line: bool) -> None:
        id_ = self.pick(number)
        talk = self.talks[id_]
        if how == "claims first":
            agent = talk.holder if talk.holder and self.live(talk) else agent
            self.claim(agent, number)
        console, late = AGENTS[agent], how == "late"
        fence = talk.fence - late
        more: dict[str, Any] = (
            {"visibility": Visibility.DIRECT, "line": "We have written to you."} if line else {}
        )
        done = self.do(
            self.consoles[console].enqueue(id_, agent=agent, fence=fence, hold_s=5.0 * hold, **more)
        )
        if late or not (self.live(talk) and talk.holder == agent):
            assert isinstance(done, Lost)
            return
        answered = max(talk.messages, key=lambda each: (each.at_us, each.id))
        earlier = [
            r
            for r in self.replies.values()
            if r.answered is answered and r.state in LIVE and (line or r.after is None)
        ]
        if earlier:
            assert isinstance(done, AlreadyAnswered)
            return
        assert isinstance(done, Enqueued)
        newest = self.do(
            self.consoles[0].value("SELECT max(id) FROM message WHERE conversation_id = $1", id_)
        )
        state = "held" if hold else "queued"
        self.replies[done.outbox_id] = Reply(
            id_, agent, console, answered, newest, state, done.idempotency_key
        )
        if line:
            self.add_line(done.outbox_id, newest)
        if not hold:
            talk.owner = agent
            self.answer(done.outbox_id)
            self.the_claim_ends(done.outbox_id)

    def add_line(self, reply_id: int, newest: int) -> None:
        own = self.replies[reply_id]
        line_id, key = self.do(
            self.consoles[0].ask("SELECT id, idempotency_key FROM outbox WHERE after_id = $1", reply_id)
        )[0]
        self.replies[line_id] = Reply(
            own.talk, own.agent, own.console, own.answered, newest, own.state, key, after=reply_id
        )

    def the_claim_ends(self, reply_id: int) -> None:
        reply = self.replies[reply_id]
        talk = self.talks[reply.talk]
        others = [
            r
            for r in self.replies.values()
            if (r.talk, r.agent, r.state) == (reply.talk, reply.agent, "held")
        ]
        if talk.holder == reply.agent and self.live(talk) and not others:
            talk.holder = None

    def let_go(self, number: int, console: int) -> None:
        reply_id = self.picked_reply(number, "held")
        if reply_id is None:
            return
        reply = self.replies[reply_id]
        done = self.do(self.consoles[console].act(outbox.let_go, reply_id))
        talk = self.talks[reply.talk]
        if reply.console == console and talk.holder not in (None, reply.agent) and self.live(talk):
            assert isinstance(done, HeldBy) and done.agent == talk.holder
            whole = reply_id if reply.after is None else reply.after
            self.replies[whole].state = "cancelled"
            self.stop_line(whole)
            self.give_back(whole)
            return
        assert done == (reply.console == console)
        if done:
            talk.owner = reply.agent
            whole = reply_id if reply.after is None else reply.after
            for half in (whole, *self.line_of(whole)):
                self.replies[half].state = "queued"
                self.answer(half)
            self.the_claim_ends(reply_id)

    def withdraw(self, number: int) -> None:
        reply_id = self.picked_reply(number, *LIVE, "failed")
        if reply_id is None:
            return
        reply = self.replies[reply_id]
        done = self.do(self.consoles[reply.console].act(outbox.withdraw, reply_id, reply.agent))
        not_left = ("held", "queued", "waiting")
        if reply.state not in not_left:
            assert done is None
            return
        if reply.after is not None and self.replies[reply.after].state in not_left:
            reply_id = reply.after
        assert done == reply_id
        self.replies[reply_id].state = "cancelled"
        self.stop_line(reply_id)
        self.give_back(reply_id)

    def a_console_dies(self, console: int) -> None:
        """It is written down as closed without having put anything in order; the other one is started anew."""
        self.do(self.consoles[console].act(delivery.sign_off))
        brought_back = self.do(self.consoles[1 - console].act(delivery.bring_back_held, "not sent"))
        self.do(self.consoles[console].act(delivery.sign_on, SIGNED_ON[console], os.getpid()))
        held = [id_ for id_, r in self.replies.items() if r.state == "held" and r.console == console]
        assert brought_back == sorted(id_ for id_ in held if self.replies[id_].after is None)
        for reply_id in held:
            self.replies[reply_id].state = "cancelled"
            self.give_back(reply_id)

    def deliver(self, console: int, fate: str, later_s: int) -> None:
        reply_id = self.do(self.consoles[console].take())
        if reply_id is None:
            assert not [r for r in self.replies.values() if r.state == "queued" and not self.blocked(r)]
            return
        reply = self.replies[reply_id]
        assert reply.state in ("queued", "waiting") and not self.blocked(reply)
        reply.state, reply.sender = "sending", console
        reply.sender_until_ns = self.clock.ns + 60_000_000_000
        if fate in ("sent", "lost", "dies after"):
            self.at_network[reply.key] = 1  # the network knows the key: a repeat is the same post
        outcomes: dict[str, tuple[Outcome, str]] = {
            "sent": (Sent(f"r-{reply.key}"), "sent"),
            "lost": (Ambiguous(), "unknown"),
            "never came": (Ambiguous(), "unknown"),
            "busy": (Retry(10.0), "waiting"),
            "refused": (Rejected("no"), "failed"),
        }
        if fate not in outcomes:
            return
        outcome, state = outcomes[fate]
        if later_s:
            self.clock.pass_s(later_s)
            self.look_up(1 - console, True)
            if reply.state != "sending":
                done = self.do(self.consoles[console].settle(reply_id, outcome))
                assert done == ("sent" if fate == "sent" and reply.state != "sent" else None)
                if done:
                    reply.state = "sent"
                    self.answer(reply_id)
                return
        assert self.do(self.consoles[console].settle(reply_id, outcome)) == state
        reply.state = state
        if state in ("unknown", "failed"):
            self.stop_line(reply_id)
            self.give_back(reply_id)
        if state == "failed":
            self.a_failure_wakes(reply)

    def a_failure_wakes(self, reply: Reply) -> None:
        talk = self.talks[reply.talk]
        if talk.asleep_until_us is not None and not talk.is_resolved:
            self.wake(talk, self.clock.wall_us)

    def look_up(self, console: int, may_go_on: bool) -> None:
        taken = self.do(self.consoles[console].act(delivery.take_unknown, self.consoles[0].accounts["shop"]))
        for reply_id, reply in self.replies.items():
            if reply.state == "sending" and reply.sender_until_ns <= self.clock.ns:
                reply.state, reply.crashes = "unknown", reply.crashes + 1
                self.stop_line(reply_id)
                self.give_back(reply_id)
        if taken is None:
            return
        reply_id = taken.reply.outbox_id
        reply = self.replies[reply_id]
        assert reply.state == "unknown"
        there = Sent(f"r-{reply.key}") if self.at_network[reply.key] else None
        done = self.do(
            self.consoles[console].act(delivery.settle_looked_up, reply_id, there, may_go_on=may_go_on)
        )
        may_go_on = may_go_on and reply.crashes < delivery.MOST_CRASHES
        reply.state = "sent" if there else "queued" if may_go_on else "failed"
        assert done == reply.state
        if reply.state == "failed":
            self.give_back(reply_id)
            self.a_failure_wakes(reply)
        else:
            self.answer(reply_id)

    # --- what must hold ---

    @precondition(lambda self: self.consoles)
    @invariant()
    def what_must_hold(self) -> None:
        """One look in one transaction, and one question for each rule."""

        async def look(tx: Tx) -> tuple[list[int], list[QueueRow], dict[int, str]]:
            await self.consoles[1].check_rows_in(tx)
            window = await queue.window(tx, "ana")
            rows = await queue.some(tx, "ana", list(self.talks))
            replies = await tx.rows("SELECT id, state FROM outbox")
            return [row.id for row in window.rows], rows, dict(replies)

        order, rows, states = self.do(self.consoles[1].store.write(look))
        self.the_queue_is_the_sorted_model(order)
        self.the_holder_is_who_the_model_says({row.id: row.claimed_by for row in rows})
        self.it_belongs_to_whom_the_model_says(rows)
        self.every_reply_is_somewhere(states)
        self.at_most_one_accepted_reply_answers_a_message()
        self.no_public_line_is_there_without_its_private_reply()
        self.what_the_network_has_is_not_said_to_have_failed()

    def the_queue_is_the_sorted_model(self, order: list[int]) -> None:
        assert order == self.queue()

    def the_holder_is_who_the_model_says(self, holders: dict[int, str | None]) -> None:
        for id_, talk in self.talks.items():
            assert holders[id_] == (talk.holder if self.live(talk) else None)

    def it_belongs_to_whom_the_model_says(self, rows: list[QueueRow]) -> None:
        for row in rows:
            talk = self.talks[row.id]
            assert (row.owner, row.team, row.moves) == (talk.owner, talk.team, talk.moves)

    def every_reply_is_somewhere(self, states: dict[int, str]) -> None:
        assert states == {id_: reply.state for id_, reply in self.replies.items()}

    def at_most_one_accepted_reply_answers_a_message(self) -> None:
        accepted = Counter(
            (reply.answered.id, reply.after is not None)
            for reply in self.replies.values()
            if self.at_network[reply.key]
        )
        assert all(number == 1 for number in accepted.values())

    def no_public_line_is_there_without_its_private_reply(self) -> None:
        for reply in self.replies.values():
            if reply.after is not None and self.at_network[reply.key]:
                assert self.at_network[self.replies[reply.after].key]

    def what_the_network_has_is_not_said_to_have_failed(self) -> None:
        for reply in self.replies.values():
            if self.at_network[reply.key]:
                assert reply.state in ("sent", "unknown", "sending", "queued")

    def fences_rise_by_one_and_each_has_one_holder(self) -> None:
        """Asked of the log, which only grows: once at the end is enough."""
        fences: dict[int, int] = {}
        for event in self.do(self.consoles[0].events("claimed")):
            before = fences.get(event["conversation_id"], 0)
            assert event["fence"] == before + 1
            fences[event["conversation_id"]] = event["fence"]
        assert all(fences.get(id_, 0) == talk.fence for id_, talk in self.talks.items())


for _each in drivers():
    _name = f"TestOn{_each.module.__name__.partition('.')[0].title()}"
    _machine = type(_name, (Machine,), {"driver": _each})
    _case = _machine.TestCase
    _case.settings = settings(
        phases=(Phase.generate,),
        max_examples=10 if _each.has_wal_reset_bug else 25,
        stateful_step_count=40,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    globals()[_name] = _case
    del _case
