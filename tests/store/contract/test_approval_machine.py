"""Whatever two trainees, two approvers, the customers and the network do: what leaves of a trainee was approved."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.store.record_at_hand import FakeClock, Record, ours, said

from careconsole.model.approval import ApprovalState, Submitted
from careconsole.model.conversation import Claimed
from careconsole.model.reply import Enqueued, Sent
from careconsole.store import acts, approvals, claims, delivery, outbox
from careconsole.store.approvals import Approving, NotApproved
from careconsole.store.contract import Tx
from careconsole.store.opening import open_store
from careconsole.store.outbox import NewReply

TRAINEES, APPROVERS = st.sampled_from(["tim", "tia"]), st.sampled_from(["mia", "ana"])
NUMBERS = st.integers(0, 7)


class Approvals(RuleBasedStateMachine):
    """Every rule is one act, on whichever conversation or request its number names."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        memory = Path("/dev/shm")
        self.folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
        self.clock = FakeClock()
        self.stack = AsyncExitStack()
        self.texts: dict[int, str] = {}
        """What was approved, by the id in the outbox."""
        self.number = 0

    def do(self, work: Awaitable[Any]) -> Any:
        return self.runner.run(work)  # type: ignore[arg-type]

    def act(self, verb: Callable[..., Awaitable[Any]], *words: Any) -> Any:
        return self.do(self.record.act(verb, *words))

    def ask(self, sql: str) -> list[Any]:
        return self.do(self.record.ask(sql))  # type: ignore[no-any-return]

    @initialize()
    def open(self) -> None:
        async def opened() -> Record:
            path = self.folder / "desk.db"
            store = await self.stack.enter_async_context(open_store(path, create=True, clock=self.clock))
            record = Record(store, self.clock)
            await record.account()
            await record.act(delivery.sign_on, "mia", os.getpid())
            return record

        self.record = self.do(opened())
        self.arrives("cara", False)
        self.arrives("dan", False)

    def teardown(self) -> None:
        try:
            if hasattr(self, "record"):
                self.do(self.record.check())
        finally:
            self.do(self.stack.aclose())
            self.runner.close()
            shutil.rmtree(self.folder)

    def pick(self, number: int, sql: str = "SELECT id FROM conversation ORDER BY id") -> int | None:
        found = [row[0] for row in self.ask(sql)]
        return found[number % len(found)] if found else None

    def request(self, number: int) -> int | None:
        return self.pick(number, "SELECT id FROM approval ORDER BY state <> 'waiting', id")

    @rule(customer=st.sampled_from(["cara", "dan"]), is_edit=st.booleans())
    def arrives(self, customer: str, is_edit: bool) -> None:
        self.number += not is_edit
        minute = self.number / 10
        text = f"Edited {minute}" if is_edit else "Where is my parcel?"
        edited = minute if is_edit else None
        self.do(self.record.take_in(said(f"{customer}{self.number}", customer, text, minute, edited=edited)))

    @rule(trainee=TRAINEES, number=NUMBERS)
    def submits(self, trainee: str, number: int) -> None:
        async def body(tx: Tx) -> object:
            held = await claims.claim(tx, self.pick_now, trainee)
            if not isinstance(held, Claimed):
                return None
            text = f"{trainee} {held.fence}"
            return await approvals.ask(
                tx, NewReply(held.conversation_id, trainee, held.fence, text, None, f"part-{text}")
            )

        self.pick_now = self.pick(number) or 0
        done = self.do(self.record.store.write(body))
        assert done is None or isinstance(done, Submitted)

    @rule(
        approver=APPROVERS, number=NUMBERS, changes=st.booleans(), holds=st.booleans(), has_seen=st.booleans()
    )
    def approves(self, approver: str, number: int, changes: bool, holds: bool, has_seen: bool) -> None:
        request = self.request(number)
        if request is None:
            return
        before = self.do(self.record.store.read(lambda tx: approvals.one(tx, request)))
        seen = self.do(self.record.seen()) if has_seen else before.seen_seq
        approving = Approving(request, approver, seen, "Changed" if changes else None, 5.0 if holds else 0.0)
        rows = len(self.ask("SELECT id FROM outbox"))
        try:
            done = self.act(approvals.approve, approving)
        except NotApproved:
            done = None
        if isinstance(done, Enqueued):
            assert before.state is ApprovalState.WAITING
            self.texts[done.outbox_id] = "Changed" if changes else before.text
        else:
            assert len(self.ask("SELECT id FROM outbox")) == rows

    @rule(number=NUMBERS, approver=APPROVERS)
    def gives_back(self, number: int, approver: str) -> None:
        if (request := self.request(number)) is not None:
            self.act(approvals.hand_back, request, approver, "no")

    @rule(number=NUMBERS, trainee=TRAINEES)
    def takes_back(self, number: int, trainee: str) -> None:
        if (request := self.request(number)) is not None:
            self.act(approvals.take_back, request, trainee)

    @rule(number=NUMBERS, agent=st.sampled_from(["tim", "tia", "mia", "ana"]))
    def withdraws(self, number: int, agent: str) -> None:
        if (reply := self.pick(number, "SELECT id FROM outbox ORDER BY state <> 'held', id")) is not None:
            self.act(outbox.withdraw, reply, agent)

    @rule()
    def window_ends(self) -> None:
        for (reply,) in self.ask("SELECT id FROM outbox WHERE state = 'held'"):
            self.act(outbox.let_go, reply)

    @rule()
    def leaves(self) -> None:
        if (reply := self.do(self.record.take())) is not None:
            self.do(self.record.settle(reply, Sent(f"r{reply}")))

    @rule(number=NUMBERS)
    def somebody_answers(self, number: int) -> None:
        id = self.pick(number) or 0
        if isinstance(self.act(claims.claim, id, "ben"), Claimed):
            self.do(
                self.record.enqueue(id, "From Ben", agent="ben", purpose=f"ben-{self.do(self.record.seen())}")
            )

    @rule(customer=st.sampled_from(["cara", "dan"]))
    def answered_elsewhere(self, customer: str) -> None:
        self.number += 1
        self.do(self.record.take_in(ours(f"o{self.number}", minute=self.number / 10, handle=customer)))

    @rule(number=NUMBERS)
    def somebody_resolves(self, number: int) -> None:
        self.act(acts.resolve, self.pick(number) or 0, "ben", "answered")

    @rule(seconds=st.sampled_from([1, 60, 130]))
    def time_passes(self, seconds: int) -> None:
        self.clock.pass_s(seconds)
        self.act(claims.sweep)

    @rule()
    def overtaken(self) -> None:
        self.act(approvals.overtaken)
        assert not self.do(self.record.store.read(approvals.any_overtaken))

    @invariant()
    def what_leaves_of_a_trainee_was_approved_and_is_that_text(self) -> None:
        if hasattr(self, "record"):
            for id, text, by in self.ask(
                "SELECT id, text, approved_by FROM outbox WHERE agent IN ('tim', 'tia')"
            ):
                assert by is not None and text == self.texts[id]

    @invariant()
    def a_request_is_in_the_outbox_just_while_it_is_approved(self) -> None:
        if hasattr(self, "record"):
            wrong = self.ask(
                "SELECT a.id FROM approval a LEFT JOIN outbox o ON o.id = a.outbox_id "
                "WHERE (a.state = 'approved') <> (o.id IS NOT NULL AND o.state <> 'cancelled') AND a.state <> 'withdrawn'"
            )
            assert wrong == []

    @invariant()
    def what_waits_has_a_position_each(self) -> None:
        if hasattr(self, "record"):
            found = self.do(self.record.store.read(approvals.waiting))
            assert [each.position for each in found] == list(range(1, len(found) + 1))
            assert len({(each.conversation_id, each.agent) for each in found}) == len(found)

    @invariant()
    def no_text_is_lost(self) -> None:
        """What was given back or overtaken is a draft of its writer, until they ask again."""
        if hasattr(self, "record"):
            lost = self.ask(
                "SELECT a.id FROM approval a WHERE a.state IN ('returned', 'stale') AND NOT EXISTS (SELECT 1 FROM draft d "
                "WHERE d.agent = a.agent AND d.conversation_id = a.conversation_id AND instr(d.text, a.text) > 0)"
            )
            assert lost == []


TestApprovals = Approvals.TestCase
TestApprovals.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
