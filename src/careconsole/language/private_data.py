"""What must not stand in a public reply: card numbers, IBANs, phone numbers, e-mail addresses, order numbers (F04).

What the brand's own pattern fits is an order number and nothing else. A number is taken for what it is only if
its check digits or its shape say so; where they do not, the words right before it decide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from careconsole.language.payment_numbers import Stretch, blanked, cards, ibans
from careconsole.language.phone_numbers import is_international, phones
from careconsole.language.plain_signs import plain_signs

What = Literal["order", "IBAN", "card", "e-mail", "phone"]

REGIONS = (
    "DE", "US", "GB", "AT", "CH", "FR", "ES", "IT", "RU", "HR", "RS", "BA", "EE", "FI", "CN", "PL", "NL", "SI",
)  # fmt: skip
"""The countries whose national phone numbers are known where nobody said which."""


class PrivateFinding(NamedTuple):
    """A stretch of a text that should not be public: what it is, where it stands, and its text."""

    what: What
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class GuardRules:
    """What a brand knows of its numbers."""

    order_patterns: tuple[re.Pattern[str], ...] = ()
    """What the brand's order and ticket numbers look like."""
    regions: tuple[str, ...] = REGIONS
    """ISO 3166 codes of the countries whose national phone numbers are recognised."""
    own: frozenset[str] = field(default_factory=frozenset)
    """The brand's own addresses and phone numbers, in any way of writing; they are not private."""


def find_private(text: str, rules: GuardRules | None = None) -> list[PrivateFinding]:
    """Every private stretch of the text, in order and without overlap; offsets count the text's characters."""
    rules = rules if rules is not None else GuardRules()
    plain = plain_signs(text)
    left, found = plain.text, list[tuple[What, Stretch]]()
    for what, finder in _finders(rules):
        for stretch in finder(left):
            found.append((what, stretch))
        left = blanked(left, (stretch for _, stretch in found))
    findings = []
    for what, (start, end) in found:
        start, end = plain.origin(start, end)
        finding = PrivateFinding(what, start, end, text[start:end])
        if not rules.own or not _is_own(finding, rules.own):
            findings.append(finding)
    return sorted(findings, key=lambda finding: finding.start)


def _finders(rules: GuardRules) -> Iterator[tuple[What, Callable[[str], Iterable[Stretch]]]]:
    """How each sort is found, those that leave nothing to the others first."""
    if rules.order_patterns:
        yield "order", lambda text: _orders(text, rules.order_patterns)
    yield "e-mail", _addresses
    yield "IBAN", ibans
    yield "card", lambda text: cards(text, is_international)
    yield "phone", lambda text: phones(text, rules.regions)


def _orders(text: str, patterns: Sequence[re.Pattern[str]]) -> Iterator[Stretch]:
    """What fits a pattern of the brand, where it is not part of a longer word or number."""
    free_from = 0
    spans = sorted(found.span() for pattern in patterns for found in pattern.finditer(text))
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= free_from and start < end and not _goes_on(text, start, end):
            free_from = end
            yield start, end


def _goes_on(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return (_is_code(before) and _is_code(text[start])) or (_is_code(text[end - 1]) and _is_code(after))


def _is_code(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


_AT = r"\s?[\[({]\s?(?:at|ät|собака)\s?[\])}]\s?"
_DOT = r"\s?[\[({]\s?(?:dot|punkt|točka|tocka|tačka|точка|punto|point)\s?[\])}]\s?"
"""Signs written out as words in brackets, so that machines do not read the address."""
_WRITTEN_AT, _WRITTEN_DOT = re.compile(_AT, re.IGNORECASE), re.compile(_DOT, re.IGNORECASE)
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_ADDRESS = re.compile(
    rf"(?<![\w@.+%'-])(?P<local>[\w.+%&!'-]{{1,64}}(?:{_DOT}[\w.+%&!'-]{{1,64}}){{0,4}})(?:@|{_AT})"
    rf"(?P<domain>(?:{_LABEL}(?:\.|{_DOT})){{1,8}}(?:xn--[a-z0-9-]{{2,59}}|[a-z]{{2,24}}(?![a-z0-9])|[^\W\d_\x00-\x7f]{{2,24}}))",
    re.IGNORECASE,
)
_NUMERIC_ADDRESS = re.compile(r"(?<![\w@.])[\w.+%-]{1,64}@\[\d{1,3}(?:\.\d{1,3}){3}\]", re.ASCII)
_LATIN_END = re.compile(r"[\n\x20-\x7e\u00c0-\u024f]+$")
_PICTURE_FILE = re.compile(r"@\dx\.(?:png|jpe?g|gif|webp|svg)$", re.IGNORECASE)


def _addresses(text: str) -> Iterator[Stretch]:
    """Where e-mail addresses stand; a handle such as @dana@server is none."""
    if "@" not in text and not _WRITTEN_AT.search(text):
        return
    for found in (*_ADDRESS.finditer(text), *_NUMERIC_ADDRESS.finditer(text)):
        start, end = found.span()
        if _PICTURE_FILE.search(found[0]):
            continue
        local = text[start : found.end("local")] if "local" in found.groupdict() else ""
        if latin := _LATIN_END.search(local):  # what is written in Han letters right before it is a sentence
            start += latin.start()
            local = latin[0]
        start += len(local) - len(local.lstrip("'.!&%-_*"))
        yield start, end


def _is_own(finding: PrivateFinding, own: Iterable[str]) -> bool:
    return any(_bare(finding) == _bare(finding._replace(text=one)) for one in own)


def _bare(finding: PrivateFinding) -> str:
    """A number without what groups it, an address without case."""
    if finding.what == "e-mail":
        return _WRITTEN_AT.sub("@", _WRITTEN_DOT.sub(".", finding.text)).casefold()
    return re.sub(r"[\W_]", "", plain_signs(finding.text).text).removeprefix("00").casefold()


_LEFT_IN_SIGHT = {"card": 4, "IBAN": 4}


def masked(what: str, text: str) -> str:
    """A private stretch so that it is known again but not told: its last two signs, of payment numbers four."""
    if what == "e-mail":
        return f"{text[:1]}***@***"
    signs = [place for place, sign in enumerate(text) if sign.isalnum()]
    in_sight = _LEFT_IN_SIGHT.get(what, 2)
    hidden = set(signs[:-in_sight] if len(signs) > 2 * in_sight else signs)
    return "".join("*" if place in hidden else sign for place, sign in enumerate(text))


_NAMES: dict[str, dict[What, str]] = {
    "en": {
        "order": "[order number]",
        "IBAN": "[account number]",
        "card": "[card number]",
        "e-mail": "[e-mail address]",
        "phone": "[phone number]",
    },
    "de": {
        "order": "[Bestellnummer]",
        "IBAN": "[Kontonummer]",
        "card": "[Kartennummer]",
        "e-mail": "[E-Mail-Adresse]",
        "phone": "[Telefonnummer]",
    },
    "ru": {
        "order": "[номер заказа]",
        "IBAN": "[номер счёта]",
        "card": "[номер карты]",
        "e-mail": "[адрес почты]",
        "phone": "[номер телефона]",
    },
    "zh": {
        "order": "[订单号]",
        "IBAN": "[账号]",
        "card": "[卡号]",
        "e-mail": "[邮箱]",
        "phone": "[电话号码]",
    },
    "hr": {
        "order": "[broj narudžbe]",
        "IBAN": "[broj računa]",
        "card": "[broj kartice]",
        "e-mail": "[e-adresa]",
        "phone": "[broj telefona]",
    },
    "et": {
        "order": "[tellimuse number]",
        "IBAN": "[kontonumber]",
        "card": "[kaardi number]",
        "e-mail": "[e-posti aadress]",
        "phone": "[telefoninumber]",
    },
}


def redacted(text: str, findings: Iterable[PrivateFinding], language: str = "en") -> str:
    """The text with the name of its kind in place of every finding, nothing of the number kept.

    The names are in the draft's language, so that what is left can be sent. A finding that no longer stands where
    it was found is looked for once more; findings may come in any order.
    """
    names = _NAMES.get(language, _NAMES["en"])
    for finding in sorted(findings, key=lambda finding: -finding.start):
        if text[finding.start : finding.end] == finding.text:
            text = text[: finding.start] + names[finding.what] + text[finding.end :]
        else:
            text = text.replace(finding.text, names[finding.what])
    return text
