"""The prepared answers by command: list, lint, import, search, triggers, suggest."""

from __future__ import annotations

import asyncio
import json
import os
from typing import Any

import pytest
from tests.cli.desk_at_hand import DeskAtHand, Told, message

from careconsole.desk.opening import open_desk
from careconsole.desk.suggesting import learn

TABLE = b"""title,body,tags,language,triggers
Delayed baggage,"Hello {{name}}, we look for it.",bag|late,en,my suitcase is missing|where is my bag
Pet in the cabin,A small dog may come along.,pet,en,
\xd0\x92\xd0\xbe\xd0\xb7\xd0\xb2\xd1\x80\xd0\xb0\xd1\x82,x,,ru,
"""


def lines(told: Told) -> list[dict[str, Any]]:
    assert told.code == 0, told.err
    assert told.out.isascii()
    return [json.loads(line) for line in told.out.splitlines()]


@pytest.fixture
def own(desk: DeskAtHand) -> DeskAtHand:
    """A home with three imported snippets and without the built-in ones."""
    desk.home_made()
    (desk.home / "settings.toml").write_text("[snippets]\nbuiltin = false\n")
    told = desk.type("snippets", "import", "-", given=TABLE)
    assert (told.code, told.err) == (0, "careconsole: 3 new, 0 updated, 0 known, 0 refused.\n")
    return desk


def test_nothing_needs_or_makes_a_database(desk: DeskAtHand) -> None:
    assert desk.type("snippets", "list").code == 0
    assert desk.type("snippets", "lint").code == 0
    assert len(lines(desk.type("snippets", "search", "-", given=b"refund\n"))) == 1
    assert len(lines(desk.type("suggest", "-", given=b"refund\n"))) == 1
    assert not desk.home.exists()
    assert desk.type("snippets", "import", "-", given=TABLE).code == 0
    assert "desk.db" not in os.listdir(desk.home)
    assert sorted(os.listdir(desk.home / "snippets")) == [
        "delayed-baggage.toml",
        "pet-in-the-cabin.toml",
        "возврат.toml",
    ]


def test_lists_what_is_built_in_and_what_is_imported(own: DeskAtHand) -> None:
    listed = own.type("snippets", "list", "--json").json
    assert [one["id"] for one in listed] == ["delayed-baggage", "pet-in-the-cabin", "возврат"]
    assert listed[0]["triggers"] == ["my suitcase is missing", "where is my bag"]
    assert "Delayed baggage" in own.type("snippets", "list").out
    (own.home / "settings.toml").unlink()
    assert len(own.type("snippets", "list", "--json").json) > 60


def test_the_built_in_ones_are_without_fault(desk: DeskAtHand) -> None:
    told = desk.type("snippets", "lint")
    assert (told.code, told.out) == (0, "")


def test_an_import_again_doubles_nothing(own: DeskAtHand) -> None:
    told = own.type("snippets", "import", "-", given=TABLE)
    assert told.err == "careconsole: 0 new, 0 updated, 3 known, 0 refused.\n"
    changed = TABLE.replace(b"A small dog", b"A cat")
    told = own.type("snippets", "import", "-", given=changed + b",no title,,,\n")
    assert told.code == 1
    assert told.err.endswith("careconsole: 0 new, 1 updated, 2 known, 1 refused.\n")
    assert "line 5: the title is empty." in told.err
    assert len(os.listdir(own.home / "snippets")) == 3


def test_what_is_written_by_hand_keeps_its_words_and_its_comments(own: DeskAtHand) -> None:
    path = own.home / "snippets" / "hand.toml"
    mine = '# ask Eva before you change this\ntitle = "Lost ticket"\nlanguage = "en"\nbody = "We find it."\n'
    path.write_text(mine)
    told = own.type("snippets", "import", "-", given=b"title,body,language\nLost ticket,Buy another.,en\n")
    assert (told.code, path.read_text()) == (0, mine)
    assert told.err.endswith("careconsole: 1 new, 0 updated, 0 known, 0 refused.\n")
    told = own.type(
        "snippets", "import", "-", given=b"title,body,language,tags\nLost ticket,We find it.,en,x\n"
    )
    assert (told.code, path.read_text()) == (0, mine)
    assert told.err == "careconsole: 0 new, 0 updated, 1 known, 0 refused.\n"


def test_a_file_that_cannot_be_imported_is_named(own: DeskAtHand) -> None:
    told = own.type("snippets", "import", str(own.home / "none.csv"))
    assert (told.code, "none.csv cannot be read" in told.err) == (2, True)
    told = own.type("snippets", "import", "-", given=b"a,b\n1,2\n")
    assert (told.code, "title and body" in told.err) == (2, True)


def test_a_broken_file_is_named_and_the_others_work(own: DeskAtHand) -> None:
    (own.home / "snippets" / "bad.toml").write_bytes(b'title = "A\x1b[2J"\n')
    (own.home / "snippets" / "odd.toml").write_text('title = "A"\nbody = "x"\nlanguage = "xx"\n')
    (own.home / "snippets" / "huge.toml").write_bytes(b"x" * 1024 * 1024)
    told = own.type("snippets", "lint")
    assert told.code == 1
    assert "bad.toml:1: broken: this is not TOML" in told.out
    assert 'odd.toml:3: broken: "language" must be a code' in told.out and "'xx' is no language" in told.out
    assert "huge.toml:1: broken: the file is larger than 64 KiB" in told.out
    assert "\x1b" not in told.out
    told = own.type("snippets", "search", "-", given=b"delayd bag\n")
    assert "bad.toml, line 1" in told.err
    assert lines(told)[0]["ranked"][0]["id"] == "delayed-baggage"


def test_searches_line_by_line(own: DeskAtHand) -> None:
    given = 'delayd bag\n\npet cbn\r\n"vozv\\nrat"\n["x"]\nnothing fits\u2028here\n   \nvozvr'.encode()
    found = lines(own.type("snippets", "search", "-", given=given))
    assert [one["query"] for one in found] == [
        "delayd bag", "", "pet cbn\r", "vozv\nrat", '["x"]', "nothing fits\u2028here", "   ", "vozvr",
    ]  # fmt: skip
    firsts = [one["ranked"][0]["id"] if one["ranked"] else None for one in found]
    assert firsts[:3] == ["delayed-baggage", None, "pet-in-the-cabin"]
    assert firsts[-2:] == [None, "возврат"]
    assert set(found[0]["ranked"][0]) == {"id", "title", "score"}


def test_suggests_line_by_line(own: DeskAtHand) -> None:
    given = "@shop 4711 where's my suitcase??\n\nсделайте возврат\n12345\n".encode()
    found = lines(own.type("suggest", "-", given=given))
    assert [[one["id"] for one in line["ranked"]] for line in found] == [
        ["delayed-baggage"],
        [],
        ["возврат"],
        [],
    ]
    assert found[0]["ranked"][0]["score"] > 0


def test_at_most_twenty_are_ranked_the_best_first(own: DeskAtHand) -> None:
    rows = "".join(f"Strike number {letter * 2},x\n" for letter in "abcdefghijklmnopqrstuvwxyz")
    assert own.type("snippets", "import", "-", given=f"title,body\n{rows}".encode()).code == 0
    for words in (("snippets", "search", "-"), ("suggest", "-")):
        [line] = lines(own.type(*words, given=b"strike\n"))
        scores = [one["score"] for one in line["ranked"]]
        assert len(scores) == 20
        assert scores == sorted(scores, reverse=True)


def test_what_was_learnt_is_listed_and_removed(own: DeskAtHand) -> None:
    assert own.type("snippets", "triggers").code == 2
    own.take_in([message(1)])
    number = own.queue()[0]["id"]

    async def learn_one() -> None:
        async with open_desk(own.home, agent="ana") as open_one:
            assert await learn(open_one, "delayed-baggage", number, "the carousel stayed empty @x 12")

    asyncio.run(learn_one())
    [learnt] = own.type("snippets", "triggers", "--json").json
    assert (learnt["snippet"], learnt["text"], learnt["agent"]) == (
        "delayed-baggage",
        "the carousel stayed empty",
        "ana",
    )
    assert "the carousel stayed empty" in own.type("snippets", "triggers").out
    assert own.type("snippets", "triggers", "--remove", str(learnt["id"])).code == 0
    assert own.type("snippets", "triggers", "--remove", str(learnt["id"])).code == 2
    assert own.type("snippets", "triggers", "--json").json == []
