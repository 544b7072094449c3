"""Keys as a real terminal sends them."""

from __future__ import annotations

import time
from pathlib import Path

from tests.console.terminal_desk import desk_of, open_console
from tests.pty_console import PtyConsole

LINES = [
    {
        "account": "shop",
        "id": f"m{n}",
        "author": {"handle": f"customer{n}"},
        "text": f"Where is parcel {n}?",
        "at": f"2026-03-04T12:0{n}:00Z",
        "kind": "question",
    }
    for n in range(1, 5)
]


def cursor_is_on(console: PtyConsole, handle: str) -> None:
    console.wait_for(
        lambda screen: any(line.startswith(">") and f"@{handle} " in line for line in screen.splitlines())
    )


def test_escape_with_a_letter_right_behind_it_is_both(tmp_path: Path) -> None:
    with open_console(desk_of(tmp_path / "home", LINES, rest_ms=300), 100, 30) as console:
        cursor_is_on(console, "customer1")
        console.press("ctrl+p")
        console.wait_for("Search commands")
        console.press("\x1bj")
        cursor_is_on(console, "customer2")
        assert "Search commands" not in console.text()


def test_a_reply_begun_from_the_list_is_whole(tmp_path: Path) -> None:
    with open_console(desk_of(tmp_path / "home", LINES, rest_ms=300), 100, 30) as console:
        cursor_is_on(console, "customer1")
        for letter in "rDear you":
            console.press(letter)
            time.sleep(0.1)
        console.wait_for(lambda screen: "Dear you" in screen or "typing?" in screen)
