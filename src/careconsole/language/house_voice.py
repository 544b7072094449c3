"""Where a draft departs from the house voice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from careconsole.language.address_forms import forms_in
from careconsole.language.tone_note import ToneNote
from careconsole.model.message import Kind
from careconsole.model.voice import ADDRESSES, HouseVoice

_ME = re.compile(r"\{\{[^\S\n]*me[^\S\n]*\}\}", re.IGNORECASE)


def voice_notes(
    text: str, voice: HouseVoice, kind: Kind | None, me: str, laughs: Sequence[tuple[int, int]]
) -> Iterator[ToneNote]:
    """Where the draft departs from the house voice; `laughs` is where it jokes."""
    yield from _house_words(text, voice.instead)
    yield from _address(text, voice)
    yield from _sign_off(text, voice.sign_off, me)
    if kind is not None and voice.humour.get(kind) is False:
        for start, end in laughs:
            reason = f'"{text[start:end]}" is a joke, and the house voice has none where somebody writes {kind.value}.'
            yield ToneNote("humour", start, end, reason.replace("_", " "))


def _house_words(text: str, instead: Mapping[str, str]) -> Iterator[ToneNote]:
    if not instead:
        return
    pattern, words = _words_pattern(tuple(instead))
    for found in pattern.finditer(text):
        assert found.lastindex is not None
        said = instead[words[found.lastindex - 1]]
        advice = f'say "{said}"' if said else "leave it out"
        yield ToneNote("house word", *found.span(), f'"{found[0]}" is not a word of this house; {advice}.')


@lru_cache(maxsize=64)
def _words_pattern(words: tuple[str, ...]) -> tuple[re.Pattern[str], list[str]]:
    """Finds the words whole, however they are spaced and cased; the group that is found is the place of the word."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(f"({_whole(word)})" for word in longest_first), re.IGNORECASE), longest_first


def _whole(word: str) -> str:
    """A pattern for the word; Han letters have no gaps around them, and capitals no ß."""
    pattern = r"\s+".join(map(re.escape, word.split())).replace("ß", "(?:ß|ss)")
    before = r"(?<![^\W_])" if word[0].isalnum() and not "\u3400" <= word[0] <= "\u9fff" else ""
    after = r"(?![^\W_])" if word[-1].isalnum() and not "\u3400" <= word[-1] <= "\u9fff" else ""
    return before + pattern + after


def _address(text: str, voice: HouseVoice) -> Iterator[ToneNote]:
    """The wrong form of address; without a rule, the rarer one of two that are mixed."""
    if voice.language not in ADDRESSES:
        return
    near, far = forms_in(text, voice.language)
    near_name, far_name = ADDRESSES[voice.language]
    if voice.address:
        wrong = far if voice.address == near_name else near
        for start, end in wrong:
            reason = f'"{text[start:end]}" is not the form of address of this house; it says {voice.address}.'
            yield ToneNote("form of address", start, end, reason)
    elif near and far:
        fewer, name = (near, far_name) if len(near) <= len(far) else (far, near_name)
        start, end = fewer[0]
        reason = f'"{text[start:end]}" mixes {near_name} and {far_name}; the rest of the draft says {name}.'
        yield ToneNote("form of address", start, end, reason)


def _sign_off(text: str, sign_off: str, me: str) -> Iterator[ToneNote]:
    """A note on the end where the sign-off is not there."""
    if not sign_off:
        return
    wanted = _ME.sub(lambda _: me or "{{me}}", sign_off)
    if _even(text).endswith(_even(wanted)) or _even(text).endswith(_even(sign_off)):
        return
    end = len(text.rstrip())
    start = text.rfind("\n", 0, end) + 1
    reason = (
        f'"{_short(text[start:end])}" ends the draft; in this house an answer ends with "{_short(wanted)}".'
    )
    yield ToneNote("sign-off", start, end, reason)


def _even(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(" .!")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
