"""The one command table: every command has its action, every key one meaning, README says the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.dom import DOMNode

from careconsole.console.app import CareConsole
from careconsole.console.approval_screen import ApprovalScreen
from careconsole.console.commands import (
    BY_ID,
    CHAINS,
    COMMANDS,
    README_MARKS,
    KeysError,
    keymap,
    keys_of,
    may_use,
    readme_table,
    with_table,
)
from careconsole.console.desk_screen import DeskScreen
from careconsole.console.panes.composer import Composer
from careconsole.console.panes.filter_line import FilterLine
from careconsole.console.panes.queue import QueuePane
from careconsole.console.panes.snippets import SnippetPane
from careconsole.console.panes.thread import ThreadPane
from careconsole.console.practice.app import TrainingConsole
from careconsole.console.review_screen import ReviewScreen
from careconsole.console.wallboard.screen import WallboardScreen
from careconsole.model.key_names import cyrillic_of, is_printable, key_words, latin, why_unfit
from careconsole.model.rights import Role, Verb

README = Path(__file__).parents[2] / "README.md"
PANES: dict[str, type[DOMNode]] = {
    "queue": QueuePane,
    "thread": ThreadPane,
    "list": DeskScreen,
    "composer": Composer,
    "snippets": SnippetPane,
    "filter": FilterLine,
    "review": ReviewScreen,
    "approval": ApprovalScreen,
    "app": CareConsole,
    "wallboard": WallboardScreen,
    "practice": TrainingConsole,
}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_has_its_action_on_its_pane(command: object) -> None:
    name = command.name.partition("(")[0]  # type: ignore[attr-defined]
    assert callable(getattr(PANES[command.pane], f"action_{name}", None))  # type: ignore[attr-defined]


def test_ids_are_unique() -> None:
    assert len(BY_ID) == len(COMMANDS)


@pytest.mark.parametrize("focus", CHAINS)
def test_no_key_has_two_meanings_along_a_focus_chain(focus: str) -> None:
    commands = [command for command in COMMANDS if command.pane in CHAINS[focus]]
    keys = [key for command in commands for key in keys_of(command)]
    assert sorted(keys) == sorted(set(keys))


def test_no_key_is_one_that_terminals_swallow() -> None:
    assert {key: why_unfit(key) for command in COMMANDS for key in keys_of(command) if why_unfit(key)} == {}


def test_text_fields_keep_their_letters() -> None:
    for command in COMMANDS:
        if command.pane in ("composer", "snippets") or command.always:
            assert not any(is_printable(key) for key in keys_of(command)), command.id


def test_nothing_that_sends_or_ends_is_confirmed_by_enter_or_its_own_key() -> None:
    for confirming in ("review.send", "review.send_next", "review.wider"):
        keys = keys_of(BY_ID[confirming])
        assert "enter" not in keys and not set(keys) & set(keys_of(BY_ID["composer.review"]))


def test_the_readme_has_the_table() -> None:
    text = README.read_text(encoding="utf-8")
    assert text == with_table(text), "Run: python -m careconsole.console.commands README.md"
    assert README_MARKS[0] in text and readme_table() in text


def test_roles_come_from_the_rights() -> None:
    assert not may_use("list.resolve", Role.TRAINEE) and may_use("list.claim", Role.TRAINEE)
    assert not may_use("list.claim", Role.SUPERVISOR) and may_use("queue.down", Role.SUPERVISOR)
    assert BY_ID["list.resolve"].roles == {Role.AGENT, Role.ADMIN}
    assert all(command.verb in Verb for command in COMMANDS)


def test_keys_can_be_moved_and_swapped() -> None:
    moved = keymap({"list.undo": "y", "list.claim": "e", "list.resolve": "c"})
    assert moved["list.undo"].split(",") == ["y", "н"]
    assert moved["list.claim"].split(",")[0] == "e" and moved["list.resolve"].split(",")[0] == "c"
    assert keymap({"list.merge": "."})["list.merge"].split(",")[0] == "full_stop"


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"list.clam": "c"}, "list.clam, which is no command; the nearest is list.claim"),
        ({"list.claim": " "}, "leaves list.claim without a key"),
        ({"list.claim": "r"}, "gives r two meanings in Queue: list.reply and list.claim"),
        ({"queue.open": "ctrl+m"}, "the key Ctrl+M, but terminals send Enter for it"),
        ({"list.claim": "["}, "AltGr"),
        ({"app.withdraw": "w"}, "works where one writes"),
        ({"composer.review": "f2,a"}, "composer.review the key a, but that command works where one writes"),
        ({"snippets.choose": "space"}, "works where one writes"),
        ({"filter.keep": "7"}, "works where one writes"),
        ({"list.claim": "ctrl+enter"}, "most terminals send Enter"),
        ({"list.claim": "hyper+x"}, "there is no such key"),
        ({"app.palette": "f7"}, "two meanings in Reply"),
        ({"review.send": "enter"}, "review.send the key Enter, but Enter is pressed by habit"),
        ({"review.send_next": "f2"}, "review.send_next the key F2, but the same key asks for the review"),
        ({"composer.review": "ctrl+x,f12", "review.send": "y,ctrl+x"}, "the same key asks for the review"),
        ({"composer.review": "enter"}, "that ends a line there"),
    ],
)
def test_a_keymap_that_cannot_work_is_refused_with_a_sentence(keys: dict[str, str], words: str) -> None:
    with pytest.raises(KeysError, match=r"\[keys\] ") as refused:
        keymap(keys)
    assert words in str(refused.value)


def test_cyrillic_letters_act_as_the_latin_ones_in_their_place() -> None:
    assert latin("с") == "c" and latin("Ф") == "A" and latin("ю") == "." and latin("7") == "7"
    assert "с" in cyrillic_of("c") and cyrillic_of("full_stop") == ("ю",)
    letters = [key for command in COMMANDS for key in keys_of(command) if len(key) == 1 and key.isalpha()]
    assert all(cyrillic_of(letter) for letter in letters)


def test_keys_are_written_for_people() -> None:
    assert [key_words(key) for key in ("ctrl+s", "f4", "question_mark", "full_stop", "G", "escape")] == [
        "Ctrl+S",
        "F4",
        "?",
        ".",
        "G",
        "Esc",
    ]
