"""A record on each SQLite driver of this installation."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from tests.store.record_at_hand import FakeClock, Record

from careconsole.store.contract import Store
from careconsole.store.driver import Driver, drivers
from careconsole.store.opening import open_store


@pytest.fixture(params=drivers(), ids=lambda driver: driver.module.__name__.partition(".")[0])
def driver(request: pytest.FixtureRequest) -> Driver:
    """Each driver in turn."""
    chosen: Driver = request.param
    return chosen


@pytest.fixture
def clock() -> FakeClock:
    """Clocks that stand still."""
    return FakeClock()


@pytest.fixture
def swift_path(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: for tests that do not ask what a disk keeps."""
    memory = Path("/dev/shm")
    if not (memory.is_dir() and os.access(memory, os.W_OK)):
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(prefix="careconsole-test-", dir=memory))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def desk_file(swift_path: Path) -> Path:
    """Where the desk of a test lies."""
    return swift_path / "home" / "desk.db"


@pytest.fixture
async def store(desk_file: Path, driver: Driver, clock: FakeClock) -> AsyncIterator[Store]:
    """An empty record."""
    async with open_store(desk_file, create=True, driver=driver, clock=clock) as opened:
        yield opened


@pytest.fixture
async def record(store: Store, clock: FakeClock) -> AsyncIterator[Record]:
    """An empty record with one account; what must always hold is checked at the end."""
    at_hand = Record(store, clock)
    await at_hand.account()
    yield at_hand
    await at_hand.check()


@pytest.fixture
async def other(
    store: Store, desk_file: Path, driver: Driver, clock: FakeClock, record: Record
) -> AsyncIterator[Record]:
    """A second process's view of the same record: a session of its own."""
    async with open_store(desk_file, driver=driver, clock=clock) as opened:
        yield Record(opened, clock, dict(record.accounts))
