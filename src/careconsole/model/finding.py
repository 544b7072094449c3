"""What to look for: words, filters such as `lang:de`, and states such as `late`, from one line of text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from careconsole.model.message import Kind
from careconsole.model.search_words import Term, term

MOST_CHARS = 400
MOST_WORDS = 20

STATES = {
    "mine": "I hold it, or it is mine",
    "waiting": "a message waits for an answer",
    "late": "the promise is past",
    "pending": "we answered, the customer has the word",
    "resolved": "it is ended",
    "draft": "I have a draft for it",
    "snoozed": "it sleeps until it comes back by itself",
    "vip": "the customer is a VIP",
    "tier0": "it is an emergency",
}
"""The words that stand for a state; in quotes they are words like any others."""
FILTERS = ("lang", "kind", "account", "owner", "team")
"""What may stand before a colon."""
UNKNOWN_LANGUAGE = "unknown"

_PIECE = re.compile(r'(?P<name>[A-Za-z]\w*):"(?P<value>[^"]*)"?|"(?P<quoted>[^"]*)"?|(?P<bare>\S+)')
_NAMED = re.compile(r"(?P<name>[A-Za-z]+):(?!//)(?P<value>.*)", re.DOTALL)
_LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)


class QueryFault(ValueError):
    """A query cannot be understood; a sentence says which word of it and which one may have been meant."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. Everything that is set must hold; of several of a kind one must."""

    terms: tuple[Term, ...] = ()
    languages: frozenset[str] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    accounts: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()
    """Agents whose it is."""
    teams: frozenset[str] = frozenset()
    """To which it was given."""
    states: frozenset[str] = frozenset()
    """Of `STATES`; of `pending` and `resolved` one must hold if both are named."""

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing, so that everything fits."""
        return self == Query()

    def and_also(self, other: Query) -> Query:
        """Both in one."""
        return Query(
            self.terms + other.terms,
            self.languages | other.languages,
            self.kinds | other.kinds,
            self.accounts | other.accounts,
            self.owners | other.owners,
            self.teams | other.teams,
            self.states | other.states,
        )


def parse_query(text: str, views: Mapping[str, str] | None = None) -> Query:
    """A query as it was typed; `@name` stands for a saved view. Raises QueryFault."""
    if len(text) > MOST_CHARS:
        raise QueryFault(f"A query has at most {MOST_CHARS} characters; this one has {len(text)}.")
    query = Query()
    words: list[tuple[str, bool]] = []
    for piece in _PIECE.finditer(text):
        if piece["quoted"] is not None:
            words.append((piece["quoted"], True))
            continue
        name, value = piece["name"], piece["value"]
        if name is None and (named := _NAMED.fullmatch(piece["bare"])) is not None:
            name, value = named["name"], named["value"]
        if name is not None:
            query = _filtered(query, name.lower(), value)
        elif (bare := piece["bare"]).lower() in STATES:
            query = replace(query, states=query.states | {bare.lower()})
        elif views and bare.startswith("@") and bare[1:] in views:
            query = query.and_also(parse_query(views[bare[1:]]))
        else:
            words.append((bare, False))
    query = replace(query, terms=query.terms + _terms(words, text))
    if len(query.terms) > MOST_WORDS:
        raise QueryFault(f"A query has at most {MOST_WORDS} words.")
    return query


def finished_part(text: str) -> str:
    """A query without its last word, which may still be being typed."""
    pieces = list(_PIECE.finditer(text))
    return text[: pieces[-1].start()] if pieces else ""


def _terms(words: list[tuple[str, bool]], text: str) -> tuple[Term, ...]:
    """The words as terms; the last one is still being typed unless a blank or something else stands behind it."""
    last = len(words) - 1 if words and text.endswith(words[-1][0]) else -1
    terms = [
        term(word, is_last=place == last, is_exact=is_exact) for place, (word, is_exact) in enumerate(words)
    ]
    return tuple(each for each in terms if each is not None)


def _filtered(query: Query, name: str, value: str) -> Query:
    if name not in FILTERS:
        near = _nearest(name, FILTERS)
        raise QueryFault(
            f'"{name[:40]}:" is no filter; the nearest is {near}:. In quotes it is searched for as text.'
        )
    values = [part for part in value.split(",") if part] if name != "account" else [value] * bool(value)
    if not values:
        raise QueryFault(f"{name}: wants {_WANTED[name]} behind it.")
    if name == "account":
        return replace(query, accounts=query.accounts | set(values))
    if name in ("owner", "team"):
        names = frozenset(each.removeprefix("@") for each in values)
        if name == "owner":
            return replace(query, owners=query.owners | names)
        return replace(query, teams=query.teams | names)
    if name == "kind":
        return replace(query, kinds=query.kinds | {_kind(each) for each in values})
    return replace(query, languages=query.languages | {_language(each) for each in values})


_KINDS = {kind.value: kind for kind in Kind}
_WANTED = {
    "lang": "the code of a language, such as en or de",
    "kind": f"one of {', '.join(_KINDS)}",
    "account": "the name of an account",
    "owner": "the name of an agent",
    "team": "the name of a team, or senior",
}


def _kind(word: str) -> Kind:
    kind = _KINDS.get(word.lower().replace("-", "_"))
    if kind is None:
        raise QueryFault(f"kind:{word[:40]} is no kind; the nearest is kind:{_nearest(word, _KINDS)}.")
    return kind


def _language(word: str) -> str:
    code = word.lower()
    if code != UNKNOWN_LANGUAGE and not _LANGUAGE.fullmatch(code):
        near = UNKNOWN_LANGUAGE if get_close_matches(code, [UNKNOWN_LANGUAGE]) else code[:2]
        nearest = near if near == UNKNOWN_LANGUAGE or _LANGUAGE.fullmatch(near) else "en"
        raise QueryFault(
            f"lang:{word[:40]} is not the code of a language, such as en or de; the nearest is lang:{nearest}."
        )
    return code


def check_accounts(query: Query, known: Iterable[str]) -> None:
    """Raises QueryFault if the query names an account that there is not."""
    names = list(known)
    for name in sorted(query.accounts.difference(names)):
        hint = f"; the nearest is account:{_nearest(name, names)}" if names else "; there is none yet"
        raise QueryFault(f"account:{name[:40]} is no account of this desk{hint}.")


def _nearest(word: str, known: Iterable[str]) -> str:
    names = list(known)
    return (get_close_matches(word.lower(), names, 1, 0.0) or names)[0]


def completions(text: str, views: Iterable[str], accounts: Iterable[str]) -> list[str]:
    """What the last word of a query that is being typed may become, in order; each as the whole query."""
    head, blank, last = text.rpartition(" ")
    offers = [f"@{name}" for name in sorted(views)]
    offers += [*STATES, *(f"{name}:" for name in FILTERS)]
    offers += [f"kind:{word}" for word in _KINDS]
    offers += [f"account:{_quoted(name)}" for name in sorted(accounts)]
    if not last:
        return [f"{head}{blank}{each}" for each in offers[: len(offers)] if each.startswith("@")]
    fits = [each for each in offers if each.startswith(last.lower()) and each != last.lower()]
    return [f"{head}{blank}{each}" for each in fits if not each.endswith(":")] or [
        f"{head}{blank}{each}" for each in fits
    ]


def _quoted(name: str) -> str:
    return f'"{name}"' if any(char.isspace() for char in name) else name
