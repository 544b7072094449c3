"""How well a typed word fits a whole title as letters in their order, and which letters it hits.

A title is a key: its words without the gaps. A typed word fits if its letters stand in the key in order; letters
at the start of a word and letters side by side count more, gaps less, and the initials of the words nearly as
much as a word itself. All texts are folded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_MATCH, _START, _SIDE_BY_SIDE = 16, 8, 4
_GAP, _GAP_TO_START = 3, 6
_INITIALS, _SOME_INITIALS = 95, 80
MAX_KEY_CHARS = 80
"""Letters of a title that are looked at."""


class Key(NamedTuple):
    """The words of a title without gaps, what each letter is worth by its place, and the words' initials."""

    text: str
    worth: bytes
    initials: str
    mask: int
    """Which letters occur: one bit for each, several letters sharing one."""


def key_of(words: Sequence[str]) -> Key:
    """The key of folded words."""
    text = "".join(words)[:MAX_KEY_CHARS]
    worth = bytearray(len(text))
    at = 0
    for word in words:
        if at < len(text):
            worth[at] = _START
        at += len(word)
    return Key(text, bytes(worth), "".join(word[0] for word in words), mask_of(text))


def mask_of(text: str) -> int:
    """A bit for every letter that occurs; a word fits a key only if all its bits are set there."""
    mask = 0
    for letter in set(text):
        mask |= 1 << (ord(letter) & 63)
    return mask


def in_order(typed: str, text: str) -> bool:
    """Whether the letters of a word stand in a text in their order."""
    at = -1
    for letter in typed:
        at = text.find(letter, at + 1)
        if at < 0:
            return False
    return True


def quality(typed: str, key: Key) -> float:
    """How well a word fits a key, from 1 to 100; 0 where it does not."""
    best = 0.0
    if len(typed) > 1 and key.initials.startswith(typed):
        best = _INITIALS + 5 * len(typed) / len(key.initials)
    elif len(typed) > 2 and key.initials[:1] == typed[0] and in_order(typed, key.initials):
        best = _SOME_INITIALS
    if steps := _steps(typed, key):
        worth = 100 * max(steps[-1].values())[0] / ((_MATCH + _START) * len(typed) + _START)
        best = max(best, worth, 1.0)
    return best


def letters_hit(typed: str, key: Key) -> list[int]:
    """The places in the key of the letters of a word, where it fits best; empty where it does not."""
    if len(typed) > 1 and key.initials.startswith(typed):
        starts = [at for at, worth in enumerate(key.worth) if worth]
        return starts[: len(typed)]
    steps = _steps(typed, key)
    if not steps:
        return []
    at = max(steps[-1], key=lambda place: steps[-1][place][0])
    hit = [at]
    for step in reversed(steps[1:]):
        at = step[at][2]
        hit.append(at)
    return hit[::-1]


_Step = dict[int, tuple[int, int, int]]
"""By the place of a letter: the sum so far, what the run of letters is worth, the place of the letter before."""


def _steps(typed: str, key: Key) -> list[_Step]:
    """For every typed letter, each place where it can stand and the best way there; empty where one has none."""
    text, worth = key.text, key.worth
    steps: list[_Step] = []
    before: _Step = {}
    at = text.find(typed[0]) if typed else -1
    while at >= 0:
        before[at] = (_MATCH + 2 * worth[at], worth[at], -1)
        at = text.find(typed[0], at + 1)
    steps.append(before)
    for letter in typed[1:]:
        if not before:
            return []
        before = _next_step(letter, before, text, worth)
        steps.append(before)
    return steps if before else []


def _next_step(letter: str, before: _Step, text: str, worth: bytes) -> _Step:
    """The places of the next letter: side by side with the one before, or after a gap."""
    step: _Step = {}
    earlier = list(before.items())
    taken, count = 0, len(earlier)
    near = far = -1_000
    near_at = far_at = -1
    at = text.find(letter, earlier[0][0] + 1)
    while at >= 0:
        while taken < count and earlier[taken][0] < at - 1:
            place, (total, _, _) = earlier[taken]
            taken += 1
            if total + place > near:
                near, near_at = total + place, place
            if total > far:
                far, far_at = total, place
        best, came_from = near - at - (_GAP - 2), near_at
        here = worth[at]
        if here and far - _GAP_TO_START > best:
            best, came_from = far - _GAP_TO_START, far_at
        best += _MATCH + here
        run = here
        if (beside := before.get(at - 1)) is not None:
            run = max(beside[1], here)
            total = beside[0] + _MATCH + max(run, _SIDE_BY_SIDE)
            if total >= best:
                best, came_from = total, at - 1
            else:
                run = here
        if best > -500:
            step[at] = (best, run, came_from)
        at = text.find(letter, at + 1)
    return step
