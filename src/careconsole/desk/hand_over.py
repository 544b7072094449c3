"""From public to private and back (F14): what a network makes of it, and when to think of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from careconsole.channels.contract import PRIVATE_WAYS, PrivateWay
from careconsole.desk.drafts import Beside, has_private, is_theirs
from careconsole.language.public_lines import public_line
from careconsole.model.message import Direction
from careconsole.model.reply import Mode
from careconsole.snippets.holes import fill
from careconsole.store.rows import ThreadEntry

MANY_ROUNDS = 3
"""So often back and forth in public, and a private message is worth a thought."""

__all__ = [
    "MANY_ROUNDS",
    "PrivateWay",
    "StandardLine",
    "hand_over_hint",
    "private_way",
    "rounds",
    "standard_line",
]


class StandardLine(NamedTuple):
    """What is said in public beside a private answer."""

    text: str
    is_of_house: bool
    """Whether the house wants it beside every private answer to a public message; else it is ours, on demand."""


def private_way(network: str) -> PrivateWay:
    """What becomes of a private reply to a public message there."""
    return PRIVATE_WAYS.get(network, PrivateWay.NONE)


def standard_line(known: Beside, language: str, values: Mapping[str, str]) -> StandardLine:
    """The house's line in a language, else ours; holes are filled from the values, as far as those are known."""
    voice = known.brand.voices.get(language)
    of_house = voice.public_line if voice else ""
    return StandardLine(fill(of_house or public_line(language), values), bool(of_house))


def rounds(entries: Sequence[ThreadEntry]) -> int:
    """How often the customer wrote in public and we answered in public, since the last private message."""
    count, theirs = 0, False
    for entry in entries:
        if entry.is_note or entry.deleted_us is not None:
            continue
        if not entry.visibility.is_public:
            count, theirs = 0, False
        elif entry.direction is Direction.IN:
            theirs = True
        elif theirs:
            count, theirs = count + 1, False
    return count


def hand_over_hint(
    draft: str, known: Beside, entries: Sequence[ThreadEntry], *, mode: Mode, may_be_public: bool
) -> str:
    """Why the other side of public and private might do better; empty where this side will do.

    `may_be_public` is whether the message answered was public.
    """
    if mode is Mode.PUBLIC and (count := rounds(entries)) >= MANY_ROUNDS:
        return f"{count} back-and-forths, consider private"
    if mode is not Mode.PRIVATE or not may_be_public or not draft.strip():
        return ""
    from careconsole.language.private_asks import asks_private

    said = [entry.text for entry in entries if is_theirs(entry)]
    if asks_private(draft) or any(has_private(text, known) for text in (draft, *said[-MANY_ROUNDS:])):
        return ""
    return "answerable in public: nothing private asked or given"
