"""Safe text becomes Content, lines and cells; ages and clocks step as they say; nobody reads markup."""

import ast
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content

from careconsole.console import text as screen_text
from careconsole.console.text import (
    age_text,
    clock_text,
    fit,
    next_age_step_s,
    next_clock_step_s,
    safe_content,
    wrap,
)
from careconsole.model.text_gate import safe_block, safe_line

ROOT = Path(__file__).parents[2]
CORPUS = [
    json.loads(line) for line in (ROOT / "tests" / "hostile_corpus.jsonl").read_text("ascii").splitlines()
]
TEXTS = [str(entry["text"]) for entry in CORPUS if "text" in entry]
MIXED = st.lists(
    st.one_of(
        st.sampled_from(TEXTS).map(lambda text: text[:80]),
        st.sampled_from(
            ["a", " ", "   ", "word", "\u6f22\u5b57", "\u3002", "\uff08", "e\u0323", "\u0915\u093f", "\n"]
        ),
        st.sampled_from(
            ["\u0d28\u0d4d\u200d", "\u0628\u200c\u0628", "\U0001f44d", "https://a.example/" + "x" * 50]
        ),
    ),
    max_size=16,
).map("".join)

# ---- content --------------------------------------------------------------------------------------------------


def test_nothing_in_a_text_is_read_as_markup() -> None:
    for text in TEXTS:
        content = safe_content(safe_block(text))
        assert isinstance(content, Content)
        assert (content.plain, content.spans) == (safe_block(text).text, [])


def test_a_style_covers_the_whole_text_and_nothing_else() -> None:
    content = safe_content(safe_line("[b]x[/b] [@click=app.quit]"), "bold")
    assert content.plain == "[b]x[/b] [@click=app.quit]"
    assert [(span.start, span.end, str(span.style)) for span in content.spans] == [
        (0, len(content.plain), "bold")
    ]


# ---- cells ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("abc", 5, "abc  "),
        ("abc", 3, "abc"),
        ("abcd", 3, "ab\u2026"),
        ("abc", 1, "\u2026"),
        ("abc", 0, ""),
        ("abc", -1, ""),
        ("", 2, "  "),
        ("\u6f22\u5b57", 4, "\u6f22\u5b57"),
        ("\u6f22\u5b57\u6f22", 4, "\u6f22\u2026 "),
        ("\u6f22\u5b57\u6f22", 5, "\u6f22\u5b57\u2026"),
        ("e\u0323e\u0323e\u0323", 2, "e\u0323\u2026"),
        ("\u0d28\u0d4d\u200d", 3, "\u0d28\u0d4d  "),
        ("\u0d28\u0d4d\u200dx yz", 2, "\u0d28\u0d4d\u200dx\u2026"),
    ],
)
def test_fit(text: str, cells: int, shown: str) -> None:
    assert fit(text, cells) == shown


@settings(max_examples=300, deadline=None, database=None)
@given(MIXED, st.integers(0, 60))
def test_fit_takes_exactly_its_cells(raw: str, cells: int) -> None:
    text = safe_line(raw).text
    shown = fit(text, cells)
    assert cell_len(shown) == cells
    kept = shown.rstrip(" ").removesuffix("\u2026").rstrip(" ")
    assert text.startswith(kept)


def test_the_short_cuts_know_only_single_cells() -> None:
    for code in range(0x20, 0x20000):
        if screen_text._NARROW.fullmatch(chr(code)):
            assert screen_text._CELLS[chr(code)] == (1, True), hex(code)


# ---- lines ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 8, ["one two", "three"]),
        ("one\n\ntwo", 8, ["one", "", "two"]),
        ("one   two", 4, ["one", "two"]),
        ("  one two", 5, ["  one", "two"]),
        ("   abcdefghij", 6, ["   abc", "defghi", "j"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("go https://a.example/x", 10, ["go", "https://a.", "example/x"]),
        ("one two  ", 3, ["one", "two"]),
        ("x" + " " * 40, 10, ["x"]),
        ("\u6f22\u5b57\u6f22\u5b57\u6f22", 4, ["\u6f22\u5b57", "\u6f22\u5b57", "\u6f22"]),
        ("\u6f22\u5b57\u6f22\u5b57", 5, ["\u6f22\u5b57", "\u6f22\u5b57"]),
        ("\u6f22\u5b57\u3002\u6f22", 4, ["\u6f22", "\u5b57\u3002", "\u6f22"]),
        ("\u6f22\uff08\u5b57\uff09", 4, ["\u6f22", "\uff08\u5b57", "\uff09"]),
        ("ok \u6f22\u5b57 ok", 5, ["ok \u6f22", "\u5b57 ok"]),
        ("\u0435\u0451 \u0436\u0437\u0438", 3, ["\u0435\u0451", "\u0436\u0437\u0438"]),
        ("\u0915\u093f\u0915\u093f\u0915\u093f", 4, ["\u0915\u093f\u0915\u093f", "\u0915\u093f"]),
        ("x\u0323q\u0323g\u0323", 2, ["x\u0323q\u0323", "g\u0323"]),
        ("\u0915\u0951\u093f", 1, ["\u0915\u0951\u093f"]),
        ("x\u0915\u094d\u200d\u0937", 2, ["x", "\u0915\u094d\u200d\u0937"]),
        ("a\u6f22\u3002\u3002\u3002\u3002", 9, ["a", "\u6f22\u3002\u3002\u3002", "\u3002"]),
        ("\u6f22", 1, ["\u6f22"]),
        ("ab", 0, ["a", "b"]),
    ],
)
def test_wrap(text: str, width: int, lines: list[str]) -> None:
    assert wrap(safe_block(text), width) == lines


@settings(max_examples=400, deadline=None, database=None)
@given(MIXED, st.integers(8, 60))
def test_wrapped_lines_fit_and_lose_only_blanks(raw: str, width: int) -> None:
    safe = safe_block(raw)
    lines = wrap(safe, width)
    assert all(cell_len(line) <= width for line in lines)
    assert all(sum(screen_text._CELLS[char][0] for char in line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == safe.text.replace(" ", "").replace("\n", "")
    assert not any(unicodedata.category(line[0])[0] == "M" for line in lines if line)


@settings(max_examples=300, deadline=None, database=None)
@given(st.text("ab c", max_size=60), st.integers(1, 12))
def test_both_ways_of_wrapping_agree(line: str, width: int) -> None:
    if len(line) > width:
        assert screen_text._wrap_narrow(line, width) == screen_text._wrap_wide(line, width)


@pytest.mark.parametrize(
    "unit", ["a", " ", "a ", "\u6f22", "\U0001f44d", "\u0915\u093f", "a\n", "e\u0323", "a\u6f22 "]
)
def test_wrapping_a_bomb_gives_a_bounded_number_of_lines(unit: str) -> None:
    safe = safe_block(unit * 100_000)
    lines = wrap(safe, 40)
    assert len(lines) <= 20_000 * 2 / (40 - 1) + 400
    assert sum(map(len, lines)) <= len(safe.text)


# ---- ages and clocks ------------------------------------------------------------------------------------------

MIN, HOUR, DAY = 60, 3600, 86_400


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (-3, "now"),
        (0, "now"),
        (4.9, "now"),
        (5, "5s"),
        (14.9, "5s"),
        (15, "15s"),
        (30, "30s"),
        (59, "30s"),
        (MIN, "1m"),
        (2 * MIN, "2m"),
        (5 * MIN, "5m"),
        (9.9 * MIN, "5m"),
        (10 * MIN, "10m"),
        (15 * MIN, "15m"),
        (59 * MIN, "30m"),
        (HOUR, "1h"),
        (1.9 * HOUR, "1h"),
        (47 * HOUR, "47h"),
        (2 * DAY, "2d"),
        (40.5 * DAY, "40d"),
    ],
)
def test_an_age_names_the_step_it_has_reached(seconds: float, shown: str) -> None:
    assert age_text(seconds) == shown


@pytest.mark.parametrize(
    ("remaining_s", "shown"),
    [
        (12 * MIN, "10m"),
        (10 * MIN, "10m"),
        (10 * MIN - 1, "9m"),
        (MIN, "1m"),
        (59, "0m"),
        (0, "0m"),
        (-0.1, "!0m"),
        (-MIN, "!1m"),
        (-2 * MIN + 1, "!1m"),
        (-5 * MIN, "!5m"),
        (-10 * MIN, "!10m"),
        (-15 * MIN + 1, "!10m"),
        (-40 * MIN, "!40m"),
        (-59 * MIN, "!55m"),
        (-HOUR, "!1h"),
        (-2 * HOUR + 1, "!1h"),
        (-3 * DAY + 1, "!2d"),
        (59 * MIN, "55m"),
        (HOUR, "1h"),
        (3.9 * HOUR, "3h"),
        (47 * HOUR, "47h"),
        (2 * DAY, "2d"),
        (2.9 * DAY, "2d"),
    ],
)
def test_a_clock_names_the_step_it_has_reached(remaining_s: float, shown: str) -> None:
    assert clock_text(remaining_s) == shown


@settings(max_examples=300, deadline=None, database=None)
@given(st.floats(-10, 10 * DAY))
def test_an_age_keeps_until_its_next_step_and_then_changes(seconds: float) -> None:
    step_s = next_age_step_s(seconds)
    assert step_s > 0
    assert age_text(seconds + step_s) != age_text(seconds)
    assert age_text(seconds + max(0, step_s - 0.01)) == age_text(seconds)


@settings(max_examples=300, deadline=None, database=None)
@given(st.floats(-10 * DAY, 10 * DAY))
def test_a_clock_keeps_until_its_next_step_and_then_changes(remaining_s: float) -> None:
    step_s = next_clock_step_s(remaining_s)
    assert step_s > 0
    assert clock_text(remaining_s - step_s) != clock_text(remaining_s)
    assert clock_text(remaining_s - max(0, step_s - 0.01)) == clock_text(remaining_s)


# ---- the source tree ------------------------------------------------------------------------------------------


def markup_slips(source: str) -> Iterator[str]:
    """Every place where a source file lets a text be read as markup, or trusts escaping."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(".markup"):
            yield f"line {node.lineno}: imports from {node.module}"
        if isinstance(node, ast.Attribute) and node.attr in (
            "from_markup",
            "console_markup",
            "render_markup",
        ):
            yield f"line {node.lineno}: .{node.attr}"
        if isinstance(node, ast.Call):
            yield from call_slips(node)


def call_slips(node: ast.Call) -> Iterator[str]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    markup = [word.value for word in node.keywords if word.arg == "markup"]
    off = any(isinstance(value, ast.Constant) and value.value is False for value in markup)
    of_re = isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") in (
        "re",
        "html",
        "glob",
    )
    if name == "escape" and not of_re:
        yield f"line {node.lineno}: escape() is no defence against markup"
    if name == "notify" and not off:
        yield f"line {node.lineno}: notify() without markup=False"
    if markup and not off:
        yield f"line {node.lineno}: markup switched on"


def test_no_console_file_reads_markup() -> None:
    files = sorted((ROOT / "src" / "careconsole" / "console").rglob("*.py"))
    assert len(files) >= 3
    slips = [f"{file.name}, {slip}" for file in files for slip in markup_slips(file.read_text("utf-8"))]
    assert slips == []


@pytest.mark.parametrize(
    "source",
    [
        "Content.from_markup(text)",
        "Text.from_markup('x')",
        "make = Content.from_markup",
        "from textual.markup import escape",
        "from rich.markup import escape as e",
        "markup.escape(name)",
        "escape(name)",
        "Static(x, markup=True)",
        "Static(x, markup=on)",
        "self.app.notify(text)",
        "notify(text, markup=True)",
    ],
)
def test_the_search_for_markup_finds_it(source: str) -> None:
    assert list(markup_slips(source))


@pytest.mark.parametrize(
    "source", ["self.notify(text, markup=False)", "Static(x, markup=False)", "re.escape(x)", "'from_markup('"]
)
def test_the_search_for_markup_lets_the_rest_be(source: str) -> None:
    assert list(markup_slips(source)) == []
