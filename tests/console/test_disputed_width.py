"""Terminals quarrel over the width of some characters; no pane and no column moves by that."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

import pyte.screens
import pytest
from tests.console.terminal_desk import check_output, desk_of, line_of, next_frame, open_console
from tests.pty_console import PtyConsole
from wcwidth import wcwidth

from careconsole.model.text_gate import safe_line

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
            columns.append({column_after(bytes(console.output), safe_line(text).text[:1]) for text in texts})
    assert right[0] == right[1]
    assert columns[0] == columns[1] and len(columns[0]) == 1
