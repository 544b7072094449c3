"""Card numbers and IBANs in a text of plain signs. A number counts only if its check digits are right.

The issuers' ranges are those of ISO/IEC 7812 as the card networks publish them; the lengths of IBANs are those of
the IBAN registry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

Stretch = tuple[int, int]


def blanked(text: str, stretches: Iterable[Stretch]) -> str:
    """The text, of the same length, with nothing left of these stretches."""
    signs, at = list[str](), 0
    for start, end in sorted(stretches):
        signs += (text[at:start], "\0" * (end - max(start, at)))
        at = max(at, end)
    return "".join((*signs, text[at:])) if signs else text


_DIGIT_RUN = re.compile(
    r"(?:(?<![A-Z0-9])|(?<=VISA)|(?<=CARD)|(?<=AMEX)|(?<=KARTE))\d(?:[ \-.\n/_]{0,3}\d){12,}+", re.ASCII
)
_LETTER = re.compile(r"[A-Za-z]", re.ASCII)
_CODE_GOES_ON = re.compile(r"[0-9]|(?!(?i:exp|cv[cv]|bic))[A-Za-z]{1,20}[-_]?[0-9]|[A-Za-z]{21}", re.ASCII)
"""Behind a number: more digits, with letters between them, as in a code; letters alone are the next word."""
_GROUP = re.compile(r"\d+", re.ASCII)
_CARD_DIGITS = range(13, 20)
_PLUS = re.compile(r"\+[ (]{0,2}$")

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
_SIZES = "0123456789ABCDEFGHIJ"
"""One sign for the size of a group of digits; 19 and more are the last."""
_GROUPED = re.compile(r"4{3,4}[1-4]|4[56][456]|2{6,9}[12]|1{13,19}|88|6[AD]|445|484|[D-J]")
_LONE_DIGITS = 20


def cards(text: str, is_phone: Callable[[str], bool]) -> Iterator[Stretch]:
    """Where the card numbers are: 13 to 19 digits in one of the ways people group them, an issuer's range, Luhn.

    `is_phone` tells whether digits behind a plus are a phone number, as those of +49 may begin like a Visa card.
    """
    for run in _DIGIT_RUN.finditer(text):
        groups = [found.span() for found in _GROUP.finditer(text, *run.span())]
        if not _LETTER.match(text, run.end()):
            yield from _cards_in(text, groups, is_phone)
        elif _CODE_GOES_ON.match(text, run.end()):
            yield from _cards_in(text, groups[:-1], is_phone)
        else:
            yield from list(_cards_in(text, groups, is_phone)) or _cards_in(text, groups[:-1], is_phone)


def _cards_in(text: str, groups: Sequence[Stretch], is_phone: Callable[[str], bool]) -> Iterator[Stretch]:
    sizes = "".join(_SIZES[min(end - start, len(_SIZES) - 1)] for start, end in groups)
    first = 0
    while first < len(groups):
        last = _last_of_card(text, groups, sizes, first)
        if last < 0 or _is_phone_behind_plus(text, groups[first][0], groups[last][1], is_phone):
            first += 1
            continue
        yield groups[first][0], groups[last][1]
        first = last + 1


def _is_phone_behind_plus(text: str, start: int, end: int, is_phone: Callable[[str], bool]) -> bool:
    return bool(_PLUS.search(text, max(0, start - 3), start)) and is_phone(
        "".join(_GROUP.findall(text, start, end))
    )


def _last_of_card(text: str, groups: Sequence[Stretch], sizes: str, first: int) -> int:
    """The last group of the longest card number that begins with this group, or -1."""
    if sizes.startswith("1" * _LONE_DIGITS, max(0, first - _LONE_DIGITS + 1)) and first >= _LONE_DIGITS:
        return -1  # far inside a long row of lone digits
    best, digits = -1, ""
    for last in range(first, len(groups)):
        digits += text[slice(*groups[last])]
        if len(digits) > _CARD_DIGITS.stop:
            break
        if len(digits) not in _CARD_DIGITS:
            continue
        is_whole = first == 0 and last == len(groups) - 1
        if (is_whole or _GROUPED.fullmatch(sizes, first, last + 1)) and is_card_number(digits):
            best = last
    return best


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
    r"(?:(?<![A-Za-z0-9])|(?<=[a-z])(?=[A-Z])|(?<=(?i:iban)))"
    r"([A-Za-z]{2})[ \-.]{0,2}\d[ \-.]?\d(?=[ \-.\n]{0,3}[A-Za-z0-9])",
    re.ASCII,
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
    """Where as many signs end, if nothing follows that would make a code of it; a word may. Else 0."""
    at = start
    for _ in range(length):
        sign = _IBAN_SIGN.match(text, at)
        if sign is None:
            return 0
        at = sign.end()
    return 0 if _CODE_GOES_ON.match(text, at) else at


@lru_cache(maxsize=1024)
def _is_iban(written: str) -> bool:
    from stdnum import iban  # loaded when a number comes up

    return bool(iban.is_valid(re.sub(r"[ \-.\n]", "", written), check_country=False))
