"""The commands of a desk, typed as people and scripts type them."""

from __future__ import annotations

import asyncio
import json
import os
import re
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from tests.cli.desk_at_hand import DeskAtHand, message

from careconsole.cli import intake
from careconsole.cli.seat import word_fault
from careconsole.desk import importing, work
from careconsole.desk.importing import import_lines
from careconsole.desk.opening import open_desk
from careconsole.model.message import Kind
from careconsole.model.reply import Limits
from careconsole.settings.watching import Watch
from careconsole.store.accounts import limits_json
from careconsole.store.contract import NoSpace

CORPUS = Path(__file__).parents[1] / "hostile_corpus.jsonl"
RFC3339_Z = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
QUEUE_KEYS = {
    "id", "account", "customer", "kind", "tier", "waiting_since", "effective_due", "claimed_by", "owner", "team", "moves",
    "messages", "text",
}  # fmt: skip
NASTY = "Where? \x1b]0;owned\x07\x9b2J\u202e [@click=app.exit]x[/] \ud800\r\nbye"


# import


def test_an_import_is_told_in_one_line_and_twice_is_once(desk: DeskAtHand) -> None:
    told = desk.take_in([message(1), message(2)])
    assert (told.code, told.out) == (0, "imported 2, known 0, refused 0\n")

    again = desk.take_in([message(1), message(2, "Where is it now?")])
    assert (again.code, again.out) == (0, "imported 0, known 2, refused 0\n")
    assert {row["text"] for row in desk.queue()} == {"Where is my parcel?", "Where is it now?"}


def test_refused_lines_are_kept_with_their_reason_and_nothing_else_is_lost(
    desk: DeskAtHand, tmp_path: Path
) -> None:
    file = tmp_path / "in.jsonl"
    good = [json.dumps(message(number)).encode() for number in range(3)]
    file.write_bytes(
        b"\xef\xbb\xbf" + good[0] + b"\r\n\r\n{broken\n" + good[1] + b"\n"
        b'{"id":"x","text":"no author","at":"2026-03-02T12:00:00Z"}\n\xff\xfe\n' + good[2]
    )
    told = desk.type("import", str(file))

    assert (told.code, told.out) == (1, "imported 3, known 0, refused 3\n")
    refused = tmp_path / "in.jsonl.refused"
    kept = [json.loads(line) for line in refused.read_text().splitlines()]
    assert [one["line"] for one in kept] == [3, 5, 6]
    assert "author" in kept[1]["reason"] and kept[0]["raw"] == "{broken"
    assert str(refused) in told.err
    assert stat.S_IMODE(refused.stat().st_mode) == 0o600

    file.write_bytes(good[0])
    assert desk.type("import", str(file)).out == "imported 0, known 1, refused 0\n"
    assert not refused.exists()


def test_refused_lines_of_standard_input_lie_in_the_home(desk: DeskAtHand) -> None:
    assert desk.type("import", "-", given=b"nonsense\n").code == 1
    assert json.loads((desk.home / "import.refused").read_text())["line"] == 1

    assert desk.take_in([message(1)]).code == 0
    assert not (desk.home / "import.refused").exists()


@pytest.mark.parametrize("parts", [0, 2])
def test_an_import_that_is_stopped_says_what_is_kept(
    desk: DeskAtHand, monkeypatch: pytest.MonkeyPatch, parts: int
) -> None:
    record, recorded = importing.begin_recording, iter(range(parts))

    async def until_full(*words: Any, **more: Any) -> Any:
        if next(recorded, None) is None:
            raise NoSpace("The disk is full; nothing was written.")
        return await record(*words, **more)

    messages = [message(number) for number in range(3 * importing.AT_ONCE)]
    monkeypatch.setattr(importing, "begin_recording", until_full)
    told = desk.take_in(messages)
    assert told.code == 2 and "The disk is full" in told.err
    assert ("are in and kept" in told.err) == bool(parts)

    kept = parts * importing.AT_ONCE
    assert not parts or f"{kept} are in and kept" in told.err
    monkeypatch.setattr(importing, "begin_recording", record)
    assert desk.take_in(messages).out == f"imported {len(messages) - kept}, known {kept}, refused 0\n"


def test_a_file_that_is_not_there_makes_no_desk(desk: DeskAtHand, tmp_path: Path) -> None:
    for name in ("none.jsonl", ".", "a\0b"):
        told = desk.type("import", str(tmp_path / name))
        assert (told.code, told.out) == (2, "")
        assert "cannot be read" in told.err
    assert not desk.home.exists()


def test_an_import_makes_a_home_for_the_owner_alone(desk: DeskAtHand) -> None:
    desk.take_in([message(1)])

    assert stat.S_IMODE(desk.home.stat().st_mode) == 0o700
    assert stat.S_IMODE((desk.home / "desk.db").stat().st_mode) == 0o600


# what only reads


@pytest.mark.parametrize(
    "line", ["queue", "queue --json", "next", "why 1", "show 1", "claim 1", "release 1", "resolve 1", "outbox",
             "accounts list", "reply 1 --text hi", "doctor"],
)  # fmt: skip
def test_without_a_desk_nothing_is_made_and_the_home_is_named(desk: DeskAtHand, line: str) -> None:
    told = desk.type(*line.split())

    assert told.code == 2
    assert str(desk.home) in told.err + told.out
    assert not desk.home.exists()


def test_a_home_without_a_desk_stays_as_it_is(desk: DeskAtHand) -> None:
    desk.home.mkdir()
    assert desk.type("queue").code == 2
    assert list(desk.home.iterdir()) == []


def test_the_queue_has_the_shape_of_the_contract(desk: DeskAtHand) -> None:
    assert desk.take_in([message(1), message(2, NASTY, at="2026-03-02T11:00:00.5+01:00")]).code == 0
    rows = desk.queue()

    assert [set(row) for row in rows] == [QUEUE_KEYS] * 2
    assert [row["customer"] for row in rows] == ["customer2", "customer1"]
    assert rows[0]["waiting_since"] == "2026-03-02T10:00:00.500000Z"
    assert rows[1]["effective_due"] == "2026-03-02T13:00:00Z"
    assert rows[1]["kind"] == "question" and rows[1]["tier"] == 1 and rows[1]["messages"] == 1
    assert rows[1]["account"] == "import" and rows[1]["claimed_by"] is None
    assert all(RFC3339_Z.fullmatch(row[key]) for row in rows for key in ("waiting_since", "effective_due"))
    assert [row["id"] for row in desk.type("queue", "--json", "--limit", "1").json] == [rows[0]["id"]]


def test_a_person_sees_no_control_character_and_a_script_gets_what_arrived(desk: DeskAtHand) -> None:
    desk.take_in([message(1, NASTY)])
    row = desk.queue()[0]
    control = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]")

    assert row["text"] == NASTY.replace("\ud800", "\ufffd")
    for line in (["queue"], ["show", str(row["id"])], ["why", str(row["id"])], ["next"]):
        told = desk.type(*line)
        assert told.code == 0
        assert "Where?" in told.out or line[0] == "why"
        assert not control.search(told.out + told.err)


def test_a_long_message_is_given_whole(desk: DeskAtHand) -> None:
    long = "Where is it? " * 400
    desk.take_in(
        [message(1, "Hello", author={"handle": "dana"}), message(2, long, author={"handle": "dana"})]
    )

    assert desk.queue()[0]["text"] == long
    assert desk.type("show", "1", "--json").json["text"] == long
    assert desk.type("next", "--json").json["text"] == long


def test_no_text_of_the_corpus_moves_a_terminal(desk: DeskAtHand) -> None:
    corpus = [json.loads(line) for line in CORPUS.read_text("ascii").splitlines()]
    texts = [entry["text"] for entry in corpus if entry.get("text")]
    assert len(texts) > 250
    told = desk.take_in(
        message(number, text, author={"handle": f"h{text[:200]}", "name": text[:200]})
        for number, text in enumerate(texts)
    )
    assert "refused 0" in told.out
    rows = desk.queue()
    control = re.compile(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]"
    )

    shown = desk.type("queue").out
    assert len(shown.splitlines()) == len(rows)
    for row in rows[:: len(rows) // 20]:
        shown += desk.type("show", str(row["id"])).out + desk.type("why", str(row["id"])).out
    assert not control.search(shown)


def test_a_queue_of_any_length_is_whole_and_in_order(desk: DeskAtHand) -> None:
    desk.take_in(
        message(number, at=f"2026-03-02T12:{number // 60 % 60:02}:{number % 60:02}Z")
        for number in range(1_203)
    )
    rows = desk.queue()

    assert [row["customer"] for row in rows] == [f"customer{number}" for number in range(1_203)]
    assert len(desk.type("queue").out.splitlines()) == 1_203
    assert len(desk.type("queue", "--json", "--limit", "501").json) == 501


def test_an_empty_queue_is_an_empty_list(desk: DeskAtHand) -> None:
    desk.take_in([])
    assert desk.queue() == []
    told = desk.type("queue")
    assert (told.code, told.out) == (0, "") and "Nobody waits" in told.err


def test_the_sum_of_why_adds_up(desk: DeskAtHand) -> None:
    desk.take_in(
        [
            message(1, author={"handle": "big", "reach": 250_000}, at="2026-03-06T18:07:23.4Z"),
            message(2, "Stranded at O'Hare, no flight!"),
        ]
    )
    settings = desk.home / "settings.toml"
    settings.write_text(
        '[rank]\nvips = ["@CUSTOMER2"]\n[rank.targets_min]\nquestion = 45\n'
        '[calendar.shop]\nzone = "UTC"\nhours = { mon = "09:00-17:00", tue = "09:00-17:00" }\n'
    )

    from careconsole.model.instant import parse_rfc3339

    for row in desk.queue():
        told = desk.type("why", str(row["id"]), "--json").json
        assert set(told) == QUEUE_KEYS | {"terms", "thread"}
        minutes = sum(term["minutes"] for term in told["terms"])
        span = parse_rfc3339(told["effective_due"]) - parse_rfc3339(told["waiting_since"])
        assert span.total_seconds() == 60 * minutes
        shown = desk.type("why", str(row["id"])).out
        assert all(term["name"] in shown for term in told["terms"])
        since, due = (re.search(rf"{name} +(\S+)", shown) for name in ("waiting since", "effective due"))
        assert since and due
        summed_s = sum(
            float(f"{sign}1") * (60 * int(whole) + float(seconds or 0))
            for sign, whole, seconds in re.findall(r"([+-]) (\d+) min(?: ([\d.]+) s)?", shown)
        )
        gone = parse_rfc3339(due[1]) - parse_rfc3339(since[1])
        assert gone.total_seconds() == pytest.approx(summed_s, abs=1e-6), shown


def test_why_names_who_set_and_lifted_what(desk: DeskAtHand) -> None:
    desk.take_in([message(1, "Stranded at O'Hare, no flight!")])

    async def correct(*, lift: bool) -> None:
        async with open_desk(desk.home, agent="ana") as opened:
            await work.set_kind(opened, 1, Kind.COMPLAINT)
            await work.set_tier(opened, 1, int(lift))
            await work.set_vip(opened, 1, not lift, "her mother writes")

    asyncio.run(correct(lift=False))
    shown = desk.type("why", "1").out
    for line in ("kind: set by @ana", "tier 0: set by @ana", "VIP: set by @ana: her mother writes"):
        assert f"{line}\n" in shown
    asyncio.run(correct(lift=True))
    shown = desk.type("why", "1").out
    assert "tier 0: lifted by @ana\n" in shown and "VIP: lifted by @ana\n" in shown
    assert "her mother" not in shown


def test_show_has_the_thread_in_order(desk: DeskAtHand) -> None:
    who = {"author": {"handle": "dana"}}
    desk.take_in(
        [
            message(1, "Hello?", **who),
            message(2, "Anybody?", at="2026-03-02T12:05:00Z", visibility="private", **who),
            message(3, "We are here.", at="2026-03-02T12:01:00Z", direction="out", reply_to="m1", **who),
        ]
    )
    row = desk.queue()[0]
    assert desk.type("reply", str(row["id"]), "--text", "A note.", "--visibility", "note").code == 0
    told = desk.type("show", str(row["id"]), "--json").json

    assert set(told) == QUEUE_KEYS | {"terms", "thread"}
    said = told["thread"]
    assert [one["text"] for one in said[:3]] == ["Hello?", "We are here.", "Anybody?"]
    assert [one["direction"] for one in said[:3]] == ["in", "out", "in"]
    assert [one["visibility"] for one in said] == ["public", "public", "private", "note"]
    assert all(set(one) == {"message_id", "direction", "author", "at", "text", "visibility"} for one in said)
    assert said[0]["author"] == "dana" and RFC3339_Z.fullmatch(said[0]["at"])
    assert "A note." in desk.type("show", str(row["id"])).out


def test_show_tells_edits_and_deletions_with_their_times(desk: DeskAtHand) -> None:
    desk.take_in([message(1, "Hello?")])
    desk.take_in([message(1, "Hello there?", edited_at="2026-03-02T12:10:00Z")])
    desk.take_in([message(1, "Hello there?", deleted_at="2026-03-02T12:20:00Z")])
    told = desk.type("show", "1").out
    assert "PUBLIC, edited 2026-03-02 12:10Z, deleted 2026-03-02 12:20Z" in told
    assert "  (until 2026-03-02 12:10Z)\n  - Hello?\n  | Hello there?\n" in told


# claims


def test_next_takes_another_one_each_time_until_nothing_is_left(desk: DeskAtHand) -> None:
    desk.take_in([message(1), message(2, at="2026-03-02T12:01:00Z")])
    first = desk.type("next", "--json")
    second = desk.type("next", "--json", agent="bo")

    assert [first.json["customer"], second.json["customer"]] == ["customer1", "customer2"]
    assert [first.json["claimed_by"], second.json["claimed_by"]] == ["ana", "bo"]
    assert set(first.json) >= QUEUE_KEYS
    third = desk.type("next", "--json")
    assert (third.code, third.out) == (1, "") and "nothing to take" in third.err
    assert len(desk.queue()) == 2


def test_one_holds_and_the_other_is_told_who(desk: DeskAtHand) -> None:
    desk.take_in([message(1)])
    one = str(desk.queue()[0]["id"])

    assert [desk.type("claim", one).code, desk.type("claim", one).code] == [0, 0]
    for line in (["claim", one], ["resolve", one], ["reply", one, "--text", "Hello"]):
        told = desk.type(*line, agent="bo")
        assert (told.code, told.out) == (1, "")
        assert re.search(r"@ana holds it since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\.", told.err)
    assert desk.type("release", one, agent="bo").code == 1
    assert desk.type("release", one).code == 0
    assert desk.type("release", one).code == 1
    assert desk.type("claim", one, agent="bo").code == 0


@pytest.mark.parametrize("line", ["why 77", "show 77", "claim 77", "release 77", "resolve 77", "reply 77 --text hi",
                                  "reply 77 --text hi --visibility note"])  # fmt: skip
def test_an_unknown_id_exits_with_2(desk: DeskAtHand, line: str) -> None:
    desk.take_in([message(1)])
    told = desk.type(*line.split())
    assert (told.code, told.out) == (2, "") and "no conversation 77" in told.err


@pytest.mark.parametrize("reason", ["answered", "no_reply", "noise", "provocation", "duplicate"])
def test_a_resolved_conversation_leaves_the_queue(desk: DeskAtHand, reason: str) -> None:
    desk.take_in([message(1)])
    one = str(desk.queue()[0]["id"])

    assert desk.type("resolve", one, "--reason", reason).code == 0
    assert desk.queue() == []
    assert desk.type("claim", one).code == 1
    assert desk.type("reply", one, "--text", "Hello").code == 1
    assert desk.type("show", one, "--json").json["thread"][0]["text"] == "Where is my parcel?"
    assert desk.type("why", one).code == 0


# replies


def test_a_reply_prints_its_id_and_goes_through_the_outbox(desk: DeskAtHand) -> None:
    desk.take_in([message(1)])
    one = desk.queue()[0]["id"]
    told = desk.type("reply", str(one), "--text", "It is on its way.\n\x1b[2J")

    assert told.code == 0 and told.out.strip().isdigit()
    assert desk.queue() == []
    rows = desk.type("outbox", "--json").json
    assert rows == [
        {
            "id": int(told.out),
            "conversation": one,
            "state": "queued",
            "text": "It is on its way.\n\x1b[2J",
            "visibility": "public",
            "remote_id": None,
            "reason": "",
            "attempts": 0,
        }
    ]
    shown = desk.type("outbox")
    assert "queued  PUBLIC  0 tries  " in shown.out
    assert "It is on its way." in shown.out and "\x1b" not in shown.out


def test_a_second_answer_to_the_same_message_is_refused(desk: DeskAtHand) -> None:
    desk.take_in([message(1)])
    one = str(desk.queue()[0]["id"])
    desk.type("reply", one, "--text", "Once.")

    again = desk.type("reply", one, "--text", "Twice.")
    assert (again.code, again.out) == (1, "") and "already" in again.err
    assert len(desk.type("outbox", "--json").json) == 1


def test_a_reply_is_never_wider_than_what_it_answers(desk: DeskAtHand) -> None:
    desk.take_in([message(1, visibility="private"), message(2)])
    private, public = (str(row["id"]) for row in sorted(desk.queue(), key=lambda row: str(row["customer"])))

    told = desk.type("reply", private, "--text", "Hi", "--visibility", "public")
    assert (told.code, told.out) == (1, "") and "--visibility private" in told.err
    assert desk.type("outbox", "--json").json == []
    assert desk.type("reply", private, "--text", "Hi").code == 0
    assert desk.type("reply", public, "--text", "Hi", "--visibility", "private").code == 0
    assert [row["visibility"] for row in desk.type("outbox", "--json").json] == ["private", "private"]


def test_a_public_reply_beside_a_private_message_is_told(desk: DeskAtHand) -> None:
    writer = {"handle": "chloe"}
    desk.take_in([message(1, visibility="private", author=writer), message(2, author=writer)])
    told = desk.type("reply", str(desk.queue()[0]["id"]), "--text", "Hi")
    assert told.code == 0 and "A private message of the customer waits here too" in told.err


def test_an_empty_reply_is_no_reply(desk: DeskAtHand) -> None:
    desk.take_in([message(1)])
    told = desk.type("reply", str(desk.queue()[0]["id"]), "--text", " \n")
    assert told.code == 2 and "empty" in told.err
    assert desk.type("outbox", "--json").json == []


def set_limits(home: Path, limits: Limits) -> None:
    async def change() -> None:
        async with open_desk(home, agent="ana") as desk:
            await desk.store.write(
                lambda tx: tx.change("UPDATE account SET limits = $1", limits_json(limits)),
            )

    asyncio.run(change())


def test_a_reply_that_is_too_long_is_refused_as_it_is_typed(desk: DeskAtHand) -> None:
    desk.take_in([message(1)])
    one = str(desk.queue()[0]["id"])
    set_limits(desk.home, Limits(50, 23, names_the_customer=True))
    link = "https://example.org/" + "x" * 100  # 23, and "@customer1 " 11

    told = desk.type("reply", one, "--text", f"{link} {'y' * 18}")
    assert (told.code, told.out) == (1, "")
    assert "53 characters, 3 more than this network takes" in told.err and "Nothing was queued." in told.err
    assert desk.queue()[0]["claimed_by"] is None and desk.type("outbox", "--json").json == []

    assert desk.type("reply", one, "--text", "z" * 60, "--visibility", "note").code == 0
    assert desk.type("reply", "999", "--text", "z" * 60).code == 2
    assert desk.type("reply", one, "--text", f"{link} {'y' * 15}").code == 0


def test_while_nothing_can_leave_the_outbox_and_the_doctor_say_why_and_until_when(desk: DeskAtHand) -> None:
    desk.take_in([message(number) for number in range(7)])
    for row in desk.queue():
        assert desk.type("reply", str(row["id"]), "--text", "It is on its way.").code == 0
    (desk.home / "sent" / "import.jsonl").mkdir(parents=True)
    desk.type("sync", "--once")

    rows = desk.type("outbox", "--json").json
    assert [row["state"] for row in rows] == ["waiting"] * 5 + ["queued"] * 2
    why = r"waits, next try in \d+ s: .*import\.jsonl cannot be written: .*"
    assert all(re.fullmatch(why, row["reason"]) for row in rows), rows
    assert desk.type("outbox").out.count("(waits, next try in ") == 7
    doctor = desk.type("doctor")
    assert doctor.code == 1 and re.search(f"Account import: every reply {why}", doctor.out)


def test_sync_once_sends_and_says_how_each_account_fared(desk: DeskAtHand) -> None:
    desk.take_in([message(1)])
    outbox_id = desk.type("reply", str(desk.queue()[0]["id"]), "--text", "Here it is.").out.strip()
    told = desk.type("sync", "--once")

    assert told.code == 0
    row = desk.type("outbox", "--json").json[0]
    assert (row["state"], row["attempts"]) == ("sent", 1) and row["remote_id"]
    written = [json.loads(line) for line in (desk.home / "sent" / "import.jsonl").read_text().splitlines()]
    assert [(one["text"], one["reply_to"]) for one in written] == [("Here it is.", "m1")]
    assert str(row["id"]) == outbox_id

    inbox = desk.home / "inbox"
    (inbox / "import.jsonl").write_text(json.dumps(message(9)) + "\n")
    assert desk.type("sync", "--once").code == 0
    assert [row["customer"] for row in desk.queue()] == ["customer9"]


# settings, accounts, doctor


def test_a_broken_settings_file_stops_every_command_but_the_doctor(desk: DeskAtHand) -> None:
    desk.take_in([message(1)])
    (desk.home / "settings.toml").write_text("[rank]\nvip = []\n")

    for line in (["queue"], ["next"], ["import", "-"], ["accounts", "list"]):
        told = desk.type(*line)
        assert (told.code, told.out) == (2, "")
        assert "settings.toml, line 2: rank.vip is not a setting; did you mean rank.vips?" in told.err
    told = desk.type("doctor")
    assert told.code == 1 and "did you mean rank.vips?" in told.out


def test_keys_that_cannot_be_stop_every_command_and_the_doctor_names_them(desk: DeskAtHand) -> None:
    desk.take_in([message(1)])
    (desk.home / "settings.toml").write_text('[keys]\n"list.clam" = "x"\n')

    sentence = (
        "settings.toml, line 2: [keys] names list.clam, which is no command; the nearest is list.claim. "
        "Correct the line or take it out."
    )
    told = desk.type("queue")
    assert told.code == 2 and sentence in told.err
    told = desk.type("doctor")
    assert told.code == 1 and sentence in told.out


@pytest.mark.parametrize("name", ["settings.toml", "voice.toml"])
def test_a_link_that_leads_nowhere_is_no_absent_file(desk: DeskAtHand, name: str) -> None:
    desk.take_in([message(1)])
    (desk.home / name).symlink_to("elsewhere.toml")

    sentence = (
        f"{name} is a link to elsewhere.toml, which is not there. Put the file there, or take the link away."
    )
    told = desk.type("doctor")
    assert told.code == 1 and sentence in told.out
    told = desk.type("queue") if name == "settings.toml" else desk.type("check", "-", given=b"Hello\n")
    assert told.code == 2 and sentence in told.err


def test_the_doctor_names_what_is_wrong_with_the_house_voices(desk: DeskAtHand) -> None:
    desk.take_in([message(1)])
    (desk.home / "voice.toml").write_text('[velsund.de]\naddress = "Ihr"\n')
    told = desk.type("doctor")
    assert told.code == 1 and "voice.toml, line 2: velsund.de.address" in told.out
    (desk.home / "voice.toml").write_text('[velsund.de]\naddress = "Sie"\n')
    told = desk.type("doctor")
    assert told.code == 0 and "voice.toml can be read." in told.out


def test_an_emergency_word_that_cannot_be_searched_is_refused_with_its_line(desk: DeskAtHand) -> None:
    desk.take_in([message(1)])
    (desk.home / "settings.toml").write_text('[rank.emergency]\n\nen = ["... ..."]\n')
    told = desk.type("queue")
    assert told.code == 2 and "settings.toml, line 3: rank.emergency.en" in told.err


def test_own_emergency_words_add_to_ours_or_replace_them(desk: DeskAtHand) -> None:
    desk.home.mkdir()
    settings = desk.home / "settings.toml"
    settings.write_text('[rank.emergency]\nen = ["purple giraffe"]\n')
    desk.take_in(
        [
            message(1, "I saw a purple giraffe."),
            message(2, "There is a fire, flames everywhere, my house is on fire!"),
        ]
    )
    assert [row["tier"] for row in desk.queue()] == [0, 0]

    settings.write_text('[rank.emergency]\nbuiltin = false\nen = ["purple giraffe"]\n')
    desk.take_in(
        [message(3, "A purple giraffe again."), message(4, "My house is on fire, flames everywhere!")]
    )
    assert {row["customer"]: row["tier"] for row in desk.queue()} == {
        "customer1": 0, "customer2": 0, "customer3": 0, "customer4": 1,
    }  # fmt: skip


def test_a_name_that_will_not_do_is_refused(desk: DeskAtHand) -> None:
    desk.take_in([message(1)])
    told = desk.type("queue", agent="two words")
    assert told.code == 2 and "--agent" in told.err


def test_an_account_without_a_proper_token_file_is_not_saved(desk: DeskAtHand, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("secret-token-value")
    token.chmod(0o644)
    (tmp_path / "link").symlink_to(token)
    add = ["accounts", "add", "mastodon", "care", "--url", "http://127.0.0.1:9"]

    for file in (token, tmp_path / "link", tmp_path / "none"):
        told = desk.type(*add, "--token-file", str(file))
        assert (told.code, told.out) == (2, "") and "token file" in told.err
        assert "secret-token-value" not in told.err
    token.chmod(0o600)
    told = desk.type(*add, "--token-file", str(token))
    assert told.code == 2 and "secret-token-value" not in told.err
    assert desk.type("accounts", "list", "--json").json == []
    assert (
        desk.type(
            "accounts", "add", "mastodon", " x ", "--url", "http://127.0.0.1:9", "--token-file", "t"
        ).code
        == 2
    )


def test_accounts_are_listed_without_their_secrets(desk: DeskAtHand) -> None:
    desk.take_in([message(1), message(2, account="shop")])
    told = desk.type("accounts", "list", "--json")

    assert {(row["name"], row["network"]) for row in told.json} == {("import", "file"), ("shop", "file")}
    assert "shop" in desk.type("accounts", "list").out


def test_the_doctor_finds_a_new_desk_well(desk: DeskAtHand) -> None:
    desk.take_in([message(1)])
    told = desk.type("doctor")
    assert told.code == 0, told.out
    assert told.out and all(line.split()[0] in {"ok", "note"} for line in told.out.splitlines())


def test_the_doctor_names_a_calendar_that_no_account_goes_by(desk: DeskAtHand) -> None:
    desk.take_in([message(1)])
    (desk.home / "settings.toml").write_text('[calendar.imports]\nzone = "UTC"\n')
    told = desk.type("doctor")
    assert told.code == 0 and "calendar.imports" in told.out and "import" in told.out


# the sample desk


def test_the_sample_desk_takes_nothing_in(desk: DeskAtHand) -> None:
    from careconsole.settings.home import make_sample_home

    make_sample_home(desk.home / "sample")
    for home in (["--sample"], ["--home", str(desk.home / "sample")]):
        told = desk.type(*home, "import", "-", given=json.dumps(message(1)).encode())
        assert told.code == 2 and "sample desk" in told.err
    assert not (desk.home / "sample" / "desk.db").exists()


# as processes


def test_sync_goes_on_until_it_is_ended(desk: DeskAtHand) -> None:
    desk.take_in([message(1)])
    outbox_id = int(desk.type("reply", str(desk.queue()[0]["id"]), "--text", "Here it is.").out)
    command = [sys.executable, "-m", "careconsole", "--home", str(desk.home), "--agent", "ana", "sync"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        assert "Ctrl+C ends it" in running.stderr.readline()
        sent = desk.home / "sent" / "import.jsonl"
        end_by = time.monotonic() + 10
        while desk.type("outbox", "--json").json[0]["state"] != "sent" and time.monotonic() < end_by:
            time.sleep(0.05)
        running.terminate()
        assert running.wait(10) == 0
        assert "Ended" in running.stderr.read()
    assert len(sent.read_text().splitlines()) == 1
    assert desk.type("outbox", "--json").json[0]["id"] == outbox_id


def test_a_reader_that_goes_away_is_no_error(desk: DeskAtHand) -> None:
    desk.take_in(message(number, "word " * 50) for number in range(700))
    command = [
        sys.executable,
        "-m",
        "careconsole",
        "--home",
        str(desk.home),
        "--agent",
        "ana",
        "queue",
        "--json",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None and running.stderr is not None
        running.stdout.read(10)
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(15) == 0


def test_data_and_messages_go_apart_and_survive_a_poor_terminal(desk: DeskAtHand) -> None:
    desk.take_in([message(1, "Где моя посылка?")])
    environment = {**os.environ, "CARECONSOLE_HOME": str(desk.home), "CARECONSOLE_AGENT": "ana",
                   "PYTHONIOENCODING": "ascii"}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "careconsole", "next"], capture_output=True, env=environment, timeout=15
    )
    assert done.returncode == 0 and done.stderr == b""
    assert b"@customer1" in done.stdout and b"\\u0413" in done.stdout


def test_what_is_resolved_keeps_its_reason(desk: DeskAtHand) -> None:
    desk.take_in([message(1)])
    assert "is resolved: noise" in desk.type("resolve", "1", "--reason", "noise").err
    told = desk.type("resolve", "1", "--reason", "answered", agent="ben")
    assert (told.code, told.err) == (
        0,
        "careconsole: Conversation 1 was resolved already; nothing was changed.\n",
    )


# settings


def test_changed_settings_hold_from_the_next_command_on(desk: DeskAtHand) -> None:
    desk.take_in([message(1, at="2026-03-02T11:00:00Z"), message(2), message(3, "The plumber is late.")])
    (desk.home / "settings.toml").write_text(
        '[rank]\nvips = ["@customer2"]\n[rank.targets_min]\nquestion = 120\n[rank.emergency]\nen = ["plumber"]\n'
    )
    told = desk.type("queue", "--json")

    assert [(row["customer"], row["tier"]) for row in told.json] == [
        ("customer3", 0),
        ("customer2", 1),
        ("customer1", 1),
    ]
    assert told.json[2]["effective_due"] == "2026-03-02T13:00:00Z"
    assert "3 open items" in told.err
    assert desk.type("queue").err == ""
    assert desk.type("why", "2", "--json").json["terms"][1] == {"name": "vip", "minutes": -120}

    (desk.home / "settings.toml").write_text("")
    told = desk.type("next", "--json")
    assert (told.json["customer"], told.json["tier"]) == ("customer3", 0)
    assert "2 open items" in told.err


def test_broken_settings_leave_every_item_where_it_stands(desk: DeskAtHand) -> None:
    (desk.home).mkdir()
    (desk.home / "settings.toml").write_text("[rank.targets_min]\nquestion = 120\n")
    desk.take_in([message(1)])
    (desk.home / "settings.toml").write_text("[rank.targets_min]\nquestion = often\n")

    assert desk.type("queue").code == 2
    assert desk.type("doctor").code == 1
    (desk.home / "settings.toml").write_text("[rank.targets_min]\nquestion = 120\n")
    told = desk.type("queue", "--json")
    assert (told.json[0]["effective_due"], told.err) == ("2026-03-02T14:00:00Z", "")


# sample


@pytest.mark.parametrize(
    "words",
    [
        ("import", "-"),
        ("sync", "--once"),
        ("accounts", "add", "mastodon", "us", "--url", "https://a.example", "--token-file", "/dev/null"),
    ],
)
def test_nothing_but_its_recording_comes_into_the_sample_desk(
    desk: DeskAtHand, words: tuple[str, ...]
) -> None:
    told = desk.type("--sample", *words, given=b"")
    assert (told.code, told.out) == (2, "")
    assert "sample desk" in told.err
    assert not desk.home.exists()


# sync


def test_sync_once_says_what_it_could_not_send(desk: DeskAtHand) -> None:
    desk.take_in([message(1)])
    desk.type("reply", "1", "--text", "Here it is.")
    (desk.home / "sent" / "import.jsonl").mkdir()
    told = desk.type("sync", "--once")

    assert (told.code, told.err) == (0, "careconsole: import: 0 new, 0 sent, 1 waiting or unknown\n")
    assert desk.type("outbox", "--json").json[0]["state"] == "waiting"


def test_sync_once_counts_a_reply_that_was_found_sent_as_sent(desk: DeskAtHand) -> None:
    desk.take_in([message(1)])
    desk.type("reply", "1", "--text", "Here it is.")
    (desk.home / "sent" / "import.jsonl").mkdir()
    assert "1 waiting or unknown" in desk.type("sync", "--once").err

    async def begin_an_attempt() -> None:
        async with open_desk(desk.home, agent="ana") as opened:
            await opened.store.write(lambda tx: tx.change("UPDATE outbox SET attempts = 1"))

    asyncio.run(begin_an_attempt())
    found = message(9, "Here it is.", direction="out", reply_to="m1", at="2026-03-02T12:05:00Z")
    (desk.home / "inbox" / "import.jsonl").write_text(json.dumps(found) + "\n")
    told = desk.type("sync", "--once")

    assert (told.code, told.err) == (0, "careconsole: import: 1 new, 1 sent\n")
    assert desk.type("outbox", "--json").json[0]["state"] == "sent"


async def test_a_running_sync_takes_up_changed_settings(
    desk: DeskAtHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "LOOK_EVERY_S", 0.02)
    settings = desk.home / "settings.toml"
    async with open_desk(desk.home_made(), agent="ana", create=True) as running:
        await import_lines(running, [json.dumps(message(1)).encode()], lambda *refused: None)
        following = asyncio.create_task(intake._follow_settings(running, Watch.begin(settings, word_fault)))
        settings.write_text('[rank]\nvips = ["@customer1"]\n')
        await desk.until_told("1 open items")
        settings.write_text("[rank\n")
        await desk.until_told("The settings read before stay in force.")
        assert "customer1" in running.store.policy.vips
        following.cancel()
