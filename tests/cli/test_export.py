"""`careconsole export`: the file, what is said of it, and what a desk holds that must not come out."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.cli.desk_at_hand import DeskAtHand, Told, message
from tests.cli.test_train import train as typed

from careconsole.channels.contract import ChannelError
from careconsole.cli import train
from careconsole.cli.parser import make_parser
from careconsole.desk.practice.own_days import scenario_of_days
from careconsole.desk.rules import Rules


def minutes_ago(minutes: float) -> str:
    return (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat()


def said(number: int, text: str, handle: str, name: str, minutes: float, **more: Any) -> dict[str, Any]:
    author = {"handle": handle, "name": name}
    return message(number, text, author=author, at=minutes_ago(minutes), **more)


def days_of_dana(desk: DeskAtHand) -> None:
    desk.take_in(
        [
            said(1, "I still wait, Zora promised it", "oldie", "Petra Oldman", 60 * 50),
            said(2, "Where is VX-123456? Call +49 30 1234567", "danaxy", "Dana Xyloq", 60),
            said(2, "Where is VX-123456? It is urgent", "danaxy", "Dana Xyloq", 60, edited_at=minutes_ago(58)),
            said(3, "danaxy is right, says Dana", "benno", "Benno", 50, visibility="private"),
            said(4, "Hi Dana, VX-123456 left today. zora", "danaxy", "Dana Xyloq", 40, direction="out", reply_to="m2"),
            said(5, "Thanks, zora!", "danaxy", "Dana Xyloq", 30),
            said(6, "Take this away", "gone", "Gone", 20, deleted_at=minutes_ago(10)),
        ]
    )  # fmt: skip
    old = next(row for row in desk.queue() if row["customer"] == "oldie")
    assert desk.type("claim", str(old["id"]), agent="zora").code == 0


def export(desk: DeskAtHand, *words: str) -> Told:
    return desk.type("export", *words)


def test_a_file_for_its_owner_alone_in_which_nobody_is_named(desk: DeskAtHand, tmp_path: Path) -> None:
    days_of_dana(desk)
    file = tmp_path / "days.jsonl"
    done = export(desk, "--out", str(file))
    assert (done.code, done.out) == (0, "") and stat.S_IMODE(file.stat().st_mode) == 0o600
    told = file.read_text()
    for word in ("dana", "xyloq", "benno", "petra", "oldie", "zora", "123456", "1234567", "gone"):
        assert word not in told.casefold(), word
    assert "5 messages of customers and 1 answers" in done.err and "kept nowhere" in done.err
    header, *lines = map(json.loads, told.splitlines())
    assert header["duration_s"] == pytest.approx(86_400, abs=60) and header["accounts"][0]["name"] == "import"
    waiting, first, private, *_ = (line for line in lines if "id" in line)
    assert waiting["t"] < 0 and private["visibility"] == "private"
    assert first["author"]["handle"] in private["text"]
    assert [name for line in lines for name in ("edit_of", "delete_of") if name in line] == [
        "edit_of",
        "delete_of",
    ]


def test_our_own_name_beside_an_answer_is_nobody_elses(desk: DeskAtHand) -> None:
    us = {"handle": "acme", "name": "Acme"}
    desk.take_in(
        [
            said(1, "Hello @acme, are you there?", "dana", "Dana Xyloq", 9, account="acme"),
            message(
                2, "We are", author=us, at=minutes_ago(5), direction="out", reply_to="m1", account="acme"
            ),
        ]
    )
    ours = [json.loads(line) for line in export(desk).out.splitlines()][1:]
    assert [line["text"] for line in ours] == ["Hello @acme, are you there?", "We are"]
    assert ours[0]["author"]["name"] == ours[1]["author"]["name"] and ours[1]["reply_to"] == ours[0]["id"]


def test_who_was_erased_is_not_in_it(desk: DeskAtHand) -> None:
    days_of_dana(desk)
    assert desk.type("erase", "danaxy", "--yes").code == 0
    done = export(desk)
    lines = [json.loads(line) for line in done.out.splitlines()][1:]
    assert len([line for line in lines if "text" in line]) == 3 and "erased" not in done.out


def test_what_is_wrong_is_a_sentence(desk: DeskAtHand, tmp_path: Path) -> None:
    desk.take_in([message(1)])
    desk.take_in([said(2, "hello", "dana", "Dana", 5)])
    assert "lies ahead" in export(desk, "--since", "2999-01-01").err
    assert export(desk, "--since", "yore").code == 2
    done = export(desk, "--out", str(tmp_path))
    assert done.code == 2 and "is a folder; name a file" in done.err
    assert export(desk, "--out", "").code == 2
    done = export(desk, "--out", str(tmp_path / "no" / "file"))
    assert done.code == 2 and "cannot be written" in done.err


def test_days_without_a_word_make_no_recording(desk: DeskAtHand) -> None:
    desk.take_in([said(1, "my name is otto", "dana", "Smith", 5)])
    done = export(desk)
    assert (done.code, done.out) == (0, "") and "Nobody wrote in that time" in done.err


def test_the_export_is_what_train_practises_on(desk: DeskAtHand, tmp_path: Path) -> None:
    days_of_dana(desk)
    file = tmp_path / "days.jsonl"
    export(desk, "--out", str(file))
    (desk.home / "settings.toml").write_text("[rank.targets_min]\nquestion = 7\n")
    options = make_parser().parse_args(
        ["--home", str(desk.home), "--agent", "mara", "train", "--from", str(file)]
    )
    chosen = train.chosen(options)
    assert chosen.scenario.name == "own-days" and len(chosen.scenario.reactions) == 1 and chosen.own
    assert {want.ack_min for want in chosen.scenario.wants.values()} & {7}
    assert "for our own answers" in desk.capsys.readouterr().err


def test_what_is_no_recording_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "days.jsonl"
    with pytest.raises(ChannelError, match="There is no file"):
        scenario_of_days(file, Rules())
    file.write_text("{}")
    with pytest.raises(ChannelError, match="a recording begins with"):
        scenario_of_days(file, Rules())
    file.write_text('{"recording": 1}\n{"t": 1}\n')
    code, _, told = typed(tmp_path / "home", "--from", str(file))
    assert code == 2 and "line 2" in told and "Traceback" not in told, told
    assert not (tmp_path / "home").exists()
