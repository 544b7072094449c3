"""What a stranger types: the door says what is wrong and how to go on, and no right is gained by a command."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.cli.desk_at_hand import DeskAtHand, message

from careconsole.cli import intake, lines, running
from careconsole.cli.parser import make_parser
from careconsole.cli.running import ACTS, _name, act_named
from careconsole.desk.importing import AT_ONCE
from careconsole.model.rights import Role, Verb, may


@pytest.mark.parametrize("line", ["queue", "import -", "doctor", "next"])
def test_a_home_that_is_a_file_is_named(desk: DeskAtHand, line: str) -> None:
    desk.home.write_text("not a folder")
    told = desk.type(*line.split(), given=b"")
    assert (told.code, told.out) == (2, "")
    assert f"{desk.home} is not a folder" in told.err and "--home" in told.err


def test_a_home_that_may_not_be_written_is_named(desk: DeskAtHand, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.home_made()
    monkeypatch.setattr("os.access", lambda path, mode: Path(path) != desk.home)
    told = desk.take_in([message(1)])
    assert (told.code, told.out) == (2, "")
    assert f"You may not write into the home {desk.home}" in told.err
    assert list(desk.home.iterdir()) == []


def test_a_file_without_a_name_is_no_folder(desk: DeskAtHand) -> None:
    told = desk.type("import", "")
    assert told.code == 2 and "name of the file is empty" in told.err


@pytest.mark.parametrize(
    "line",
    [
        "reply 1 --text {}",
        "reply 1 --text {} --visibility note",
        "reply 1 --text hi --visibility private --public-line {}",
        "snooze 1 2h --note {}",
        "assign 1 --to {}",
        "assign 1 --to senior --done {}",
        "release 1 --from {}",
        "snooze 1 {}",
        "find {}",
        "accounts add mastodon name --url http://127.0.0.1:9 --token-file {}",
    ],
)
def test_bytes_that_are_no_text_are_refused(desk: DeskAtHand, line: str) -> None:
    desk.take_in([message(1)])
    before = desk.queue()
    told = desk.type(*line.format(b"gr\xfc\xdfe".decode("utf-8", "surrogateescape")).split())
    assert (told.code, told.out) == (2, "")
    assert "no text in the encoding of your locale" in told.err
    assert desk.queue() == before and desk.type("outbox", "--json").json == []


def test_the_help_of_import_names_every_key_of_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        make_parser().parse_args(["import", "--help"])
    told = capsys.readouterr().out
    example = next(line for line in told.splitlines() if line.strip().startswith("{"))
    assert set(json.loads(example)) == {"id", "author", "text", "at"}
    for key in "account direction visibility reply_to kind parent attachments edited_at deleted_at name reach".split():
        assert key in told


def test_odd_files_cost_nothing_that_is_valid(desk: DeskAtHand, tmp_path: Path) -> None:
    good = [json.dumps(message(number), ensure_ascii=False).encode() for number in range(8)]
    file = tmp_path / "odd"
    file.write_bytes(
        b"\xef\xbb\xbf" + good[0] + b"\r\n\0\n" + good[1] + b"\n\0" + good[2] + b"\n[" * 2
        + b"[" * 100_000 + b"\n" + good[3].replace(b"parcel", b"p\xff\\u0000\\ud800rcel") + b"\r\n"
        + b'{"id":"' + b"y" * 9_000_000 + b'"}\n' + good[4] + b"\r" + good[5] + b"\n" + good[6]
    )  # fmt: skip
    told = desk.type("import", str(file))
    assert (told.code, told.out) == (1, "imported 4, known 0, refused 6\n")
    assert {row["customer"] for row in desk.queue()} == {f"customer{n}" for n in (0, 1, 3, 6)}


def test_every_command_names_its_verb() -> None:
    lines = [
        "queue", "next", "why 1", "show 1", "claim 1", "release 1", "resolve 1", "reply 1 --text x",
        "reply 1 --text x --visibility note", "outbox", "import -", "sync", "accounts list", "doctor",
        "accounts add mastodon care --url https://social.example --token-file t",
        "find parcel", "snooze 1 2h", "wake 1", "suggest -", "snippets list", "snippets lint", "snippets import f",
        "snippets search -", "snippets triggers", "snippets triggers --remove 1", "read -", "check -",
        "report", "audit", "assign 1 --to ben", "assign 1 --to ben --from cem", "release 1 --from cem",
        "approvals", "approve 1", "return 1 --reason x",
        "simulate", "backup f", "restore f", "erase dana", "retention", "export", "report --voice f.csv",
    ]  # fmt: skip
    assert {_name(make_parser().parse_args(line.split())) for line in lines} == set(ACTS)
    assert all(callable(act_named(act)) for _, act in ACTS.values())


@pytest.mark.parametrize("role", list(Role))
def test_a_command_gains_no_right(desk: DeskAtHand, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    desk.take_in([message(1), message(2)])
    one = str(desk.queue()[0]["id"])
    real = running.take_seat
    monkeypatch.setattr(running, "take_seat", lambda options: replace(real(options), role=role))
    lines = {
        "import -": Verb.IMPORT,
        f"claim {one}": Verb.CLAIM,
        f"reply {one} --text Hello": Verb.SEND,
        "next": Verb.CLAIM,
        f"reply {one} --text Hello --visibility note": Verb.WRITE_NOTE,
        f"assign {one} --to senior": Verb.ASSIGN,
        f"resolve {one}": Verb.RESOLVE,
        "sync --once": Verb.SYNC,
        "queue": Verb.READ,
    }
    for line, verb in lines.items():
        told = desk.type(*line.split(), given=b"")
        assert (told.code == 0) == may(role, verb), line
        if not may(role, verb):
            assert told.out == "" and f"The role {role.value} has no right to" in told.err


def test_a_file_that_cannot_be_read_to_its_end_is_named(
    desk: DeskAtHand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(file: object) -> Iterator[bytes]:
        for number in range(10 * AT_ONCE):
            yield json.dumps(message(number)).encode()
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(intake, "lines_of", broken)
    file = tmp_path / "in.jsonl"
    file.touch()
    told = desk.type("import", str(file))
    assert (told.code, told.out) == (2, "")
    assert f"{file} cannot be read to its end: Input/output error." in told.err
    assert "are in and kept" in told.err and "fault" not in told.err


def test_a_full_disk_under_the_refused_lines_is_told(
    desk: DeskAtHand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = open("/dev/full", "w")
    monkeypatch.setattr(lines, "_own_file", lambda path: (path, full))
    file = tmp_path / "in.jsonl"
    file.write_text("nonsense\n" + json.dumps(message(1)) + "\n")
    told = desk.type("import", str(file))
    assert (told.code, told.out, full.closed) == (2, "", True)
    assert "Not every refused line is in" in told.err and "fault" not in told.err
    assert len(desk.queue()) == 1
