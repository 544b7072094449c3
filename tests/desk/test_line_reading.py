"""Reading lines in another process gives what reading them here gives, and leaves no process behind."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.desk.desk_at_hand import DeskAtHand

from careconsole.desk import importing, line_reading
from careconsole.desk.line_reading import LineReader, ReadLine, Words
from careconsole.language.emergency import DEFAULT_EMERGENCY
from careconsole.model.message import Direction

RAWS = [
    json.dumps(
        {
            "account": "shop" if number % 3 else "desk",
            "id": f"m{number}",
            "author": {"handle": f"c{number}", "name": "Ana", "reach": number},
            "text": text,
            "at": "2026-03-02T11:00:00.25+01:00",
            "visibility": "private",
            "edited_at": "2026-03-02T12:00:00Z",
            "parent": {"id": "p1", "text": "Sale", "paid": True},
            "direction": "out" if number % 5 == 0 else "in",
        }
    ).encode()
    for number, text in enumerate(
        ("Where is my parcel?", "We are stranded at the airport", "", "Спасибо", "我的订单在哪里", "💩" * 50)
        * 20
    )
] + [b"no line", b'{"id": 7}', b"\xff\xfe", b"[]"]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that were started, on a machine with two processors."""
    found: list[subprocess.Popen[bytes]] = []
    begin = subprocess.Popen

    def popen(*args: Any, **more: Any) -> subprocess.Popen[bytes]:
        found.append(begin(*args, **more))
        return found[-1]

    monkeypatch.setattr(line_reading.subprocess, "Popen", popen)
    monkeypatch.setattr(line_reading, "_processors", lambda: 2)
    return found


async def read_here(words: Words) -> list[ReadLine | str]:
    """What the lines say, read in this process."""
    return await LineReader(words, far_after=10**9).read(RAWS)


async def awake(reader: LineReader) -> None:
    """It is started by the first line; nothing is read meanwhile, which could find out that it is of no use."""
    async with asyncio.timeout(30):
        await reader.read(RAWS[:1])
        while reader._far is not None and not reader._far.is_awake:
            await asyncio.sleep(0.01)


async def test_another_process_reads_what_is_read_here(started: list[subprocess.Popen[bytes]]) -> None:
    words = {**DEFAULT_EMERGENCY, "en": ("parcel",)}
    here = await read_here(words)
    assert any(isinstance(each, ReadLine) and each.reading.emergency_word == "parcel" for each in here)
    assert sum(isinstance(each, str) for each in here) == 4
    for each in here:
        if isinstance(each, ReadLine):
            assert (each.reading.language == "") is (each.item.direction is Direction.OUT)
    reader = LineReader(words, far_after=0)
    await awake(reader)
    assert await asyncio.gather(*(reader.read(RAWS) for _ in range(4))) == [here] * 4
    reader.close()
    assert [process.poll() is not None for process in started] == [True]


async def test_a_part_larger_than_a_pipe_goes_through(started: list[subprocess.Popen[bytes]]) -> None:
    line = json.loads(RAWS[1])
    raws = [json.dumps({**line, "text": "x" * 900_000}).encode()] * 3
    reader = LineReader(DEFAULT_EMERGENCY, far_after=0)
    await awake(reader)
    first, second = await asyncio.gather(reader.read(raws), reader.read(raws))
    assert first == second and all(isinstance(each, ReadLine) for each in first)
    reader.close()


@pytest.mark.parametrize("asleep", [True, False])
async def test_lines_are_read_here_when_the_other_process_dies(
    asleep: bool, started: list[subprocess.Popen[bytes]]
) -> None:
    reader = LineReader(DEFAULT_EMERGENCY, far_after=0)
    await (reader.read(RAWS[:1]) if asleep else awake(reader))
    started[0].kill()
    here = await read_here(DEFAULT_EMERGENCY)
    assert await asyncio.gather(*(reader.read(RAWS) for _ in range(4))) == [here] * 4
    reader.close()


@pytest.mark.parametrize("printed", ["hello", "connecting\nto nowhere", ".", "I5\n."])
async def test_lines_are_read_here_when_the_other_process_prints_what_it_should_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, started: list[subprocess.Popen[bytes]], printed: str
) -> None:
    (tmp_path / "sitecustomize.py").write_text(f"print({printed!r}, flush=True)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    reader = LineReader(DEFAULT_EMERGENCY, far_after=0)
    await awake(reader)
    assert await reader.read(RAWS) == await read_here(DEFAULT_EMERGENCY)
    reader.close()
    assert [process.poll() is not None for process in started] == [True]


@pytest.mark.parametrize("is_left", [False, True])
async def test_an_end_in_the_middle_is_told_to_nobody(
    started: list[subprocess.Popen[bytes]], is_left: bool
) -> None:
    told: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))
    reader = LineReader(DEFAULT_EMERGENCY, far_after=0)
    await awake(reader)
    os.kill(started[0].pid, signal.SIGSTOP)
    readings = [asyncio.create_task(reader.read(RAWS * 50)) for _ in range(3)]
    await asyncio.sleep(0)
    if is_left:
        assert all([each.cancel() for each in readings])
        reader.close()
    else:
        started[0].kill()
    await asyncio.wait(readings)
    assert [each.cancelled() for each in readings] == [is_left] * 3
    del readings
    await asyncio.sleep(0)
    gc.collect()
    assert told == []
    reader.close()


async def test_a_short_file_and_a_single_processor_start_nothing(
    started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = LineReader(DEFAULT_EMERGENCY)
    await reader.read(RAWS)
    monkeypatch.setattr(line_reading, "_processors", lambda: 1)
    alone = LineReader(DEFAULT_EMERGENCY, far_after=0)
    await alone.read(RAWS)
    assert not started


async def test_the_other_process_ends_when_its_pipe_is_closed(started: list[subprocess.Popen[bytes]]) -> None:
    reader = LineReader(DEFAULT_EMERGENCY, far_after=0)
    await awake(reader)
    pipe = started[0].stdin
    assert pipe is not None
    pipe.close()
    assert await asyncio.to_thread(started[0].wait, 10) == 0
    reader.close()


async def test_an_import_by_both_ways_leaves_the_same_record(
    ana: DeskAtHand, started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_reading, "FAR_AFTER", 0)
    monkeypatch.setattr(LineReader.__init__, "__kwdefaults__", {"far_after": 0})
    lines = [json.dumps({**json.loads(RAWS[1]), "id": f"x{number}"}).encode() for number in range(400)]

    def refuse(number: int, reason: str, raw: bytes) -> None:
        raise AssertionError(reason)

    assert (await importing.import_lines(ana.desk, lines, refuse)).imported == 400
    assert started and all(process.poll() is not None for process in started)
    assert (await importing.import_lines(ana.desk, lines, refuse)).known == 400
