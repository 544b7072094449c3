"""Phone numbers in a text of plain signs.

A `+` and a country's code, or a word such as "call" right before it, make a number a phone number. Without them it
must be one that a country of the list gives out, written the way people there write it. A word such as "order"
right before it speaks against that. What countries give out is taken from the tables of `phonenumbers`; its own
finder is not used, as it takes every number for a phone number that is valid somewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain

from careconsole.language.number_words import Told, told_before
from careconsole.language.payment_numbers import Stretch, blanked
from careconsole.language.phone_runs import end_with_extension, links, may_have_runs, parted_by_slashes, runs
from careconsole.language.plain_numbers import without_other_numbers

_GROUP = re.compile(r"\d+", re.ASCII)
_FEWEST, _MOST = 6, 15
_GROUPS_TRIED = 16


def phones(text: str, regions: Sequence[str]) -> Iterator[Stretch]:
    """Where the phone numbers are, with the extension behind them; national ones of these regions."""
    if not may_have_runs(text):
        return
    linked = list(links(text))
    yield from linked
    text = without_other_numbers(blanked(text, linked))
    free_from = 0
    for run in runs(text):
        if run[0] < free_from:
            continue
        for start, end in _phones_of(text, run, tuple(regions)):
            free_from = end_with_extension(text, end)
            yield start, free_from


def _phones_of(text: str, run: Stretch, regions: tuple[str, ...]) -> Iterable[Stretch]:
    """The phone numbers of a run: those that slashes part if each is one, else those of the run as it is."""
    parts = parted_by_slashes(text, run)
    if len(parts) > 1:
        phones_of_parts = [list(_phones_in(text, part, regions)) for part in parts]
        if all(phones_of_parts):
            return chain.from_iterable(phones_of_parts)
    return _phones_in(text, run, regions)


def _phones_in(text: str, run: Stretch, regions: tuple[str, ...]) -> Iterator[Stretch]:
    """The phone numbers of a run of digits: all of it, else the longest parts of it, from the left."""
    groups = [found.span() for found in _GROUP.finditer(text, *run)][: _GROUPS_TRIED * 4]
    first = 0
    while first < len(groups):
        for last in range(min(len(groups), first + _GROUPS_TRIED) - 1, first - 1, -1):
            is_whole = first == 0 and last == len(groups) - 1
            start, end = _with_signs(text, run, groups[first][0], groups[last][1])
            loose = first == 0 or _is_loose(text, groups[first - 1][1], start)
            if last + 1 < len(groups) and " " not in text[end : groups[last + 1][0]]:
                continue  # a number that goes on with a dash is not at its end
            if loose and _is_phone(text, start, end, is_whole, regions):
                yield start, end
                first = last
                break
        first += 1


def _is_loose(text: str, earlier: int, start: int) -> bool:
    """Whether more than a single sign parts a number from the digits before it."""
    return start - earlier > 1 or text[start] in "(+"


def _with_signs(text: str, run: Stretch, start: int, end: int) -> Stretch:
    """The stretch with the plus and the bracket before it, and the bracket that closes it."""
    while start > run[0] and text[start - 1] in "(+ ":
        start -= 1
    start += len(text[start:end]) - len(text[start:end].lstrip())
    written = text[start:end]
    if written.startswith("(") and ")" not in written and text[end : end + 1] == ")":
        end += 1
    if text[start:end].startswith("(") and ")" not in text[start:end]:
        start += 1
    return start, end


def _is_phone(text: str, start: int, end: int, is_whole: bool, regions: tuple[str, ...]) -> bool:
    written = text[start:end]
    digits = re.sub(r"\D", "", written)
    if not _FEWEST <= len(digits) <= _MOST + 2 or len(set(digits)) < 3:
        return False
    if "+" in written:
        return is_international(digits)
    told = told_before(text, start, end)
    if digits.startswith("00") and is_international(digits[2:]) and (told is not Told.ORDER):
        return told is Told.PHONE or _is_given_out(digits[2:])
    if told is Told.PHONE:
        return is_whole and len(digits) <= _MOST
    if told is Told.ORDER or not (is_whole or digits.startswith("0")):
        return False
    if not is_whole and not any(_is_valid_in(region, digits) for region in regions):
        return False
    return _is_national(written, digits, regions)


@lru_cache(maxsize=4096)
def is_international(digits: str) -> bool:
    """Whether a country's code and as many digits as numbers there have."""
    import phonenumbers  # loaded when a number comes up

    try:
        number = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return False
    return (
        len(digits) >= 8
        and phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.IS_POSSIBLE
    )


@lru_cache(maxsize=4096)
def _is_given_out(digits: str) -> bool:
    """Whether this is a number, with the country's code, of a range that is given out."""
    import phonenumbers

    try:
        return bool(phonenumbers.is_valid_number(phonenumbers.parse(f"+{digits}")))
    except phonenumbers.NumberParseException:
        return False


_TRUNK_SHAPE = re.compile(r"\(?0[1-9]\d{0,4}\)?(?: ?[ /.-] ?|(?<=\)))\d+(?:[ /.-]\d+)*")
"""As most of Europe and much of Asia writes: 0 and the area, a gap, the rest."""
_AMERICAN_SHAPE = re.compile(r"(?:1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[.-])[2-9]?\d{2,3}[ .-]\d{4}")
_RUSSIAN_SHAPE = re.compile(r"[78][ -]?\(?[3489]\d\d\)?[ -]?\d{3}[ -]?\d\d[ -]?\d\d")
_CHINESE_SHAPE = re.compile(r"1[3-9]\d(?:[ -]?\d{4}){2}|0\d{2,3}[ -]\d{7,8}|1[3-9]\d{9}")
_SPACED_SHAPES = {
    "PL": re.compile(r"[4-8]\d\d([ -])\d{3}\1\d{3}|\d\d \d{3} \d\d \d\d"),
    "ES": re.compile(
        r"[6789]\d\d([ .])\d{3}\1\d{3}|[6789]\d\d([ .])\d\d\2\d\d\2\d\d|9\d[ .]\d{3}[ .]\d\d[ .]\d\d"
    ),
    "IT": re.compile(r"3\d\d[ .-]\d{6,7}|3\d\d[ .-]\d{3}[ .-]?\d{3,4}|3\d\d[ .-]\d\d[ .-]\d\d[ .-]\d{3}"),
    "EE": re.compile(r"5\d{2,3} \d{4}"),
    "DK": re.compile(r"\d\d \d\d \d\d \d\d"),
    "NO": re.compile(r"\d\d \d\d \d\d \d\d|[49]\d\d \d\d \d{3}"),
    "PT": re.compile(r"9\d\d \d{3} \d{3}|2\d\d \d{3} \d{3}"),
    "CZ": re.compile(r"[67]\d\d \d{3} \d{3}"),
    "GR": re.compile(r"69\d \d{3} \d{4}|69\d{2} \d{6}|2\d{2,3} \d{3} ?\d{3,4}"),
    "LV": re.compile(r"2\d{3} \d{4}|2\d \d{3} \d{3}"),
    "LT": re.compile(r"6\d\d \d{5}"),
}
"""How countries without a leading 0 write; what is valid there but written otherwise may be any number."""
_SINGLE_GAP = re.compile(r"\D+")


def _is_national(written: str, digits: str, regions: tuple[str, ...]) -> bool:
    """Whether a country of the list gives this number out, and writes it like this."""
    if _AMERICAN_SHAPE.fullmatch(written):
        return "(" in written or _is_american(digits, regions)
    if _RUSSIAN_SHAPE.fullmatch(written) and "RU" in regions:
        return digits[0] == "8" and _is_valid_in("RU", digits)
    if _CHINESE_SHAPE.fullmatch(written) and "CN" in regions and _is_valid_in("CN", digits):
        return True
    if digits[0] == "0" and digits[1] != "0":
        return _is_with_trunk(written, digits, regions)
    for region, shape in _SPACED_SHAPES.items():
        if region in regions and shape.fullmatch(written) and _is_valid_in(region, digits):
            return True
    return False


def _is_american(digits: str, regions: tuple[str, ...]) -> bool:
    return ("US" in regions or "CA" in regions) and len(digits.removeprefix("1")) == 10


def _is_with_trunk(written: str, digits: str, regions: tuple[str, ...]) -> bool:
    """A number that begins with 0: in several groups of likely length, or one that is given out."""
    if not 9 <= len(digits) <= 13:
        return False
    groups = _GROUP.findall(written)
    if len(groups) > 2 and _TRUNK_SHAPE.fullmatch(written) and max(map(len, groups[1:])) <= 8:
        return True
    if (
        len(groups) == 2
        and re.fullmatch(r"\(?0\d{1,4}\)?(?: | ?/ ?|)\d{5,8}", written)
        and "-" not in written
    ):
        return True
    return any(_is_valid_in(region, digits) for region in regions)


@lru_cache(maxsize=4096)
def _is_valid_in(region: str, digits: str) -> bool:
    """Whether a country gives out this number, written as at home."""
    trunk, patterns = _given_out(region)
    for bare in (digits, digits.removeprefix(trunk)) if trunk else (digits,):
        if any(pattern.fullmatch(bare) for pattern in patterns):
            return True
    return False


@cache
def _given_out(region: str) -> tuple[str, tuple[re.Pattern[str], ...]]:
    """What a country writes before its national numbers, and what those look like."""
    import phonenumbers

    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region)
    if metadata is None:
        return "", ()
    sorts = (
        metadata.fixed_line, metadata.mobile, metadata.toll_free, metadata.premium_rate,
        metadata.shared_cost, metadata.voip, metadata.uan, metadata.personal_number,
    )  # fmt: skip
    patterns = (sort.national_number_pattern for sort in sorts if sort is not None)
    return metadata.national_prefix or "", tuple(re.compile(pattern) for pattern in patterns if pattern)
