"""A TOML file with a fault is named with the line of the fault, whatever the fault is."""

from __future__ import annotations

import pytest

from careconsole.model.toml_text import TomlError, TomlText, unknown

FILE = b'''\
# a theme
name = "mine"

[colors]
primary = "#ffffff"
"text" = """
primary = "no"
[variables]
"""
accent = 3

[variables]
primary = 4
'''


def fault_of(raw: bytes) -> tuple[int, str]:
    with pytest.raises(TomlError) as caught:
        TomlText.parse(raw)
    assert str(caught.value) == f"line {caught.value.line}: {caught.value.reason}"
    return caught.value.line, caught.value.reason


def test_reads_values() -> None:
    assert TomlText.parse(b'\xef\xbb\xbfname = "mine"\r\n').values == {"name": "mine"}
    assert TomlText.parse(b"").values == {}


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b'a = "1"\nb = \nc = "3"\n', 2),
        (b'a = "1"\nb = [1,\n', 2),
        (b'a = """\nnever\nclosed\n', 3),
        (b'a = "1"\na = "2"\n', 2),
        (b'a = "1"\n\nb = "\xff"\n', 3),
        (b"a = \x00", 1),
        (b"a = " + b"[" * 5000, 1),
    ],
)
def test_names_the_line(raw: bytes, line: int) -> None:
    found, reason = fault_of(raw)
    assert found == line
    assert "TOML" in reason or "UTF-8" in reason
    assert "line" not in reason


@pytest.mark.parametrize(
    ("key", "table", "line"),
    [
        ("name", "", 2),
        ("primary", "colors", 5),
        ("accent", "colors", 10),
        ("primary", "variables", 13),
        ("text", "colors", 6),
        ("nothing", "colors", 4),
        ("nothing", "", 1),
        ("variables", "", 12),
    ],
)
def test_finds_the_line_of_a_key(key: str, table: str, line: int) -> None:
    assert TomlText.parse(FILE).line_of(key, table) == line


def test_refuses_the_first_unknown_key() -> None:
    toml = TomlText.parse(b'title = "x"\ntigs = []\nbodi = "y"\n')
    with pytest.raises(TomlError) as caught:
        toml.refuse_unknown(toml.values, ("title", "tags", "body"))
    assert caught.value.line == 2
    assert caught.value.reason == 'unknown key "tigs"; did you mean "tags"?'
    toml.refuse_unknown(["title"], ("title", "tags"))


def test_unknown_key_with_nothing_near() -> None:
    assert unknown("zzz", ["title", "body"]) == 'unknown key "zzz"; known are body, title'
    assert unknown("a\x1b[2J", ["title"]) == 'unknown key "a\N{REPLACEMENT CHARACTER}[2J"; known are title'
    assert len(unknown("q" * 5000, ["title"])) < 120
