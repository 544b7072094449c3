"""The wallboard for browsers without a browser: who is let in, what passes, what the page holds, how a wall starts."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careconsole.console.wallboard.serving import page_files
from careconsole.console.wallboard.serving.child import (
    HANDED_ON,
    Wall,
    command,
    environment,
    is_behind_page,
)
from careconsole.console.wallboard.serving.door import (
    NO_TOKEN,
    NOT_HERE,
    NOT_OURS,
    Asked,
    Door,
    Refused,
    new_token,
)
from careconsole.console.wallboard.serving.program import CannotServe, listen
from careconsole.console.wallboard.serving.wire import (
    MOST_COLUMNS,
    MOST_LINES,
    Heard,
    WireError,
    drawn,
    heard,
    packet,
    size_of,
)
from careconsole.model.web_address import WebAddress

TOKEN = "the-token"
OPEN = Door(WebAddress())
SHUT = Door(WebAddress("192.168.1.5"), TOKEN, "here")
HERE, THERE = "127.0.0.1:8730", "192.168.1.5:8730"


# The door


@pytest.mark.parametrize("name", ["", "wall.js", "textual.js", "nothing"])
def test_on_loopback_the_page_is_open(name: str) -> None:
    assert OPEN.ask(f"/{name}", HERE, None) == Asked(name)
    assert OPEN.ask(f"/{name}", HERE, f"http://{HERE}") == Asked(name)


def test_with_another_host_nothing_is_had_without_the_token() -> None:
    assert SHUT.ask(f"/{TOKEN}/", THERE, None) == Asked("")
    assert SHUT.ask(f"/{TOKEN}/wall.js", THERE, None) == Asked("wall.js")
    assert SHUT.ask(f"/{TOKEN}", THERE, None) == Asked(None)
    assert SHUT.ask(f"/{TOKEN}/ws", THERE, f"http://{THERE}") == Asked("ws")
    for path in (
        "/",
        "/ws",
        "/wall.js",
        "/the-toke/",
        "/the-tokenn/",
        f"//{TOKEN}/",
        "/THE-TOKEN/",
        "/é/",
        "",
    ):
        assert SHUT.ask(path, THERE, f"http://{THERE}") == Refused(NO_TOKEN), path


@given(st.text())
def test_no_other_word_is_the_token(word: str) -> None:
    is_it = word.partition("/")[0] == TOKEN
    assert (SHUT.ask(f"/{word}", THERE, None) == Refused(NO_TOKEN)) is not is_it


@pytest.mark.parametrize("door", [OPEN, SHUT])
@pytest.mark.parametrize("host", [None, "", "evil.example", "evil.example:8730", "127.0.0.1.evil.example"])
def test_a_name_pointed_at_us_opens_nothing(door: Door, host: str | None) -> None:
    assert door.ask(f"/{door.token}", host, None) == Refused(NOT_HERE)


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "http://127.0.0.1:1",
        f"http://{HERE}.evil.example",
        f"file://{HERE}",
        "",
    ],
)
def test_another_page_gets_neither_page_nor_wall(origin: str) -> None:
    for path in ("/", "/ws", "/wall.js"):
        assert OPEN.ask(path, HERE, origin) == Refused(NOT_OURS)


def test_the_wall_wants_to_know_whose_page_asks() -> None:
    assert OPEN.ask("/ws", HERE, None) == Refused(NOT_OURS)
    assert OPEN.ask("/ws", HERE, f"http://{HERE}") == Asked("ws")
    assert OPEN.ask("/ws", "Localhost:8730", "https://localhost:8730") == Asked("ws")


def test_tokens_are_long_and_never_the_same_and_no_door_shows_its_own() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100 and all(re.fullmatch(r"[\w-]{43}", token) for token in tokens)
    assert TOKEN not in repr(SHUT)


# The wire


def test_what_the_page_says_reaches_the_program() -> None:
    assert heard('["stdin", "é"]') == Heard(b"D\0\0\0\2\xc3\xa9")
    assert heard('["stdin", "\\ud800"]').to_program == packet(b"D", b"?")
    assert heard('["ping", "17"]') == Heard(to_page='["pong", "17"]')
    assert json.loads(heard('["focus"]').to_program[5:]) == {"type": "focus"}
    resized = heard('["resize", {"width": 240, "height": 67}]').to_program
    assert resized[:1] == b"M" and json.loads(resized[5:]) == {"type": "resize", "width": 240, "height": 67}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "[" * 30_000,
        '["quit"]',
        '["stdin"]',
        '["stdin", 5]',
        '["stdin", "a", "b"]',
        '["meta", {"type": "quit"}]',
        '["resize", {"width": true, "height": 5}]',
        '["resize", {"width": 1.5, "height": 5}]',
        '["resize", {"width": 80}]',
        '["deliver_chunk_request", "key"]',
    ],
)
def test_what_no_page_of_ours_says_is_refused(text: str) -> None:
    with pytest.raises(WireError):
        heard(text)


@given(st.integers(), st.integers())
def test_a_size_is_one_that_can_be_drawn(columns: int, lines: int) -> None:
    width, height = size_of(columns, lines)
    assert 20 <= width <= MOST_COLUMNS and 5 <= height <= MOST_LINES


PLAIN = "\x1b[?2026h\x1b[1;1H\x1b[1;38;2;1;2;3mlate now 1 ▁▂█ é 中\x1b[0m\r\n".encode()


@pytest.mark.parametrize(
    "obeyed",
    [
        b"\x1b]0;a title\x07",
        b"\x1b]2;a title\x1b\\",
        b"\x1b]52;c;ZXZpbA==\x07",
        b"\x1b]52;c;?\x1b\\",
        b"\x1b]8;;https://evil.example\x1b\\",
        b"\x1bP1$r0m\x1b\\",
        b"\x1b_Gf=100;AAAA\x1b\\",
        b"\x1b^words\x1b\\",
        b"\x1bXwords\xc2\x9c",
        "\x9d0;a title\x9c".encode(),
        "\x90q\x07".encode(),
        "\x85".encode(),
        b"\x1b]0;\xff\n\xfe\x07",
    ],
)
def test_only_drawing_reaches_the_page(obeyed: bytes) -> None:
    assert drawn(PLAIN) == PLAIN
    assert drawn(PLAIN + obeyed + PLAIN) == PLAIN + PLAIN


@pytest.mark.parametrize(
    "begun", ["\x1b", "\x1b]", "\x1b]52;c;ZX", "\x9d0;title", "\x1bPq\x1b", "\x1b]0;title\n"]
)
def test_nor_does_what_never_ends(begun: str) -> None:
    assert drawn(PLAIN + begun.encode()) == PLAIN


PARTS = [b"\x1b", b"]", b"P", b"52;c;", b"\x07", b"\\", b"\xc2", b"\x9c", b"\x9d", b"[1m", b"x"]


@given(st.lists(st.sampled_from(PARTS), max_size=12))
def test_no_mixture_of_them_does(parts: list[bytes]) -> None:
    passed = drawn(b"".join(parts)).decode()
    assert not re.search(r"\x1b(?!\[)|[\x80-\x9f]", passed)


# The page


def text_of(name: str) -> str:
    found = page_files.page_file(name)
    assert found is not None
    return found[0].decode()


def test_our_page_names_no_other_host() -> None:
    for name in page_files.OURS:
        assert not re.search(r"//[\w.-]+\.\w|@import|\bsrcset\b", text_of(name)), name


def test_our_page_asks_for_nothing_but_its_own_files() -> None:
    asked = set(re.findall(r'(?:src|href)="([^"]*)"', text_of(""))) | set(
        re.findall(r'url\("([^"]*)"\)', text_of("wall.css"))
    )
    assert asked - {"data:,"} == {*page_files.OURS, *page_files.THEIRS} - {""}


def test_no_script_stands_in_the_page_and_none_is_let_in() -> None:
    assert not re.search(r"<script(?! src)|<style|\son\w+=|\sstyle=", text_of(""))
    policy = page_files.HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src 'self';" in policy and "http" not in policy
    assert "allow-popups" not in policy and "allow-top-navigation" not in policy


@pytest.mark.parametrize(
    "name", ["x", "../wall.html", "wall.html", "static/js/textual.js", "/etc/passwd", ".."]
)
def test_nothing_else_is_a_file_of_the_page(name: str) -> None:
    assert page_files.page_file(name) is None


# The wall behind it


def test_a_wall_is_a_list_of_arguments_without_the_token() -> None:
    words = command(Wall(Path("/a home; rm -rf $HOME"), "-vera", "today", "--dark"))
    assert words == [
        sys.executable,
        "-P",
        "-m",
        "careconsole",
        "--home=/a home; rm -rf $HOME",
        "--agent=-vera",
        "--theme=--dark",
        "wallboard",
        "--since=today",
    ]


def test_a_wall_sees_the_named_variables_alone() -> None:
    ours = {name: "x" for name in HANDED_ON} | {"CARECONSOLE_HOME": "h", "AWS_SECRET": "s", "LD_PRELOAD": "p"}
    seen = environment(ours, (100, 30))
    assert set(seen) - set(HANDED_ON) == {"TEXTUAL_DRIVER", "TEXTUAL_COLOR_SYSTEM", "TERM", "COLUMNS", "ROWS"}
    assert (seen["COLUMNS"], seen["ROWS"]) == ("100", "30")
    assert is_behind_page(seen) and not is_behind_page(ours)


def test_nothing_secret_is_handed_on() -> None:
    assert not [name for name in HANDED_ON if re.search("TOKEN|SECRET|KEY|PASS|CARECONSOLE|PRELOAD", name)]


# The command


def test_an_address_that_is_taken_is_a_sentence() -> None:
    with listen(WebAddress(port=0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotServe, match=f"127.0.0.1 port {port}: Address already in use"):
            listen(WebAddress(port=port))


def test_a_host_that_is_not_ours_is_a_sentence() -> None:
    with pytest.raises(CannotServe, match=r"Nothing can be served at 192\.0\.2\.1"):
        listen(WebAddress("192.0.2.1", 0))
