"""The file channel: which lines arrive, and when a file counts as a new one."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from careconsole.channels import file as file_module
from careconsole.channels.contract import Channel, NotReachable
from careconsole.channels.file import FileChannel

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def line(number: int, **more: object) -> str:
    record = {"id": f"m{number}", "author": {"handle": "ana"}, "text": f"text {number}", **more}
    return json.dumps({"at": "2026-03-01T11:00:00Z", **record}) + "\n"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox" / "care.jsonl"


@pytest.fixture
def channel(tmp_path: Path) -> FileChannel:
    return FileChannel("care", tmp_path, now=lambda: NOW)


def ids(page: object) -> list[str]:
    return [item.external_id for item in page.items]  # type: ignore[attr-defined]


async def test_without_an_inbox_there_is_nothing_new(channel: FileChannel) -> None:
    as_contract: Channel = channel
    page = await as_contract.poll(None)
    assert (page.items, page.poisoned, page.more) == ((), (), False)
    assert await channel.poll(page.state) == page


async def test_only_new_complete_lines_arrive(channel: FileChannel, inbox: Path) -> None:
    inbox.write_text(line(1) + "\n" + line(2) + line(3)[:20])
    page = await channel.poll(None)
    assert ids(page) == ["m1", "m2"]
    assert ids(await channel.poll(page.state)) == []
    with inbox.open("a") as file:
        file.write(line(3)[20:])
    page = await channel.poll(page.state)
    assert ids(page) == ["m3"]
    assert ids(await channel.poll(page.state)) == []


async def test_a_bad_line_is_set_aside_and_the_others_arrive(channel: FileChannel, inbox: Path) -> None:
    inbox.write_bytes(line(1).encode() + b"{torn\xff\n" + line(2, account="news").encode() + line(3).encode())
    page = await channel.poll(None)
    assert ids(page) == ["m1", "m3"]
    assert [each.raw for each in page.poisoned] == ["{torn\ufffd", line(2, account="news").strip()]
    assert page.poisoned[0].reason.startswith("the line is not JSON")
    assert page.poisoned[1].reason == "the line is for another account than care, whose inbox this is"


async def test_a_line_without_account_belongs_to_the_inbox_it_is_in(
    channel: FileChannel, inbox: Path
) -> None:
    inbox.write_text(line(1) + line(2, account="care"))
    assert ids(await channel.poll(None)) == ["m1", "m2"]


@pytest.mark.parametrize("how", ["truncated", "replaced", "rewritten longer"])
async def test_another_file_is_read_from_its_beginning(channel: FileChannel, inbox: Path, how: str) -> None:
    inbox.write_text(line(1) + line(2))
    page = await channel.poll(None)
    if how == "truncated":
        inbox.write_text(line(9))
    elif how == "replaced":
        other = inbox.with_name("other")
        other.write_text(line(9) * 5)
        os.replace(other, inbox)
    else:
        inbox.write_text(line(9) * 5)
    assert set(ids(await channel.poll(page.state))) == {"m9"}


async def test_a_restart_goes_on_where_the_state_says(tmp_path: Path, inbox: Path) -> None:
    inbox.write_text(line(1))
    state = (await FileChannel("care", tmp_path, now=lambda: NOW).poll(None)).state
    with inbox.open("a") as file:
        file.write(line(2))
    assert ids(await FileChannel("care", tmp_path, now=lambda: NOW).poll(state)) == ["m2"]


async def test_a_state_that_is_not_ours_reads_from_the_beginning(channel: FileChannel, inbox: Path) -> None:
    inbox.write_text(line(1))
    for state in (
        "",
        "null",
        "[]",
        '{"offset": 3}',
        '{"inode": "x", "offset": 1, "tail": "", "in_long_line": 0}',
    ):
        assert ids(await channel.poll(state)) == ["m1"]


async def test_a_large_inbox_comes_in_pages(
    channel: FileChannel, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_module, "CHUNK_BYTES", 500)
    inbox.write_text("".join(line(number) for number in range(50)))
    state, found, pages, more = None, [], 0, True
    while more:
        page = await channel.poll(state)
        state, more, pages = page.state, page.more, pages + 1
        found += ids(page)
    assert found == [f"m{number}" for number in range(50)]
    assert pages >= 10


async def test_an_endless_line_is_passed_over(
    channel: FileChannel, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_module, "CHUNK_BYTES", 100)
    monkeypatch.setattr(file_module, "LINE_LIMIT", 1000)
    inbox.write_text(line(1) + "x" * 5000)
    state, found, poisoned = None, [], 0
    for _ in range(8):
        page = await channel.poll(state)
        state, found, poisoned = page.state, found + ids(page), poisoned + len(page.poisoned)
    with inbox.open("a") as file:
        file.write("x\n" + line(2))
    for _ in range(3):
        page = await channel.poll(state)
        state, found, poisoned = page.state, found + ids(page), poisoned + len(page.poisoned)
    assert found == ["m1", "m2"]
    assert poisoned == 1


async def test_what_is_not_a_file_is_named(channel: FileChannel, inbox: Path) -> None:
    os.mkfifo(inbox)
    with pytest.raises(NotReachable, match=r"care\.jsonl is not an ordinary file"):
        await channel.poll(None)
    inbox.unlink()
    inbox.mkdir()
    with pytest.raises(NotReachable, match=r"care\.jsonl"):
        await channel.poll(None)


async def test_the_name_of_an_account_never_leaves_the_folder(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "outside.jsonl").write_text(line(1))
    channel = FileChannel("../outside", tmp_path, now=lambda: NOW)
    assert ids(await channel.poll(None)) == []


async def test_recheck_brings_nothing(channel: FileChannel) -> None:
    page = await channel.recheck(["m1"])
    assert (page.state, page.items, page.gone) == ("", (), ())
    await channel.aclose()
