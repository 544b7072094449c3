"""What has the agent's attention: the thread that is read, who sees that, and when nobody is at the keys."""

from __future__ import annotations

from datetime import datetime, timedelta

from textual import work
from textual.timer import Timer

from careconsole.console.filtering import Filtering
from careconsole.desk import opening, routing
from careconsole.model.conversation import FOCUS_LASTS_S, Presence

AWAY_AFTER_S = 300.0
"""Who has pressed no key for so long is away until the next one."""


class Attention(Filtering):
    """The stretches in which a thread is looked at, presence, and away and back; each is an event."""

    fences: dict[int, int]
    """The fence of every conversation that this console has claimed."""
    is_away = False
    """Whether nobody has pressed a key for a while."""
    _attention: tuple[int, datetime, datetime] | None = None
    _shown_presence: tuple[int, Presence] | None = None
    _key_at_s = float("-inf")
    _away_timer: Timer | None = None

    def begin_attention(self, id: int) -> None:
        """From now on the thread has the agent's attention."""
        if self._attention is not None and self._attention[0] == id:
            return
        self.end_attention()
        self._attention = (id, self.now, self.now)

    def touch_attention(self) -> None:
        """A key was pressed while a thread has the attention; behind a long pause a new stretch begins."""
        if self._attention is None:
            return
        id, began_at, key_at = self._attention
        ended_at = key_at + timedelta(seconds=FOCUS_LASTS_S)
        if self.now > ended_at:
            self._note_focus(id, began_at, key_at, ended_at)
            began_at = self.now
        self._attention = (id, began_at, self.now)

    def end_attention(self) -> None:
        """The thread has the attention no longer: write the stretch down."""
        if self._attention is not None:
            self._note_focus(*self._attention, self.now)
            self._attention = None

    @work(group="writes", exit_on_error=False)
    async def _note_focus(self, id: int, began_at: datetime, key_at: datetime, ended_at: datetime) -> None:
        await routing.focus(self.desk, id, began_at, key_at, ended_at)

    @work(group="writes", exit_on_error=False)
    async def show_presence(self, id: int, presence: Presence) -> None:
        """Let the others see whether I read or write."""
        self._shown_presence = id, presence
        if id in self.fences:
            await routing.set_presence(self.desk, id, presence)

    # Away and back

    def note_key(self) -> None:
        """Somebody is at the keys: a key of any screen, or the beginning."""
        self._key_at_s = self.now_s()
        if self.is_away:
            self.is_away = False
            self._note_away(False)
        if self._away_timer is None:
            self._away_timer = self.set_timer(AWAY_AFTER_S, self._look_for_keys)

    def _look_for_keys(self) -> None:
        """The time after the first key is over: away, unless there was another key since."""
        self._away_timer = None
        left_s = self._key_at_s + AWAY_AFTER_S - self.now_s()
        if left_s > 0:
            self._away_timer = self.set_timer(left_s, self._look_for_keys)
        elif not self.is_away:
            self.is_away = True
            self._note_away(True)

    @work(group="writes", exit_on_error=False)
    async def _note_away(self, is_away: bool) -> None:
        await opening.set_away(self.desk, is_away)
