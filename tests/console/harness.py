"""What the console's tests share: a driver that counts bytes, a clock that stands still, rows to show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.color import ColorSystem
from textual.app import App, ComposeResult
from textual.drivers.headless_driver import HeadlessDriver
from textual.screen import Screen
from textual.widget import Widget

import careconsole.console
from careconsole.console.painting import AddressedScreen
from careconsole.console.themes import variable_defaults
from careconsole.model.conversation import ConversationState
from careconsole.model.instant import to_us
from careconsole.model.message import Kind, Visibility
from careconsole.store.rows import QueueRow, QueueWindow

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
STYLES = Path(careconsole.console.__file__).parent / "console.tcss"


class FixedClock:
    """A clock that moves only when told to; `seconds` of it for whoever wants a span."""

    def __init__(self) -> None:
        self.now = NOON
        self.seconds = 1000.0

    def __call__(self) -> datetime:
        return self.now

    def now_s(self) -> float:
        return self.seconds

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.seconds += seconds


class CountingDriver(HeadlessDriver):
    """Headless, but draws: keeps what a terminal would receive."""

    frames: list[str] = []

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        CountingDriver.frames.append(data)

    @classmethod
    def sent(cls) -> str:
        return "".join(cls.frames)

    @classmethod
    def sent_bytes(cls) -> int:
        return len(cls.sent().encode())

    @classmethod
    def forget(cls) -> None:
        cls.frames.clear()


class Stage(App[None]):
    """An app with our style sheet and nothing but the given widgets."""

    CSS_PATH = STYLES
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = []

    def __init__(self, *widgets: Widget, counting: bool = False) -> None:
        super().__init__(driver_class=CountingDriver if counting else None)
        self.console._color_system = ColorSystem.TRUECOLOR
        self._widgets = widgets

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults(dark=True)

    def get_default_screen(self) -> Screen[None]:
        return AddressedScreen()

    def compose(self) -> ComposeResult:
        yield from self._widgets


def queue_row(id: int, **changes: object) -> QueueRow:
    """A question by customer N that waits since N minutes before noon and is due in an hour from then."""
    since_us = to_us(NOON - timedelta(minutes=30) + timedelta(seconds=id))
    due_us = since_us + 60 * 60_000_000
    row = QueueRow(
        id=id,
        account_id=1,
        account="mastodon",
        network="mastodon",
        customer_id=id,
        handle=f"customer{id}",
        customer_name=f"Customer {id}",
        state=ConversationState.NEW,
        cycle=1,
        tier=1,
        kind=Kind.QUESTION,
        is_vip=False,
        visibility=Visibility.PUBLIC,
        waiting_since_us=since_us,
        due_us=due_us,
        effective_due_us=due_us,
        is_waiting=True,
        unanswered=1,
        messages=1,
        text=f"Where is parcel number {id}? It was promised for last Tuesday, and nobody answers the phone.",
        owner=None,
        claimed_by=None,
        claimed_since_us=None,
        presence=None,
        fence=0,
        has_draft=False,
        outbox_state=None,
        revision=1,
    )
    return replace(row, **changes)  # type: ignore[arg-type]


def window_of(rows: Iterable[QueueRow], *, before: int = 0, after: int = 0) -> QueueWindow:
    """The rows in rank order as a stretch of the queue."""
    return QueueWindow(tuple(sorted(rows, key=lambda row: row.key)), before, after)
