"""Postal addresses as six languages write them, and words that say that one is about to come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_UP = "[A-ZÀ-ÖØ-ÞĀ-Ž]"
_FORMS = {
    "en": (
        rf"\d{{1,5}}[A-Za-z]?,? (?:{_UP}[\w'.-]* ){{1,4}}(?i:street|st|road|rd|avenue|ave|lane|ln|drive|close|court|square|sq|"
        r"way|place|terrace|boulevard|blvd|crescent|gardens|row|hill|grove|park)\b\.?"
        r"(?:,? (?i:flat|apt\.?|apartment|unit|suite) ?#?\w{1,5})?"
        r"|(?i:flat|apt\.?|apartment|unit|suite) ?#?\w{1,5},? \d{1,5} \w+",
        r"\b(?!\d)[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b",
        r"(?i:p\.? ?o\.? box) \d+",
    ),
    "de": (
        rf"(?:{_UP}[\w.-]*(?:stra(?:ß|ss)e|str\.|weg|gasse|platz|allee|damm|ufer|ring|chaussee|steig|hof)|"
        rf"(?:{_UP}[\w.-]+[ -]){{1,3}}(?:Stra(?:ß|ss)e|Str\.|Weg|Gasse|Platz|Allee|Damm|Ufer|Ring|Chaussee)|"
        rf"(?:Am|Im|An der|Auf der|Zum|Zur) {_UP}[\w-]+) ?\d{{1,4}} ?[a-zA-Z]?(?![\w])(?:[ ,]+\d{{4,5}} {_UP}[\w-]+)?",
        rf"(?<![\d])\d{{5}} {_UP}[^\W\d_A-Z]{{2,}}(?: {_UP}[\w-]+)?(?=[\s,.;!?)]|$)",
    ),
    "ru": (
        r"(?i:ул\.?|улица|улице|улицу|проспекте?|пр-т|пр\.|пер\.?|переулок|переулке|бульвар\w?|шоссе|площадь|площади|наб\.?|"
        r"набережная)\s+[А-ЯЁ\d][\w-]+(?:\s[А-ЯЁ][\w-]+){0,2}(?:,?\s*(?i:д(?:ом|\.)?\s*)?\d+[а-яА-Я]?(?:/\d+)?)?"
        r"(?:,?\s*(?i:кв(?:артира|\.)?|корп(?:ус|\.)?|стр\.?)\s*\d+)*",
    ),
    "hr": (
        r"(?i:ulica|ulici|ulicu|ul\.|trg|trgu|avenija|aveniji|cesta|cesti)\s+(?:[\w.]+\s){1,4}?\d{1,4}\s?[a-z]?\b",
        rf"{_UP}[\w-]+\s(?:ulica|ulici|cesta|cesti|avenija|trg)\s\d{{1,4}}\s?[a-z]?\b",
    ),
    "et": (
        rf"(?:{_UP}[\w.-]+\s){{1,3}}(?i:tn\.?|tänav|tänaval|mnt\.?|maantee|pst\.?|puiestee|tee|põik|väljak)\s\d{{1,4}}\s?[a-z]?"
        r"(?:-\d+)?\b",
    ),
    "zh": (
        r"(?:[\u4e00-\u9fff]{2,8}[省市区县镇])*[\u4e00-\u9fff]{1,8}?(?:大道|路|街|巷|弄|胡同)\s?\d+\s?[号弄]?(?:\s?\d+\s?[栋幢楼单元室号层])*",
    ),
}
_PATTERNS = {
    language: re.compile("|".join(f"(?:{form})" for form in forms)) for language, forms in _FORMS.items()
}
_PROMISES = re.compile(
    r"(?<!\w)(?:my (?:home |new |postal |delivery |shipping |billing )?address(?: is|:)|i live (?:at|in|on)|(?:send|deliver) it to|"
    r"ich wohne|meine (?:neue )?(?:adresse|anschrift|lieferadresse)(?: ist| lautet|:)|wohnhaft|мой (?:новый )?адрес|живу (?:на|по)|"
    r"адрес(?: доставки)?:|moja (?:nova )?adresa|adresa (?:mi )?je|stanujem|živim u|adresa:|minu (?:uus )?aadress|elan |"
    r"aadress:|我(?:家)?住|我的(?:新)?地址|地址[是:：])",
    re.IGNORECASE,
)
_NEAR = 80
_WRITTEN = {
    "en": "{number} {street} Street",
    "de": "{street}straße {number}",
    "ru": "ул. {street}, {number}",
    "hr": "Ulica {street} {number}",
    "et": "{street} tänav {number}",
    "zh": "{street}路{number}号",
}


class Postal(NamedTuple):
    """An address where it stands in a text, and in which language's form."""

    start: int
    end: int
    form: str


def addresses_in(text: str) -> Iterator[Postal]:
    """Where postal addresses stand, in order; of two that overlap the longer one."""
    found = [
        Postal(*match.span(), form)
        for form, pattern in _PATTERNS.items()
        for match in pattern.finditer(text)
        if match.group()
    ]
    free_from = 0
    for one in sorted(found, key=lambda each: (each.start, -each.end)):
        if one.start >= free_from:
            free_from = one.end
            yield one


def written(form: str, street: str, number: int) -> str:
    """An address as the language of this form writes it."""
    return _WRITTEN[form].format(street=street, number=number)


LIKE = {"ru": "я", "zh": "一"}
"""A letter of the script in which streets of a form are written; Latin where there is none."""


def is_address_promised(text: str, found: bool) -> bool:
    """Whether a text says that an address comes, with a number near it, though none was found."""
    if found:
        return False
    return any(
        re.search(r"\d", text[match.end() : match.end() + _NEAR]) for match in _PROMISES.finditer(text)
    )
