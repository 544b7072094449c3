"""Hostile texts on a real terminal: every entry of the corpus as body, name and handle, byte by byte.

The terminal of these tests answers every question that is put to it, as real ones do. What the console sends must
be Textual's own grammar and nothing else, nothing may ask the terminal, nothing may press a key.
"""

from __future__ import annotations

import asyncio
import base64
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pyte.screens
import pytest
from tests.pty_console import CONSOLE, PtyConsole
from tests.terminal_bytes import Token, tokens_of, unfit_characters
from wcwidth import wcswidth, wcwidth

from careconsole.desk.opening import open_desk
from careconsole.model.text_gate import safe_line

ROOT = Path(__file__).parents[2]
OWN_CORPUS = ROOT / "tests" / "hostile_corpus.jsonl"
MORE_CORPUS = ROOT.parent / "shared" / "data" / "hostile.jsonl"

GRAMMAR = {
    "text",
    "CSI m",
    "CSI H",
    "CSI ?2026h",
    "CSI ?2026l",
    "CSI ?25h",
    "CSI ?25l",
    "OSC 2",
    "OSC 22",
    "c0 b'\\x07'",
}
"""What a console at rest and at work sends, as often as it likes: pens, addresses, frames, the title, the bell."""
ONCE = {
    "CSI ?1049h",
    "CSI ?1049l",
    "CSI ?1004h",
    "CSI ?1004l",
    "CSI ?2004h",
    "CSI ?2004l",
    "CSI ?7h",
    "CSI ?7l",
    "CSI >25u",
    "CSI <u",
    "CSI ?2026$p",
    "CSI ?2048$p",
    "CSI 22;2t",
    "CSI 23;2t",
}
"""What it sends once, at its start or end."""
TITLE = re.compile(r"2;[A-Za-z0-9 ,.:·()-]*")
POINTER = re.compile(r"22;[a-z-]*")

HANDLE_LIMIT, NAME_LIMIT = 256, 1000
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


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of a corpus."""

    id: str
    class_: str
    text: str
    is_honest: bool


def corpus() -> list[Entry]:
    """Our own corpus, and another one where it is at hand, without its very long texts."""
    more = list(_read(MORE_CORPUS)) if MORE_CORPUS.exists() else []
    return [*_read(OWN_CORPUS), *(entry for entry in more if len(entry.text) < 2_000)]


def _read(path: Path) -> Iterator[Entry]:
    for line in path.read_text("ascii").splitlines():
        found = json.loads(line)
        text = found["text"] if "text" in found else _made(found["gen"])
        yield Entry(found["id"], found["class"], text, found.get("expect") == "preserve")


def _made(gen: dict[str, Any]) -> str:
    if "b64" in gen:
        return base64.b64decode(gen["b64"]).decode("utf-8", "replace")
    return str(gen["unit"]) * int(gen["times"]) + str(gen.get("suffix", ""))


def line_of(id: str, handle: str, text: str, number: int, **more: object) -> dict[str, object]:
    """A line for `import`: customer `handle` wrote this so many seconds after noon."""
    author = {"handle": handle, "name": more.pop("name", handle)}
    at = f"2026-03-01T{12 + number // 3600:02}:{number // 60 % 60:02}:{number % 60:02}Z"
    return {"account": "shop", "id": id, "author": author, "text": text, "at": at, "kind": "question", **more}


def desk_of(home: Path, lines: Iterable[dict[str, object]], rest_ms: int) -> Path:
    """A desk with these messages, all of them."""
    home.mkdir(mode=0o700)
    (home / "settings.toml").write_text(f"[console]\nrest_ms = {rest_ms}\n")
    count = take_in(home, lines)
    assert count > 0
    return home


def take_in(home: Path, lines: Iterable[dict[str, object]]) -> int:
    """Import messages by the command; every one must be taken."""
    data = "".join(json.dumps(line) + "\n" for line in lines)
    done = subprocess.run(
        [*CONSOLE, "--home", str(home), "import", "-"],
        input=data.encode("ascii"),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, (done.stdout, done.stderr)
    return data.count("\n")


def open_console(home: Path, columns: int, lines: int) -> PtyConsole:
    """The console of a desk; it has begun to show its queue when the caller has waited for that."""
    return PtyConsole([*CONSOLE, "--home", str(home), "--agent", "ana"], columns=columns, lines=lines)


def said(console: PtyConsole, since: int = 0) -> str:
    """All the words it has sent since a place in the output, without the sequences."""
    tokens = tokens_of(bytes(console.output[since:]))
    return "".join(token.raw.decode() for token in tokens if token.kind == "text")


def next_frame(console: PtyConsole, *keys: str) -> int:
    """Press keys and wait for the frame that follows; where its bytes begin."""
    since = len(console.output)
    console.press(*keys)
    console.wait_for_bytes(b"\x1b[?2026l", since)
    return since


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
        silent = 0
    assert sorted(marks - seen_marks(screens)) == []
    return "\n".join(screens)


SILENT_PAGES = 6


def seen_marks(screens: Iterable[str]) -> set[str]:
    """The marks of messages that stand on these screens."""
    return {mark for screen in screens for mark in re.findall(r"#\d{4}", screen)}


def check_output(console: PtyConsole) -> None:
    """Nothing but our own grammar, no question to the terminal, no key pressed, no crash."""
    assert console.process.poll() is None, console.text()
    assert (console.answers.stray, console.answers.own) == ([], 2)
    tokens = tokens_of(bytes(console.output))
    shapes = [token.shape for token in tokens]
    assert set(shapes) <= GRAMMAR | ONCE
    assert {shape: shapes.count(shape) for shape in ONCE if shapes.count(shape) > 1} == {}
    assert [token.raw for token in tokens if not _is_ours(token)] == []
    words = said(console)
    assert unfit_characters(words) == set()
    assert "Traceback" not in words
    assert "typing?" not in words


def _is_ours(token: Token) -> bool:
    if token.kind != "osc":
        return True
    payload = token.raw[2:].rstrip(b"\x07\x1b\\").decode()
    return bool(TITLE.fullmatch(payload) or POINTER.fullmatch(payload))


def events_of(home: Path) -> dict[str, int]:
    """How often each kind of event was recorded."""

    async def count() -> dict[str, int]:
        async with open_desk(home, agent="tests", read_only=True) as desk:
            rows = await desk.store.read(lambda tx: tx.rows("SELECT kind, count(*) FROM event GROUP BY kind"))
            return dict(rows)  # type: ignore[arg-type]

    return asyncio.run(count())


LOOKING = {"arrived", "rules_set", "signed_on", "opened", "focus"}
"""Events of somebody who only looks."""


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
    entries = corpus()
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


def pairs(entries: Iterable[Entry], limit: int = 220) -> list[tuple[str, str]]:
    """Handles and names for as few customers as hold all entries."""
    texts = packed(entries, limit)
    return [
        (f"h{number:03} {texts[number]}".strip(), texts[(number + 1) % len(texts)])
        for number in range(0, len(texts), 2)
    ]


def test_every_text_in_header_and_why(tmp_path: Path) -> None:
    lines = []
    for number, (handle, name) in enumerate(pairs(_read(OWN_CORPUS))):
        parent = {"id": "p", "text": name}
        lines.append(line_of(f"{number}", handle, f"#{number:04}", number, name=name, parent=parent))
    home = desk_of(tmp_path / "home", lines, rest_ms=0)
    with open_console(home, columns=120, lines=30) as console:
        console.wait_for("#0000")
        for number, line in enumerate(lines):
            if number:
                console.press("j")
                console.wait_for(lambda screen, number=number: screen.count(f"#{number:04}") > 1)
            console.press("w")
            wait_for_words(console, shown_words(f"Why is it here? @{line['author']['handle']}")[:200])
            console.press("w")
            console.wait_for(lambda screen: "Why is it here?" not in screen)
        check_output(console)
    assert set(events_of(home)) <= LOOKING


SNIPPET = """
title = "Qqq"
language = "en"
body = "{{name}}, I look into it."
"""


def test_dangerous_texts_while_answering(tmp_path: Path) -> None:
    """In composer and review: the customer's name in the frame, and in the text by way of a prepared answer."""
    entries = [entry for entry in _read(OWN_CORPUS) if entry.class_ in DANGEROUS]
    lines = []
    for number, (handle, name) in enumerate(pairs(entries)):
        lines.append(line_of(f"{number}", handle, f"#{number:04} {name}", number, name=name))
    home = desk_of(tmp_path / "home", lines, rest_ms=5000)
    (home / "snippets" / "qqq.toml").write_text(SNIPPET)
    with open_console(home, columns=120, lines=30) as console:
        console.wait_for("#0000")
        for line in lines:
            console.press("p")
            console.wait_for(partial(is_open, line["author"]["handle"][:5]))
            write_and_put_away(console, line["author"]["handle"])
        check_output(console)
    assert set(events_of(home)) <= LOOKING | {"claimed"}
    assert events_of(home)["claimed"] == len(lines)


def is_open(handle: str, screen: str) -> bool:
    """Whether this customer's thread is on the screen and ours."""
    return screen.count(f"@{handle}") > 1 and "held by you" in screen and "Esc Queue" in screen


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


DISPUTED = [
    "\u0915\u094d\u0937\u093f\u092a\u094d\u0930 \u0915\u093e\u0930",
    "\u0b95\u0bcb\u0baa\u0bc8 \u0bae\u0bc7\u0bb2\u0bca",
    "\u1780\u17b6\u1794\u17bc\u1794 \u1781\u17d2\u1789\u17bb\u17c6",
    "\u1019\u103c\u1014\u103a\u1019\u102c",
    "e\u0323\u0302\u0301\u0300e\u0323\u0302\u0301",
    "\U0001f469\u200d\U0001f469\u200d\U0001f466 family",
    "\u6f22\u5b57\u30ab\u30bf\u30ab\u30ca\uff76\uff9e",
    "\u0645\u0631\u062d\u0628\u0627 \u0628\u0650\u0643\u064f\u0645",
    "\U0001f44d\U0001f3fd\u2764\ufe0f\u263a\ufe0f",
    "\u0e01\u0e33\u0e44\u0e1b\u0e19\u0e49\u0e33",
]
"""Names and texts over whose width terminals quarrel."""


def _counts_marks(char: str) -> int:
    """The width of a character on a terminal that gives every mark a cell of its own."""
    return 1 if unicodedata.category(char)[0] == "M" else wcwidth(char)


def right_of(console: PtyConsole, column: int) -> list[str]:
    """Every line of the screen from a column on, cell by cell."""
    console.text()
    cells = range(column, console.screen.columns)
    return ["".join(console.screen.buffer[y][x].data for x in cells) for y in range(console.screen.lines)]


def column_after(output: bytes, start: str) -> int:
    """The column that is addressed behind the customer's cell whose words begin like this."""
    found = re.search(
        b"@" + re.escape(start.encode()) + rb"[^\x1b]*(?:\x1b\[[0-9;]*m)?\x1b\[\d+;(\d+)H", output
    )
    assert found is not None, start
    return int(found[1])


@pytest.mark.parametrize("width_of", [wcwidth, _counts_marks])
def test_a_disputed_width_moves_nothing_to_its_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width_of: Any
) -> None:
    monkeypatch.setattr(pyte.screens, "wcwidth", width_of)
    right, columns = [], []
    for home, texts in (("plain", ["plain words"] * len(DISPUTED)), ("disputed", DISPUTED)):
        lines = [line_of(f"{n}", f"{text} {n}", f"{text} where is it?", n) for n, text in enumerate(texts)]
        with open_console(desk_of(tmp_path / home, lines, rest_ms=5000), columns=170, lines=20) as console:
            console.wait_for(lambda screen: "10 waiting" in screen and "Snippets" in screen)
            for key in "jjjk":
                next_frame(console, key)
                console.settle(0.05)
            check_output(console)
            middle = console.text().split("\n")[1].index("Snippets") - 60
            right.append(right_of(console, middle))
            columns.append({column_after(bytes(console.output), shown_words(text)[:1]) for text in texts})
    assert right[0] == right[1]
    assert columns[0] == columns[1] and len(columns[0]) == 1


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
