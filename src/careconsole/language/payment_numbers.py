"""Card numbers and IBANs in a text of plain signs. A number counts only if its check digits are right.

The issuers' ranges are those of ISO/IEC 7812 as the card networks publish them; the lengths of IBANs are those of
the IBAN registry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

Stretch = tuple[int, int]

_DIGIT_RUN = re.compile(r"(?<![A-Z0-9])\d(?:[ \-.\n/_]{0,3}\d){12,}(?![A-Za-z])", re.ASCII)
_GROUP = re.compile(r"\d+", re.ASCII)
_CARD_DIGITS = range(13, 20)

_LONG = frozenset(range(16, 20))
_ISSUERS: tuple[tuple[int, int, frozenset[int]], ...] = (
    (4, 4, frozenset({13, 16, 19})),  # Visa
    (51, 55, frozenset({16})),  # Mastercard
    (2221, 2720, frozenset({16})),
    (34, 34, frozenset({15})),  # American Express
    (37, 37, frozenset({15})),
    (300, 305, frozenset({14, 16})),  # Diners Club
    (3095, 3095, frozenset({14, 16})),
    (36, 36, frozenset({14, 16})),
    (38, 39, frozenset({14, 16})),
    (3528, 3589, _LONG),  # JCB
    (6011, 6011, _LONG),  # Discover
    (644, 649, _LONG),
    (65, 65, _LONG),
    (62, 62, _LONG),  # UnionPay
    (81, 82, _LONG),
    (2200, 2205, _LONG),  # Mir, Borica
    (5000, 5099, _LONG),  # Maestro, Elo, Verve, RuPay
    (56, 58, _LONG),
    (6304, 6304, _LONG),
    (6390, 6390, _LONG),
    (633, 633, _LONG),
    (67, 67, frozenset(range(13, 20))),
    (636, 636, _LONG),  # InterPayment, Elo
    (606282, 606282, _LONG),  # Hipercard
    (6050, 6099, frozenset({16})),  # RuPay
    (9792, 9792, frozenset({16})),  # Troy
    (8600, 8600, frozenset({16})),  # Uzcard
    (9860, 9860, frozenset({16})),  # Humo
    (1, 1, frozenset({15})),  # UATP
)
_FOURS = re.compile(r"(?:4,){3,4}[1-4],")
_AS_PRINTED = re.compile(r"4,[56],[456],|(?:2,){6,9}[12],|(?:1,){13,19}|8,8,|6,1[03],|4,4,5,|4,8,4,")


def cards(text: str) -> Iterator[Stretch]:
    """Where the card numbers are: 13 to 19 digits in one of the ways people group them, an issuer's range, Luhn."""
    for run in _DIGIT_RUN.finditer(text):
        groups = [found.span() for found in _GROUP.finditer(text, *run.span())]
        yield from _cards_in(text, groups)


def _cards_in(text: str, groups: Sequence[Stretch]) -> Iterator[Stretch]:
    first = 0
    while first < len(groups):
        last = _last_of_card(text, groups, first)
        if last < 0:
            first += 1
            continue
        yield groups[first][0], groups[last][1]
        first = last + 1


def _last_of_card(text: str, groups: Sequence[Stretch], first: int) -> int:
    """The last group of the longest card number that begins with this group, or -1."""
    best, digits = -1, ""
    for last in range(first, len(groups)):
        digits += text[slice(*groups[last])]
        if len(digits) > _CARD_DIGITS.stop:
            break
        if len(digits) not in _CARD_DIGITS:
            continue
        is_whole = first == 0 and last == len(groups) - 1
        if (is_whole or _is_grouped_like_a_card(groups[first : last + 1])) and is_card_number(digits):
            best = last
    return best


def _is_grouped_like_a_card(groups: Sequence[Stretch]) -> bool:
    sizes = "".join(f"{end - start}," for start, end in groups)
    return len(groups) == 1 or bool(_FOURS.fullmatch(sizes) or _AS_PRINTED.fullmatch(sizes))


@lru_cache(maxsize=1024)
def is_card_number(digits: str) -> bool:
    """Whether an issuer gives out numbers that begin like this and are this long, and the check digit is right."""
    length = len(digits)
    if len(set(digits)) == 1 or not any(
        low <= int(digits[: len(str(low))]) <= high for low, high, lengths in _ISSUERS if length in lengths
    ):
        return False
    from stdnum import luhn  # loaded when a number comes up

    return bool(luhn.is_valid(digits))


_IBAN_LENGTHS = {
    country: length
    for length, countries in {
        15: "NO", 16: "BE", 18: "DK FI FO GL NL SD FK", 19: "MK SI", 20: "AT BA EE KZ LT LU XK MN",
        21: "CH HR LI LV", 22: "BG BH CR DE GB GE IE ME RS VA", 23: "AE GI IL IQ TL OM SO",
        24: "AD CZ ES MD PK RO SA SE SK TN VG", 25: "LY PT ST", 26: "IS TR", 27: "BI DJ FR GR IT MC MR SM",
        28: "AL AZ BY CY DO GT HU LB NI PL SV HN", 29: "BR EG PS QA UA", 30: "JO KW MU YE", 31: "MT SC", 32: "LC",
        33: "RU",
    }.items()
    for country in countries.split()
}  # fmt: skip
_IBAN_START = re.compile(
    r"(?<![A-Za-z0-9])([A-Za-z]{2})[ \-.]{0,2}\d[ \-.]?\d(?=[ \-.\n]{0,3}[A-Za-z0-9])", re.ASCII
)
_IBAN_SIGN = re.compile(r"[ \-.\n]{0,3}([A-Za-z0-9])", re.ASCII)


def ibans(text: str) -> Iterator[Stretch]:
    """Where the IBANs are: a country's letters, as many signs as it uses, and the check digits mod 97."""
    free_from = 0
    for start in _IBAN_START.finditer(text):
        length = _IBAN_LENGTHS.get(start[1].upper())
        if length is None or start.start() < free_from:
            continue
        end = _end_of_iban(text, start.start(), length)
        if end and _is_iban(text[start.start() : end]):
            free_from = end
            yield start.start(), end


def _end_of_iban(text: str, start: int, length: int) -> int:
    """Where as many signs end, if nothing follows that would make the number longer; else 0."""
    at = start
    for _ in range(length):
        sign = _IBAN_SIGN.match(text, at)
        if sign is None:
            return 0
        at = sign.end()
    after = text[at : at + 1]
    return 0 if after.isascii() and after.isalnum() else at


@lru_cache(maxsize=1024)
def _is_iban(written: str) -> bool:
    from stdnum import iban  # loaded when a number comes up

    return bool(iban.is_valid(re.sub(r"[ \-.\n]", "", written), check_country=False))
