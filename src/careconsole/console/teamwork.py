"""Work given to each other: assign with a key, go to who calls, and be told what others did with what is mine."""

from __future__ import annotations

from collections.abc import Sequence

from textual import work

from careconsole.console.assign_screen import AssignAnswer, AssignScreen
from careconsole.console.coming_back import ComingBack
from careconsole.desk import team
from careconsole.model.conversation import ConversationState, HeldBy, Resolved
from careconsole.model.rights import Verb
from careconsole.store.rows import QueueRow
from careconsole.store.team import News, NewsKind

_RESOLVED = "It is resolved: there is nothing to give."
_DID = {"queued": "answered", "resolved": "resolved", "snoozed": "put to sleep"}
Told = tuple[News, QueueRow]


class Teamwork(ComingBack):
    """Gives conversations to colleagues and teams, and says what comes from them."""

    _news_until: int | None = None
    """The event up to which this console has told what others did; None until it was taken up."""
    _news_at = -1
    """The revision up to which this was looked at."""

    def ring(self, *, has_news: bool = False) -> None:
        """Ring if there is anything to ring for."""

    # Assign

    def action_assign(self) -> None:
        """Ask to whom the conversation goes."""
        row = self.row_of(self.aim)
        if row is not None:
            self._ask_whom(row)

    @work(group="questions", exit_on_error=False)
    async def _ask_whom(self, row: QueueRow) -> None:
        holder = row.claimed_by if row.claimed_by != self.desk.agent else None
        if holder is not None and not self.desk.may(Verb.REASSIGN, row.account):
            await self.tell_holder(HeldBy(row.id, holder, row.claimed_since_us or 0))
            return
        if row.state is ConversationState.RESOLVED:
            self.say(_RESOLVED)
            return
        title = "Give it to whom?" if holder is None else f"Take it away from @{holder}, and give it to whom?"

        def answered(answer: AssignAnswer | None) -> None:
            if answer is not None:
                self._assign(row, holder, answer)

        about = f"@{row.handle} {row.customer_name}".strip()
        self.app.push_screen(AssignScreen(title, about, await team.colleagues_of(self.desk)), answered)

    @work(group="writes", exit_on_error=False)
    async def _assign(self, row: QueueRow, holder: str | None, answer: AssignAnswer) -> None:
        to = answer.to
        if holder is None:
            done = await team.assign(self.desk, row.id, to, answer.hand_over, self.fences.get(row.id))
        else:
            done = await team.reassign(self.desk, row.id, holder, to, answer.hand_over)
        if isinstance(done, HeldBy):
            await self.tell_holder(done)
        elif done is None or isinstance(done, Resolved):
            self.say(_RESOLVED)
        else:
            self.fences.pop(row.id, None)
            self.say(f"Given to {to.name}, {self.key('list.undo')} takes it back: @{row.handle}")

    # Mentions

    def action_called(self) -> None:
        """Go to the next conversation in which a note calls me."""
        self._go_to_call()

    @work(group="questions", exit_on_error=False)
    async def _go_to_call(self) -> None:
        id = await team.next_call(self.desk)
        if id is None:
            self.say("No note calls you that you have not seen.")
        else:
            self.open_conversation(id)

    # What others did

    def looked(self) -> None:
        """Something was committed: perhaps somebody gave me something, or took it."""
        super().looked()
        if self.counts is not None:
            self.status.show_calls(self.counts.calls)
        if self._news_until is not None and self._news_at != self._revision:
            self.tell_news()

    @work(group="news", exclusive=True, exit_on_error=False, description="tell what others did")
    async def tell_news(self) -> None:
        """Say in the status line what others did with what is mine, and that its customer has written."""
        revision = self._revision
        found = await self.hear_news(self._news_until)
        self._news_at = revision
        found = [(news, row) for news, row in found if news.kind is not NewsKind.WROTE or self._is_new(row)]
        if not found:
            return
        is_loss = any(news.kind is NewsKind.TAKEN for news, _ in found)
        if is_loss or not self.status.is_error:
            self.say(news_words(found), is_error=is_loss)
        if any(news.kind is not NewsKind.DONE for news, _ in found):
            self.ring(has_news=True)

    def _is_new(self, row: QueueRow) -> bool:
        """Whether nothing else tells that a customer wrote: no open thread, no claim, no coming back."""
        return row.id != self.thread.conversation_id and row.id not in self.fences and not row.is_back

    async def hear_news(self, since: int | None) -> list[Told]:
        """What others did since an event; what they took away is no longer mine from now on.

        Where I was writing the dead fence stays: without one, sending would take it back.
        """
        found, self._news_until = await team.news(self.desk, since)
        for news, row in found:
            is_gone = news.kind is NewsKind.TAKEN and row.claimed_by != self.desk.agent
            if is_gone and self.composer.conversation_id != row.id:
                self.fences.pop(row.id, None)
        return found


def news_words(found: Sequence[Told]) -> str:
    """What others did, the losses first; names of customers stand last in each sentence."""
    sentences = []
    for kind in (NewsKind.TAKEN, NewsKind.DONE, NewsKind.GIVEN, NewsKind.WROTE):
        of_kind = {row.id: (news, row) for news, row in found if news.kind is kind}
        if of_kind:
            sentences.append(_sentence(kind, list(of_kind.values())))
    return ". ".join(sentences)


def _sentence(kind: NewsKind, of_kind: Sequence[Told]) -> str:
    names = ", ".join(f"@{row.handle}" for _, row in of_kind)
    one, many = of_kind[0][0], len(of_kind)
    if kind is NewsKind.WROTE:
        return f"{'The customer' if many == 1 else f'{many} customers'} of yours wrote: {names}"
    if kind is NewsKind.TAKEN:
        where = f"moved it to {one.to}" if one.to else "freed it"
        return f"{one.by} {where}, yours no longer: {names}" if many == 1 else f"Moved away from you: {names}"
    if kind is NewsKind.DONE:
        did = _DID[one.done] if many == 1 else "dealt with"
        who = one.by if len({news.by for news, _ in of_kind}) == 1 else "Others"
        return f"{who} {did} what was yours: {names}"
    return f"{one.by} gave to {one.to}: {names}" if many == 1 else f"{many} were given to you: {names}"
