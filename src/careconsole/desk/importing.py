"""Read messages from a file of JSON lines, by the same path as live intake."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from careconsole.channels.import_line import BadLine, ImportLine, parse_import_line
from careconsole.desk.desk import Desk
from careconsole.desk.intake import AT_ONCE, record_items
from careconsole.store import accounts
from careconsole.store.contract import Tx

Refuse = Callable[[int, str, bytes], None]
"""Told of each refused line: its number, the reason, and the line as it came."""

_TAKEN = 4 * AT_ONCE


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
    """Import lines; nothing valid is lost, each refused one is told with its number and reason."""
    result = Imported()
    account_ids: dict[str, int | str] = {}

    def turn_down(number: int, reason: str, raw: bytes) -> None:
        result.refused += 1
        refuse(number, reason, raw)

    for batch in _batches(lines, turn_down):
        await _import_batch(desk, batch, account_ids, result, turn_down)
        await desk.store.tend(is_poller=False)
    return result


def _batches(lines: Iterable[bytes], turn_down: Refuse) -> Iterator[list[_Numbered]]:
    batch: list[_Numbered] = []
    for number, raw in enumerate(lines, 1):
        text = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        if not text.strip():
            continue
        try:
            batch.append(_Numbered(number, raw, parse_import_line(text)))
        except BadLine as error:
            turn_down(number, str(error), raw)
        if len(batch) == _TAKEN:
            yield batch
            batch = []
    if batch:
        yield batch


async def _import_batch(
    desk: Desk, batch: list[_Numbered], account_ids: dict[str, int | str], result: Imported, turn_down: Refuse
) -> None:
    """Import one batch in runs of the same account, so that the order of lines is kept."""
    start = 0
    while start < len(batch):
        name = batch[start].line.account
        end = start
        while end < len(batch) and batch[end].line.account == name:
            end += 1
        run = batch[start:end]
        start = end
        if name not in account_ids:
            account_ids[name] = await _account_for(desk, name)
        account_id = account_ids[name]
        if isinstance(account_id, str):
            for each in run:
                turn_down(each.number, account_id, each.raw)
            continue
        done = await record_items(desk, account_id, [each.line.item for each in run])
        result.imported += done.imported
        result.known += done.known
        for index, reason in done.refused:
            turn_down(run[index].number, reason, run[index].raw)


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
