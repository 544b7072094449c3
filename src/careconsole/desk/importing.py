"""Read messages from a file of JSON lines, by the same path as live intake."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from careconsole.desk.allowing import needs
from careconsole.desk.desk import Desk
from careconsole.desk.intake import Part, begin_recording, weigh
from careconsole.desk.line_reading import LineReader, ReadLine
from careconsole.model.message import Direction, Item
from careconsole.model.rights import Verb
from careconsole.store import accounts
from careconsole.store.arrivals import Recorded, Weighed
from careconsole.store.contract import Tx

Refuse = Callable[[int, str, bytes], None]
"""Told of each refused line: its number, the reason, and the line as it came."""

AT_ONCE = 250
"""Messages recorded in one transaction; no screen computes in this process, so it is soon over."""
_AHEAD = 4
"""Parts that are read while another is written."""
_PART_BYTES = 1024 * 1024
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
    line: ReadLine

    @property
    def weighed(self) -> Weighed:
        return self.line.item, self.line.reading


@dataclass(slots=True)
class _Tally:
    """What became of the lines so far, and the answers of ours whose message may still come."""

    refuse: Refuse
    result: Imported = field(default_factory=Imported)
    later: list[tuple[int, _Numbered]] = field(default_factory=list)
    later_bytes: int = 0
    before: dict[str, Item] = field(default_factory=dict)
    """By account: the message of the line before. Behind a line that is no message nobody knows."""
    edited_back: dict[tuple[int, str], Item] = field(default_factory=dict)
    """Messages that came with an earlier text of theirs last, without a time: the last line counts."""

    def turn_down(self, number: int, reason: str, raw: bytes) -> None:
        self.result.refused += 1
        self.refuse(number, reason, raw)

    def count(self, done: Recorded, run: list[_Numbered], account_id: int, *, may_wait: bool) -> None:
        """Count what was recorded; an answer that found nothing to answer waits, if it still may."""
        self.result.imported += done.imported
        self.result.known += done.known
        self._note_edited_back(done, run, account_id)
        for index, reason in done.refused:
            each = run[index]
            is_answer = each.line.item.direction is Direction.OUT
            if may_wait and is_answer and self.later_bytes + len(each.raw) <= _LATER_BYTES:
                self.later.append((account_id, each))
                self.later_bytes += len(each.raw)
            else:
                self.turn_down(each.number, reason, each.raw)

    def _note_edited_back(self, done: Recorded, run: list[_Numbered], account_id: int) -> None:
        if not (done.as_before or self.edited_back):
            return
        as_before = set(done.as_before)
        for index, each in enumerate(run):
            item = each.line.item
            if index in as_before:
                self.edited_back[account_id, item.external_id] = item
            else:
                self.edited_back.pop((account_id, item.external_id), None)

    def in_its_place(self, line: ReadLine) -> ReadLine:
        """The line; an answer of ours that names no message follows the line before it of its account."""
        item, before = line.item, self.before.get(line.account)
        self.before[line.account] = item
        if item.direction is Direction.IN or item.reply_to is not None:
            return line
        if before is None or before.at > item.at:
            return line
        return line._replace(item=replace(item, follows=before.external_id))


@needs(Verb.IMPORT)
async def import_lines(
    desk: Desk, lines: Iterable[bytes], refuse: Refuse, so_far: Imported | None = None
) -> Imported:
    """Import lines; nothing valid is lost, each refused one is told with its number and reason.

    While one part is written, the next ones are read and weighed. An answer of ours may stand before its message.
    `so_far` is counted up meanwhile: it tells what is kept where a StoreError ends the import before its time.
    """
    tally = _Tally(refuse, so_far or Imported())
    account_ids: dict[str, int | str] = {}
    pending: _Pending | None = None
    parts = 0
    async with aclosing(_read_ahead(desk, lines)) as read_parts:
        async for rules, lines_read in read_parts:
            for name, run in _by_account(lines_read, tally).items():
                if name not in account_ids:
                    account_ids[name] = await _account_for(desk, name)
                account_id = account_ids[name]
                if isinstance(account_id, str):
                    _turn_down_all(run, account_id, tally)
                    continue
                await _finish(pending, tally)
                part = Part([each.weighed for each in run], rules)
                pending = run, account_id, await begin_recording(desk, account_id, part)
                parts += 1
                if parts % _TEND_EVERY == 0:
                    await desk.store.tend(is_poller=False)
    await _finish(pending, tally)
    await _try_answers_again(desk, tally)
    await _edit_back(desk, tally)
    return tally.result


def _turn_down_all(run: list[_Numbered], reason: str, tally: _Tally) -> None:
    for each in run:
        tally.turn_down(each.number, reason, each.raw)


_Numbers = list[tuple[int, bytes]]
"""Lines with their numbers."""
_LinesRead = list[tuple[int, bytes, ReadLine | str]]
"""Lines with their numbers and what they say."""


async def _read_ahead(desk: Desk, lines: Iterable[bytes]) -> AsyncGenerator[tuple[str, _LinesRead], None]:
    """The lines in order, a few parts ahead of who takes them, each part with the digest of its rules."""
    rules, reader = desk.rules_digest, LineReader(desk.rules.emergency)
    under_way: deque[tuple[str, _Numbers, asyncio.Task[list[ReadLine | str]]]] = deque()
    try:
        for part in _parts(lines):
            if desk.rules_digest != rules:
                reader.close()
                rules, reader = desk.rules_digest, LineReader(desk.rules.emergency)
            raws = [raw for _, raw in part]
            under_way.append((rules, part, asyncio.create_task(reader.read(raws))))
            if len(under_way) > _AHEAD:
                yield await _taken(*under_way.popleft())
        while under_way:
            yield await _taken(*under_way.popleft())
    finally:
        for _, _, told in under_way:
            told.cancel()
        reader.close()


async def _taken(
    rules: str, part: _Numbers, told: asyncio.Task[list[ReadLine | str]]
) -> tuple[str, _LinesRead]:
    return rules, [(number, raw, each) for (number, raw), each in zip(part, await told, strict=True)]


def _parts(lines: Iterable[bytes]) -> Iterator[_Numbers]:
    """So many lines at a time, with their numbers; empty ones are left out."""
    part: _Numbers = []
    part_bytes = 0
    for number, line in enumerate(lines, 1):
        raw = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not raw.strip():
            continue
        part.append((number, raw))
        part_bytes += len(raw)
        if len(part) == AT_ONCE or part_bytes > _PART_BYTES:
            yield part
            part, part_bytes = [], 0
    if part:
        yield part


def _by_account(lines: _LinesRead, tally: _Tally) -> dict[str, list[_Numbered]]:
    """The messages by account, each account's in order; what is no message is turned down."""
    runs: dict[str, list[_Numbered]] = {}
    for number, raw, told in lines:
        if isinstance(told, str):
            tally.turn_down(number, told, raw)
            tally.before.clear()
        else:
            runs.setdefault(told.account, []).append(_Numbered(number, raw, tally.in_its_place(told)))
    return runs


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
            part = Part([each.weighed for each in run], desk.rules_digest)
            task = await begin_recording(desk, account_id, part)
            tally.count(await task, run, account_id, may_wait=False)


async def _edit_back(desk: Desk, tally: _Tally) -> None:
    """Give messages the text that their last line has, though they had it before."""
    by_account: dict[int, list[Item]] = {}
    for (account_id, _), item in tally.edited_back.items():
        by_account.setdefault(account_id, []).append(item)
    for account_id, items in by_account.items():
        for start in range(0, len(items), AT_ONCE):
            part = weigh(desk, items[start : start + AT_ONCE])
            await (await begin_recording(desk, account_id, part, in_sequence=True))


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
