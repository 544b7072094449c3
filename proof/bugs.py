"""Bugs planted on purpose: a check that does not find them finds nothing."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

from careconsole.store import claims, outbox, settling
from careconsole.store import delivery as kept_delivery
from careconsole.store import driver as sqlite
from careconsole.store.contract import Busy, Tx
from careconsole.store.sqlite import SqliteStore


def plant(name: str) -> None:
    """Plant a bug in this process; no name plants none."""
    if name:
        BUGS[name]()


def _no_fence() -> None:
    """A reply is taken on whoever holds the conversation by now."""

    async def holds(*_: Any) -> None:
        return None

    setattr(outbox, "check_fence", holds)  # noqa: B010 - it is no name of that module


def _no_lease_guard() -> None:
    """A claim takes what somebody else holds."""
    claims._FREE = "({boot} = {boot} AND {now} = {now})"


def _no_read_back() -> None:
    """What may have arrived is sent again without looking whether it is there."""

    async def retry(tx: Tx, outbox_id: int, reason: str, look_after_s: float) -> None:
        await settling.settle_waiting(tx, outbox_id, 0.05, reason)

    settling.settle_unknown = retry
    kept_delivery.settle_unknown = retry  # type: ignore[attr-defined]


def _plain_begin() -> None:
    """A transaction takes the write lock only with its first write, when what it has read may be past."""

    def begin(store: SqliteStore) -> None:
        give_up_at = time.monotonic() + 5
        while True:
            try:
                store._writer.execute("BEGIN")
                return
            except sqlite.OperationalError as error:
                if time.monotonic() > give_up_at:
                    raise Busy(str(error)) from error
            time.sleep(random.uniform(0.0003, 0.0015))

    SqliteStore._begin = begin  # type: ignore[method-assign,assignment]


def _synchronous_normal() -> None:
    """A commit does not wait for the disk."""
    pragmas = tuple(
        "synchronous=NORMAL" if each.startswith("synchronous") else each for each in sqlite._WRITER_PRAGMAS
    )
    setattr(sqlite, "_WRITER_PRAGMAS", pragmas)  # noqa: B010 - of another length, for all the types know


BUGS: dict[str, Callable[[], None]] = {
    "no fence": _no_fence,
    "no lease guard": _no_lease_guard,
    "retry without read-back": _no_read_back,
    "plain BEGIN": _plain_begin,
    "synchronous=NORMAL": _synchronous_normal,
}
"""By name; the last one is found by power cuts, the others by the history of a battle."""
