"""Runs of digits that may be phone numbers, in a text of plain signs, and what is glued to them.

A code such as AB-0171392 is none: letters with a dash before it. A label such as "Tel:" is no part of a number, even
where no blank parts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from careconsole.language.number_words import Told, told_before, told_by
from careconsole.language.payment_numbers import Stretch

_RUN = re.compile(
    r"(?:(?<![0-9#§$€£¥@&])(?:\(?\+ ?)|(?<![A-Za-z0-9#§$€£¥@&]))\(?\d(?:[ .()/·~_-]{0,4}\d){4,}+\)?",
    re.ASCII,
)
_NO_PHONE_BEHIND = re.compile(
    r"[%‰€$£¥°@]|[.:]\d|,\d(?!\d{3})|_{1,3}[A-Za-z0-9]|[A-Za-z]{1,20}[-_]?\d|[A-Za-z]{21}"
    r"|(?i:kg|g|k?m|[cm]m|m?l|[kmgt]b|kwh|mah|h|min|sec|st|nd|rd|th|x|er|te|[ap]m|uhr|pcs|stk|eur|usd|euros?)(?![A-Za-z])",
    re.ASCII,
)
"""What makes the digits right before it something else: a unit, a fraction, letters with more digits."""
_EXTENSION = re.compile(
    r"[ ,;]{0,2}(?:(?:ext(?:ension)?|x|доб(?:авочный)?|вн|DW|Durchwahl|klapa|sisenumber|分机号?|转)[. :]{0,2}\d{1,6})(?!\w)",
    re.IGNORECASE,
)


def may_have_runs(text: str) -> bool:
    """Whether there are as many digits at all."""
    return _RUN.search(text) is not None


def runs(text: str) -> Iterator[Stretch]:
    """Where five digits and more stand, with what groups them, that no code or unit is glued to."""
    for found in _RUN.finditer(text):
        start, end = found.span()
        if _NO_PHONE_BEHIND.match(text, end) and not _EXTENSION.match(text, end):
            end = start + len(found[0].rstrip(")").rstrip("0123456789").rstrip(" .()/·~_-"))
        if start < end and not _is_code(text, start):
            yield start, end


def end_with_extension(text: str, end: int) -> int:
    """Where the number ends when its extension belongs to it."""
    extension = _EXTENSION.match(text, end)
    return extension.end() if extension else end


_CODE_BEFORE = re.compile(r"[A-Za-z0-9]_{0,2}[-_/.:]$", re.ASCII)
_LABEL = re.compile(r"(?<!\w)([^\W\d_]{1,20})([:./_-])$")
_SHORT_LABELS = frozenset("tmfhTMFH")
_CAPITALS = range(2, 6)
_REACH = 24


def _is_code(text: str, start: int) -> bool:
    """Whether the digits go on from letters or digits and a sign; not so after a label, nor with a plus."""
    before = text[max(0, start - _REACH) : start]
    if not _CODE_BEFORE.search(before[-4:]) or "+" in text[start : start + 2]:
        return False
    label = _LABEL.search(before)
    return label is None or not _is_phone_label(text, start, label[1], label[2])


def _is_phone_label(text: str, start: int, word: str, sign: str) -> bool:
    """Whether a word and a sign lead to a phone number: the word tells so, or what stands before it does."""
    alone = told_by(word)
    if sign not in ":.":
        return alone is Told.PHONE and text[start] in "0("
    if alone is Told.NOTHING and word.isupper() and len(word) in _CAPITALS:
        return False
    told = told_before(text, start, start)
    if told is Told.NOTHING:
        return sign == ":" or word in _SHORT_LABELS
    return told is Told.PHONE


_SLASH = re.compile(r" ?/ ?")
_WHOLE = 9


def parted_by_slashes(text: str, run: Stretch) -> Sequence[Stretch]:
    """A run cut at the slashes that have the digits of a whole number before them."""
    parts, start = list[Stretch](), run[0]
    for slash in _SLASH.finditer(text, *run):
        if sum(map(str.isdigit, text[start : slash.start()])) >= _WHOLE:
            parts.append((start, slash.start()))
            start = slash.end()
    return (*parts, (start, run[1]))


_LINK = re.compile(
    r"(?<!\w)(?:(?:tel|callto|sms|whatsapp)://? ?(?P<far>\+?[\d().-]{5,20}\d)|(?:tel|callto|sms):(?P<near>\+?[\d().-]{4,20}\d))"
    r"(?![ ()./_-]{0,4}\d|[A-Za-z])",
    re.IGNORECASE,
)


def links(text: str) -> Iterator[Stretch]:
    """Where the numbers of links such as tel:112233 stand."""
    for link in _LINK.finditer(text):
        yield link.span("far") if link["far"] else link.span("near")
