"""Escape with a letter right behind it is both; a paste is never keys."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import pytest
from textual import events
from textual._parser import ParseTimeout
from textual.drivers import linux_driver

from careconsole.console.escape import EscapeParser, part_escape

ESC = "\x1b"


def read(*reads: str, waits: bool = False) -> list[tuple[str, str]]:
    """Key and character of every key, and "paste" with the text of every paste."""
    return list(_read(reads, waits))


def _read(reads: tuple[str, ...], waits: bool) -> Iterator[tuple[str, str]]:
    parser = EscapeParser()
    for data in reads:
        for message in parser.feed(data):
            yield _shown(message)
    if waits:
        parser._gen.throw(ParseTimeout())
        while parser._tokens:
            yield _shown(parser._tokens.popleft())


def _shown(message: object) -> tuple[str, str]:
    if isinstance(message, events.Paste):
        return "paste", message.text
    assert isinstance(message, events.Key)
    return message.key, message.character or ""


@pytest.mark.parametrize("letter", [*"acdexyzACDEYZ", *"0123456789", "я", "漢"])
def test_a_letter_behind_escape(letter: str) -> None:
    assert read(ESC + letter) == [("escape", ESC), (letter, letter)]
    assert read(ESC, letter) == [("escape", ESC), (letter, letter)]


@pytest.mark.parametrize(
    ("sign", "key"),
    [(".", "full_stop"), ("?", "question_mark"), (" ", "space"), ("/", "slash"), ("\r", "enter")],
)
def test_a_sign_behind_escape(sign: str, key: str) -> None:
    assert [key for key, _ in read(ESC + sign, waits=sign == "\r")] == ["escape", key]


def test_many_letters_behind_escape_wait_for_nothing() -> None:
    assert read(ESC + "x" * 40) == [("escape", ESC), *[("x", "x")] * 40]


@pytest.mark.parametrize("letter", "OPNX")
def test_a_letter_that_could_begin_a_sequence_waits_for_one(letter: str) -> None:
    assert read(ESC + letter) == []
    assert read(ESC + letter, waits=True) == [("escape", ESC), (letter, letter)]


def test_sequences_are_what_they_were() -> None:
    keys = {"[A": "up", "OP": "f1", "[Z": "shift+tab", "[19~": "f8", "f": "ctrl+right", "b": "ctrl+left"}
    for sequence, key in keys.items():
        assert [name for name, _ in read(ESC + sequence)] == [key]
    assert read(ESC, waits=True) == [("escape", ESC)]


@pytest.mark.parametrize("cut", range(1, 22))
def test_escape_within_a_paste_presses_no_key(cut: int) -> None:
    data = f"{ESC}[200~a{ESC}yb{ESC}{ESC}[201~c"
    expected = [("paste", "a␛yb␛"), ("c", "c")]
    assert read(data) == read(data[:cut], data[cut:]) == expected
    assert read(*data) == expected


def test_keys_and_pastes_one_after_the_other() -> None:
    data = f"{ESC}[200~one{ESC}[201~{ESC}d{ESC}[200~two{ESC}[201~"
    assert read(data) == [("paste", "one"), ("escape", ESC), ("d", "d"), ("paste", "two")]


def test_terminals_are_read_with_it() -> None:
    part_escape()
    assert "XTermParser(" in _source_of_the_reader() and vars(linux_driver)["XTermParser"] is EscapeParser


def _source_of_the_reader() -> str:
    return inspect.getsource(linux_driver.LinuxDriver.run_input_thread)
