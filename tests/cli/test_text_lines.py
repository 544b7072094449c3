"""Texts on standard input, one a line."""

from __future__ import annotations

import io

import pytest

from careconsole.cli import text_lines as module
from careconsole.cli.text_lines import text_lines


@pytest.mark.parametrize(
    ("raw", "texts"),
    [
        (b"", []),
        (b"\n", [""]),
        (b"a\n\n\nb", ["a", "", "", "b"]),
        (b"a\r\nb\r\n", ["a\r", "b\r"]),
        ("a\u2028b\x0bc\x85d\x0ce\n".encode(), ["a\u2028b\x0bc\x85d\x0ce"]),
        (b'"two\\nlines"\n', ["two\nlines"]),
        (b' "spaced" \r\n', ["spaced"]),
        (b'"\\ud83d\\ude00"\n"\\ud800"\n', ["\U0001f600", "\ud800"]),
        (b'"not closed\n', ['"not closed']),
        (b'"quoted" and more\n', ['"quoted" and more']),
        (b'5\nnull\n["a"]\n{"a": 1}\n', ["5", "null", '["a"]', '{"a": 1}']),
        (b"[" * 20_000 + b"\n", ["[" * 20_000]),
        (b"\xff\xfe\n", ["\ufffd\ufffd"]),
    ],
)
def test_a_line_is_a_text(raw: bytes, texts: list[str]) -> None:
    assert list(text_lines(io.BytesIO(raw))) == texts


def test_a_line_without_end_is_one_text_and_never_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LINE_LIMIT", 10)
    assert list(text_lines(io.BytesIO(b"x" * 10 + b"\ny\n"))) == ["x" * 10, "y"]
    assert list(text_lines(io.BytesIO(b"x" * 35 + b"\ny"))) == ["x" * 10, "y"]
