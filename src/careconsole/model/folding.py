"""The folded form of a text, in which case, accents and spacing make no difference to a search."""

from __future__ import annotations

import re
import unicodedata

_MARKS = (
    frozenset(range(0x0300, 0x0370)) | frozenset(range(0x1AB0, 0x1B00)) | frozenset(range(0x20D0, 0x2100))
)
_CYRILLIC = range(0x0400, 0x0530)

# Letters that Unicode does not take apart, marks of writing that come in several shapes, and what is invisible.
_BY_HAND = {
    "đ": "d", "ð": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ı": "i", "ŧ": "t",
    "ё": "е", "Ё": "е", "ѐ": "е", "Ѐ": "е", "ѝ": "и", "Ѝ": "и",
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "–": "-", "—": "-", "\u2028": " ", "\u2029": " ",
    "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "", "\ufe0e": "", "\ufe0f": "",
}  # fmt: skip


def _letter(code: int) -> str:
    """The folded form of one character: none, one or several."""
    given = chr(code)
    if given in _BY_HAND:
        return _BY_HAND[given]
    if code in _CYRILLIC:
        return given.casefold()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", given).casefold())
    bare = "".join(_BY_HAND.get(part, part) for part in apart if ord(part) not in _MARKS)
    return unicodedata.normalize("NFC", bare)


class _Letters(dict[str, str]):
    """Character to folded form, filled as characters are met and bounded against a text that has them all."""

    def __missing__(self, given: str) -> str:
        folded = _letter(ord(given))
        if len(self) < 20_000:
            self[given] = folded
        return folded

    def of_match(self, found: re.Match[str]) -> str:
        return self[found[0]]


_LETTERS = _Letters()

# What casefold leaves as it should be: ASCII but the back quote, Russian letters, Han and its full stops.
_ODD = re.compile("[^\x00-_a-\x7fа-яђ-џ一-鿿。、]")


def fold(text: str) -> str:
    """The text with case folded, accents removed and runs of white space made one space.

    `š` becomes `s`, `ä` `a`, `ß` `ss`, `ё` `е`, `đ` `d`, full-width letters and signs their plain form;
    Cyrillic and Han letters stay what they are. Invisible joiners vanish and every apostrophe is `'`.
    Folding what is folded changes nothing.
    """
    if text.isascii():
        folded = text.lower().replace("`", "'")
    else:
        folded = unicodedata.normalize("NFC", text).casefold().replace("ё", "е")
        folded, odd = _ODD.subn(_LETTERS.of_match, folded)
        if odd:
            folded = unicodedata.normalize("NFC", folded)
    return " ".join(folded.split())


_WORD = re.compile(r"[^\W_]+")


def words(folded: str) -> list[str]:
    """The words of a folded text in order, without punctuation; `don't` is the word `dont`.

    A run of Han letters is one word, as Chinese does not write the gaps.
    """
    return _WORD.findall(folded.replace("'", ""))
