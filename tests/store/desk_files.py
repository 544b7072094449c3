"""Making a desk's file, and a program that opens one and closes it again."""

from __future__ import annotations

from pathlib import Path

from careconsole.store.driver import Driver
from careconsole.store.opening import open_store


async def make(path: Path, driver: Driver) -> None:
    async with open_store(path, create=True, driver=driver) as store:
        await store.write(lambda tx: tx.change("INSERT INTO fact VALUES ('mark', 'here')"))


OPEN_AND_CLOSE = """
import asyncio, sys
from pathlib import Path
from careconsole.store.driver import drivers
from careconsole.store.opening import open_store

async def main():
    [driver] = [each for each in drivers() if each.module.__name__ == sys.argv[2]]
    async with open_store(Path(sys.argv[1]), driver=driver) as store:
        await store.write(lambda tx: tx.revision())

asyncio.run(main())
"""
