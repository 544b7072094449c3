"""What commands print is safe on any terminal; what they print as JSON is what arrived."""

from __future__ import annotations

import json
import re

import pytest

from careconsole.cli.printing import block, one_line, put_json, put_json_list, put_table, say

NASTY = "\x1b]0;owned\x07 \x9b2J \u202e \r\n\x7f \ud800 [@click=app.exit]x[/] \u2028 end"
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\ud800-\udfff]")


def test_a_message_about_foreign_words_holds_no_control(capsys: pytest.CaptureFixture[str]) -> None:
    say(NASTY)
    told = capsys.readouterr()
    assert told.out == ""
    assert not CONTROL.search(told.err) and "end" in told.err


def test_lines_and_blocks_hold_no_control() -> None:
    assert not CONTROL.search(one_line(NASTY)) and "\n" not in one_line(NASTY)
    assert all(line.startswith("  | ") and not CONTROL.search(line) for line in block(NASTY, "  | "))


def test_a_block_is_printed_to_its_end() -> None:
    text = "\n".join(f"line {number}" for number in range(2_000))
    assert block(text, "> ")[-1] == "> line 1999"
    assert len(block(text, "> ")) == 2_000


def test_json_is_ascii_and_gives_back_what_arrived(capsys: pytest.CaptureFixture[str]) -> None:
    put_json({"text": NASTY})
    out = capsys.readouterr().out
    assert json.loads(out) == {"text": NASTY}
    assert out.isascii() and not CONTROL.search(out)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_long_list_is_one_object_a_line(count: int, capsys: pytest.CaptureFixture[str]) -> None:
    values = [{"id": number, "text": NASTY} for number in range(count)]
    put_json_list(iter(values))
    out = capsys.readouterr().out
    assert json.loads(out) == values
    assert out.isascii() and len(out.splitlines()) == (count + 2 if count else 1)


def test_a_table_stands_in_columns(capsys: pytest.CaptureFixture[str]) -> None:
    put_table([["#1", "李雷", "a"], ["#100", "ana", "b"]], right=frozenset({0}))
    assert capsys.readouterr().out == "  #1  李雷  a\n#100  ana   b\n"
