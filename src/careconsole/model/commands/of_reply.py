"""What can be done while a reply is written, filled from a prepared answer, and looked at once more."""

from __future__ import annotations

from careconsole.model.commands.command import Command
from careconsole.model.rights import Verb

COMPOSER: tuple[Command, ...] = (
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
        "Insert the prepared answer nearest to the customer's words.",
        Verb.WRITE_DRAFT,
    ),
    Command(
        "composer.keep_snippet",
        "f5",
        "Keep as snippet",
        "Save the reply as a prepared answer; opens the form with it.",
        Verb.EDIT_SNIPPET,
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
        "composer.line",
        "ctrl+l",
        "Public line",
        "Write a public line that follows the private reply once that is sent, or go back to the private text.",
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
)

SNIPPETS: tuple[Command, ...] = (
    Command("snippets.choose", "enter", "Insert", "Insert the answer at the cursor.", Verb.READ, on_bar=True),
    Command("snippets.edit", "f2", "Edit", "Edit the highlighted snippet.", Verb.EDIT_SNIPPET, on_bar=True),
    Command("snippets.new", "f5", "New", "Write a new snippet.", Verb.EDIT_SNIPPET, on_bar=True),
    Command(
        "snippets.variant",
        "f6",
        "Other language",
        "Write the highlighted snippet in another language.",
        Verb.EDIT_SNIPPET,
    ),
    Command(
        "snippets.take_away",
        "f9",
        "Take away",
        "Take the highlighted snippet away; asks first, and keeps its file.",
        Verb.EDIT_SNIPPET,
    ),
    Command(
        "snippets.answered_before",
        "f3",
        "Answered before",
        "Show what was answered before to messages like these, or the prepared answers again.",
        Verb.READ,
        on_bar=True,
    ),
    Command("snippets.down", "down", "Down", "Go to the next answer.", Verb.READ),
    Command("snippets.up", "up", "Up", "Go to the answer before.", Verb.READ),
    Command("snippets.leave", "escape,tab", "Back", "Go back to the reply.", Verb.READ, on_bar=True),
)

REVIEW: tuple[Command, ...] = (
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
)
