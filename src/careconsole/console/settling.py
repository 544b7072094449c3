"""What became of my replies: told when it is known, and asked where nobody knows."""

from __future__ import annotations

from textual import work

from careconsole.console.reason_screen import Question
from careconsole.console.sending import Sending
from careconsole.console.unknown_screen import (
    AGAIN,
    CHECK,
    THERE,
    ThereScreen,
    again_question,
    unknown_question,
)
from careconsole.desk import reading, replies, unknown
from careconsole.model.conversation import HeldBy
from careconsole.model.reply import OutboxState
from careconsole.store.rows import OutboxRow, QueueRow


class Settling(Sending):
    """Follows my replies to the end of their way, and settles those of which nobody knows it."""

    _on_their_way: dict[int, OutboxState] | None = None
    """My replies whose way had not ended at the last look; None before the first one."""
    _doubted: int | None = None
    """The reply of which it was said last that nobody knows whether it arrived."""
    _told_to = -1
    """The revision up to which this was looked at."""

    # Told

    def looked(self) -> None:
        """Something was committed: perhaps one of my replies has arrived."""
        super().looked()
        if self._told_to != self._revision:
            self.tell_fates()

    @work(group="fates", exclusive=True, exit_on_error=False, description="tell what became of replies")
    async def tell_fates(self) -> None:
        """Say in the status line what was sent, what was not, and of what nobody knows."""
        revision = self._revision
        now = {row.id: row for row in await reading.outbox_open(self.desk) if row.agent == self.desk.agent}
        before = self._on_their_way or {}
        ended = [await unknown.reply(self.desk, id) for id in before if id not in now]
        newly_unknown = [
            now[id]
            for id, state in before.items()
            if id in now and now[id].state is OutboxState.UNKNOWN is not state
        ]
        self._on_their_way = {id: row.state for id, row in now.items()}
        self._told_to = revision
        for row in (*ended, *newly_unknown):
            if row is not None:
                self._tell_fate(row)

    def _tell_fate(self, row: OutboxRow) -> None:
        if row.state is OutboxState.FAILED:
            self.say(f"Not sent, it is a draft again: @{row.handle}", is_error=True)
        elif row.state is OutboxState.UNKNOWN:
            settle = self.key("list.settle")
            self.say(f"Not known whether it arrived, {settle} settles it: @{row.handle}", is_error=True)
            self._doubted = row.id
        elif row.state is OutboxState.SENT and (not self.status.is_error or row.id == self._doubted):
            self.say(f"Sent to @{row.handle}")

    # Asked

    def action_settle(self) -> None:
        """Ask what is to be done about an unknown reply of the conversation."""
        row = self.row_of(self.aim)
        if row is not None:
            self._ask_about_unknown(row)

    @work(group="questions", exit_on_error=False)
    async def _ask_about_unknown(self, row: QueueRow) -> None:
        reply = await unknown.of_conversation(self.desk, row.id)
        if reply is None:
            self.say(f"Of every reply it is known whether it was sent: @{row.handle}")
            return

        def answered(answer: str | None) -> None:
            if answer == CHECK:
                self._check_again(reply)
            elif answer == THERE:
                self._say_there(reply, row.network)
            elif answer == AGAIN:
                self._ask_again(again_question(reply), reply, row)

        self.app.push_screen(unknown_question(reply, self.now), answered)

    @work(group="writes", exit_on_error=False, description="have a reply looked up")
    async def _check_again(self, reply: OutboxRow) -> None:
        if await unknown.check_again(self.desk, reply.id):
            self.say(f"It is looked for at the network now: @{reply.handle}")
        else:
            self.say(f"Looked for within the last minute, and soon again: @{reply.handle}")

    @work(group="writes", exit_on_error=False, description="a reply was seen at the network")
    async def _say_there(self, reply: OutboxRow, network: str) -> None:
        remote_id = await unknown.seen_elsewhere(self.desk, reply.id)
        if remote_id is not None:
            await self._settle_there(reply, remote_id)
            return

        def typed(words: str | None) -> None:
            if words is not None:
                self._take_address(reply, words, network)

        self.app.push_screen(ThereScreen(reply), typed)

    @work(group="writes", exit_on_error=False, description="a reply was seen at the network")
    async def _take_address(self, reply: OutboxRow, words: str, network: str) -> None:
        remote_id = unknown.remote_id_in(words, network)
        if remote_id:
            await self._settle_there(reply, remote_id)
        else:
            self.say("That is no address or id of a message: it stays unknown.", is_error=True)

    async def _settle_there(self, reply: OutboxRow, remote_id: str) -> None:
        done = await unknown.say_there(self.desk, reply.id, remote_id)
        if done is unknown.There.TAKEN:
            self.say("That is another message, not this reply: it stays unknown.", is_error=True)
        elif done is unknown.There.KNOWN:
            self._say_known(reply)

    def _ask_again(self, question: Question, reply: OutboxRow, row: QueueRow) -> None:
        def answered(reason: str | None) -> None:
            if reason is not None:
                self._send_again(reply, row, reason)

        self.app.push_screen(question, answered)

    @work(group="writes", exit_on_error=False, description="send a reply again")
    async def _send_again(self, reply: OutboxRow, row: QueueRow, reason: str) -> None:
        now = await reading.queue_row(self.desk, row.id)
        if now is not None and now.claimed_by not in (None, self.desk.agent):
            await self.tell_holder(HeldBy(row.id, now.claimed_by, now.claimed_since_us or 0))
        elif await replies.send_again(self.desk, reply.id, reason):
            self.say(f"Looked for once more, then sent again if it is not there: @{reply.handle}")
        else:
            self._say_known(reply)

    def _say_known(self, reply: OutboxRow) -> None:
        self.say(f"It is known by now, see the thread: @{reply.handle}")
