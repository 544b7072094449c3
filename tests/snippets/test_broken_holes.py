"""Whatever is left of `{{` or `}}` is an open hole, and is named where an answer is looked at."""

from __future__ import annotations

from datetime import date

import pytest

from careconsole.model.open_hole import MOST_CHARS, is_broken, open_holes, whole_holes, without_holes
from careconsole.snippets.linting import about
from careconsole.snippets.snippet import Snippet

LEFT = "Hi {{name}, your {{order}} and {{ }} {{Foo Bar}} {{amount"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hi {{name}, soon.", ["{{name}"]),
        (LEFT, ["{{name}", "{{order}}", "{{ }}", "{{Foo Bar}}", "{{amount"]),
        ("We pay }} soon", ["}}"]),
        ("{{first\nand }}", ["{{first", "}}"]),
        ("{{first\r\n}}", ["{{first", "}}"]),
        ("{{a {{b}}", ["{{a ", "{{b}}"]),
        ("{{{name}}}", ["{{{name}}}"]),
        ("{{a{b}} }", ["{{a{b}}"]),
        ("{{" + "x" * 60, ["{{" + "x" * MOST_CHARS]),
        ("{{" + "x" * 60 + "}}", ["{{" + "x" * 60 + "}}"]),
        ("{name} { {name} } {a}b}", []),
        ("", []),
    ],
)
def test_finds_whole_and_broken_holes(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in open_holes(text)] == found
    assert "{{" not in without_holes(text) and "}}" not in without_holes(text)


def test_tells_broken_from_whole() -> None:
    assert [LEFT[start:end] for start, end in open_holes(LEFT) if is_broken(LEFT[start:end])] == [
        "{{name}",
        "{{amount",
    ]
    assert [LEFT[start:end] for start, end in whole_holes(LEFT)] == ["{{order}}", "{{ }}", "{{Foo Bar}}"]


def test_a_flood_of_braces_is_gone_through_once() -> None:
    assert len(open_holes("{{" * 50_000 + " " * 50_000)) == 1
    assert len(open_holes("{{ " * 50_000)) == 50_000


def test_each_fault_of_an_answer_is_named() -> None:
    said = [words for key, words in about(Snippet("a", "A", LEFT), date(2026, 1, 1)) if key == "body"]
    assert [words.split("'")[1] for words in said] == ["{{name}", "{{ }}", "{{Foo Bar}}", "{{amount"]
