"""The log of replies of the file and replay channels: one line per key, whatever happens."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from careconsole.channels import sent_log
from careconsole.channels.contract import NotReachable
from careconsole.channels.file import FileChannel
from careconsole.model.message import Visibility
from careconsole.model.reply import OutgoingReply, Retry, Sent

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def reply(key: str, text: str = "hello", visibility: Visibility = Visibility.PUBLIC) -> OutgoingReply:
    return OutgoingReply(1, key, text, visibility, "m1", "ana", 0)


@pytest.fixture
def channel(tmp_path: Path) -> FileChannel:
    return FileChannel("care", tmp_path / "home", now=lambda: NOW)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "home" / "sent" / "care.jsonl"


async def test_a_reply_is_one_line_under_its_key(channel: FileChannel, log: Path) -> None:
    assert await channel.send(reply("k1", "héllo\x1b\n", Visibility.FOLLOWERS)) == Sent("k1")
    assert await channel.send(reply("k2", visibility=Visibility.DIRECT)) == Sent("k2")
    first, second = map(json.loads, log.read_text().splitlines())
    assert first == {
        "id": "k1",
        "reply_to": "m1",
        "text": "héllo\x1b\n",
        "visibility": "public",
        "at": "2026-03-01T12:00:00Z",
    }
    assert second["visibility"] == "private"
    assert log.read_bytes().isascii()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700


async def test_the_same_key_is_written_once_and_found(channel: FileChannel, log: Path) -> None:
    assert await channel.find_reply(reply("k1")) is None
    await channel.send(reply("k1", 'its text names "k2" too'))
    assert await channel.send(reply("k1")) == Sent("k1")
    assert await channel.find_reply(reply("k1")) == "k1"
    assert await channel.find_reply(reply("k2")) is None
    assert len(log.read_text().splitlines()) == 1


async def test_a_line_torn_by_a_crash_is_closed_and_does_not_count(channel: FileChannel, log: Path) -> None:
    await channel.send(reply("k1"))
    whole = log.read_text()
    log.write_text(whole + whole.replace("k1", "k2")[:30])
    assert await channel.find_reply(reply("k2")) is None
    assert await channel.send(reply("k2")) == Sent("k2")
    lines = log.read_text().splitlines()
    assert [len(lines), json.loads(lines[0])["id"], json.loads(lines[2])["id"]] == [3, "k1", "k2"]


async def test_a_line_that_lost_only_its_end_counts(channel: FileChannel, log: Path) -> None:
    await channel.send(reply("k1"))
    log.write_text(log.read_text().rstrip("\n"))
    assert await channel.send(reply("k1")) == Sent("k1")
    assert await channel.send(reply("k2")) == Sent("k2")
    assert [json.loads(line)["id"] for line in log.read_text().splitlines()] == ["k1", "k2"]


async def test_a_full_disk_leaves_the_log_as_it_was(
    channel: FileChannel, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await channel.send(reply("k1"))
    before = log.read_bytes()
    write = os.write
    with monkeypatch.context() as patched:
        patched.setattr(sent_log.os, "write", lambda descriptor, data: write(descriptor, data[:10]))
        outcome = await channel.send(reply("k2"))
    assert isinstance(outcome, Retry)
    assert "cannot be written" in outcome.reason
    assert log.read_bytes() == before


async def test_a_link_or_a_folder_in_its_place_is_not_written(channel: FileChannel, log: Path) -> None:
    log.parent.mkdir(parents=True)
    target = log.parent / "target"
    log.symlink_to(target)
    assert isinstance(await channel.send(reply("k1")), Retry)
    assert not target.exists()
    with pytest.raises(NotReachable, match="cannot be read"):
        await channel.find_reply(reply("k1"))


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from careconsole.channels.sent_log import SentLog
from careconsole.model.message import Visibility
from careconsole.model.reply import OutgoingReply

log, at = SentLog(Path(sys.argv[1])), datetime(2026, 3, 1, tzinfo=UTC)
print("ready", flush=True)
sys.stdin.readline()
for number in range(30):
    log.append(OutgoingReply(1, f"k{number}", "x" * 300, Visibility.PUBLIC, None, "ana", 0), at)
"""


def test_processes_that_write_the_same_keys_at_once_write_each_key_once(tmp_path: Path) -> None:
    path = tmp_path / "sent" / "care.jsonl"
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for writer in writers:
        assert writer.stdout is not None and writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate(timeout=15)
        assert writer.returncode == 0
    keys = [json.loads(line)["id"] for line in path.read_text().splitlines()]
    assert sorted(keys) == sorted(f"k{number}" for number in range(30))
