"""Holes are filled where the value is known; what is put in is data."""

from __future__ import annotations

import pytest

from careconsole.snippets.holes import fill, holes


def test_fills_what_is_known_and_leaves_the_rest() -> None:
    body = "Hello {{name}}, order {{ order }} for {{NAME}}: {{\tdate }}"
    assert fill(body, {"name": "Ana"}) == "Hello Ana, order {{ order }} for Ana: {{\tdate }}"
    assert fill(body, {"Order": "7", "name": "Ana", "date": "May"}) == "Hello Ana, order 7 for Ana: May"
    assert fill(body, {}) == body


def test_a_value_is_data() -> None:
    values = {"name": r"{{order}} \1 \g<0>", "order": "7"}
    assert fill("{{name}}|{{order}}", values) == r"{{order}} \1 \g<0>|7"
    assert fill("{{name}}", {"name": "{{name}}"}) == "{{name}}"
    assert fill("{{a}}{{b}}", {"a": "{{b", "b": "}}"}) == "{{b}}"


def test_an_unknown_value_leaves_the_hole_for_a_person() -> None:
    assert fill("Hello {{name}}", {"name": ""}) == "Hello {{name}}"
    assert fill("Hello {{name}}", {"name": " \n"}) == "Hello {{name}}"


def test_a_value_passes_the_gate() -> None:
    assert fill("Hi {{name}}", {"name": "A\x1b[2J\u202eB\nC "}) == "Hi A␛[2JB ⏎ C"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hello {{name}} and {{ order_2 }}", ["{{name}}", "{{ order_2 }}"]),
        ("Здравствуйте, {{имя}}", ["{{имя}}"]),
        ("您好，{{\u3000姓名\u3000}}", ["{{\u3000姓名\u3000}}"]),
        ("{{}} {{ }} {{two words}} {name} {{no\n}} {{a-b}} { {name} }", []),
        ("{{{name}}}", ["{{name}}"]),
        ("", []),
    ],
)
def test_finds_the_holes(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in holes(text)] == found


def test_a_flood_of_braces_costs_nothing() -> None:
    assert holes("{{" * 50_000 + " " * 50_000) == []
