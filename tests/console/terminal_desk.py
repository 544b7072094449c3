"""Desks full of texts from a corpus, their console on a terminal, and what it may send there."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.pty_console import CONSOLE, PtyConsole
from tests.terminal_bytes import Token, tokens_of, unfit_characters

from careconsole.desk.opening import open_desk

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
    return [*own_corpus(), *(entry for entry in more if len(entry.text) < 2_000)]


def own_corpus() -> list[Entry]:
    """Our own corpus."""
    return list(_read(OWN_CORPUS))


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
