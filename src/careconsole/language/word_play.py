"""Words that hide from the lists: drawn out (`sooo baaad`) or written together in a hashtag (`#WorstAirlineEver`)."""

from __future__ import annotations

import re
from functools import cache

from careconsole.language.temper_cues import TEMPERS
from careconsole.model.folding import fold

_DRAWN_OUT = re.compile(r"([^\W\d_])\1\1")
_RUN = re.compile(r"(\w)\1{2,}")
_HASHTAG = re.compile(r"#(\w{4,40})")
_HUMP = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])")
_WORDS_BETWEEN = frozenset(
    "the a an my our your you we i is are was it this that to for of in on at and with from ever again please very so "
    "airline airlines company brand phone store shop bank mobile app team travel air line".split()
)
_SHORTEST = 3
_LONGEST = 1_000


def hidden_words(raw: str) -> str:
    """The words that hide in a text, as words; empty if there are none."""
    found = []
    if "#" in raw:
        for tag in _HASHTAG.findall(raw):
            found += _taken_apart(tag)
    if _repeats(raw) and _DRAWN_OUT.search(raw):
        for drawn in filter(_DRAWN_OUT.search, raw[:_LONGEST].split()):
            found += dict.fromkeys((_RUN.sub(r"\1", drawn), _RUN.sub(r"\1\1", drawn)))
    return " . ".join(found)


def _repeats(raw: str) -> bool:
    """Whether a character may stand three times in a row; for nearly every message this says no, and in no time.

    The text is taken for one number: where a character is followed by itself, the number and the same number moved by
    a character differ by nothing.
    """
    octets, size = (raw.encode(), 1) if raw.isascii() else (raw.encode("utf-32-le", "surrogatepass"), 4)
    whole = int.from_bytes(octets, "little")
    differs = whole ^ whole >> 8 * size
    differs |= differs >> 8 * size
    return bytes(size) in differs.to_bytes(len(octets), "little")


def _taken_apart(tag: str) -> list[str]:
    """The words of a hashtag, if it is made of several."""
    humps = _HUMP.sub(" ", tag).replace("_", " ")
    if " " in humps:
        return [humps]
    words = _apart(fold(tag))
    return [" ".join(words)] if len(words) > 1 else []


def _apart(tag: str) -> list[str]:
    """The fewest known words that make up the tag, or nothing."""
    known = _known()
    best: list[list[str] | None] = [[], *[None] * len(tag)]
    for end in range(1, len(tag) + 1):
        for start in range(end):
            before, word = best[start], tag[start:end]
            if before is not None and word in known:
                now = best[end]
                if now is None or len(before) + 1 < len(now):
                    best[end] = [*before, word]
    return best[-1] or []


@cache
def _known() -> frozenset[str]:
    words = {
        word
        for tempers in TEMPERS.values()
        for _, _, listed in tempers
        for entry in listed
        for word in fold(entry).replace("/", " ").split()
        if len(word) >= _SHORTEST and word.isalpha()
    }
    return frozenset(words | _WORDS_BETWEEN)
