"""A desk in a folder of its own."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from tests.desk.desk_at_hand import DeskAtHand, ScriptedChannel, VirtualSleep, sitting
from tests.mastodon_server import mastodon, mastodon_server
from tests.store.record_at_hand import FakeClock

__all__ = ["ana", "ben", "channel", "clock", "home", "mastodon", "mastodon_server", "sleep"]


@pytest.fixture
def clock() -> FakeClock:
    """Clocks that stand still."""
    return FakeClock()


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder, in memory where there is one."""
    memory = Path("/dev/shm")
    is_there = memory.is_dir() and os.access(memory, os.W_OK)
    folder = Path(tempfile.mkdtemp(prefix="careconsole-test-", dir=memory if is_there else None))
    yield folder / "home"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
async def ana(home: Path, clock: FakeClock) -> AsyncIterator[DeskAtHand]:
    """Ana at her desk; what must always hold is checked at the end."""
    async with sitting(home, clock) as at_hand:
        yield at_hand
        await at_hand.check()


@pytest.fixture
async def ben(home: Path, clock: FakeClock, ana: DeskAtHand) -> AsyncIterator[DeskAtHand]:
    """Ben at a console of his own before the same record."""
    async with sitting(home, clock, agent="ben", known=ana.accounts) as at_hand:
        yield at_hand


@pytest.fixture
def channel() -> ScriptedChannel:
    """A network with an empty script."""
    return ScriptedChannel()


@pytest.fixture
def sleep(clock: FakeClock, ana: DeskAtHand) -> VirtualSleep:
    """Time that passes when it is told to."""
    return VirtualSleep(clock, ana.store)
