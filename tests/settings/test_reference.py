"""The settings reference in README is the one that the program makes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from careconsole.settings import SettingsError, parse_settings, reference
from careconsole.settings.faults import line_of
from careconsole.settings.known import DEFAULT_UNDO_S, ENTRIES

README = Path(__file__).parents[2] / "README.md"


def test_readme_holds_the_reference() -> None:
    begin, end = "<!-- settings -->\n", "<!-- /settings -->"
    text = README.read_text("utf-8")
    assert text.count(begin) == text.count(end) == 1
    assert text.partition(begin)[2].partition(end)[0].strip() == reference().strip()


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: ".".join(entry.path))
def test_every_key_of_the_reference_is_read(entry: object) -> None:
    """A value of no possible type is refused at exactly this key, so the key is looked at."""
    path = [part.lower()[:2] if part == "LANGUAGE" else part for part in entry.path]  # type: ignore[attr-defined]
    name = ".".join(path)
    with pytest.raises(SettingsError, match=r"must be|is a date") as caught:
        parse_settings(f"{name} = 1979-05-27T07:32:00Z".encode())
    assert f"line 1: {name} " in str(caught.value)


def test_the_defaults_of_the_reference_are_true() -> None:
    plain = parse_settings(b"")
    told = {entry.path: entry.default for entry in ENTRIES}

    assert {
        kind: int(told["rank", "targets_min", kind.value]) for kind in plain.targets_min
    } == plain.targets_min
    assert {mode: plain.undo_s[mode] for mode in plain.undo_s if mode in DEFAULT_UNDO_S} == {
        word: int(told["undo_s", word]) for word in DEFAULT_UNDO_S
    }
    assert int(told["console", "rest_ms"]) == plain.rest_ms
    assert (told["alerts", "bell"], told["alerts", "title"]) == ("true", "true")
    assert plain.has_bell and plain.has_title and plain.has_builtin_emergency and plain.has_builtin_snippets


TANGLED = '''\
# a comment
top = 1
[a]
long = """
[b]
not.this = 1
"""
many = [
  1,
  2,
]
"quoted key" = 1
dotted.deep = { inline = { last = 1 } }
[b.c]
not.this = 1
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("top",), 2),
        (("a",), 3),
        (("a", "long"), 4),
        (("a", "many"), 8),
        (("a", "quoted key"), 12),
        (("a", "dotted", "deep", "inline", "last"), 13),
        (("b",), 14),
        (("b", "c", "not", "this"), 15),
        (("b", "none"), None),
    ],
)
def test_the_line_of_a_value_is_found_however_it_is_written(path: tuple[str, ...], line: int | None) -> None:
    tomllib.loads(TANGLED)
    assert line_of(TANGLED.split("\n"), path) == line
