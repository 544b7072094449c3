"""Read messages from a file of JSON lines, by the same path as live intake."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from careconsole.channels.import_line import BadLine, ImportLine, parse_import_line
from careconsole.desk.desk import Desk
from careconsole.desk.intake import AT_ONCE, begin_recording, weigh
from careconsole.store import accounts
from careconsole.store.arrivals import Recorded
from careconsole.store.contract import Tx

Refuse = Callable[[int, str, bytes], None]
"""Told of each refused line: its number, the reason, and the line as it came."""

_TEND_EVERY = 8


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


async def import_lines(desk: Desk, lines: Iterable[bytes], refuse: Refuse) -> Imported:
    """Import lines; nothing valid is lost, each refused one is told with its number and reason.

    While one part is written, the next is read and weighed.
    """
    result = Imported()

    def turn_down(number: int, reason: str, raw: bytes) -> None:
        result.refused += 1
        refuse(number, reason, raw)

    account_ids: dict[str, int | str] = {}
    pending: tuple[list[_Numbered], asyncio.Task[Recorded]] | None = None
    for number, run in enumerate(_runs(lines, turn_down)):
        name = run[0].line.account
        if name not in account_ids:
            account_ids[name] = await _account_for(desk, name)
        account_id = account_ids[name]
        if isinstance(account_id, str):
            for each in run:
                turn_down(each.number, account_id, each.raw)
            continue
        part = weigh(desk, [each.line.item for each in run])
        await _finish(pending, result, turn_down)
        pending = run, await begin_recording(desk, account_id, part)
        if number % _TEND_EVERY == 0:
            await desk.store.tend(is_poller=False)
    await _finish(pending, result, turn_down)
    return result


async def _finish(
    pending: tuple[list[_Numbered], asyncio.Task[Recorded]] | None, result: Imported, turn_down: Refuse
) -> None:
    if pending is None:
        return
    run, task = pending
    done = await task
    result.imported += done.imported
    result.known += done.known
    for index, reason in done.refused:
        turn_down(run[index].number, reason, run[index].raw)


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
