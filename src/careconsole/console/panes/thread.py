"""The thread pane: a fixed header, the conversation, and one line that says what is out of view."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from careconsole.console.commands import bindings
from careconsole.console.own_languages import OURS, foreign_mark
from careconsole.console.panes.lined import Lined
from careconsole.console.panes.message_block import (
    AGE_CELLS,
    BLANK,
    GUTTER_CELLS,
    HEADER,
    Block,
    Line,
    build_block,
)
from careconsole.console.panes.numbered import Numbered, Numbers
from careconsole.console.panes.story import Story
from careconsole.console.panes.thread_header import header_lines
from careconsole.console.said_keys import said_key
from careconsole.console.text import age_text, next_age_step_s
from careconsole.model.instant import to_us
from careconsole.store.person import Card
from careconsole.store.rows import QueueRow, ThreadEntry

TALL = 26
"""From so many rows on the card's lines stand above the thread; below that a key shows them."""


class ThreadPane(Lined, can_focus=True):
    """One conversation, drawn line by line: the cost follows the window, not the length of the thread."""

    BINDINGS = [*bindings("thread", "list")]

    DEFAULT_CSS = """
    ThreadPane { width: 1fr; height: 1fr; }
    """

    class SeenTo(Message):
        """Up to this event nothing of the conversation is unseen."""

        def __init__(self, conversation_id: int, seq: int) -> None:
            super().__init__()
            self.conversation_id = conversation_id
            self.seq = seq

    class LinkAsked(Message):
        """The agent wants to open a link or an attachment of the messages in view."""

    class Left(Message):
        """The agent goes back to the queue."""

    class Told(Message):
        """Something that the agent asked for is not there, in a sentence."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    def __init__(self, *, agent: str = "", zone: tzinfo | None = None, id: str | None = None) -> None:
        """`agent` is called "you" in the header; times are those of `zone` (None: the machine's)."""
        super().__init__(id=id)
        self._agent = agent
        self._zone = zone
        self._story = Story(self._build)
        self._numbers = Numbers()
        self._row: QueueRow | None = None
        self._vip_note = ""
        self._card: Card | None = None
        self._elsewhere: Sequence[ThreadEntry] = ()
        self._timeline: Sequence[ThreadEntry] = ()
        self._is_whole = True
        self._entries: Sequence[ThreadEntry] = ()
        self._header: list[Line] = []
        self._ages: dict[int, str] = {}
        self._painted: list[Line | None] = []
        self._now: datetime | None = None
        self._seen_to: int | None = None
        self._languages = OURS

    # ---- what the desk screen asks ----------------------------------------------------------------------------------

    def show(
        self,
        row: QueueRow,
        entries: Sequence[ThreadEntry],
        now: datetime,
        *,
        vip_note: str = "",
        card: Card | None = None,
        elsewhere: Sequence[ThreadEntry] = (),
        skipped: int = 0,
    ) -> None:
        """Another conversation, from its first unanswered message if that is near the end, else its end.

        `elsewhere` is what was said in the person's other conversations: it stands between, by its time. So many
        entries as `skipped` stand before these: the next `update` brings them, and with them the links' numbers.
        """
        if self._row is None or self._row.id != row.id:
            self._is_whole = True
        self._row, self._now, self._vip_note, self._seen_to = row, now, vip_note, None
        self._entries, self._card, self._elsewhere = entries, card, elsewhere
        self._timeline = self._merged()
        self._fit_in()
        self._numbers.open(() if skipped else self._timeline)
        self._story.open(self._timeline, skipped)
        self._changed()

    def update(
        self,
        entries: Sequence[ThreadEntry],
        row: QueueRow | None = None,
        now: datetime | None = None,
        *,
        card: Card | None = None,
        elsewhere: Sequence[ThreadEntry] | None = None,
    ) -> None:
        """The same conversation as it is now; what is read does not move."""
        if self._row is None:
            return
        self._row, self._now = row or self._row, now or self._now
        self._entries, self._card = entries, card or self._card
        self._elsewhere = self._elsewhere if elsewhere is None else elsewhere
        self._timeline = self._merged()
        self._fit_in()
        self._numbers.take_in(self._timeline)
        self._story.update(self._timeline)
        self._changed()

    def clear(self) -> None:
        """Show nothing."""
        self._row, self._entries, self._elsewhere, self._timeline = None, (), (), ()
        self._seen_to = None
        self._fit_in()
        self._story.open(())
        self._paint()

    def read_languages(self, own: frozenset[str]) -> None:
        """Mark a conversation in none of these languages."""
        self._languages = own
        self._fit_in()
        self._paint()

    def set_vip_note(self, note: str) -> None:
        """The note of a VIP, for the header."""
        self._vip_note = note
        self._fit_in()
        self._paint()

    def tick(self, now: datetime) -> None:
        """Time went on: repaint the ages that are another step now, and nothing else."""
        before, self._now = self._now, now
        if before is not None and before.astimezone(self._zone).date() != now.astimezone(self._zone).date():
            self._story.rebuild()
            self._paint()
            return
        for y, shown in list(self._ages.items()):
            line = self._line_at(y)
            if line is not None and line.at_us is not None and self._age(line.at_us) != shown:
                self.refresh(Region(GUTTER_CELLS, y, AGE_CELLS, 1))

    @property
    def next_step_s(self) -> float | None:
        """In how many seconds an age in view changes; None if none is in view."""
        if self._now is None:
            return None
        ages_s = [self._age_s(line.at_us) for line in self._story.view.lines if line.at_us is not None]
        return min(map(next_age_step_s, ages_s), default=None)

    @property
    def conversation_id(self) -> int | None:
        """The conversation that is shown."""
        return self._row.id if self._row else None

    @property
    def seen_to(self) -> int | None:
        """The newest event up to which nothing is unseen: what `send` is given as `seen_seq`."""
        return self._seen_to

    @property
    def entries(self) -> Sequence[ThreadEntry]:
        """The open conversation: messages, notes, replies on their way; what a reply answers is among these."""
        return self._entries

    @property
    def decision(self) -> str:
        """What the customer was last told is done for them; empty if nothing was."""
        return self._card.decision.text if self._card and self._card.decision else ""

    @property
    def order(self) -> str:
        """The customer's order number where the card has exactly one; else empty."""
        return self._card.facts.order if self._card else ""

    @property
    def numbered_in_view(self) -> tuple[Numbered, ...]:
        """The links and attachments of the messages in view."""
        view = self._story.view
        in_view = self._timeline[view.first : view.last + 1]
        return tuple(one for entry in in_view for one in self._numbers.of(entry))

    def count_as_seen(self, seq: int) -> None:
        """What happened until this event was shown to the agent by a question."""
        self._story.count_as_seen(seq)
        self.look()

    def count_as_unseen(self, seq: int) -> None:
        """An earlier sitting ended at this event: what others did since is seen when it comes into view."""
        self._story.count_as_unseen(seq)
        self._seen_to = None
        self.look()

    def look(self) -> None:
        """Count what is in view as seen; to be called when the pane comes into view again."""
        if self._row is None or not self.is_in_view:
            return
        seen = self._story.note_seen()
        if seen is not None and seen > (self._seen_to or 0):
            self._seen_to = seen
            self.post_message(self.SeenTo(self._row.id, seen))
        self._paint()

    # ---- keys -------------------------------------------------------------------------------------------------------

    def action_down(self) -> None:
        """A line down."""
        self._moved(self._story.move(1))

    def action_up(self) -> None:
        """A line up."""
        self._moved(self._story.move(-1))

    def action_page_down(self) -> None:
        """A page down, with one line of the page before."""
        self._moved(self._story.move(max(1, self._body_height - 1)))

    def action_page_up(self) -> None:
        """A page up, with one line of the page before."""
        self._moved(self._story.move(-max(1, self._body_height - 1)))

    def action_top(self) -> None:
        """The first message."""
        self._story.to_start()
        self._moved(True)

    def action_bottom(self) -> None:
        """The newest message."""
        self._story.to_end()
        self._moved(True)

    def action_unfold(self) -> None:
        """One page more of the first cut text in view."""
        self._moved(self._story.unfold())

    def action_open_link(self) -> None:
        """Ask which of the links and attachments in view."""
        self.post_message(self.LinkAsked())

    def action_timeline(self) -> None:
        """The person's other conversations between, or only the open one."""
        if not self._elsewhere:
            self.post_message(self.Told("This customer has no other conversation."))
            return
        self._is_whole = not self._is_whole
        self.update(self._entries)

    def action_back(self) -> None:
        """Back to the queue."""
        self.post_message(self.Left())

    # ---- drawing -----------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line of the pane."""
        line = self._line_at(y) or BLANK
        if line.at_us is None:
            return self.draw(line, self.size.width)
        self._ages[y] = age = self._age(line.at_us)
        return self.draw(line, self.size.width, age)

    def _line_at(self, y: int) -> Line | None:
        """The line of the pane that is drawn at `y`; None for a blank one."""
        if y < len(self._header):
            return self._header[y]
        if y == self.size.height - 1:
            return self._footer()
        lines = self._story.view.lines
        return lines[y - len(self._header)] if y - len(self._header) < len(lines) else None

    def _footer(self) -> Line | None:
        view, count = self._story.view, self._story.count
        if not count or (self._story.number(view.first) == 1 and self._story.is_at_end):
            return None
        pieces = [
            (f"{self._story.number(view.first):,}-{self._story.number(view.last):,} of {count:,}", "quiet")
        ]
        for (new, changed), where in (
            (self._story.fresh_above(), "above"),
            (self._story.fresh_below(), "below"),
        ):
            if new:
                pieces.append((f" · +{new} new {where}", "fresh"))
            if changed:
                pieces.append((f" · {changed} changed {where}", "fresh"))
        return Line(HEADER, tuple(pieces))

    def _build(self, entry: ThreadEntry, width: int, pages: int) -> Block:
        if self._now is None:
            raise RuntimeError("A thread is built before show() gave it a time.")
        key = said_key(self, "thread.unfold")
        numbered = self._numbers.of(entry)
        return build_block(
            entry, width, pages, today=self._now, zone=self._zone, unfold_key=key, numbered=numbered
        )

    def _age_s(self, at_us: int) -> float:
        return (to_us(self._now) - at_us) / 1_000_000 if self._now else 0.0

    def _age(self, at_us: int) -> str:
        return age_text(self._age_s(at_us))

    # ---- inside --------------------------------------------------------------------------------------------------------

    @property
    def _body_height(self) -> int:
        return max(1, self.size.height - len(self._header) - 1)

    def _fit_in(self) -> None:
        """The header for what is shown now, and the room that it leaves to the thread."""
        self._header = (
            header_lines(
                self._row,
                self._entries,
                agent=self._agent,
                vip_note=self._vip_note,
                zone=self._zone,
                card=self._card,
                now=self._now,
                is_tall=self.size.height >= TALL,
                is_alone=bool(self._elsewhere) and not self._is_whole,
                mark=foreign_mark(self._row.language, self._languages),
            )
            if self._row
            else []
        )
        if self.size.width > GUTTER_CELLS:
            self._story.resize(self.size.width - GUTTER_CELLS, self._body_height)

    def _merged(self) -> Sequence[ThreadEntry]:
        """One timeline: all that was said by its time, then the replies of the open conversation on their way."""
        if not self._elsewhere or not self._is_whole:
            return self._entries
        said = [entry for entry in self._entries if not entry.key.startswith("o")]
        leaving = [entry for entry in self._entries if entry.key.startswith("o")]
        return [*sorted([*said, *self._elsewhere], key=lambda entry: entry.at_us), *leaving]

    def _changed(self) -> None:
        self._paint()
        self.look()

    def _paint(self) -> None:
        """Repaint the lines that say something else than on the screen."""
        lines = [self._line_at(y) for y in range(self.size.height)]
        if len(lines) != len(self._painted):
            self.refresh()
        else:
            changed = [y for y, line in enumerate(lines) if line != self._painted[y]]
            if changed:
                self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))
        self._painted = lines
        self._ages = {y: age for y, age in self._ages.items() if y < len(lines) and _has_age(lines[y])}

    def _moved(self, has_moved: bool) -> None:
        if has_moved:
            self._changed()
        else:
            self.look()

    @property
    def is_in_view(self) -> bool:
        """Whether the agent can see the pane: it is laid out, and no question lies over it."""
        return self.size.width > GUTTER_CELLS and self.is_on_screen and self.app.screen is self.screen

    def on_resize(self, event: events.Resize) -> None:
        """The window is another one."""
        self._fit_in()
        self._painted = []
        self._changed()

    def on_show(self) -> None:
        """The pane comes into view."""
        self.look()


def _has_age(line: Line | None) -> bool:
    return line is not None and line.at_us is not None
