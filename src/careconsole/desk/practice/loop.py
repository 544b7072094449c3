"""An event loop whose time stands while anything is under way, so that the same keys give the same run each time.

Time goes from one timer to the next, and only when nothing is left to do; what comes from outside is let in one at a
time, at rest, behind every timer that was due before it. How long this computer takes for anything changes nothing.
"""

from __future__ import annotations

import asyncio
import math
import selectors
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

STALLED_S = 5.0
"""Who was stopped for longer than this, or whose machine slept, goes on where they were."""
_LONGEST_LOOK_S = 3600.0

Seen = tuple[selectors.SelectorKey, int]


class PracticeLoop(asyncio.SelectorEventLoop):
    """`time()` is the time of the hand at the keys, in seconds from 0 on.

    In `live` runs it follows the host's monotonic clock; otherwise nobody waits for anything.
    """

    def __init__(self, *, live: bool) -> None:
        self._at_s = 0.0
        self._host_began_s = time.monotonic()
        self._from_outside: deque[tuple[float, Callable[[], object]]] = deque()
        """What other threads have handed over, and when by the host's clock."""
        self._to_come: deque[tuple[float, Callable[[], object]]] = deque()
        """The same of a run that is repeated, by our own clock."""
        self._own_thread = threading.get_ident()
        self._live = live
        super().__init__(_Resting(self))

    def time(self) -> float:
        """Seconds since the loop was made."""
        return self._at_s

    def let_in(self, at_s: float, callback: Callable[[], object]) -> None:
        """Let something in from outside at this time of a run that is not live; in the order of their times."""
        self._to_come.append((at_s, callback))

    def call_soon_threadsafe(self, callback: Any, *args: Any, context: Any = None) -> asyncio.Handle:  # type: ignore[override]
        """From another thread it is let in when everything rests."""
        if threading.get_ident() == self._own_thread:
            return self.call_soon(callback, *args, context=context)
        handle = asyncio.Handle(callback, args, self, context)
        self._from_outside.append((time.monotonic(), handle._run))
        self._write_to_self()  # type: ignore[attr-defined]
        return handle

    def run_in_executor(self, executor: Any, func: Any, *args: Any) -> asyncio.Future[Any]:  # type: ignore[override]
        """Run it here and now: in a thread it would end sooner or later than the last time."""
        future: asyncio.Future[Any] = self.create_future()
        try:
            future.set_result(func(*args))
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:
            future.set_exception(error)
        return future

    def rest(self, timeout: float | None, look: Callable[[float | None], list[Seen]]) -> list[Seen]:
        """Nothing is left to do: let time pass up to what comes next; `look` asks the host's selector."""
        due_s = math.inf if timeout is None else self._at_s + timeout
        while True:
            if self._let_one_in(due_s):
                return look(0)
            host_s = self._host_s(due_s)
            if due_s <= host_s:
                self._at_s = due_s
                return look(0)
            if seen := look(min(due_s - host_s, _LONGEST_LOOK_S)):
                return seen

    def _let_one_in(self, due_s: float) -> bool:
        """Let in what came before the next timer, if anything did."""
        if self._from_outside and self._live:
            at_s, waiting = self._from_outside[0][0] - self._host_began_s, self._from_outside
        elif self._to_come:
            at_s, waiting = self._to_come[0][0], self._to_come
        elif self._from_outside:
            at_s, waiting = self._at_s, self._from_outside
        else:
            return False
        at_s = max(at_s, self._at_s)
        if at_s >= due_s:
            return False
        self._at_s = at_s
        self.call_soon(waiting.popleft()[1])
        return True

    def _host_s(self, due_s: float) -> float:
        """How far time may go: as far as the host's clock; a long standstill is left out."""
        if not self._live:
            return due_s if math.isfinite(due_s) else self._at_s
        late_s = time.monotonic() - self._host_began_s - due_s
        if late_s > STALLED_S:
            self._host_began_s += late_s
        return time.monotonic() - self._host_began_s


class _Resting(selectors.BaseSelector):
    """The host's selector, which is asked only when nothing is left to do."""

    def __init__(self, loop: PracticeLoop) -> None:
        self._loop = loop
        self._host = selectors.DefaultSelector()

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._host.register(fileobj, events, data)

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        return self._host.unregister(fileobj)

    def modify(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._host.modify(fileobj, events, data)

    def select(self, timeout: float | None = None) -> list[Seen]:
        if timeout is not None and timeout <= 0:
            return []
        return self._loop.rest(timeout, self._host.select)

    def close(self) -> None:
        self._host.close()

    def get_key(self, fileobj: Any) -> selectors.SelectorKey:
        return self._host.get_key(fileobj)

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return self._host.get_map()
