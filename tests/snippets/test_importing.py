"""Snippets of other tools: tables and Chatwoot's list; what is equal is never doubled."""

from __future__ import annotations

import json
from datetime import date

import pytest

from careconsole.snippets.importing import Plan, Row, Unreadable, plan, rows_of
from careconsole.snippets.library import Library
from careconsole.snippets.linting import remarks
from careconsole.snippets.snippet import Snippet

TABLE = """\ufefftitle,body,tags,language,triggers\r
Where is my refund?,"Hello {{name}},
it is ""on its way"".",refund|money| refund,en,where is it|still nothing\r
退款进度,您好,,zh,\r
\r
"""


def planned(table: str, own: tuple[Snippet, ...] = (), taken: tuple[str, ...] = ()) -> Plan:
    return plan(rows_of(table.encode()), own, taken)


def test_reads_a_table() -> None:
    assert list(rows_of(TABLE.encode())) == [
        Row("line 2", "Where is my refund?", 'Hello {{name}},\nit is "on its way".', ("refund", "money"), "en",
            ("where is it", "still nothing")),
        Row("line 4", "退款进度", "您好", (), "zh", ()),
    ]  # fmt: skip


@pytest.mark.parametrize("size", [100_000, 200_000])
def test_a_text_that_is_too_long_refuses_its_row_and_no_other(size: int) -> None:
    found = planned("title,body\nok1,x\nbig," + "y" * size + "\nok2,x\n")
    assert [snippet.title for snippet in found.written.values()] == ["ok1", "ok2"]
    assert found.refused == ["line 3: all in all it is larger than 64 KiB; make it shorter."]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters_and_another_order_of_columns(delimiter: str) -> None:
    table = f"Body{delimiter}TITLE\nb, c{delimiter}t\n"
    assert list(rows_of(table.encode())) == [Row("line 2", "t", "b, c")]


def test_reads_chatwoots_list() -> None:
    given = [
        {
            "short_code": "late bag",
            "content": "Hi {{contact.name}}, {{ conversation.display_id }} {{agent.name}}",
            "id": 4,
        },
        {"short_code": "x"},
        7,
    ]
    assert list(rows_of(json.dumps(given).encode())) == [
        Row("entry 1", "late bag", "Hi {{name}}, {{conversation_display_id}} {{me}}"),
        'entry 2: "short_code" and "content" must be texts.',
        "entry 3: it is no object.",
    ]


def test_a_hole_like_an_attribute_becomes_a_plain_name() -> None:
    [row] = list(rows_of(b"title,body\na,{{ me.__class__.x }} {{__init__}} {0.x}"))
    assert isinstance(row, Row)
    assert row.body == "{{me___class___x}} {{__init__}} {0.x}"


def test_ids_are_slugs_that_nobody_has() -> None:
    made = planned("title,body\nBag,1\nbag!,2\nPet,3\n", taken=("PET",))
    assert {snippet.id: snippet.body for snippet in made.written.values()} == {
        "bag": "1",
        "bag-2": "2",
        "pet-2": "3",
    }
    assert made.fates == {"new": 3, "updated": 0, "known": 0}


def test_equal_in_title_and_language_is_never_doubled() -> None:
    own = Snippet("bag", "Bag", "old", ("a",), ("t1",), "en", short="s", owner="ana", imported=True)
    table = "title,body,tags,language,triggers\nBag,new,b,en,t2\nBag,new,,de,\nBag,new,,en,\n"
    made = planned(table, (own,), ("bag",))
    assert made.fates == {"new": 1, "updated": 1, "known": 1}
    assert set(made.written) == {"bag", "bag-2"}
    updated = made.written["bag"]
    assert (updated.body, updated.tags, updated.triggers) == ("new", ("a", "b"), ("t1", "t2"))
    assert (updated.short, updated.owner) == ("s", "ana")


def test_what_is_known_is_not_written_unless_it_brings_triggers() -> None:
    own = Snippet("bag", "Bag", "same", triggers=("t1",), imported=True)
    assert planned("title,body\nBag, same \n", (own,)).written == {}
    more = planned("title,body,triggers\nBag,same,t2\n", (own,))
    assert more.fates["known"] == 1
    assert more.written["bag"].triggers == ("t1", "t2")


def test_what_is_written_by_hand_is_never_written_over() -> None:
    own = Snippet("hand", "Bag", "mine", language="en")
    table = "title,body,language,triggers\nBag,mine,en,t2\nBag,theirs,en,\n"
    made = planned(table, (own,), ("hand", "bag"))
    assert made.fates == {"new": 1, "updated": 0, "known": 1}
    [beside] = made.written.values()
    assert (beside.id, beside.body, beside.imported) == ("bag-2", "theirs", True)
    again = planned(table, (own, beside), ("hand", "bag", "bag-2"))
    assert (again.fates, again.written) == ({"new": 0, "updated": 0, "known": 2}, {})


def test_of_an_imported_and_a_hand_written_one_of_a_title_the_imported_is_meant() -> None:
    imported, hand = Snippet("a", "Bag", "old", imported=True), Snippet("b", "Bag", "mine")
    for own in ((imported, hand), (hand, imported)):
        made = planned("title,body\nBag,new\n", own)
        assert {snippet.id: snippet.body for snippet in made.written.values()} == {"a": "new"}


def test_of_two_rows_of_a_title_the_later_one_updates_the_earlier() -> None:
    made = planned("title,body\nBag,one\nBag,two\nBag,two\n")
    assert made.fates == {"new": 1, "updated": 1, "known": 1}
    [bag] = made.written.values()
    assert (bag.body, bag.imported) == ("two", True)


def test_what_cannot_be_a_snippet_is_named_and_the_others_are_taken() -> None:
    table = "title,body,language\n,x,\nA,\x1b[2J,\nB,x,English\nC,x,en\nD,x,en,1,2\n"
    made = planned(table)
    assert [snippet.title for snippet in made.written.values()] == ["C"]
    places = [sentence.partition(":")[0] for sentence in made.refused]
    assert places == ["line 2", "line 3", "line 4", "line 6"]
    assert "U+001B" in " ".join(made.refused)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Bag", "the body is empty."),
        ("Bag,x,en,y", "4 cells, but 3 columns; put a text with commas in quotes."),
        ("Bag,,en", "the body is empty."),
        ('Bag," \n",en', "the body is empty."),
        ("Bag,x,xx", '"language" must be a code such as "en" or "de"; \'xx\' is no language.'),
        ("Bag,x,xyz", '"language" must be a code such as "en" or "de"; \'xyz\' is no language.'),
    ],
)
def test_a_row_that_lacks_something_is_refused_with_its_line(line: str, reason: str) -> None:
    made = planned(f"title,body,language\nok,x,zh-Hant-TW\n{line}\n")
    assert made.refused == [f"line 3: {reason}"]
    assert [snippet.title for snippet in made.written.values()] == ["ok"]


def test_an_entry_without_a_body_is_refused() -> None:
    given = [{"short_code": "a", "content": " "}]
    assert list(rows_of(json.dumps(given).encode())) == ["entry 1: the body is empty."]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "title and body"),
        (b"name,text\na,b", "title and body"),
        (b"title\nx", "body is not there"),
        (b"title,body\n\xff,x", "line 2 is not UTF-8"),
        (b'{"short_code": "x"}', "must be a JSON list"),
        (b"[1", "it is not JSON"),
        (b"[" * 100_000, "nested|not JSON"),
    ],
)
def test_a_file_of_another_kind_is_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        list(rows_of(raw))


def test_a_cell_without_end_is_named() -> None:
    rows = list(rows_of(b'title,body\na,b\nc,"d\n'))
    assert rows[0] == Row("line 2", "a", "b")
    assert isinstance(rows[1], str) and rows[1].startswith("line 3: ")


def test_remarks_name_what_is_worth_a_look() -> None:
    library = Library(
        [
            Snippet("a", "Same", "x" * 600, review=date(2026, 1, 1)),
            Snippet("b", "same", "x" * 600, short="y"),
            Snippet("c", "Holes", "{{name}} {{first name}} {{me.x}} {{open"),
            Snippet("d", "Empty", ""),
            Snippet("e", "Mine", "x", scope="mine"),
            Snippet("f", "Huge", "x" * 20_000),
            Snippet("g", "Fine", "Hello {{name}}", review=date(2026, 3, 2)),
        ]
    )
    told = [(remark.snippet.id, remark.text) for remark in remarks(library, date(2026, 3, 1))]
    said = {name: " / ".join(text for one, text in told if one == name) for name in "abcdefg"}
    assert "600 characters; give it a short form" in said["a"] and "review was due on 2026-01-01" in said["a"]
    assert said["b"] == "has the same title as a"
    assert said["c"].count("which is no hole") == 3
    assert "empty" in said["d"] and "no owner" not in said["d"] and "has none" in said["e"]
    assert "more than any network takes" in said["f"]
    assert said["g"] == ""
