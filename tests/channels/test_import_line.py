"""One line of the import format: what is taken, what is refused and with which words."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from careconsole.channels.import_line import (
    BadLine,
    account_file_name,
    account_name_fault,
    parse_import_line,
)
from careconsole.model.message import Attachment, Author, Direction, Item, Kind, ParentPost, Visibility

AT = datetime(2026, 3, 1, 12, 5, tzinfo=UTC)
LEAST: dict[str, Any] = {"id": "m1", "author": {"handle": "ana"}, "text": "hi", "at": "2026-03-01T12:05:00Z"}


def line(**changes: Any) -> str:
    """The least valid line with some fields changed; those set to `...` are left out."""
    return json.dumps({key: value for key, value in {**LEAST, **changes}.items() if value is not ...})


def test_attachments_are_taken_with_what_is_said_of_them() -> None:
    listed = [
        {
            "type": "image",
            "alt": "a torn bag",
            "url": "https://x.example/1.png",
            "bytes": 120_000,
            "width": 640,
        },
        {"type": None, "more": 1},
    ]
    assert parse_import_line(line(attachments=listed)).item.attachments == (
        Attachment("image", "a torn bag", "https://x.example/1.png", 120_000, 640),
        Attachment("attachment"),
    )
    assert parse_import_line(line(attachments=None)).item.attachments == ()


@pytest.mark.parametrize(
    ("listed", "sentence"),
    [
        ("photo.png", '"attachments" is text; it must be a list'),
        (["photo.png"], '"attachments" is text; it must be a list of objects'),
        ([{"alt": 5}], '"attachments.alt" is a number; it must be text'),
        ([{"bytes": True}], '"attachments.bytes" is true or false; it must be a whole number'),
        ([{"bytes": -1}], '"attachments.bytes" is -1; it must be 0 or more'),
        ([{}] * 41, '"attachments" holds 41; at most 40 are taken'),
    ],
)
def test_attachments_that_are_none_are_refused(listed: Any, sentence: str) -> None:
    with pytest.raises(BadLine) as refused:
        parse_import_line(line(attachments=listed))
    assert str(refused.value) == sentence


def test_the_least_line_takes_the_defaults() -> None:
    parsed = parse_import_line(line())
    assert parsed.account == "import"
    assert parsed.item == Item("m1", Author("ana"), "hi", AT)
    assert parsed.item.direction is Direction.IN
    assert parsed.item.visibility is Visibility.PUBLIC


def test_every_field_is_taken() -> None:
    parsed = parse_import_line(
        line(
            account="care",
            direction="out",
            author={"handle": "@ana", "name": "Ana", "reach": 12},
            visibility="private",
            reply_to="m0",
            kind="brand_talk",
            parent={"id": "p", "text": "ad", "paid": True, "dark": True},
            edited_at="2026-03-01T13:05:00+01:00",
            deleted_at="2026-03-01T12:05:00.5Z",
        )
    )
    assert parsed.account == "care"
    assert parsed.item == Item(
        "m1",
        Author("ana", "Ana", 12),
        "hi",
        AT,
        Direction.OUT,
        Visibility.DIRECT,
        "m0",
        Kind.BRAND_TALK,
        ParentPost("p", "ad", True, True),
        AT,
        AT.replace(microsecond=500_000),
    )


def test_null_is_absent_and_unknown_keys_are_passed_over() -> None:
    absent = dict.fromkeys(
        ("account", "direction", "visibility", "reply_to", "kind", "parent", "edited_at", "deleted_at")
    )
    assert parse_import_line(line(**absent, later="x")) == parse_import_line(line())


def test_bytes_with_a_mark_or_damage_are_read() -> None:
    assert parse_import_line(b"\xef\xbb\xbf" + line().encode()).item.text == "hi"
    damaged = line(text="a?b").encode().replace(b"?", b"\xff")
    assert parse_import_line(damaged).item.text == "a\ufffdb"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ('"a\\ud800b"', "a\ufffdb"),
        ('"a\\uDFFFb"', "a\ufffdb"),
        ('"\\ud83d\\ude00"', "\U0001f600"),
        ('"a\\u0000b"', "a\x00b"),
        ('"\ud800"', "\ufffd"),
        ('"\\u001b[2J"', "\x1b[2J"),
    ],
)
def test_half_characters_become_the_replacement_sign_and_all_else_is_kept(written: str, kept: str) -> None:
    parsed = parse_import_line(line().replace('"hi"', written).replace('"ana"', written))
    assert parsed.item.text == kept
    assert parsed.item.author.handle == kept.strip()
    parsed.item.text.encode()


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("{", "the line is not JSON: Expecting property name enclosed in double quotes at column 2"),
        ("[1]", "the line is not a JSON object"),
        ("[" * 100_000, "the line is nested too deeply"),
        ('{"id": ' + "1" * 5000 + "}", "the line holds a number with too many digits"),
        (line(id=...), '"id" is missing'),
        (line(id=7), '"id" is a number; it must be text'),
        (line(id=""), '"id" is empty'),
        (line(id="x" * 513), '"id" is longer than 512 characters'),
        (line(author=...), '"author.handle" is missing'),
        (line(author="ana"), '"author" is text; it must be an object'),
        (line(author={}), '"author.handle" is missing'),
        (line(author={"handle": " @ "}), '"author.handle" is empty'),
        (line(author={"handle": 1}), '"author.handle" is a number; it must be text'),
        (line(author={"handle": "x" * 257}), '"author.handle" is longer than 256 characters'),
        (line(author={"handle": "a", "name": []}), '"author.name" is a list; it must be text'),
        (
            line(author={"handle": "a", "reach": True}),
            '"author.reach" is true or false; it must be a whole number',
        ),
        (line(author={"handle": "a", "reach": 1.5}), '"author.reach" is a number; it must be a whole number'),
        (line(author={"handle": "a", "reach": -1}), '"author.reach" is -1; it must be 0 or more'),
        (
            line(author={"handle": "a", "reach": 2**63}),
            '"author.reach" is 9223372036854775808; it must be 0 or more',
        ),
        (line(text=...), '"text" is missing'),
        (line(text=5), '"text" is a number; it must be text'),
        (line(text="x" * 2_000_001), '"text" is longer than 2000000 characters'),
        (line(at=...), '"at" is missing'),
        (
            line(at=5),
            '"at" is a number; it must be RFC 3339 text, for example 2026-03-01T12:05:00Z',
        ),
        (
            line(at="yesterday"),
            '"at" is "yesterday": the time is not RFC 3339, for example 2026-03-01T12:05:00Z',
        ),
        (line(direction="up"), '"direction" is "up"; it must be one of in, out'),
        (line(visibility="direct"), '"visibility" is "direct"; it must be one of public, private'),
        (
            line(kind="joke"),
            '"kind" is "joke"; it must be one of question, complaint, praise, idea, brand_talk, noise',
        ),
        (
            line(kind=["question"]),
            '"kind" is a list; it must be one of question, complaint, praise, idea, brand_talk, noise',
        ),
        (line(reply_to=""), '"reply_to" is empty'),
        (line(parent="p"), '"parent" is text; it must be an object'),
        (line(parent={}), '"parent.id" is missing'),
        (line(parent={"id": "p", "text": 1}), '"parent.text" is a number; it must be text'),
        (line(parent={"id": "p", "paid": "yes"}), '"parent.paid" is text; it must be true or false'),
        (
            line(edited_at="2026-02-30T00:00:00Z"),
            '"edited_at" is "2026-02-30T00:00:00Z": the time does not exist',
        ),
        (line(deleted_at={}), '"deleted_at" is an object; it must be RFC 3339 text'),
        (line(account=5), '"account" is a number; it must be text'),
        (line(account=""), '"account" is empty'),
        (line(account="a" * 65), '"account" is longer than 64 characters'),
        (line(account=" a"), '"account" begins or ends with a space'),
        (line(account="../a"), '"account" holds "/"; allowed are letters, digits, space and . _ - @'),
        (line(account="a\u202eb"), '"account" holds "\\u202e"; allowed are letters'),
    ],
)
def test_what_is_wrong_is_said(bad: str, reason: str) -> None:
    with pytest.raises(BadLine) as caught:
        parse_import_line(bad)
    assert str(caught.value).startswith(reason)


def test_a_reason_never_repeats_more_than_a_little_and_only_ascii() -> None:
    with pytest.raises(BadLine) as caught:
        parse_import_line(line(kind="\x1b]0;x\x07\u202e" * 1000))
    assert len(str(caught.value)) < 200
    assert str(caught.value).isascii()
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize(
    "name", ["care", "Support Team", "a.b_c-d@e", "поддержка", "客服", "हिन्दी", "é" * 64]
)
def test_names_of_accounts_in_any_script(name: str) -> None:
    assert account_name_fault(name) == ""


@pytest.mark.parametrize(
    ("account", "file_name"),
    [
        ("care", "care"),
        ("a.b_c-d", "a.b_c-d"),
        (".hidden", "%2Ehidden"),
        ("..", "%2E."),
        ("a b", "a%20b"),
        ("a@b", "a%40b"),
        ("a/b", "a%2Fb"),
        ("é", "%C3%A9"),
        ("%41", "%2541"),
    ],
)
def test_an_account_becomes_a_plain_file_name(account: str, file_name: str) -> None:
    assert account_file_name(account) == file_name


def test_long_names_stay_apart_and_inside_the_limit_of_file_systems() -> None:
    names = {account_file_name("客" * 63 + last) for last in "服网络"}
    assert len(names) == 3
    assert max(map(len, names)) <= 200


def test_a_whole_reach_may_be_written_with_a_point() -> None:
    """Tables with gaps write every number so."""
    raw = '{"id": "1", "author": {"handle": "a", "reach": 1200.0}, "text": "t", "at": "2026-03-01T12:05:00Z"}'
    assert parse_import_line(raw).item.author.reach == 1200
