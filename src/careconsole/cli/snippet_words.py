"""The words of the command line for prepared answers. Loads nothing but the standard library."""

from __future__ import annotations

import argparse
from typing import Protocol, TypeVar

P = TypeVar("P", bound=argparse.ArgumentParser)


class AddCommand(Protocol[P]):
    """Adds a sub-command with the common options."""

    def __call__(
        self, commands: argparse._SubParsersAction[P], name: str, help_text: str, *, more: str = ""
    ) -> P: ...


_PER_LINE = "One a line, or a JSON string; one JSON object out for every line. No desk is needed."


_MEANING = (
    "With the extra careconsole[semantic] answers are found by what they mean, in whatever language the message is; "
    "what a console has read of them at this desk need not be read again."
)


def add_snippets(commands: argparse._SubParsersAction[P], add: AddCommand[P]) -> None:
    """`snippets ACTION` and `suggest`."""
    snippets = add(commands, "snippets", "list, check, import or search the prepared answers")
    actions = snippets.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = add(actions, "list", "list the prepared answers, built-in ones and your own")
    listed.add_argument("--json", action="store_true", help="print JSON, with every text as it is")
    add(actions, "lint", "name broken files with line and reason, and what is worth a second look")
    imported = add(
        actions,
        "import",
        "import prepared answers into the home",
        more="CSV with the columns title,body,tags,language,triggers (lists separated by |), or Chatwoot's JSON "
        "list of short_code and content. What was imported before is updated, never doubled; what you wrote yourself "
        "is never written over.",
    )
    imported.add_argument("file", metavar="FILE", help="the file; - for standard input")
    search = add(actions, "search", "say which prepared answers abbreviations find", more=_PER_LINE)
    search.add_argument("source", choices=("-",), metavar="-", help="standard input")
    triggers = add(actions, "triggers", "list or remove what was learnt from accepted suggestions")
    triggers.add_argument("--json", action="store_true", help="print JSON")
    triggers.add_argument("--remove", type=int, metavar="ID", help="forget the one of this number")
    suggest = add(
        commands,
        "suggest",
        "say which prepared answers fit customers' messages",
        more=f"{_PER_LINE} {_MEANING}",
    )
    suggest.add_argument("source", choices=("-",), metavar="-", help="standard input")
    suggest.add_argument(
        "--words", action="store_true", help="go by words alone, also where the extra is there"
    )
    suggest.add_argument(
        "--answered-before",
        action="store_true",
        help="say what the account was seen to answer to messages like each, from the desk's record: only what was "
        "really sent, with holes where it named somebody, and nothing private of them",
    )
    suggest.add_argument("--account", metavar="NAME", help="whose answers; needed where there are several")
    suggest.add_argument(
        "--private",
        action="store_true",
        help="for a private reply: private answers too, which are never offered for a public one",
    )
