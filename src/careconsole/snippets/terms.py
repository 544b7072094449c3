"""What of a text is searched for: its words without private things, their first letters, pairs of Han letters."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from careconsole.model.folding import fold, words

MAX_TERMS = 60
"""Words of a text that are searched for, at most."""
STEM_CHARS = 5
"""A word of at least so many letters is also found by its first ones: endings change, in most languages."""

_UNGAPPED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]+"
)
_PIECE = re.compile(rf"({_UNGAPPED.pattern})|[^\s{_UNGAPPED.pattern[1:-2]}]+")
"""A run of letters that know no gaps, or what stands between blanks and such runs."""
_DIGIT = re.compile(r"\d")
_PRIVATE_SIGNS = ("@", "＠", "://", "www.", "WWW.")
_ADDRESS = re.compile(r"[^\W\d_]\.[^\W\d_]{2,}(?:[/?#:]|$)|\w/\w*\?")
"""An address without its scheme, such as `example.com/dana`."""
_NEXT_NAME = re.compile(
    r"(?:[^\S\n]+(?:(?:von|van|vom|zu|zum|zur|der|den|de|del|della|di|da|dos|du|la|le|ter|ten|al|el|bin|ibn|af|av)"
    r"[^\S\n]+){0,3}|[-‐‑])([^\W\d_](?:\.|[\w'’]*))"
)
"""A word that belongs to the name before it if it has a capital: nothing but a blank, a hyphen or a `von` between."""
_MOST_NEXT_NAMES = 2
_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_LONGEST_WORD = 80
_CHARS_A_TERM = 70

# Words that stand in nearly every message; those that turn its meaning ("not", "can", "where") are kept.
_COMMON = frozenset(
    """
    a an the i im ive my me you your it its is am are was were be been to of in on at for and or so if this that do
    does did
    der die das den dem des ein eine einen einem ich mich mir mein meine sie ihr ihre es ist sind war und oder im am zu
    и в во на с со у к по я мы вы он она оно мой моя мне это что как а но же бы
    i u na s sa je su sam mi mi moj moja to ja vi ali da
    ja ma mina mu minu on oli see et ka kui
    """.split()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Terms:
    """What a text is found by: folded words, the starts of the long ones, pairs of letters that know no gaps."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    pairs: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """All of them, each once."""
        return tuple(dict.fromkeys((*self.words, *self.stems, *self.pairs)))


def terms_of(text: str, most: int = MAX_TERMS) -> Terms:
    """The terms of a text without its handles, links and numbers, at most so many of each kind."""
    text = text[: most * _CHARS_A_TERM]
    folded = fold(without_private(text))
    pairs: list[str] = []
    for run in _UNGAPPED.findall(folded):
        pairs += [run[at : at + 2] for at in range(len(run) - 1)] or [run]
    found = [word for word in words(_UNGAPPED.sub(" ", folded)) if not word.isdigit()]
    told = [word for word in found if word not in _COMMON] or found
    told = told[:most]
    stems = [f"{word[:STEM_CHARS]}~" for word in told if len(word) >= STEM_CHARS]
    return Terms(tuple(told), tuple(stem.replace("~", "zq") for stem in stems), tuple(pairs[:most]))


def without_private(text: str, names: Collection[str] = ()) -> str:
    """The text on one line without handles, addresses, links, whatever holds a digit, and these names.

    A word with a capital that follows a name in the same sentence goes with it: it may be more of the name.
    """
    text = without_names(text, names)
    kept: list[str] = []
    handle_end = -1
    for piece in _PIECE.finditer(text):
        if piece[1] is None:
            if _is_private(piece[0]):
                handle_end = piece.end() if piece[0][-1] in "@＠" else -1
            else:
                kept.append(piece[0])
        elif piece.start() != handle_end:
            kept.append(piece[0])
    return " ".join(kept)


def without_names(text: str, names: Collection[str], hole: str = " ") -> str:
    """The text with this in place of each of these names, as `without_private` finds them."""
    named = [_named(part) for part in sorted(_name_parts(names), key=len, reverse=True)]
    if not named:
        return text
    sought = re.compile("|".join(named), re.IGNORECASE)
    kept: list[str] = []
    at = 0
    while found := sought.search(text, at):
        kept.append(text[at : found.start()])
        at = found.end() if _is_owner(found) else _end_of_name(text, found.end(), sought)
    return hole.join((*kept, text[at:]))


def _is_owner(found: re.Match[str]) -> bool:
    """Whether a name stands with an `s` behind it: what follows is what they have."""
    return found.lastindex is not None and found[found.lastindex].casefold() == "s"


def _end_of_name(text: str, at: int, names: re.Pattern[str]) -> int:
    """Where a name ends that goes on behind what is known of it; one that is known too begins anew."""
    for _ in range(_MOST_NEXT_NAMES):
        found = _NEXT_NAME.match(text, at)
        if found is None or not found[1][0].isupper() or names.match(text, found.start(1)):
            break
        if re.fullmatch(r"I(?:['’.].*)?", found[1]):
            break
        at = found.end()
    return at


def _is_private(piece: str) -> bool:
    """Whether what stands between blanks is a handle, an address, a link, holds a digit, or is no word at all."""
    return (
        len(piece) > _LONGEST_WORD
        or any(sign in piece for sign in _PRIVATE_SIGNS)
        or _ADDRESS.search(piece) is not None
        or _DIGIT.search(piece) is not None
    )


_CASED = frozenset("аяойьaoe")
_CASES = r"(?:[аеиоуыюя]|[еиоя][йюм]|[aeiou]|[aeio][mj])"
"""What Slavic names have in place of their last letter in another case: Анна, Анны, Анной; Marko, Marku, Markom."""


def _named(part: str) -> str:
    """What finds a name: as a word with up to three letters of an ending, or anywhere where words know no gaps.

    The ending is a group.
    """
    if _UNGAPPED.search(part):
        return re.escape(part)
    if len(part) < 4:
        return rf"(?<!\w){re.escape(part)}(?!\w)"
    cased = rf"|{re.escape(part[:-1])}{_CASES}" if part[-1].casefold() in _CASED else ""
    return rf"(?<!\w)(?:{re.escape(part)}(\w{{0,3}}){cased})(?!\w)"


def _name_parts(names: Iterable[str]) -> set[str]:
    """The words of names of two letters or more, also as people type them who have no marks on their keys."""
    parts = {part for name in names for part in (*re.split(r"[\W_]+", name), *name.split())}
    parts |= {other for part in parts for other in (fold(part), part.casefold().translate(_TWO_LETTERS))}
    return {part for part in parts if len(part) >= 2 and not part.isdigit()}
