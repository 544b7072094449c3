"""Back a desk up, and put a backup in its place."""

from __future__ import annotations

from pathlib import Path

from careconsole.desk.allowing import NotAllowed, needs
from careconsole.desk.desk import Desk
from careconsole.desk.erasure_list import erase_again
from careconsole.desk.opening import DESK_FILE
from careconsole.model.rights import Role, Verb, may
from careconsole.store import backup, driver, restoring
from careconsole.store.backup import Copied
from careconsole.store.contract import ReadTx, Store
from careconsole.store.host_clock import HostClock
from careconsole.store.restoring import InUse, Restored
from careconsole.store.wiping import wipe_indexes


@needs(Verb.BACK_UP)
async def back_up(desk: Desk, target: Path, *, may_replace: bool = False) -> Copied:
    """Copy the desk into one file while others work at it. Raises StoreError."""
    now_us = await desk.store.read(_now_us)
    return await backup.back_up(
        desk.store.path, target.absolute(), now_us, driver.drivers()[0], may_replace=may_replace
    )


async def _now_us(tx: ReadTx) -> int:
    return tx.now_us


def check_restore(role: Role) -> None:
    """Raises NotAllowed for a role without the right to restore: a person's own, as it is about every account."""
    if not may(role, Verb.RESTORE):
        words = f"The role {role.value} has no right to {Verb.RESTORE.words}; nothing was done. Ask an admin."
        raise NotAllowed(words)


async def restore(home: Path, file: Path, agent: str, clock: HostClock | None = None) -> Restored | InUse:
    """Let a backup be the desk of a home; who was erased since stays erased.

    Raises StoreError; then the desk is as it was.
    """

    async def erase(store: Store, since_us: int) -> None:
        if await erase_again(home, store, since_us, agent):
            await wipe_indexes(store)
            await store.compact(anew=True)

    path = (home / DESK_FILE).resolve()
    return await restoring.restore(file.absolute(), path, agent, clock=clock, then=erase)
