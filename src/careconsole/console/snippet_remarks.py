"""What is worth a second look while a prepared answer is written, by the field that it is about. Never a refusal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from careconsole.language.detection import language_of
from careconsole.model.folding import fold
from careconsole.snippets.holes import holes
from careconsole.snippets.library import Library
from careconsole.snippets.linting import about
from careconsole.snippets.situation import speaks
from careconsole.snippets.snippet import Snippet

FILLED = ("name", "handle", "account", "me")
"""The holes that are filled from what is known of the customer and the agent."""
_MOST_NAMED = 5


def remarks_on(
    snippet: Snippet, library: Library, today: date, *, me: str, accounts: Collection[str]
) -> Mapping[str, Sequence[str]]:
    """Sentences by field."""
    found: dict[str, list[str]] = defaultdict(list)
    for field, words in about(snippet, today):
        if snippet.body or field != "body":
            found[field].append(f"{words[:1].upper()}{words[1:]}.")
    if twin := _twin(snippet, library):
        found["title"].append(f"There is one of this title in this language already: {twin}.")
    if words := _holes_by_hand(snippet):
        found["body"].append(words)
    if words := _private_words(snippet):
        found["body"].append(words)
    if words := _language_words(snippet):
        found["language"].append(words)
    if snippet.scope == "mine" and snippet.owner not in ("", me):
        found["owner"].append(f"Only {snippet.owner} will see it, not you.")
    if snippet.accounts and snippet.scope != "brand":
        found["accounts"].append("They count with the scope brand only.")
    elif unknown := [name for name in snippet.accounts if name not in accounts]:
        found["accounts"].append(f"No account here is called {', '.join(unknown[:_MOST_NAMED])}.")
    return found


def _twin(snippet: Snippet, library: Library) -> str:
    title = fold(snippet.title)
    return next(
        (
            other.id
            for other in library.snippets
            if title and other.id != snippet.id
            if other.language == snippet.language and fold(other.title) == title
        ),
        "",
    )


def _holes_by_hand(snippet: Snippet) -> str:
    names = (snippet.body[hole.start + 2 : hole.end - 2].strip() for hole in holes(snippet.body))
    by_hand = dict.fromkeys(name for name in names if name.casefold() not in FILLED)
    if not by_hand:
        return ""
    shown = ", ".join(list(by_hand)[:_MOST_NAMED])
    return f"Filled by hand each time: {shown}."


def _private_words(snippet: Snippet) -> str:
    from careconsole.language.private_data import find_private

    kinds = dict.fromkeys(found.what for found in find_private(f"{snippet.body}\n{snippet.short}"))
    names = {
        "order": "an order number",
        "IBAN": "an IBAN",
        "card": "a card number",
        "e-mail": "an e-mail address",
    }
    if not kinds:
        return ""
    what = " and ".join(names.get(kind, "a phone number") for kind in kinds)
    return f"It holds {what}: take it out if it is a customer's."


def _language_words(snippet: Snippet) -> str:
    found = language_of(snippet.body)
    if not found.is_sure or found.code == "unknown":
        return ""
    if not snippet.language:
        if snippet.variant_of:
            return ""
        return f"It reads like {found.code}. Without a language it is offered to everybody."
    return (
        "" if speaks(snippet.language, found.code) else f"It reads like {found.code}, not {snippet.language}."
    )
