"""Importing lines: nothing valid is lost, each refused line is told, and a second run imports nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from tests.desk.desk_at_hand import DeskAtHand
from tests.store.record_at_hand import Record

from careconsole.desk.importing import Imported, import_lines
from careconsole.store import accounts


def line(number: int | str, **more: Any) -> dict[str, Any]:
    return {
        "id": f"m{number}",
        "author": {"handle": f"customer{number}"},
        "text": "Where is my parcel?",
        "at": "2026-03-02T11:00:00Z",
        **more,
    }


async def take_in(
    desk: DeskAtHand, lines: Iterable[Mapping[str, Any] | bytes]
) -> tuple[Imported, list[tuple[int, str]]]:
    refused: list[tuple[int, str]] = []
    raw = [each if isinstance(each, bytes) else json.dumps(each).encode() for each in lines]

    def refuse(number: int, reason: str, whole: bytes) -> None:
        assert whole == raw[number - 1]
        refused.append((number, reason))

    return await import_lines(desk.desk, raw, refuse), refused


async def test_lines_are_counted_and_a_second_run_imports_nothing(ana: DeskAtHand) -> None:
    lines = [line(n, account="shop") for n in range(130)]
    assert await take_in(ana, lines) == (Imported(130, 0, 0), [])
    assert await take_in(ana, lines) == (Imported(0, 130, 0), [])
    assert len(await ana.waiting()) == 130


async def test_a_refused_line_is_told_by_number_and_costs_no_other(ana: DeskAtHand) -> None:
    lines = [line(1), b'{"id": "m2"', b"", line(3, at="yesterday"), b"  ", line(4)]
    lines.append(line(5, direction="out", reply_to="nowhere"))
    done, refused = await take_in(ana, lines)
    assert done == Imported(2, 0, 3)
    assert [number for number, _ in sorted(refused)] == [2, 4, 7]
    assert all(reason for _, reason in refused)


async def test_the_first_line_may_begin_with_a_mark(ana: DeskAtHand) -> None:
    done, _ = await take_in(ana, [b"\xef\xbb\xbf" + json.dumps(line(1)).encode()])
    assert done.imported == 1


async def test_an_unknown_account_is_made_for_files(ana: DeskAtHand) -> None:
    await take_in(ana, [line(1), line(2, account="twice"), line(3, account="twice")])
    found = await ana.store.read(accounts.all_accounts)
    assert [(each.name, each.network, each.open_conversations) for each in found] == [
        ("import", "file", 1),
        ("shop", "file", 0),
        ("twice", "file", 2),
    ]


@pytest.mark.parametrize("network", ["mastodon", "replay"])
async def test_lines_for_an_account_of_another_network_are_refused(ana: DeskAtHand, network: str) -> None:
    await Record.account(ana, "toot", network)
    done, refused = await take_in(ana, [line(1, account="toot"), line(2), line(3, account="toot")])
    assert (done.imported, done.refused) == (1, 2)
    assert [number for number, _ in refused] == [1, 3]
    assert network in refused[0][1]


async def test_the_order_of_lines_is_kept_across_accounts(ana: DeskAtHand) -> None:
    lines = []
    for n in range(30):
        lines += [
            line(n, account="one"),
            line(f"r{n}", account="two"),
            line(n, account="one", text=f"edit {n}"),
        ]
    done, _ = await take_in(ana, lines)
    assert (done.imported, done.known) == (60, 30)
    assert await ana.value("SELECT count(*) FROM message WHERE version = 2") == 30


async def test_the_same_id_with_another_text_is_an_edit_counted_as_known(ana: DeskAtHand) -> None:
    lines = [line(1), line(1, text="Where is my bag?"), line(1, text="", deleted_at="2026-03-02T11:30:00Z")]
    done, refused = await take_in(ana, lines)
    assert (done.imported, done.known, refused) == (1, 2, [])
    again, _ = await take_in(ana, lines)
    assert (again.imported, again.known) == (0, 3)
    [row] = await ana.ask("SELECT text, version, deleted_us IS NOT NULL FROM message")
    assert row == ("Where is my bag?", 2, 1)


async def test_our_earlier_answers_answer_what_came_before_them(ana: DeskAtHand) -> None:
    lines = [
        line(1),
        line("r1", direction="out", reply_to="m1", at="2026-03-02T11:05:00Z", author={"handle": "customer1"}),
        line(2),
    ]
    done, _ = await take_in(ana, lines)
    assert done.imported == 3
    [waiting] = await ana.waiting()
    assert (await ana.row(waiting)).handle == "customer2"


async def test_no_lines_are_no_error(ana: DeskAtHand) -> None:
    assert await take_in(ana, []) == (Imported(0, 0, 0), [])


async def test_an_answer_may_stand_before_its_message(ana: DeskAtHand) -> None:
    """Networks hand out their newest first: every answer stands before what it answers."""
    ours = {"direction": "out", "author": {"handle": "shop"}}
    lines = [
        line("r2", reply_to="mr1", at="2026-03-02T11:06:00Z", **ours),
        line("r1", reply_to="m1", at="2026-03-02T11:05:00Z", **ours),
        line("r3", reply_to="m3", at="2026-03-02T11:07:00Z", account="other", **ours),
        line("r4", reply_to="nowhere", at="2026-03-02T11:08:00Z", **ours),
        *[line(n) for n in range(1, 3)],
        line(3, account="other"),
    ]
    done, refused = await take_in(ana, lines)
    assert done == Imported(6, 0, 1)
    assert [number for number, _ in refused] == [4]
    [waiting] = await ana.waiting()
    assert (await ana.row(waiting)).handle == "customer2"
    assert await take_in(ana, lines) == (Imported(0, 6, 1), refused)


async def test_answers_that_wait_for_their_message_have_a_bound(
    ana: DeskAtHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [line(f"r{n}", direction="out", reply_to=f"m{n}", at="2026-03-02T11:05:00Z") for n in (1, 2)]
    monkeypatch.setattr("careconsole.desk.importing._LATER_BYTES", len(json.dumps(answers[0])))
    done, refused = await take_in(ana, [*answers, line(1), line(2)])
    assert done == Imported(3, 0, 1)
    assert [number for number, _ in refused] == [2]


@pytest.mark.parametrize("first", [[], ["one"], ["one", "two", "one", "two"]])
@pytest.mark.parametrize("at_once", [1, 150])
async def test_without_times_the_last_line_of_a_message_has_its_text(
    ana: DeskAtHand, monkeypatch: pytest.MonkeyPatch, first: list[str], at_once: int
) -> None:
    monkeypatch.setattr("careconsole.desk.importing.AT_ONCE", at_once)

    async def kept() -> list[str]:
        [(text,)] = await ana.ask("SELECT text FROM message")
        rows = await ana.ask("SELECT text FROM message_version ORDER BY version")
        return [*(row[0] for row in rows), text]

    deliveries = [*[[text] for text in first], ["one", "two", "one"]]
    for texts in deliveries:
        await take_in(ana, [line(1, text=text) for text in texts])
    expected = [*first, "one"] if first[1:] else ["one", "two", "one"]
    assert await kept() == expected
    for texts in (["one", "two", "one"], ["one"], ["one"]):
        await take_in(ana, [line(1, text=text) for text in texts])
    assert await kept() == expected


async def test_an_earlier_text_without_a_time_is_no_edit_of_one_with_a_time(ana: DeskAtHand) -> None:
    await take_in(ana, [line(1, text="one"), line(1, text="two", edited_at="2026-03-02T12:00:00Z")])
    await take_in(ana, [line(1, text="one")])
    assert await ana.value("SELECT text FROM message") == "two"


OURS = {"direction": "out", "author": {"handle": "wing"}, "at": "2026-03-02T11:30:00Z"}


@pytest.mark.parametrize("at_once", [1, 150])
async def test_an_answer_that_names_no_message_answers_the_line_before_it(
    ana: DeskAtHand, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    """Threads written one after the other, as many exports are."""
    monkeypatch.setattr("careconsole.desk.importing.AT_ONCE", at_once)
    lines = [
        line(1),
        line("r1", **OURS),
        line("r2", **OURS, text="And this."),
        line(2),
        line(3, account="other"),
        line("r3", **OURS, text="@customer9 Hello!"),
        line(4),
        line("r4", **{**OURS, "author": {"handle": "Customer4"}}, text="@customer5"),
        line(5),
        line(6),
        line("r5", **OURS, text=".@Customer5, look."),
    ]
    assert await take_in(ana, lines) == (Imported(11, 0, 0), [])
    assert {(await ana.row(id_)).handle for id_ in await ana.waiting()} == {"customer3", "customer6"}
    talks = "SELECT group_concat(external_id, ' ') FROM message GROUP BY conversation_id ORDER BY min(id)"
    assert sorted(row[0] for row in await ana.ask(talks)) == [
        "m1 mr1 mr2",
        "m2 mr3",
        "m3",
        "m4 mr4",
        "m5 mr5",
        "m6",
    ]
    await ana.check()


@pytest.mark.parametrize(
    "before",
    [
        [],
        [line(1, account="other")],
        [line(1), b"{broken"],
        [line(1, at="2026-03-02T11:31:00Z")],
    ],
    ids=["nothing", "another account", "a line that is no message", "a later message"],
)
async def test_an_answer_is_not_given_to_whom_it_may_not_be_for(
    ana: DeskAtHand, before: list[Mapping[str, Any] | bytes]
) -> None:
    done, refused = await take_in(ana, [*before, line("r1", **OURS)])
    assert len(await ana.waiting()) == done.imported
    assert refused[-1][0] == len(before) + 1 and "reply_to" in refused[-1][1]
