"""What can be done in the queue, in the thread and in both, and in the line that finds."""

from __future__ import annotations

from collections.abc import Iterable

from careconsole.model.commands.command import Command
from careconsole.model.message import Kind
from careconsole.model.rights import Verb


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


QUEUE: tuple[Command, ...] = (
    Command("queue.open", "enter,l", "Open", "Open the conversation's thread.", Verb.READ, on_bar=True),
    Command("queue.down", "j,down", "Down", "Go to the next conversation.", Verb.READ),
    Command("queue.up", "k,up", "Up", "Go to the conversation before.", Verb.READ),
    Command("queue.page_down", "pagedown", "Page down", "Go down by a page.", Verb.READ),
    Command("queue.page_up", "pageup", "Page up", "Go up by a page.", Verb.READ),
    Command("queue.top", "g,home", "Top", "Go to the most urgent conversation.", Verb.READ),
    Command("queue.bottom", "G,end", "Bottom", "Go to the last conversation.", Verb.READ),
    Command(
        "queue.open_link",
        "o",
        "Open link",
        "Open a numbered link or attachment of the thread in view beside the queue; asks which.",
        Verb.READ,
    ),
    Command("queue.whole", "escape", "Whole queue", "Show the whole queue again.", Verb.READ, on_bar=True),
)

THREAD: tuple[Command, ...] = (
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
)

LIST: tuple[Command, ...] = (
    Command(
        "list.reply",
        "r",
        "Reply",
        "Claim the conversation if it is free, and write a reply.",
        Verb.SEND,
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
    Command(
        "list.assign",
        "a",
        "Assign",
        "Give the conversation to a colleague, a team or senior, with a note; asks to whom.",
        Verb.ASSIGN,
        on_bar=True,
    ),
    Command(
        "list.called",
        "m",
        "Called",
        "Go to the next conversation with a note that calls you (@you).",
        Verb.READ,
    ),
    Command("list.note", "n", "Note", "Write a note that only the team sees.", Verb.WRITE_NOTE, on_bar=True),
    Command(
        "list.undo",
        "z",
        "Undo",
        "Take back my last act: resolve, assign, come back, kind, tier or release.",
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
        Verb.SEND,
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
        "list.approvals",
        "A",
        "Approvals",
        "Show what waits for approval, and approve it, change it or give it back.",
        Verb.APPROVE,
        on_bar=True,
    ),
    Command(
        "list.find",
        "slash",
        "Find",
        "Find by words and filters; the list shows them.",
        Verb.READ,
        on_bar=True,
    ),
    Command(
        "list.drafts", "D", "My drafts", "List what I have drafts for, waiting or not.", Verb.READ, ends=True
    ),
    Command(
        "list.snippets",
        "f3",
        "Snippets",
        "Look through the prepared answers (snippets), edit them and write new ones.",
        Verb.READ,
    ),
    Command("list.new_snippet", "f5", "New snippet", "Write a new prepared answer.", Verb.EDIT_SNIPPET),
    Command("list.merge", "full_stop", "Merge", "Put new arrivals into the list now.", Verb.READ),
    Command("list.next_pane", "tab", "Next pane", "Go to the next pane.", Verb.READ),
    Command("list.previous_pane", "shift+tab", "Pane before", "Go to the pane before.", Verb.READ),
    Command(
        "list.quit", "q", "Quit", "Quit; asks only if something is held or claimed.", Verb.READ, ends=True
    ),
)

FILTER: tuple[Command, ...] = (
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
)
