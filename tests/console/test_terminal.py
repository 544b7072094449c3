"""Hostile texts on a real terminal: every entry of the corpus as body, name and handle, byte by byte.

The terminal of these tests answers every question that is put to it, as real ones do. What the console sends must
be Textual's own grammar and nothing else, nothing may ask the terminal, nothing may press a key.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import pytest
from tests.console.terminal_desk import (
    GRAMMAR,
    HANDLE_LIMIT,
    LOOKING,
    NAME_LIMIT,
    ONCE,
    Entry,
    check_output,
    corpus,
    desk_of,
    events_of,
    line_of,
    open_console,
    own_corpus,
    said,
)
from tests.pty_console import PtyConsole
from tests.terminal_bytes import tokens_of, unfit_characters
from wcwidth import wcswidth, wcwidth

from careconsole.model.text_gate import safe_line

pytestmark = pytest.mark.timeout(180)
"""Each of these opens the real program several times and feeds it hundreds of texts."""

TALL = {"columns": 118, "lines": 300}
"""One pane at a time, and much of it."""
DANGEROUS = {
    "ansi-csi",
    "osc",
    "dcs-apc",
    "c1",
    "answerback",
    "c0",
    "esc-other",
    "paste",
    "markup",
    "bidi",
    "zero-width",
    "combining",
    "encoding",
    "encoding-bytes",
    "combo",
}


def page_to_all(console: PtyConsole, key: str, back: str, marks: set[str]) -> str:
    """Press a key until every mark has been on the screen, going through it all twice if need be; the screens."""
    console.settle(0.3)
    screens = [console.text()]
    silent = 0
    for _ in range(2):
        while silent < SILENT_PAGES and not marks <= seen_marks(screens):
            console.press(key)
            # A page that looks like the one before it sends nothing.
            silent = 0 if console.comes(0.2) else silent + 1
            console.settle(0.03)
            screens.append(console.text())
        console.press(back)
        console.settle(0.3)
        screens.append(console.text())  # on a busy machine the first page may not have been whole at first
        silent = 0
    assert sorted(marks - seen_marks(screens)) == []
    return "\n".join(screens)


SILENT_PAGES = 6


def seen_marks(screens: Iterable[str]) -> set[str]:
    """The marks of messages that stand on these screens."""
    return {mark for screen in screens for mark in re.findall(r"#\d{4}", screen)}


def packed(entries: Iterable[Entry], limit: int) -> list[str]:
    """The entries joined into texts of at most so many characters, whole but for those that are longer."""
    texts: list[str] = []
    for entry in entries:
        text = entry.text[:limit]
        if texts and len(texts[-1]) + len(text) < limit:
            texts[-1] += f"/{text}"
        else:
            texts.append(text)
    return texts


def shown_words(text: str) -> str:
    """The text as the gate lets it out, without blanks, which a line break may swallow."""
    return unframed(safe_line(text).text)


def unframed(words: str) -> str:
    """Words without blanks, which a line break swallows, and without the marks that stand before a line."""
    return re.sub(r"[\s┃║│┌└]", "", words)


def wait_for_words(console: PtyConsole, wanted: str) -> None:
    """Wait until some words are on the screen, across line breaks and their marks."""
    console.wait_for(lambda screen: drawn(unframed(wanted)) in unframed(screen))


def drawn(text: str) -> str:
    """What the screen of a test keeps of a text: it has no cells for marks that do not combine."""
    return "".join(char for char in text if unicodedata.combining(char) or wcwidth(char) != 0)


def test_every_text_in_the_queue(tmp_path: Path) -> None:
    lines = []
    for number, entry in enumerate(corpus()):
        handle = f"{entry.text[: HANDLE_LIMIT - 8]} {number}"
        text, name = f"#{number:04} {entry.text}", entry.text[:NAME_LIMIT]
        lines.append(line_of(f"{number}", handle, text, number, name=name))
    home = desk_of(tmp_path / "home", lines, rest_ms=5000)
    with open_console(home, **TALL) as console:
        console.wait_for(f"{len(lines)} waiting")
        page_to_all(console, "pagedown", "g", {f"#{number:04}" for number in range(len(lines))})
        check_output(console)
    assert set(events_of(home)) <= LOOKING


def test_every_text_in_a_thread(tmp_path: Path) -> None:
    entries = [entry for entry in corpus() if len(entry.text) < LONG]
    lines = []
    for number, entry in enumerate(entries):
        text, name = f"#{number:04} {entry.text}", entry.text[:NAME_LIMIT]
        lines.append(line_of(f"{number}", "everybody", text, number, name=name))
    home = desk_of(tmp_path / "home", lines, rest_ms=5000)
    with open_console(home, **TALL) as console:
        console.wait_for("@everybody")
        console.press("enter")
        console.wait_for(f"#{len(lines) - 1:04}")
        screens = page_to_all(console, "pageup", "G", {f"#{number:04}" for number in range(len(lines))})
        check_output(console)
    honest = [unicodedata.normalize("NFC", entry.text) for entry in entries if entry.is_honest]
    short = [text for text in honest if "\n" not in text and wcswidth(text) < 100]
    assert len(short) > 80
    assert [text for text in short if drawn(text) not in screens] == []
    assert set(events_of(home)) <= LOOKING


LONG = 1_500
"""From here on a text is a bomb, which has a thread of its own."""


def pairs(entries: Iterable[Entry], limit: int = 220) -> list[tuple[str, str]]:
    """Handles and names for as few customers as hold all entries."""
    texts = packed(entries, limit)
    return [
        (f"h{number:03} {texts[number]}".strip(), texts[(number + 1) % len(texts)])
        for number in range(0, len(texts), 2)
    ]


def test_every_text_in_a_header_and_every_bomb(tmp_path: Path) -> None:
    lines = []
    for number, (handle, name) in enumerate(pairs(own_corpus())):
        parent = {"id": "p", "text": name}
        lines.append(line_of(f"{number}", handle, "Hello", number, name=name, parent=parent))
    for number, entry in enumerate(entry for entry in own_corpus() if len(entry.text) >= LONG):
        lines.append(line_of(f"b{number}", f"b{number:03}", entry.text, 100 + number))
    home = desk_of(tmp_path / "home", lines, rest_ms=0)
    with open_console(home, columns=120, lines=30) as console:
        console.wait_for("@h000")
        for line in lines[1:]:
            console.press("j")
            console.wait_for(partial(is_seen_twice, line["author"]["handle"][:4]))
        check_output(console)
    assert set(events_of(home)) <= LOOKING


def is_seen_twice(handle: str, screen: str) -> bool:
    """Whether a customer stands in the queue and above the thread."""
    return screen.count(f"@{handle}") > 1


def test_every_text_in_why(tmp_path: Path) -> None:
    lines = [
        line_of(f"{number}", handle, "Hello", number, name=name)
        for number, (handle, name) in enumerate(pairs(own_corpus()))
    ]
    home = desk_of(tmp_path / "home", lines, rest_ms=5000)
    with open_console(home, columns=80, lines=24) as console:
        console.wait_for("@h000")
        console.settle(0.2)
        for line in lines:
            console.press("w")
            wait_for_words(console, shown_words(f"Why is it here? @{line['author']['handle']}")[:80])
            console.press("w")
            console.wait_for(lambda screen: "Why is it here?" not in screen)
            console.press("j")
        check_output(console)
    assert set(events_of(home)) <= LOOKING


SNIPPET = """
title = "Qqq"
language = "en"
body = "{{name}}, I look into it."
"""


def test_dangerous_texts_while_answering(tmp_path: Path) -> None:
    """In composer and review: in the frame, and in the text by way of a prepared answer that takes the name."""
    texts = packed((entry for entry in own_corpus() if entry.class_ in DANGEROUS), 230)
    lines = []
    for number in range(0, len(texts), 3):
        handle, name = f"h{number:03} {texts[number]}".strip(), "/".join(texts[number + 1 : number + 3])
        # So far apart that a mood which somebody may read from such a text moves nobody before another.
        lines.append(line_of(f"{number}", handle, f"Hello {name}", 300 * number, name=name or "Vera"))
    home = desk_of(tmp_path / "home", lines, rest_ms=5000)
    (home / "snippets" / "qqq.toml").write_text(SNIPPET)
    with open_console(home, columns=80, lines=24) as console:
        console.wait_for("@h000")
        for line in lines:
            console.press("p")
            console.wait_for(partial(is_open, line["author"]["handle"][:4]))
            write_and_put_away(console, line["author"]["handle"])
        check_output(console)
    assert set(events_of(home)) <= LOOKING | {"claimed"}
    assert events_of(home)["claimed"] == len(lines)


def is_open(handle: str, screen: str) -> bool:
    """Whether this customer's thread is on the screen and ours."""
    return f"@{handle}" in screen and "held by you" in screen and "Esc Queue" in screen


def write_and_put_away(console: PtyConsole, handle: str) -> None:
    """Take a prepared answer with the customer's name in it, look at the review, and put it away."""
    console.press("r")
    console.wait_for("Ctrl+S Review")
    console.press("f3")
    console.wait_for("Enter Insert")
    console.press("qqq")
    console.wait_for(lambda screen: "Snippets  1" in screen)
    console.press("enter")
    console.wait_for(lambda screen: "Ctrl+S Review" in screen and "Enter Insert" not in screen)
    console.press("ctrl+s")
    console.wait_for("y Send")
    wait_for_words(console, shown_words(f"to @{handle}")[:60])
    console.press("n")
    console.wait_for(lambda screen: "y Send" not in screen and "Esc Queue" in screen)


NAIVE = """
import json, sys
from textual.app import App
from textual.content import Content
from textual.widgets import Static


class Naive(App):
    def compose(self):
        yield Static("ready", markup=False)
        for line in sys.argv[1:]:
            yield Static(Content(json.loads(line)))

Naive().run(mouse=False)
"""


def test_the_terminal_of_these_tests_sees_what_a_plain_widget_lets_through() -> None:
    """What the checks above look for is found in a program without a gate."""
    texts = ["x\x1b[6ny", "x\x1b]2;gone\x07y", "x\u202ey", "x\x1b[2Jy", "x\x05y", "x\x9b6ny"]
    with PtyConsole([sys.executable, "-c", NAIVE, *map(json.dumps, texts)], columns=80, lines=24) as console:
        console.wait_for_bytes(b"\xc2\x9b6n")
        console.settle(0.2)
        shapes = {token.shape for token in tokens_of(bytes(console.output))}
        assert {"CSI 2J", "CSI 6n", "C1 CSI 6n", "c0 b'\\x05'"} <= shapes - GRAMMAR - ONCE
        assert {b"\x1b[6n", b"\x05", b"\xc2\x9b6n"} <= set(console.answers.stray)
        assert unfit_characters(said(console)) == {"\u202e"}
        with pytest.raises(AssertionError):
            check_output(console)
