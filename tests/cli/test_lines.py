"""Reading a file to import line by line, and keeping the lines that were refused."""

from __future__ import annotations

import io
import json
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from careconsole.cli import lines
from careconsole.cli.lines import RefusedLines, lines_of
from careconsole.cli.seat import Wrong


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"", []),
        (b"a\nb\n", [b"a", b"b"]),
        (b"a\r\nb", [b"a", b"b"]),
        (b"a\n\n\nb\n", [b"a", b"", b"", b"b"]),
        (b"a\xe2\x80\xa8b\x0cc\rd\n", [b"a\xe2\x80\xa8b\x0cc\rd"]),
        (b"\xff\x00\n", [b"\xff\x00"]),
    ],
)
def test_a_line_ends_where_the_file_says_so_and_nowhere_else(raw: bytes, found: list[bytes]) -> None:
    assert list(lines_of(io.BytesIO(raw))) == found


def test_a_line_without_end_is_never_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LINE_LIMIT", 10)
    longest = max(len(line) for line in lines_of(io.BytesIO(b"x" * 1000 + b"\n")))
    assert 10 < longest <= 12

    assert list(lines_of(io.BytesIO(b"x" * 25 + b"\nnext\n"))) == [b"x" * 12, b"next"]
    assert list(lines_of(io.BytesIO(b"x" * 25))) == [b"x" * 12]
    assert list(lines_of(io.BytesIO(b"x" * 10 + b"\r\nnext\n"))) == [b"x" * 10, b"next"]


def test_refused_lines_can_be_had_back_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl.refused"
    raws = [b"{", b"\xff\xfe\x1b[2J", "ж\u2028".encode()]
    with RefusedLines(path, tmp_path / "other") as refused:
        for number, raw in enumerate(raws, start=1):
            refused.add(number, "because", raw)

    assert path.read_bytes().isascii() and b"\x1b" not in path.read_bytes()
    kept = [json.loads(line) for line in path.read_text().splitlines()]
    assert [one["raw"].encode("utf-8", "surrogateescape") for one in kept] == raws
    assert [(one["line"], one["reason"]) for one in kept] == [(1, "because"), (2, "because"), (3, "because")]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_refused_leaves_no_file_not_even_an_old_one(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl.refused"
    path.write_text("from an earlier import")
    with RefusedLines(path, tmp_path / "other"):
        pass
    assert not path.exists()


def test_a_link_is_replaced_not_followed(tmp_path: Path) -> None:
    precious, path = tmp_path / "precious", tmp_path / "in.jsonl.refused"
    precious.write_text("kept")
    path.symlink_to(precious)
    with RefusedLines(path, tmp_path / "other") as refused:
        refused.add(1, "because", b"x")

    assert precious.read_text() == "kept"
    assert not path.is_symlink() and path.is_file()


def test_where_it_cannot_be_written_it_goes_to_the_other_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "in.jsonl.refused"
    path.mkdir()
    with RefusedLines(path, tmp_path / "other") as refused:
        refused.add(7, "because", b"x")
        refused.add(8, "because", b"y")

    assert refused.path == tmp_path / "other" and refused.count == 2
    assert len(refused.path.read_text().splitlines()) == 2
    assert capsys.readouterr().err.count("cannot be written") == 1


@pytest.mark.parametrize("size", [1, 1_000_000])
def test_a_full_disk_is_told_as_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """Short lines meet it when the file is closed, long ones as they are written."""
    path = tmp_path / "in.jsonl.refused"
    monkeypatch.setattr(lines, "_new_file", lambda path: open("/dev/full", "w", encoding="ascii"))
    with pytest.raises(Wrong, match="No space left on device") as told:
        with RefusedLines(path, tmp_path / "other") as refused:
            refused.add(1, "because", b"x" * size)
    assert str(path) in str(told.value) and "is kept" in str(told.value)


def test_a_full_disk_does_not_hide_what_stopped_the_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "_new_file", lambda path: open("/dev/full", "w", encoding="ascii"))
    with pytest.raises(Wrong, match="the first"):
        with RefusedLines(tmp_path / "in.jsonl.refused", tmp_path / "other") as refused:
            refused.add(1, "because", b"x")
            raise Wrong("the first")


def test_imports_side_by_side_keep_each_their_own(tmp_path: Path) -> None:
    path, other = tmp_path / "import.refused", tmp_path / "other"
    with RefusedLines(path, other) as first:
        first.add(1, "because", b"first")
        with RefusedLines(path, other) as second, RefusedLines(path, other) as third:
            third.add(1, "because", b"third")
            second.add(1, "because", b"second")
            first.add(2, "because", b"first again")
        with RefusedLines(path, other):
            pass
    kept = {one.path.name: one.path.read_text().count("\n") for one in (first, second, third)}
    assert kept == {"import.refused": 2, "import.refused.3": 1, "import.refused.2": 1}

    with RefusedLines(path, other) as later:
        later.add(1, "because", b"later")
    assert (later.path, "later" in path.read_text()) == (path, True)


def test_many_imports_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "import.refused"
    all_ready = threading.Barrier(8)

    def work(number: int) -> Path:
        all_ready.wait()
        with RefusedLines(path, tmp_path / "other") as refused:
            refused.add(number, "because", b"x")
            all_ready.wait()
        return refused.path

    with ThreadPoolExecutor(8) as threads:
        for _ in range(20):
            paths = list(threads.map(work, range(8)))
            lines = [json.loads(one.read_text())["line"] for one in paths]
            assert lines == list(range(8))
            assert path in paths
