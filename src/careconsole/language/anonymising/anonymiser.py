"""A text without the names, numbers and addresses in it: others stand in their place, the same for the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from careconsole.language.amounts import amounts_in
from careconsole.language.anonymising.known_names import KnownNames, Phrases, folded, words_in
from careconsole.language.anonymising.ordinary import ORDINARY
from careconsole.language.anonymising.postal_addresses import (
    LIKE,
    addresses_in,
    is_address_promised,
    written,
)
from careconsole.language.anonymising.stand_ins import NoneLeft, StandIns, bare
from careconsole.language.anonymising.told_names import INITIALS, is_name_doubtful, told_names
from careconsole.language.payment_numbers import Stretch, blanked
from careconsole.language.plain_signs import plain_signs
from careconsole.language.private_data import GuardRules, find_private


class Doubt(StrEnum):
    """Why a text cannot be told without saying who it is about."""

    MIXED_LETTERS = "a word of two alphabets"
    NAME = "a word that may be a name"
    RUNS_ON = "an address or number that runs into something else"
    ADDRESS = "an address that is not understood"
    STILL_NAMED = "a name or number that would be left in it"
    NONE_LEFT = "a number that nothing is left to stand in for"


_LINK = re.compile(
    r"(?<![\w@.])(?:[a-z][a-z0-9+.-]{1,20}://|www\.)[^\s<>\"\u3002\uff0c\u3001\uff01\uff1f\uff09\u300d]+|"
    r"(?<![\w@.-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,5}[a-z]{2,18}/[^\s<>\"\u3002\uff0c\u3001]*",
    re.IGNORECASE,
)
_LINK_TAIL = ".,;:!?'\"\u2019\u201d\u00bb)]*_~"
_MENTION = re.compile(r"(?<![\w@.+-])@(?P<local>\w(?:[\w.-]*\w)?)(?:@[\w.-]*\w)?")
_DATE = re.compile(
    r"(?<!\d)(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|\d{1,2}:\d\d(?::\d\d)?)(?!\d)"
)
_CODE = re.compile(r"(?<![^\W_])(?=[A-Z0-9-]*\d)[A-Z0-9]+(?:-[A-Z0-9]+)*(?![^\W_])", re.IGNORECASE | re.ASCII)
_LONG_NUMBER = re.compile(r"(?<!\w)\d(?:[ ./-]?\d){6,}(?!\w)", re.ASCII)
_HIDDEN = re.compile(
    "(?<=[\\w@])[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+(?=[\\w@.])"
)
_HALF_ADDRESS = re.compile(r"[\w.+-]@\w|\w://\w")
_DIGITS = re.compile(r"\d{5}")
_WORD = re.compile(r"[^\W\d_]+")
_ALPHABETS = tuple(
    re.compile(f"[{letters}]")
    for letters in ("A-Za-z\u00c0-\u024f", "\u0370-\u03ff", "\u0400-\u052f", "\u0530-\u058f")
)
_NUMBER_SORTS = {"card", "IBAN", "phone", "order"}


@dataclass(slots=True)
class Gathered:
    """Everything that must not come out, gathered from all texts before the first one is told."""

    known: KnownNames = field(default_factory=KnownNames)
    numbers: set[str] = field(default_factory=set)
    own: frozenset[str] = frozenset()
    """Folded handles and words of our own accounts: they stay, where nobody else is called so."""
    guard: GuardRules | None = None

    def take(self, text: str) -> None:
        """Gather what a text holds: numbers, addresses, and the names that somebody says."""
        text = cleaned(text)
        for name in told_names(text, self.own):
            self.known.add_told(name)
        for start, end, sort in _numbers_in(_without_links(text), self.guard):
            self.numbers.add(
                folded(text[start:end]) if sort == "e-mail" else bare(text[start:end]).casefold()
            )


class Anonymiser:
    """Tells texts with stand-ins; what cannot be told so with certainty it does not tell."""

    def __init__(self, gathered: Gathered, salt: bytes) -> None:
        """`salt`: secret and of this export alone, so that nothing leads back."""
        self._known, self._own, self._guard = gathered.known, gathered.own, gathered.guard
        self._phrases = Phrases(key for key in gathered.known.sure if _is_looked_for(key))
        self.stand_ins = StandIns(
            salt, gathered.known.sure | gathered.known.told | gathered.numbers, gathered.numbers
        )
        self._numbers = gathered.numbers

    def handle(self, handle: str) -> str:
        """The stand-in for a handle."""
        key = folded(handle)
        return self.stand_ins.handle(self._known.handles.get(key, key))

    def name(self, name: str) -> str:
        """The stand-in for a display name: a word for each of its words, at most three; empty for one without any."""
        return " ".join(self.stand_ins.word(word) for word in words_in(cleaned(name))[:3])

    def text(self, text: str) -> str | Doubt:
        """The text with stand-ins, or why it cannot be told."""
        text = cleaned(text)
        if any(sum(bool(each.search(word)) for each in _ALPHABETS) > 1 for word in _WORD.findall(text)):
            return Doubt.MIXED_LETTERS
        try:
            replaced = self._replacements(text)
        except NoneLeft:
            return Doubt.NONE_LEFT
        if is_address_promised(text, any(each.is_address for each in replaced)):
            return Doubt.ADDRESS
        left = blanked(text, ((each.start, each.end) for each in replaced))
        if is_name_doubtful(left):
            return Doubt.NAME
        if _runs_on(left):
            return Doubt.RUNS_ON
        told: list[str] = []
        at = 0
        for each in sorted(replaced, key=lambda one: one.start):
            told += (text[at : each.start], each.instead)
            at = each.end
        whole = "".join((*told, text[at:]))
        return Doubt.STILL_NAMED if self._says_still(whole) else whole

    def _replacements(self, text: str) -> list[_Replaced]:
        found: list[_Replaced] = []
        left = text
        for find in (self._links, self._private, self._mentions, self._addresses, self._names, self._codes):
            some = list(find(left))
            found += some
            left = blanked(left, ((each.start, each.end) for each in some))
        return found

    def _links(self, text: str) -> Iterator[_Replaced]:
        for start, end in _links_in(text):
            yield _Replaced(start, end, self.stand_ins.link(folded(text[start:end])))

    def _private(self, text: str) -> Iterator[_Replaced]:
        make: dict[str, Callable[[str], str]] = {
            "e-mail": lambda said: self.stand_ins.mail(folded(said)),
            "card": self.stand_ins.card,
            "IBAN": self.stand_ins.iban,
            "phone": self.stand_ins.phone,
            "order": self.stand_ins.code,
        }
        for found in find_private(text, self._guard):
            if "\0" not in found.text:
                yield _Replaced(found.start, found.end, make[found.what](found.text))

    def _mentions(self, text: str) -> Iterator[_Replaced]:
        for found in _MENTION.finditer(text):
            whole, local = folded(found.group()[1:]), folded(found["local"])
            key = self._known.handles.get(whole) or self._known.handles.get(local)
            if key is None and local in self._own and local not in self._known.names:
                yield _Replaced(*found.span(), f"@{found['local']}")
                continue
            yield _Replaced(*found.span(), f"@{self.stand_ins.handle(key or local)}")

    def _addresses(self, text: str) -> Iterator[_Replaced]:
        for start, end, form in addresses_in(text):
            if "\0" not in text[start:end]:
                street, number = self.stand_ins.street(folded(text[start:end]), LIKE.get(form, "a"))
                yield _Replaced(start, end, written(form, street, number), True)

    def _names(self, text: str) -> Iterator[_Replaced]:
        for named in self._known.find(text):
            start, end = named.stretch
            if named.is_handle:
                yield _Replaced(start, end, self.stand_ins.handle(named.key))
            else:
                word = self.stand_ins.word(named.key, text[start:end])
                yield _Replaced(start, end, _in_case_of(text[start:end], word))
        if (found := INITIALS.search(text)) is not None:
            letters = self.stand_ins.word(f"^{found.group()}", "a")[: len(found.group())].upper()
            yield _Replaced(*found.span(), letters)

    def _codes(self, text: str) -> Iterator[_Replaced]:
        for start, end in _codes_in(text):
            yield _Replaced(start, end, self.stand_ins.code(text[start:end]))

    def _says_still(self, told: str) -> bool:
        """Whether something is left in it that was to be replaced."""
        if self._phrases.stands_in(told):
            return True
        return any(
            (folded(told[start:end]) if sort == "e-mail" else bare(told[start:end]).casefold())
            in self._numbers
            for start, end, sort in _numbers_in(told, self._guard)
        )


@dataclass(frozen=True, slots=True)
class _Replaced:
    """What stands in place of a stretch of a text."""

    start: int
    end: int
    instead: str
    is_address: bool = False


def cleaned(text: str) -> str:
    """The text without what is invisible inside words, its letters put together."""
    return _HIDDEN.sub("", unicodedata.normalize("NFC", text)).replace("\0", " ")


def _is_looked_for(key: str) -> bool:
    """Whether a known name or handle may stand nowhere: not so a short one, or a word that everybody says."""
    return len("".join(words_in(key))) >= 3 and key not in ORDINARY and not key.isdigit()


def _links_in(text: str) -> Iterator[Stretch]:
    for found in _LINK.finditer(text):
        yield found.start(), found.start() + len(found.group().rstrip(_LINK_TAIL))


def _without_links(text: str) -> str:
    return blanked(text, _links_in(text))


def _numbers_in(text: str, guard: GuardRules | None) -> list[tuple[int, int, str]]:
    """The private numbers of a text, then what else looks like the number of an order."""
    found = [(each.start, each.end, each.what) for each in find_private(text, guard)]
    left = blanked(text, ((start, end) for start, end, _ in found))
    return [
        *((start, end, str(what)) for start, end, what in found),
        *((*each, "code") for each in _codes_in(left)),
    ]


def _codes_in(text: str) -> Iterator[Stretch]:
    """What looks like a number that somebody was given: long, or of letters and digits. Amounts, dates and times are none."""
    plain = plain_signs(text)
    left = plain.text
    dates = [each.span() for each in _DATE.finditer(left)]
    left = blanked(left, dates)
    left = blanked(left, _amounts(left))
    long = [each.span() for each in _LONG_NUMBER.finditer(left)]
    left = blanked(left, long)
    codes = (each.span() for each in _CODE.finditer(left) if _is_code(each.group()))
    for start, end in sorted((*long, *codes)):
        yield plain.origin(start, end)


def _runs_on(left: str) -> bool:
    """Whether something is left that is half an address or number, as letters or digits stand right beside it."""
    plain = plain_signs(left).text
    return bool(_HALF_ADDRESS.search(plain) or _DIGITS.search(blanked(plain, _amounts(plain))))


def _amounts(text: str) -> Iterable[Stretch]:
    return ((each.start, each.end) for each in amounts_in(text))


def _is_code(written: str) -> bool:
    signs = written.replace("-", "")
    digits = sum(sign.isdigit() for sign in signs)
    letters = len(signs) - digits
    if digits >= 5 or (digits >= 4 and letters):
        return True
    return bool(letters) and len(signs) >= 6 and (digits >= 2 or signs == signs.upper())


def _in_case_of(said: str, word: str) -> str:
    letters = [sign for sign in said if sign.isalpha()]
    if len(letters) > 1 and all(sign.isupper() for sign in letters):
        return word.upper()
    return word if (letters and letters[0].isupper()) or not said.islower() else word.lower()
