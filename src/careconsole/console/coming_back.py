"""What comes back by itself: put to sleep with a key, and told when it is back."""

from __future__ import annotations

from textual import work

from careconsole.console.settling import Settling
from careconsole.console.snooze_screen import SnoozeAnswer, SnoozeScreen
from careconsole.desk import coming_back
from careconsole.model.conversation import ConversationState, HeldBy, Resolved
from careconsole.store.rows import QueueRow

_RESOLVED = "It is resolved: it comes back when the customer writes."


class ComingBack(Settling):
    """Takes a conversation out of the queue until a time, and says when one of mine is back."""

    _woken_until: int | None = None
    """The event up to which this console has told what came back; None before the first look."""
    _woken_at = -1
    """The revision up to which this was looked at."""

    def action_snooze(self) -> None:
        """Ask when the conversation is to come back."""
        row = self.row_of(self.aim)
        if row is not None:
            self._ask_when(row)

    @work(group="questions", exit_on_error=False)
    async def _ask_when(self, row: QueueRow) -> None:
        if row.claimed_by not in (None, self.desk.agent):
            await self.tell_holder(HeldBy(row.id, row.claimed_by, row.claimed_since_us or 0))
            return
        room = await coming_back.sleeping_room(self.desk, row.id)
        if row.state is ConversationState.RESOLVED or room is None:
            self.say(_RESOLVED)
            return

        def answered(answer: SnoozeAnswer | None) -> None:
            if answer is not None:
                self._snooze(row, answer)

        self.app.push_screen(SnoozeScreen(row, room, self.desk.now), answered)

    @work(group="writes", exit_on_error=False)
    async def _snooze(self, row: QueueRow, answer: SnoozeAnswer) -> None:
        done = await coming_back.snooze(self.desk, row.id, answer.back, answer.mode)
        if isinstance(done, HeldBy):
            await self.tell_holder(done)
        elif done is None or isinstance(done, Resolved):
            self.say(_RESOLVED)
        else:
            self.fences.pop(row.id, None)
            undo = self.key("list.undo")
            self.say(f"{answer.sentence} {undo} takes it back: @{row.handle}", wraps=True)

    def looked(self) -> None:
        """Something was committed: perhaps one of mine is back."""
        super().looked()
        if self._woken_at != self._revision:
            self.tell_woken()

    @work(group="woken", exclusive=True, exit_on_error=False, description="tell what came back")
    async def tell_woken(self) -> None:
        """Say in the status line what came back of what I put to sleep, and why."""
        revision = self._revision
        woken, self._woken_until = await coming_back.woken_since(self.desk, self._woken_until)
        self._woken_at = revision
        if woken and not self.status.is_error:
            self.say(_back_words(woken))


def _back_words(woken: list[tuple[QueueRow, str]]) -> str:
    if len(woken) > 1:
        names = ", ".join(f"@{row.handle}" for row, _ in woken)
        return f"{len(woken)} are back in the queue: {names}"
    row, by = woken[0]
    if by == "customer":
        return f"Back before its time, the customer has written: @{row.handle}"
    if by == "reply":
        return f"Back before its time, a reply could not be sent: @{row.handle}"
    note = f" ({row.reminder})" if row.reminder else ""
    return f"Back in the queue, as you wanted{note}: @{row.handle}"
