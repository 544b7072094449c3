"""Every key that a settings file may hold: what it is for, and which one a wrong one was meant to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from careconsole.model.message import Kind
from careconsole.model.priority import DEFAULT_TARGETS_MIN
from careconsole.settings.faults import Fault, dotted

DEFAULT_UNDO_S = {"public": 10, "private": 5}
DEFAULT_REST_MS = 300
LONGEST_TARGET_MIN = 10_080
"""A week."""
LONGEST_UNDO_S = 300
LONGEST_REST_MS = 5_000
MOST_TARGET = 1_000_000
LONGEST_RETENTION_DAYS = 36_500
RETAINED = {
    "resolved": "conversations that were resolved, from then on,",
    "pending": "conversations that we answered last, from their last message on,",
}
DEFAULT_WALL = {
    "late": (0, "conversations that are late"),
    "backlog": (100, "conversations that wait"),
    "oldest_min": (60, "minutes that the longest waiting customer has waited"),
    "kept_pct": (90, "per cent of the promises that are kept"),
    "mean_wait_min": (60, "minutes that the answered have waited on average"),
}
"""The targets of the wallboard's tiles, and in what they are counted."""
DAYS = {
    "mon": "Mondays, `24:00` being the end of the day; without any `hours` it is open day and night",
    "tue": "Tuesdays",
    "wed": "Wednesdays",
    "thu": "Thursdays",
    "fri": "Fridays",
    "sat": "Saturdays",
    "sun": "Sundays",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One key. Parts of its path in capitals stand for a name of the user's own."""

    path: tuple[str, ...]
    type: str
    default: str
    sentence: str


_TARGET_TYPE = f"whole minutes, 1 to {LONGEST_TARGET_MIN}"
_UNDO_TYPE = f"seconds, 0 to {LONGEST_UNDO_S}"
_HOURS_TYPE = 'text as "09:00-17:00", or a list of such'

ENTRIES: tuple[Entry, ...] = (
    Entry(
        ("rank", "vips"),
        "list of handles",
        "[]",
        "Customers whose messages are due on arrival; `@dana` is exactly that handle as our account sees it, "
        "`@dana@server` the full one; case makes no difference.",
    ),
    *(
        Entry(
            ("rank", "targets_min", kind.value),
            _TARGET_TYPE,
            str(DEFAULT_TARGETS_MIN[kind]),
            f"Open minutes in which a message of the kind {kind.value} is to be answered.",
        )
        for kind in Kind
    ),
    Entry(
        ("rank", "emergency", "LANGUAGE"),
        "list of words",
        "[]",
        "Further words or phrases that put a conversation into tier 0, under a language code such as `en`; "
        "the lists of all languages apply to every message. `strand*`, `plane/train` and `stuck ... airport` may "
        "be written, and `-` before what is no emergency.",
    ),
    Entry(
        ("rank", "emergency", "builtin"),
        "true or false",
        "true",
        "Whether our own emergency words apply besides yours.",
    ),
    Entry(
        ("calendar", "ACCOUNT", "zone"),
        "name of a time zone",
        '"UTC"',
        "Where the opening hours of the account are told, for example `Europe/Zagreb`.",
    ),
    *(
        Entry(
            ("calendar", "ACCOUNT", "hours", day),
            _HOURS_TYPE,
            "closed",
            f"When the account is open on {name}.",
        )
        for day, name in DAYS.items()
    ),
    Entry(
        ("calendar", "ACCOUNT", "holidays"),
        "list of dates, or table of date = name",
        "[]",
        "Days on which the account is closed all day.",
    ),
    Entry(
        ("keys", "COMMAND"),
        "text, or list of texts",
        "as in the key table",
        'Other keys for a command, for example `"list.claim" = "c"`; several are separated by commas.',
    ),
    Entry(
        ("undo_s", "public"),
        _UNDO_TYPE,
        str(DEFAULT_UNDO_S["public"]),
        "How long a public reply can be taken back before it leaves.",
    ),
    Entry(
        ("undo_s", "private"),
        _UNDO_TYPE,
        str(DEFAULT_UNDO_S["private"]),
        "How long a private reply can be taken back before it leaves.",
    ),
    Entry(
        ("alerts", "bell"),
        "true or false",
        "true",
        "Whether the terminal rings for what is mine, tier 0 or due in 5 minutes.",
    ),
    Entry(
        ("agent", "languages"),
        "list of language codes",
        "that of your locale, and en",
        'What you read, such as `["en", "de"]`: a customer who writes in another language is marked, such as `(fr)`.',
    ),
    Entry(("alerts", "title"), "true or false", "true", "Whether the terminal's title shows how many wait."),
    Entry(
        ("snippets", "builtin"),
        "true or false",
        "true",
        "Whether the prepared answers that come with careconsole are offered besides yours.",
    ),
    Entry(
        ("console", "rest_ms"),
        f"whole milliseconds, 0 to {LONGEST_REST_MS}",
        str(DEFAULT_REST_MS),
        "How long the cursor rests on a row before thread and snippets follow.",
    ),
    *(
        Entry(
            ("wallboard", name),
            f"whole number, 0 to {MOST_TARGET}",
            str(default),
            f"The wallboard's target for {words}: {'at least' if name == 'kept_pct' else 'at most'} so many.",
        )
        for name, (default, words) in DEFAULT_WALL.items()
    ),
    *(
        Entry(
            ("retention", "ACCOUNT", state),
            f"whole days, 1 to {LONGEST_RETENTION_DAYS}",
            "for ever",
            f"How long {words} keep their words and names on the account (`all`: on every account that is not named); "
            "`careconsole retention` erases them then.",
        )
        for state, words in RETAINED.items()
    ),
    Entry(
        ("views", "NAME"),
        "text",
        "none",
        'A saved query, for example `angry = "kind:complaint lang:de late"`; `@angry` finds by it.',
    ),
)


def _is_own_name(part: str) -> bool:
    return part.isupper()


def _under(known: Iterable[tuple[str, ...]], part: str) -> list[tuple[str, ...]]:
    """What may stand below a part: the exact word goes before a name of the user's own."""
    paths = [path for path in known if path]
    exact = [path[1:] for path in paths if path[0] == part]
    return exact or [path[1:] for path in paths if _is_own_name(path[0])]


def check_known(document: Mapping[str, Any]) -> None:
    """Raises a Fault for the first key that is none of ours, naming the nearest one that is."""
    paths = [entry.path for entry in ENTRIES]
    for found in _unknown(document, paths, ()):
        raise Fault(found, f"{dotted(found)} is not a setting; did you mean {nearest(found)}?")


def _unknown(
    table: Mapping[str, Any], known: Sequence[tuple[str, ...]], path: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    for part, value in table.items():
        below = _under(known, part)
        if not below:
            yield (*path, part)
        elif isinstance(value, dict) and () not in below:
            yield from _unknown(value, below, (*path, part))


def nearest(path: Sequence[str]) -> str:
    """The known key that a wrong one is most like: just so in another table, close to it in its own, or anywhere."""
    siblings = {entry.path[: len(path)] for entry in ENTRIES if _fits(entry.path, path[:-1])}
    close = _most_like(path[-1], siblings)
    places = {entry.path[:length] for entry in ENTRIES for length in range(1, len(entry.path) + 1)}
    anywhere = _most_like(path[-1], places)
    is_elsewhere = anywhere is not None and anywhere[-1] == path[-1]
    if close is not None and _likeness(path[-1], close[-1]) >= 0.6 and not is_elsewhere:
        return dotted((*path[:-1], close[-1]))
    if anywhere is not None and _likeness(path[-1], anywhere[-1]) >= 0.8:
        return dotted(anywhere)
    return dotted((*path[:-1], close[-1])) if close is not None else dotted(anywhere or ())


def _fits(known: Sequence[str], path: Sequence[str]) -> bool:
    """Whether the known key lies below the path."""
    return len(known) > len(path) and all(
        ours == theirs or _is_own_name(ours) for ours, theirs in zip(known, path, strict=False)
    )


def _most_like(word: str, places: Iterable[tuple[str, ...]]) -> tuple[str, ...] | None:
    named = sorted(place for place in places if not _is_own_name(place[-1]))
    return max(named, key=lambda place: _likeness(word, place[-1]), default=None)


def _likeness(word: str, other: str) -> float:
    return SequenceMatcher(None, word.casefold(), other).ratio()


def reference() -> str:
    """Every key with its type, its default and one sentence, as a table in Markdown."""
    lines = ["| Key | Type | Default | What it is |", "|---|---|---|---|"]
    lines += [f"| `{'.'.join(e.path)}` | {e.type} | {_code(e.default)} | {e.sentence} |" for e in ENTRIES]
    return "\n".join(lines) + "\n"


def _code(default: str) -> str:
    return default if " " in default or default == "closed" else f"`{default}`"
