"""A console on a real record in a temporary folder: nothing polls, wall clocks stand still."""

from __future__ import annotations

import asyncio
import json
import time
import unicodedata
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from rich.color import ColorSystem
from tests.console.harness import NOON, CountingDriver, FixedClock
from textual import events
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot

from careconsole.console.app import CareConsole, ConsoleOpening
from careconsole.console.desk_screen import DeskScreen
from careconsole.desk import reading
from careconsole.desk.desk import Desk
from careconsole.desk.importing import import_lines
from careconsole.desk.opening import open_desk, sign_off, sign_on
from careconsole.desk.rules import Rules
from careconsole.model.instant import rfc3339, to_us
from careconsole.model.rights import Role
from careconsole.settings.watching import Watch
from careconsole.store.rows import QueueRow

FOR_EVER = frozenset({"follow-store", "runner"})
PATIENCE_S = 8.0
HEARD_S = 2.0


class StandingClock:
    """The host's clocks for the record: the wall stands still until told, leases run on."""

    boot_id = "boot"

    def __init__(self, clock: FixedClock) -> None:
        self._clock = clock

    def now_us(self) -> int:
        return to_us(self._clock.now)

    def monotonic_ns(self) -> int:
        return time.monotonic_ns()


def line(id: str, handle: str, text: str, minutes_ago: float = 30, **more: object) -> bytes:
    at = rfc3339(NOON - timedelta(minutes=minutes_ago))
    return json.dumps({"id": id, "author": {"handle": handle}, "text": text, "at": at, **more}).encode()


def some_lines(number: int = 6) -> list[bytes]:
    """Questions of customer1, customer2 ...; the first one is the most urgent."""
    return [line(f"m{n}", f"customer{n}", f"Where is parcel {n}?", 60 - n) for n in range(1, number + 1)]


def _key(name: str) -> events.Key:
    """A key as the pilot of Textual makes it."""
    key = _character_to_key(name) if len(name) == 1 and not name.isalnum() else name
    try:
        character: str | None = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(key, key)))
    except KeyError:
        character = key if len(key) == 1 else None
    return events.Key(key, character)


@dataclass
class AtHand:
    """A running console with its desk, and hands to use it."""

    console: CareConsole
    desk: Desk
    clock: FixedClock
    pilot: Pilot[int | None]

    @property
    def screen(self) -> DeskScreen:
        return self.console.desk_screen

    @property
    def said(self) -> str:
        return self.screen.status.sentence

    @property
    def picture(self) -> str:
        """What stands on the screen."""
        return "\n".join(strip.text for strip in self.console.screen._compositor.render_strips())

    def other(self, agent: str) -> Desk:
        """The desk of a colleague."""
        return replace(self.desk, agent=agent)

    async def rows(self) -> dict[str, QueueRow]:
        """Who waits, by handle."""
        return {row.handle: row for row in (await reading.queue_window(self.desk)).rows}

    async def row(self, handle: str) -> QueueRow:
        """A conversation, waiting or not."""
        for id in range(1, 200):
            found = await reading.queue_row(self.desk, id)
            if found is not None and found.handle == handle:
                return found
        raise LookupError(handle)

    async def arrive(self, *lines: bytes) -> None:
        """Messages come in, and the list knows of them, if it looks at all."""
        result = await import_lines(self.desk, lines, lambda *refused: None)
        assert result.refused == 0
        revision, end = await reading.revision(self.desk), time.monotonic() + HEARD_S
        while self.screen._revision < revision and time.monotonic() < end:
            await asyncio.sleep(0.005)

    async def press(self, *keys: str) -> None:
        """Press keys one by one as a calm hand does: each has done its work before the next."""
        for key in keys:
            driver = self.console._driver
            assert driver is not None
            driver.send_message(_key(key))
            await self.settle()

    async def press_at_once(self, *characters: str) -> None:
        """Keys that arrive within one moment, as typed text or type-ahead does."""
        for character in characters:
            self.console.post_message(events.Key(_character_to_key(character), character))
        await self.settle()

    async def settle(self) -> None:
        """Until no key waits and no work is under way.

        A look for rest takes 20 ms at least, and `pilot.press` has two of them to this one's two: most of a test's time.
        """
        await self.pilot.pause()
        while self._a_key_waits():
            await asyncio.sleep(0.01)
        while under_way := [w for w in self.console.workers if w.group not in FOR_EVER and not w.is_finished]:
            if all(worker.group == "leaving" for worker in under_way):
                break
            await asyncio.sleep(0.005)
        await self.pilot.pause()

    def _a_key_waits(self) -> bool:
        guards = [getattr(screen, "_guard", None) for screen in self.console.screen_stack]
        letters = self.screen._letters
        waits = any(guard is not None and guard.next_due_in_s() is not None for guard in guards)
        waits = waits or letters.is_at_work or letters.next_due_in_s() is not None
        return (waits or self.console.keys_wait) and self.console.is_running

    async def until(self, holds: Callable[[], bool], what: str = "") -> None:
        """Until the screen shows it."""
        end = time.monotonic() + PATIENCE_S
        while not holds():
            assert time.monotonic() < end, f"{what or 'it'} never came:\n{self.picture}"
            await asyncio.sleep(0.01)
            await self.pilot.pause()


@asynccontextmanager
async def console_at_hand(
    home: Path,
    lines: list[bytes] | None = None,
    *,
    size: tuple[int, int] = (100, 30),
    counting: bool = False,
    role: Role = Role.ADMIN,
    settings: str = "",
    theme: str | None = None,
) -> AsyncIterator[AtHand]:
    """A console on a new desk with these imported messages, seen by nobody else."""
    clock = FixedClock()
    for folder in ("logs", "themes", "snippets"):
        (home / folder).mkdir(exist_ok=True)
    (home / "settings.toml").write_text(settings, encoding="utf-8")
    async with open_desk(home, agent="ana", create=True, now=clock, clock=StandingClock(clock)) as desk:
        await import_lines(desk, some_lines() if lines is None else lines, lambda *refused: None)
        desk.role = role
        opening = ConsoleOpening(
            home, "ana", Watch.begin(home / "settings.toml"), lambda document: Rules(), theme
        )
        driver = CountingDriver if counting else None
        console = CareConsole(desk, opening, driver_class=driver, runs=False)
        console.console._color_system = ColorSystem.TRUECOLOR
        console.desk_screen.undo_now_s = clock.now_s
        await sign_on(desk)
        CountingDriver.forget()
        async with console.run_test(size=size, notifications=True, headless=not counting) as pilot:
            at_hand = AtHand(console, desk, clock, pilot)
            await at_hand.until(lambda: console.desk_screen.counts is not None, "the first look")
            await at_hand.settle()
            yield at_hand
        if desk.is_signed_on:
            await sign_off(desk)
