"""The words by which messages are found: what of a text goes into the index, and what a query asks of it.

Both sides take a text apart in the same way, so whatever is written alike is found, in any script. What is written
without gaps (Han, Kana, Thai and their neighbours) is kept as pairs of characters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from careconsole.model.folding import fold

SHORTEST_BEGINNING = 3
"""So many letters must be typed before words that only begin so are found too."""

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_RUN = re.compile(r"[^\W_]+")
_ANY_RUN = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")
_JOINED = re.compile(r"[a-z0-9]+(?:[-/.][a-z0-9]+)+", re.ASCII)
_JOINS = re.compile(r"[-/.](?<=[a-z0-9].)(?=[a-z0-9])")
_BLANKED = bytes(code for code in range(128) if not chr(code).isalnum())
_BLANKS = bytes.maketrans(_BLANKED, b" " * len(_BLANKED))
_SIGNS = str.maketrans("", "", "-/.")


class Term(NamedTuple):
    """What a message must hold: words that follow each other, or the same written as one."""

    words: tuple[str, ...]
    begins: bool = False
    """Whether the last of the words need only begin so."""
    joined: str = ""
    """An order number without its signs; empty for what is no such number."""


def indexed_words(text: str) -> str:
    """Every word of a text with blanks between them; a number such as `DE-4711` also as one word, at the end."""
    return _indexed(fold(text).replace("'", ""))


def _indexed(folded: str) -> str:
    if folded.isascii() or not _HAS_UNSPACED.search(folded):
        found = _runs(folded)
    else:
        found = [word for run in _ANY_RUN.findall(folded) for word in _parts(run)]
    if _JOINS.search(folded):
        for word in filter(_JOINS.search, folded.split()):
            found += [number for each in _JOINED.findall(word) if (number := _joined(each))]
    return " ".join(found)


def term(text: str, *, is_last: bool = False, is_exact: bool = False) -> Term | None:
    """What a message must hold for one word of a query, or for some in quotes; None if it has no letter or digit.

    The last word of a query may go on; one that was quoted may not.
    """
    folded = fold(text).replace("'", "")
    runs = _ANY_RUN.findall(folded)
    if not runs:
        return None
    found = [word for run in runs for word in _parts(run)]
    goes_on = is_last and not is_exact and len(found[-1]) >= SHORTEST_BEGINNING
    if _HAS_UNSPACED.search(found[-1]):
        if len(runs[-1]) > 1:
            found.pop()  # the pair before it says as much
        else:
            goes_on = True  # of a pair it may be the first
    parted = _JOINED.search(folded)
    joined = _joined(parted[0]) if parted is not None and parted[0] == folded.strip("#@.,:;!?()") else ""
    return Term(tuple(found), goes_on, "" if is_exact else joined)


def _runs(folded: str) -> list[str]:
    """The runs of letters and digits, as `_RUN` finds them, in a third of the time."""
    octets = folded.encode("utf-8", "surrogatepass").translate(_BLANKS)
    runs = octets.decode("utf-8", "surrogatepass").split()
    if folded.isascii() or all(map(str.isalnum, runs)):
        return runs
    return [run for each in runs for run in _RUN.findall(each)]


def _parts(run: str) -> list[str]:
    """A run of letters as it is indexed: itself, or its pairs of characters and the last one alone."""
    if not _HAS_UNSPACED.match(run):
        return [run]
    return [*(run[at : at + 2] for at in range(len(run) - 1)), run[-1]]


def _joined(number: str) -> str:
    """A number without the signs in it; empty where there is no digit, so that it is none."""
    bare = number.translate(_SIGNS)
    return "" if bare.isalpha() else bare


def holds(text: str, terms: Sequence[Term]) -> bool:
    """Whether a text has every one of these terms: what a search of `indexed_words` would find."""
    folded = fold(text).replace("'", "")
    if not all(_may_hold(folded, each) for each in terms):
        return False
    padded = f" {_indexed(folded)} "
    return all(
        _follows(padded, " ".join(each.words), each.begins)
        or (each.joined != "" and _follows(padded, each.joined, each.begins))
        for each in terms
    )


def _may_hold(folded: str, each: Term) -> bool:
    """False only if the term cannot be there: to take a text apart takes longer than to look."""
    first = each.words[0]
    if first in folded or (each.joined and each.joined in folded):
        return True
    if not first.isascii() or (first.isalpha() and not each.begins):
        return False  # of no joined number it could be a part
    return first in folded.replace("-", "").replace("/", "").replace(".", "")


def _follows(padded: str, phrase: str, begins: bool) -> bool:
    return f" {phrase}" in padded if begins else f" {phrase} " in padded
