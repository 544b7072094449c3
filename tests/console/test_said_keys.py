"""Keys in sentences: where the settings have moved a key, no sentence names the old one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.console.desk_at_hand import console_at_hand, line, some_lines

import careconsole.console
from careconsole.console.commands import COMMANDS, keymap, keys_of
from careconsole.console.help_screen import HelpScreen
from careconsole.console.why_screen import WhyScreen
from careconsole.desk import routing
from careconsole.model.conversation import Presence
from careconsole.model.key_names import key_words

SOURCE = Path(careconsole.console.__file__).parent
DEFAULT_KEYS = {key_words(key) for command in COMMANDS for key in keys_of(command)}
OTHERS = {"Ctrl+Z", "F9"}
FIXED = {
    # Questions are left by Escape and their answers have letters of their own: none of that is in the table.
    "reason_screen.py": {"Esc"},
    "why_screen.py": {"Esc"},
    "link_screen.py": {"Esc", "c"},
    "card_screen.py": {"Esc", "f"},
    "approval_screen.py": {"Esc", "Ctrl+S", "F2"},
    "facts_screen.py": {"Esc", "Ctrl+S", "F2", "Tab"},
    "unknown_screen.py": {"Esc"},
    "troll_screen.py": {"Esc"},
    # The letters of the kinds are no keys: Q C P I B N.
    "help_screen.py": {"Esc", "Down", "PgDn", "End", "P"},
    "debrief_screen.py": {"n", "p", "s", "t", "q", "Enter"},
    "definition.py": {"Esc", "Down", "PgDn", "End"},
    "vip_screen.py": {"Esc", "Ctrl+S", "F2", "F9"},
    "assign_screen.py": {"Esc", "Enter", "Tab", "Ctrl+S", "Down"},
    "snooze_screen.py": {"Esc", "Enter", "Tab", "F1"},
    # `/` opens the snippets as a letter at the start of a line, not as the key of a command; "End" is a verb.
    "of_reply.py": {"/"},
    "of_lists.py": {"End"},
    "themes.py": {"."},
    "snippet_screen.py": {"Esc", "Ctrl+S", "F1", "F2", "F8", "F9", "Tab"},
    # Where a key of the settings is refused: Enter itself is meant.
    "__init__.py": {"Enter"},
}
NAMES_OF_KEYS = {"keys.py"}
_NAMED = re.compile(
    r"(?<![\w<{/.-])(Ctrl\+\w|F\d{1,2}|Shift\+Tab|Esc|Tab|Enter|PgUp|PgDn|Home|End|Down)(?!\w)"
)
_ALONE = re.compile(r"(?<!\S)([^\WaAIs\d]|[.?/])(?=[,;:.]?(?:\s|$))")


def literals(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every text of the source that is no documentation, an f-string with a hole for each value in it."""
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    within = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    loose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield (
                node.lineno,
                "".join(
                    str(part.value) if isinstance(part, ast.Constant) else "\N{REPLACEMENT CHARACTER}"
                    for part in node.values
                ),
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in documented | within | loose:
                yield node.lineno, node.value


def keys_named_in(text: str) -> set[str]:
    """The keys that a sentence names in so many letters."""
    if " " not in text.strip():
        return set()
    found = set(_NAMED.findall(text)) | set(_ALONE.findall(text))
    return found & (DEFAULT_KEYS | OTHERS)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Yours, r replies, c releases: @", {"r", "c"}),
        ("\N{REPLACEMENT CHARACTER} higher up: press g", {"g"}),
        ("press . to merge", {"."}),
        ("9 s, F4 withdraws", {"F4"}),
        ("1 hole is open: Tab", {"Tab"}),
        ("look at the text, then press Ctrl+S again.", {"Ctrl+S"}),
        ("which is PUBLIC. e goes back.", {"e"}),
        ("Yours, \N{REPLACEMENT CHARACTER} replies: @", set()),
        ("I have had a conflict with the customer", set()),
        ("It was promised within 9 s of that.", set()),
    ],
)
def test_the_look_at_sentences_sees_keys(text: str, keys: set[str]) -> None:
    assert keys_named_in(text) == keys


def test_no_sentence_of_the_console_names_a_default_key() -> None:
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        if path.name in NAMES_OF_KEYS:
            continue
        for at, text in literals(ast.parse(path.read_text(encoding="utf-8"))):
            if named := keys_named_in(text) - FIXED.get(path.name, set()):
                found[f"{path.name}:{at}"] = (text, named)
    assert found == {}


# ---- the sentences themselves, with every command on another key -----------------------------------------------------


SPARE = {
    "list": "b f v % & ; = + : * $ ( B C F H I J K L M N Q T X Z ) _ less_than_sign comma "
    "minus apostrophe quotation_mark number_sign",
    "app": "f10 insert delete greater_than_sign",
    "queue": "ctrl+d ctrl+e ctrl+f ctrl+x ctrl+k ctrl+r ctrl+n ctrl+o ctrl+y",
    "filter": "ctrl+r ctrl+n ctrl+o",
    "thread": "ctrl+d ctrl+e ctrl+f ctrl+x ctrl+k ctrl+u ctrl+n ctrl+o ctrl+r ctrl+y",
    "composer": "ctrl+n ctrl+o ctrl+r ctrl+x ctrl+y ctrl+d ctrl+e ctrl+f ctrl+k ctrl+u ctrl+v ctrl+w",
    "snippets": "ctrl+f ctrl+n ctrl+o ctrl+x ctrl+r ctrl+y ctrl+d ctrl+k ctrl+u",
    "review": "b f v B F H C",
    "approval": "b f v B F H",
    "wallboard": "b f v B F",
    "practice": "ctrl+y",
}
"""For every pane keys that no command has by default."""


def other_keys() -> dict[str, str]:
    """Every command on another key than its own."""
    spare = {pane: iter(keys.split()) for pane, keys in SPARE.items()}
    return {command.id: next(spare[command.pane]) for command in COMMANDS}


async def test_with_every_key_moved_the_sentences_name_the_new_ones(tmp_path: Path) -> None:
    moved = other_keys()
    assert not {key_words(key) for key in moved.values()} & DEFAULT_KEYS and keymap(moved)
    settings = "[keys]\n" + "".join(f'"{id}" = "{key}"\n' for id, key in moved.items())

    def key(id: str) -> str:
        return key_words(keys_of(next(each for each in COMMANDS if each.id == id), moved)[0])

    async with console_at_hand(tmp_path, some_lines(40), size=(120, 24), settings=settings) as at:
        await at.press(moved["list.claim"])
        assert at.said == f"Yours, {key('list.reply')} replies, {key('list.claim')} releases: @customer1"
        await at.press(moved["list.claim"])
        assert at.said == f"Released, {key('list.undo')} takes it back: @customer1"
        await at.press(moved["list.kind_praise"])
        assert at.said == f"Kind: praise. {key('list.undo')} takes it back."
        await at.press(moved["list.tier"])
        assert f", {key('list.undo')} takes it back: @customer1" in at.said
        await at.press(moved["queue.bottom"], moved["queue.up"])
        await at.arrive(line("x1", "stuck", "We are stranded at the airport overnight with a baby", 1))
        await at.until(lambda: f"NEW EMERGENCY 1: press {key('queue.top')}" in at.picture)
        assert f"press {key('list.merge')} to merge" in at.picture
        assert f"higher up: press {key('queue.top')}" in at.picture
        await at.press(moved["list.why"])
        assert isinstance(at.console.screen, WhyScreen)
        await at.press(moved["list.why"])
        assert at.console.screen is at.screen, "the key that asked closes it"
        await at.press(moved["app.help"])
        assert isinstance(at.console.screen, HelpScreen)
        await at.press("escape", moved["queue.top"], moved["list.reply"])
        at.screen.composer.insert_snippet("Dear {{name}}")
        await at.until(lambda: f"1 hole is open: {key('composer.next_hole')}" in at.picture)
        at.screen.composer.put_back("Dear you")
        await at.press(moved["composer.review"], moved["review.send"])
        await at.until(lambda: f"s, {key('app.withdraw')} withdraws · to @" in at.screen.status.plain)


async def test_a_question_is_never_answered_by_the_key_that_asked_it(tmp_path: Path) -> None:
    settings = '[keys]\n"list.resolve" = "a"\n"list.assign" = "v"\n"list.skip" = "b"\n'
    async with console_at_hand(tmp_path, settings=settings) as at:
        await at.press("a")
        assert "A  answered" in at.picture
        await at.press("a", "a")
        assert "Resolve: why is it done?" in at.picture, "the key that asked answers nothing"
        await at.press("A")
        await at.until(lambda: at.said.startswith("Resolved (answered)"))
        assert (await at.row("customer1")).state == "resolved"


async def test_who_holds_it_is_asked_by_the_moved_keys(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, settings='[keys]\n"list.claim" = "n"\n"list.note" = "N"\n') as at:
        row = (await at.rows())["customer1"]
        await routing.claim(at.other("bob"), row.id)
        await routing.set_presence(at.other("bob"), row.id, Presence.WRITING)
        await at.press("n")
        assert "N  write a note" in at.picture
        await at.press("n")
        assert not at.screen.is_writing
        await at.press("N")
        assert at.screen.is_writing
