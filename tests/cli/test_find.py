"""find as a person and a script use it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.desk_at_hand import DeskAtHand

MESSAGES = [
    {
        "id": str(number),
        "author": {"handle": handle},
        "text": text,
        "at": f"2026-03-01T12:0{number}:00Z",
        "account": account,
        **({"kind": kind} if kind else {}),
    }
    for number, (handle, text, account, kind) in enumerate(
        [
            ("dana", "Wo ist meine Bestellung DE-4711?", "shop", "question"),
            ("ben", "Die Bestellung war kaputt. " + "Und so weiter. " * 40 + "Übel!", "shop", "complaint"),
            ("li", "我的订单\x1b]0;owned\x07还没有收到", "help", "question"),
        ]
    )
]


def test_found_conversations_have_the_shape_of_the_queue_and_an_excerpt(desk: DeskAtHand) -> None:
    desk.take_in(MESSAGES)
    rows = desk.queue()
    [found] = desk.type("find", "uebel", "--json").json or desk.type("find", "Ubel", "--json").json
    excerpt = found.pop("excerpt")
    assert found == next(row for row in rows if row["customer"] == "ben")
    assert excerpt.startswith("…") and excerpt.endswith("Übel!") and len(excerpt) < 170
    assert [row["customer"] for row in desk.type("find", "bestell", "--json").json] == [
        row["customer"] for row in rows if row["customer"] != "li"
    ]
    assert [row["customer"] for row in desk.type("find", "订单", "--json").json] == ["li"]
    assert len(desk.type("find", "bestell", "--limit", "1", "--json").json) == 1


def test_a_person_sees_the_place_and_no_control_character(desk: DeskAtHand) -> None:
    desk.take_in(MESSAGES)
    told = desk.type("find", "订单", "account:help")
    assert told.code == 0 and "@li: 我的订单" in told.out and "\x1b" not in told.out
    told = desk.type("find", "bestell", "--limit", "1")
    assert len(told.out.splitlines()) == 1
    assert told.err == "careconsole: 2 waiting; the first 1 are shown. --limit N shows more.\n"


def test_nothing_found_is_no_error(desk: DeskAtHand) -> None:
    desk.take_in(MESSAGES)
    told = desk.type("find", "zzz")
    assert (told.code, told.out, told.err) == (0, "", "careconsole: Nothing found.\n")
    told = desk.type("find", "zzz", "--json")
    assert (told.code, told.json, told.err) == (0, [], "careconsole: Nothing found.\n")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("kind:complain", "kind:complain is no kind; the nearest is kind:complaint."),
        ("account:shpo", "account:shpo is no account of this desk; the nearest is account:shop."),
        ("kidn:x\x1b[2J", '"kidn:" is no filter'),
    ],
)
def test_a_wrong_word_exits_with_2_and_its_sentence(desk: DeskAtHand, query: str, sentence: str) -> None:
    desk.take_in(MESSAGES)
    told = desk.type("find", query)
    assert told.code == 2 and told.out == "" and sentence in told.err and "\x1b" not in told.err


def test_resolved_ones_are_found_and_views_too(desk: DeskAtHand) -> None:
    desk.take_in(MESSAGES)
    ben = next(row["id"] for row in desk.queue() if row["customer"] == "ben")
    desk.type("resolve", str(ben))
    (Path(desk.home) / "settings.toml").write_text('[views]\ndone = "kind:complaint resolved"\n')
    assert [row["customer"] for row in desk.type("find", "@done", "--json").json] == ["ben"]
    assert [row["customer"] for row in desk.type("find", "bestellung", "--json").json] == ["dana", "ben"]
    told = desk.type("find", "@done", "bestellung")
    assert "resolved" in told.out
    (Path(desk.home) / "settings.toml").write_text('[views]\ndone = "kind:complain"\n')
    told = desk.type("find", "@done")
    assert told.code == 2 and "line 2: views.done: kind:complain is no kind" in told.err


def test_a_desk_is_needed(desk: DeskAtHand) -> None:
    assert desk.type("find", "x").code == 2


@pytest.mark.parametrize("query", ["!!!", "🧢", "-"])
def test_signs_alone_are_no_query(desk: DeskAtHand, query: str) -> None:
    desk.take_in(MESSAGES)
    typed = desk.type("find", "--", query)
    assert (typed.code, typed.out) == (2, "") and "There is no word in" in typed.err
