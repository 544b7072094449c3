"""The one table of commands: bindings, key bar, help, palette and the README's key table derive from it.

A command's id is `pane.action`, and is also the name by which `[keys]` in the settings moves it to other keys.
The pane `list` is what the queue and the thread share; its actions are the desk screen's.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from textual.binding import Binding, BindingType

from careconsole.console.keys import cyrillic_of, is_printable, key_name, key_words, why_unfit
from careconsole.model.message import Kind
from careconsole.model.rights import Role, Verb, may

_HARMLESS = frozenset({Verb.READ, Verb.DIAGNOSE, Verb.SET_SCREEN})


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that an agent can do, with its keys and its words."""

    id: str
    """Pane and action: `list.claim`."""
    keys: str
    """Textual's names of the keys, parted by commas."""
    label: str
    """The word on the key bar."""
    help: str
    """A sentence for help, palette and README."""
    verb: Verb
    """What the right to it is called."""
    on_bar: bool = False
    always: bool = False
    """Whether its keys work everywhere, in text fields and questions too."""
    ends: bool = False
    """Whether it waits out a burst of typing although it does not change the record."""
    action: str = ""
    """Name of the action if it is not the second half of the id."""

    @property
    def pane(self) -> str:
        """The pane whose keys these are."""
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        """The action on that pane, with its argument if it has one."""
        return self.action or self.id.partition(".")[2]

    @property
    def roles(self) -> frozenset[Role]:
        """Who may do it."""
        return frozenset(role for role in Role if may(role, self.verb))

    @property
    def is_guarded(self) -> bool:
        """Whether a printable key of it waits 120 ms, lest typing in the wrong place does something."""
        return self.ends or self.verb not in _HARMLESS


def _kind_commands() -> Iterable[Command]:
    for number, kind in enumerate(Kind, 1):
        word = kind.value.replace("_", " ")
        yield Command(
            f"list.kind_{kind.value}",
            str(number),
            word.capitalize(),
            f"Set the kind to {word}.",
            Verb.SET_KIND,
            action=f"set_kind('{kind.value}')",
        )


COMMANDS: tuple[Command, ...] = (
    Command("queue.open", "enter,l", "Open", "Open the conversation's thread.", Verb.READ, on_bar=True),
    Command("queue.down", "j,down", "Down", "Go to the next conversation.", Verb.READ),
    Command("queue.up", "k,up", "Up", "Go to the conversation before.", Verb.READ),
    Command("queue.page_down", "pagedown", "Page down", "Go down by a page.", Verb.READ),
    Command("queue.page_up", "pageup", "Page up", "Go up by a page.", Verb.READ),
    Command("queue.top", "g,home", "Top", "Go to the most urgent conversation.", Verb.READ),
    Command("queue.bottom", "G,end", "Bottom", "Go to the last conversation.", Verb.READ),
    Command("queue.whole", "escape", "Whole queue", "Show the whole queue again.", Verb.READ, on_bar=True),
    Command("thread.down", "j,down", "Down", "Scroll the thread down.", Verb.READ),
    Command("thread.up", "k,up", "Up", "Scroll the thread up.", Verb.READ),
    Command("thread.page_down", "pagedown", "Page down", "Scroll the thread down by a page.", Verb.READ),
    Command("thread.page_up", "pageup", "Page up", "Scroll the thread up by a page.", Verb.READ),
    Command("thread.top", "g,home", "Start", "Go to the first message.", Verb.READ),
    Command("thread.bottom", "G,end", "Newest", "Go to the newest message.", Verb.READ),
    Command(
        "thread.open_link",
        "o",
        "Open link",
        "Open a numbered link or attachment in your browser, or copy its address; asks which.",
        Verb.READ,
    ),
    Command("thread.unfold", "O", "Show all", "Show the rest of a text that was cut.", Verb.READ),
    Command(
        "thread.timeline",
        "t",
        "Timeline",
        "Show the customer's other conversations between, or only this one.",
        Verb.READ,
    ),
    Command("thread.back", "escape,h", "Queue", "Go back to the queue.", Verb.READ, on_bar=True),
    Command(
        "list.reply",
        "r",
        "Reply",
        "Claim the conversation if it is free, and write a reply.",
        Verb.WRITE_DRAFT,
        on_bar=True,
    ),
    Command(
        "list.pull",
        "p",
        "Pull next",
        "Claim and open the most urgent conversation that nobody holds.",
        Verb.CLAIM,
        on_bar=True,
    ),
    Command(
        "list.claim",
        "c",
        "Claim",
        "Take the conversation, so that nobody else replies; once more: release it.",
        Verb.CLAIM,
        on_bar=True,
    ),
    Command("list.resolve", "e", "Resolve", "End the conversation; asks why.", Verb.RESOLVE, on_bar=True),
    Command(
        "list.resolve_next",
        "E",
        "Resolve, next",
        "End the conversation and pull the next one; asks why.",
        Verb.RESOLVE,
    ),
    Command(
        "list.snooze",
        "s",
        "Come back",
        "Take the conversation out of the queue until a time; it comes back by itself. Asks when.",
        Verb.SNOOZE,
    ),
    Command("list.note", "n", "Note", "Write a note that only the team sees.", Verb.WRITE_NOTE, on_bar=True),
    Command(
        "list.undo",
        "z",
        "Undo",
        "Take back my last act: resolve, come back, kind, tier or release.",
        Verb.UNDO,
        on_bar=True,
    ),
    Command(
        "list.why", "w", "Why", "Show why the conversation stands where it does.", Verb.READ, on_bar=True
    ),
    Command(
        "list.private",
        "P",
        "Private",
        "Write the reply to the customer alone, or back in public; the text is kept.",
        Verb.WRITE_DRAFT,
    ),
    Command(
        "list.troll",
        "exclamation_mark",
        "Troll?",
        "Show the two tests of a suspected troll, and whether it was answered once.",
        Verb.READ,
    ),
    Command("list.skip", "S", "Skip", "Hand the conversation back; asks why.", Verb.SKIP),
    *_kind_commands(),
    Command("list.tier", "0", "Emergency", "Make it an emergency (tier 0), or lift that.", Verb.SET_TIER),
    Command(
        "list.card",
        "i",
        "Card",
        "Show the customer's card: who, reach, VIP, last contacts, promises.",
        Verb.READ,
    ),
    Command("list.vip", "V", "VIP", "Mark the customer as VIP with a note, or lift that.", Verb.SET_VIP),
    Command(
        "list.settle",
        "U",
        "Unknown reply",
        "Settle a reply of which nobody knows whether it arrived; asks how.",
        Verb.SETTLE,
    ),
    Command("list.withdraw", "u", "Withdraw", "Withdraw my newest reply that is still held.", Verb.WITHDRAW),
    Command(
        "list.find",
        "slash",
        "Find",
        "Find by words and filters; the list shows them.",
        Verb.READ,
        on_bar=True,
    ),
    Command("list.merge", "full_stop", "Merge", "Put new arrivals into the list now.", Verb.READ),
    Command("list.next_pane", "tab", "Next pane", "Go to the next pane.", Verb.READ),
    Command("list.previous_pane", "shift+tab", "Pane before", "Go to the pane before.", Verb.READ),
    Command(
        "list.quit", "q", "Quit", "Quit; asks only if something is held or claimed.", Verb.READ, ends=True
    ),
    Command(
        "composer.review",
        "ctrl+s,f2",
        "Review",
        "Look at the reply once more; it is sent from there.",
        Verb.WRITE_DRAFT,
        on_bar=True,
    ),
    Command(
        "composer.snippets",
        "f3",
        "Snippets",
        "Search the prepared answers (also / at the start of an empty line).",
        Verb.READ,
        on_bar=True,
    ),
    Command(
        "composer.suggestion",
        "f7",
        "Suggestion",
        "Insert the best prepared answer that fits the customer's messages.",
        Verb.WRITE_DRAFT,
    ),
    Command(
        "composer.next_hole",
        "tab",
        "Next hole",
        "Go to the next open {{hole}}; without one, to the next pane.",
        Verb.READ,
        on_bar=True,
    ),
    Command("composer.editor", "f8", "Editor", "Write in $EDITOR.", Verb.WRITE_DRAFT, on_bar=True),
    Command(
        "composer.narrower", "f9", "Narrower", "Let fewer eyes see the reply.", Verb.WRITE_DRAFT, on_bar=True
    ),
    Command(
        "composer.wider",
        "ctrl+t",
        "Wider",
        "Let more eyes see it again, never more than the message answered.",
        Verb.WRITE_DRAFT,
    ),
    Command(
        "composer.private",
        "f6",
        "Private",
        "Write the reply to the customer alone, or back in public; the text is kept.",
        Verb.WRITE_DRAFT,
    ),
    Command(
        "composer.next_note",
        "ctrl+g",
        "Next note",
        "Go to the next thing that guard or coach found, and say it in full.",
        Verb.READ,
    ),
    Command(
        "composer.leave",
        "escape",
        "Thread",
        "Go back to the thread; the draft is kept.",
        Verb.READ,
        on_bar=True,
    ),
    Command("filter.keep", "enter", "Keep", "Go into the list of what was found.", Verb.READ, on_bar=True),
    Command(
        "filter.complete",
        "tab",
        "Complete",
        "Complete the word; once more: the next one.",
        Verb.READ,
        on_bar=True,
    ),
    Command("filter.clear", "escape", "Whole queue", "Show the whole queue again.", Verb.READ, on_bar=True),
    Command("snippets.choose", "enter", "Insert", "Insert the answer at the cursor.", Verb.READ, on_bar=True),
    Command("snippets.down", "down", "Down", "Go to the next answer.", Verb.READ),
    Command("snippets.up", "up", "Up", "Go to the answer before.", Verb.READ),
    Command("snippets.leave", "escape,tab", "Back", "Go back to the reply.", Verb.READ, on_bar=True),
    Command(
        "review.send", "y", "Send", "Send it; it can be withdrawn for some seconds.", Verb.SEND, on_bar=True
    ),
    Command("review.send_next", "Y", "Send, next", "Send it and pull the next one.", Verb.SEND, on_bar=True),
    Command("review.edit", "e,escape", "Edit", "Go on writing.", Verb.READ, on_bar=True),
    Command(
        "review.abort", "n", "Put away", "Close the composer; the draft is kept.", Verb.READ, on_bar=True
    ),
    Command(
        "review.private",
        "P",
        "Private",
        "Write it to the customer alone, with the text as it is.",
        Verb.WRITE_DRAFT,
        on_bar=True,
    ),
    Command(
        "review.redact",
        "R",
        "Redact",
        "Put the name of its kind in place of every number and address that is private.",
        Verb.WRITE_DRAFT,
        on_bar=True,
    ),
    Command(
        "review.wider",
        "W",
        "Wider",
        "Send it to more eyes than the message answered had.",
        Verb.SEND,
    ),
    Command(
        "app.withdraw",
        "f4",
        "Withdraw",
        "Withdraw my newest reply that is still held; works everywhere.",
        Verb.WITHDRAW,
        always=True,
    ),
    Command(
        "app.palette", "ctrl+p", "Palette", "Search all commands by their words.", Verb.READ, always=True
    ),
    Command(
        "app.quit",
        "ctrl+q",
        "Quit",
        "Quit; asks only if something is held or claimed.",
        Verb.READ,
        always=True,
    ),
    Command("app.help", "question_mark,f1", "Help", "Show the keys that work now.", Verb.READ, on_bar=True),
)

BY_ID: dict[str, Command] = {command.id: command for command in COMMANDS}

CHAINS: dict[str, tuple[str, ...]] = {
    "queue": ("queue", "list", "app"),
    "thread": ("thread", "list", "app"),
    "composer": ("composer", "app"),
    "snippets": ("snippets", "app"),
    "filter": ("filter", "app"),
    "review": ("review", "app"),
}
"""For every pane with the focus: whose commands its keys reach."""

PANE_WORDS = {
    "queue": "Queue",
    "thread": "Thread",
    "list": "Queue and thread",
    "composer": "Reply",
    "snippets": "Snippets",
    "filter": "Find",
    "review": "Review",
    "app": "Everywhere",
}


class KeysError(ValueError):
    """The `[keys]` of the settings cannot be used; the message says why and what to do."""


def bindings(*panes: str) -> list[BindingType]:
    """The bindings of these panes, for the `BINDINGS` of a widget or screen.

    A Cyrillic letter acts as the Latin one in the same place.
    """
    return [
        Binding(
            ",".join(with_cyrillic(keys_of(command))),
            f"screen.{command.name}" if command.pane == "list" else command.name,
            command.label,
            show=command.on_bar,
            tooltip=command.help,
            priority=command.always,
            id=command.id,
        )
        for command in COMMANDS
        if command.pane in panes
    ]


def keys_of(command: Command, remapped: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The keys of a command by Textual's names: those of the settings, else those of the table."""
    keys = (remapped or {}).get(command.id, command.keys)
    return tuple(key_name(key) for key in keys.split(",") if key.strip())


def keys_in_words(command: Command, remapped: Mapping[str, str] | None = None) -> str:
    """The keys of a command as they are written for people: `j, Down`."""
    return ", ".join(key_words(key) for key in keys_of(command, remapped))


def may_use(command_id: str, role: Role) -> bool:
    """Whether the role may use the command."""
    return may(role, BY_ID[command_id].verb)


def keymap(remapped: Mapping[str, str]) -> dict[str, str]:
    """What Textual's `set_keymap` wants for the `[keys]` of the settings.

    Raises KeysError for an unknown command, a command left without key, a key that never arrives, and a key
    with two meanings.
    """
    for command_id, keys in remapped.items():
        _check_one(command_id, keys)
    for focus, chain in CHAINS.items():
        _check_clash(focus, chain, remapped)
    return {id: ",".join(with_cyrillic(keys_of(BY_ID[id], remapped))) for id in remapped}


def with_cyrillic(keys: Iterable[str]) -> list[str]:
    """These keys, each with the Cyrillic letters in its place."""
    return [twin for key in keys for twin in (key, *cyrillic_of(key))]


def _check_one(command_id: str, keys: str) -> None:
    if command_id not in BY_ID:
        near = get_close_matches(command_id, BY_ID, 1)
        hint = f"; the nearest is {near[0]}" if near else ""
        raise KeysError(f"[keys] names {command_id}, which is no command{hint}.")
    names = [key_name(key) for key in keys.split(",") if key.strip()]
    if not names:
        raise KeysError(f"[keys] leaves {command_id} without a key; give it one or remove the line.")
    for name in names:
        if reason := why_unfit(name):
            raise KeysError(f"[keys] gives {command_id} the key {key_words(name)}, but {reason}.")
        if BY_ID[command_id].always and is_printable(name):
            raise KeysError(
                f"[keys] gives {command_id} the key {key_words(name)}, but that command works in text fields too: "
                "take a function key or Ctrl and a letter."
            )


def _check_clash(focus: str, chain: tuple[str, ...], remapped: Mapping[str, str]) -> None:
    meaning: dict[str, str] = {}
    for command in COMMANDS:
        if command.pane not in chain:
            continue
        for key in keys_of(command, remapped):
            other = meaning.setdefault(key, command.id)
            if other != command.id:
                raise KeysError(
                    f"[keys] gives {key_words(key)} two meanings in {PANE_WORDS[focus]}: {other} and {command.id}; "
                    "give one of them another key."
                )


README_MARKS = ("<!-- keys -->", "<!-- /keys -->")


def readme_table() -> str:
    """The key table of the README, in Markdown."""
    lines = ["| Where | Key | Does | Name |", "|---|---|---|---|"]
    for command in COMMANDS:
        keys = ", ".join(f"`{key_words(key)}`" for key in keys_of(command))
        lines.append(f"| {PANE_WORDS[command.pane]} | {keys} | {command.help} | `{command.id}` |")
    return "\n".join(lines)


def with_table(readme: str) -> str:
    """The README's text with the key table of today between its two marks; ValueError without the marks."""
    start, end = README_MARKS
    if start not in readme or end not in readme:
        raise ValueError(f"the text has no marks {start} and {end}")
    head, _, rest = readme.partition(start)
    tail = rest.partition(end)[2]
    return f"{head}{start}\n{readme_table()}\n{end}{tail}"


if __name__ == "__main__":
    readme = Path(sys.argv[1])
    readme.write_text(with_table(readme.read_text(encoding="utf-8")), encoding="utf-8")
