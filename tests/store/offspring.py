"""What the processes of the tests do."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

from careconsole.store import claims
from careconsole.store.driver import Driver, drivers
from careconsole.store.opening import open_store


def named(name: str) -> Driver:
    """A driver by the name of its module."""
    [found] = [each for each in drivers() if each.module.__name__ == name]
    return found


async def claim_all(file: str, driver: str, agent: str, result: str) -> None:
    """Pull one conversation after the other until none is left; write down which."""
    won: list[str] = []
    async with open_store(Path(file), driver=named(driver)) as store:
        while claimed := await store.write(lambda tx: claims.claim_next(tx, agent)):
            won.append(f"{claimed.conversation_id} {claimed.fence}\n")
    Path(result).write_text("".join(won), encoding="ascii")


async def claim_at_random(file: str, driver: str, agent: str, result: str, number: int, rounds: int) -> None:
    """Claim and release conversations at random; write down every fence that was won."""
    chance = random.Random(agent)
    won: list[str] = []
    async with open_store(Path(file), driver=named(driver)) as store:
        for _ in range(rounds):
            wanted = chance.randint(1, number)
            done = await store.write(lambda tx, wanted=wanted: claims.claim(tx, wanted, agent))  # type: ignore[misc]
            if isinstance(done, claims.Claimed):
                won.append(f"{done.conversation_id} {done.fence}\n")
                await asyncio.sleep(0)
                await store.write(lambda tx, wanted=wanted: claims.release(tx, wanted, agent))  # type: ignore[misc]
    Path(result).write_text("".join(won), encoding="ascii")
