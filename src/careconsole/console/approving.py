"""Approval at the desk: who may approve looks at what waits, its writer learns what became of it."""

from __future__ import annotations

from textual import work

from careconsole.console.approval_screen import (
    ApprovalChoice,
    ApprovalScreen,
    ChangeScreen,
    Shown,
    WhyBackScreen,
)
from careconsole.console.growth import entry_of, growth_words
from careconsole.console.letter import Letter, choices_of, mode_for
from careconsole.console.preparing import Preparing
from careconsole.console.refusals import refusal_words
from careconsole.console.review_findings import Inspection
from careconsole.desk import approvals, reading, replies
from careconsole.desk.approvals import Approval, ApprovalState, ApproveResult, NoRequest
from careconsole.model.approval import NotWaiting, OwnRequest
from careconsole.model.conversation import HeldBy
from careconsole.model.reply import AlreadyAnswered, Enqueued, Growth, Limits, Mode, ThreadGrew
from careconsole.model.rights import Verb
from careconsole.model.text_gate import safe_line


class Approving(Preparing):
    """The list of what waits for approval, and the answers to it."""

    _asked: frozenset[int] = frozenset()
    """My requests that waited when I looked last."""

    # Who approves

    def action_approvals(self) -> None:
        """Show what waits for approval, the most urgent first."""
        self._show_request(None)

    @work(group="questions", exit_on_error=False, description="show what waits for approval")
    async def _show_request(
        self, approval_id: int | None, text: str | None = None, growth: str = "", by: int = 0
    ) -> None:
        """Show a request, the first one if None, with `by` the one so many places behind it."""
        requests = await approvals.waiting(self.desk)
        if not requests:
            self.say("Nothing waits for approval.")
            return
        at = next((place for place, each in enumerate(requests) if each.id == approval_id), 0)
        request = requests[(at + by) % len(requests)]
        self.go_to_pane("thread")
        row = await self.load_thread(request.conversation_id)
        if row is None:
            return
        entries = await reading.thread(self.desk, row.id)
        answered = entry_of(entries, request.reply_to)
        if text is None or by:
            text = request.text if request.edited_text is None else request.edited_text
        letter = Letter(
            row,
            mode_for(request.visibility),
            request.visibility,
            answered.visibility if answered else row.visibility,
            choices_of(row.network),
            text,
            next((each.limits for each in self.accounts if each.id == row.account_id), Limits()),
            request.reply_to,
            answered is not None and answered.deleted_us is None,
            request.public_line,
        )
        seen_seq = max([request.seen_seq, *(entry.seq for entry in entries if not entry.place)])
        self._put_up(Shown(request, requests, letter, entries, seen_seq, growth))

    def _put_up(self, shown: Shown) -> None:
        request, text = shown.request, shown.letter.text

        def changed(written: str | None) -> None:
            self._show_request(request.id, text if written is None else written)

        def given_back(reason: str | None) -> None:
            self._give_back(request, reason)

        def decided(choice: ApprovalChoice | None) -> None:
            if choice is ApprovalChoice.APPROVE:
                self._approve(shown)
            elif choice is ApprovalChoice.EDIT:
                self.app.push_screen(ChangeScreen(text), changed)
            elif choice is ApprovalChoice.GIVE_BACK:
                self.app.push_screen(WhyBackScreen(request), given_back)
            elif choice is not None:
                self._show_request(request.id, by=1 if choice is ApprovalChoice.NEXT else -1)

        inspection = Inspection(findings=self.findings)
        self.app.push_screen(ApprovalScreen(shown, now=self.now, inspection=inspection), decided)

    @work(group="writes", exit_on_error=False, description="approve a reply")
    async def _approve(self, shown: Shown) -> None:
        request = shown.request
        done = await approvals.approve(
            self.desk,
            request.id,
            seen_seq=shown.seen_seq,
            text=shown.letter.text if shown.is_changed else None,
            hold=True,
        )
        if isinstance(done, ThreadGrew):
            self._show_request(request.id, shown.letter.text, _grown(done))
        elif isinstance(done, HeldBy):
            await self.tell_holder(done)
        elif isinstance(done, Enqueued):
            rest = len(shown.requests) - 1
            more = f" {rest} more: {self.key('list.approvals')}." if rest else ""
            undo = self.key("list.withdraw")
            self.say(f"Approved, {undo} takes it back: @{request.handle}.{more}")
            self.go_to_pane("queue")
        else:
            self.say(_not_approved(request, done), is_error=True)

    @work(group="writes", exit_on_error=False, description="give a reply back")
    async def _give_back(self, request: Approval, reason: str | None) -> None:
        if reason is None:
            self._show_request(request.id)
            return
        done = await approvals.hand_back(self.desk, request.id, reason)
        if isinstance(done, NotWaiting):
            self.say(_not_approved(request, done), is_error=True)
        elif done is not None:
            self.say(f"Given back to @{request.agent}: the reply to @{request.handle}")

    # Who asks

    def action_withdraw(self) -> None:
        """Withdraw my newest reply that is still held, or waits for approval."""
        if self._windows or self.desk.may(Verb.SEND_ALONE) or self.desk.person is None:
            super().action_withdraw()
        else:
            self._take_request_back()

    @work(group="writes", exit_on_error=False, description="take a request for approval back")
    async def _take_request_back(self) -> None:
        mine = await approvals.mine(self.desk)
        taken = await approvals.take_back(self.desk, max(each.id for each in mine)) if mine else None
        if taken is None:
            self.say("Nothing is held and nothing of yours waits for approval.")
            return
        self._asked -= {taken.id}
        kept = {each.mode: each for each in await replies.drafts_of(self.desk, taken.conversation_id)}
        draft = kept.get(Mode(taken.visibility.word))
        if draft is None or not await self.claim(taken.conversation_id):
            self.say(f"Taken back: it is a draft again. @{taken.handle}")
            return
        await self.write_on(draft, kept)
        self.say("Taken back: nobody is asked to approve it now.")

    def looked(self) -> None:
        """Tell what became of what I asked for."""
        super().looked()
        if self.desk.person is not None and not self.desk.may(Verb.SEND_ALONE):
            self._look_at_requests()

    @work(group="requests", exclusive=True, exit_on_error=False, description="follow what waits for approval")
    async def _look_at_requests(self) -> None:
        mine = await approvals.mine(self.desk)
        now = frozenset(each.id for each in mine)
        gone, self._asked = self._asked - now, now
        for id in sorted(gone):
            request = await approvals.one(self.desk, id)
            if request is not None and request.state is not ApprovalState.WITHDRAWN:
                drafts = self.key("list.drafts")
                self.say(
                    _became(request, drafts), is_error=request.state is not ApprovalState.APPROVED, wraps=True
                )


def _grown(grew: ThreadGrew) -> str:
    words = growth_words(grew)
    gone = " It cannot be approved: what it answers was deleted." if grew.answered is Growth.DELETED else ""
    return (
        f"Not approved. {words.partition('; sending now')[0].rstrip('.')}.{gone} Read it, and decide again."
    )


def _not_approved(request: Approval, done: ApproveResult) -> str:
    if isinstance(done, NotWaiting):
        by = f" by @{done.by}" if done.by else ""
        why = f" ({safe_line(done.reason).text})" if done.reason else ""
        return f"The reply to @{request.handle} waits no longer: {done.state.value}{by}{why}"
    if isinstance(done, OwnRequest):
        return "You wrote it yourself: somebody else must approve it."
    if isinstance(done, NoRequest):
        return "That reply does not wait any more."
    if isinstance(done, AlreadyAnswered):
        return f"Not sent: @{done.agent} has answered that message already."
    assert not isinstance(done, Enqueued | ThreadGrew | HeldBy)
    return refusal_words(done)


def _became(request: Approval, drafts_key: str) -> str:
    handle = f"@{request.handle}"
    if request.state is ApprovalState.APPROVED:
        changed = ", with changes" if request.edited_text is not None else ""
        return f"Approved by @{request.decided_by}{changed}: {handle}"
    what = "Given back" if request.state is ApprovalState.RETURNED else "Not approved"
    by = f" by @{request.decided_by}" if request.decided_by else ""
    return f"{what}{by}, a draft again ({drafts_key} lists it): {handle}: {safe_line(request.reason).text}"
