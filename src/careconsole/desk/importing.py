"""Read messages from a file of JSON lines, by the same path as live intake."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from careconsole.channels.import_line import BadLine, ImportLine, parse_import_line
from careconsole.desk.desk import Desk
from careconsole.desk.intake import AT_ONCE, begin_recording, weigh
from careconsole.model.message import Direction
from careconsole.store import accounts
from careconsole.store.arrivals import Recorded
from careconsole.store.contract import Tx

Refuse = Callable[[int, str, bytes], None]
"""Told of each refused line: its number, the reason, and the line as it came."""

_TEND_EVERY = 8
_LATER_BYTES = 64 * 1024 * 1024
"""Of answers that wait for their message; further ones are refused at once."""


@dataclass(slots=True)
class Imported:
    """What became of the lines."""

    imported: int = 0
    known: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class _Numbered:
    number: int
    raw: bytes
    line: ImportLine


@dataclass(slots=True)
class _Tally:
    """What became of the lines so far, and the answers of ours whose message may still come."""

    refuse: Refuse
    result: Imported = field(default_factory=Imported)
    later: list[tuple[int, _Numbered]] = field(default_factory=list)
    later_bytes: int = 0

    def turn_down(self, number: int, reason: str, raw: bytes) -> None:
        self.result.refused += 1
        self.refuse(number, reason, raw)

    def count(self, done: Recorded, run: list[_Numbered], account_id: int, *, may_wait: bool) -> None:
        """Count what was recorded; an answer that found nothing to answer waits, if it still may."""
        self.result.imported += done.imported
        self.result.known += done.known
        for index, reason in done.refused:
            each = run[index]
            is_answer = each.line.item.direction is Direction.OUT
            if may_wait and is_answer and self.later_bytes + len(each.raw) <= _LATER_BYTES:
                self.later.append((account_id, each))
                self.later_bytes += len(each.raw)
            else:
                self.turn_down(each.number, reason, each.raw)


async def import_lines(desk: Desk, lines: Iterable[bytes], refuse: Refuse) -> Imported:
    """Import lines; nothing valid is lost, each refused one is told with its number and reason.

    While one part is written, the next is read and weighed. An answer of ours may stand before its message.
    """
    tally = _Tally(refuse)
    account_ids: dict[str, int | str] = {}
    pending: _Pending | None = None
    for number, run in enumerate(_runs(lines, tally.turn_down)):
        name = run[0].line.account
        if name not in account_ids:
            account_ids[name] = await _account_for(desk, name)
        account_id = account_ids[name]
        if isinstance(account_id, str):
            for each in run:
                tally.turn_down(each.number, account_id, each.raw)
            continue
        part = weigh(desk, [each.line.item for each in run])
        await _finish(pending, tally)
        pending = run, account_id, await begin_recording(desk, account_id, part)
        if number % _TEND_EVERY == 0:
            await desk.store.tend(is_poller=False)
    await _finish(pending, tally)
    await _try_answers_again(desk, tally)
    return tally.result


_Pending = tuple[list[_Numbered], int, asyncio.Task[Recorded]]


async def _finish(pending: _Pending | None, tally: _Tally) -> None:
    if pending is not None:
        run, account_id, task = pending
        tally.count(await task, run, account_id, may_wait=True)


async def _try_answers_again(desk: Desk, tally: _Tally) -> None:
    """Record the answers that stood before their message, the oldest first, as one may answer another."""
    by_account: dict[int, list[_Numbered]] = {}
    for account_id, each in tally.later:
        by_account.setdefault(account_id, []).append(each)
    for account_id, answers in by_account.items():
        answers.sort(key=lambda each: each.line.item.at)
        for start in range(0, len(answers), AT_ONCE):
            run = answers[start : start + AT_ONCE]
            part = weigh(desk, [each.line.item for each in run])
            task = await begin_recording(desk, account_id, part)
            tally.count(await task, run, account_id, may_wait=False)


def _runs(lines: Iterable[bytes], turn_down: Refuse) -> Iterator[list[_Numbered]]:
    """Lines of the same account that follow each other, so many at a time; the order of lines is kept."""
    run: list[_Numbered] = []
    for number, raw in enumerate(lines, 1):
        text = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        if not text.strip():
            continue
        try:
            line = parse_import_line(text)
        except BadLine as error:
            turn_down(number, str(error), raw)
            continue
        if run and (len(run) == AT_ONCE or line.account != run[0].line.account):
            yield run
            run = []
        run.append(_Numbered(number, raw, line))
    if run:
        yield run


async def _account_for(desk: Desk, name: str) -> int | str:
    """The id of the file account of this name, made if need be, or why lines cannot go there."""

    async def body(tx: Tx) -> int | str:
        found = await accounts.find(tx, name)
        if found is None:
            made = await accounts.add(tx, name=name, network="file", handle=name)
            assert made is not None
            return made
        if found[1] != "file":
            return f"the account {name} belongs to the network {found[1]}; import only into accounts of files"
        return found[0]

    return await desk.store.write(body)
