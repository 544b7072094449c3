"""Names that somebody says without their being known: who greets, who signs, who says what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterator

from careconsole.language.anonymising.known_names import folded, words_in
from careconsole.language.anonymising.ordinary import ORDINARY

_CAP = r"[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁ][\w'’-]*[^\W\d_]"
_NAME = rf"(?P<name>{_CAP}(?:[ \u00a0]{_CAP}){{0,2}})"
_HAN = "(?P<name>[\u4e00-\u9fff]{1,3})"
_TITLES = (
    r"(?:mrs?|ms|miss|dr|prof|herrn?|frau|г-н|г-жа|господин\w{0,2}|госпож\w{1,2}|gospodin\w?|gospođ\w|gosp|gđa|g|härra|proua|"
    r"hr|pr)"
)
_GREETINGS = (
    r"(?:hi|hello|hey|dear|good (?:morning|day|afternoon|evening)|hallo|liebe[rs]?|guten (?:tag|morgen|abend)|moin|servus|"
    r"sehr geehrte[rs]?|здравствуйте|привет|добрый (?:день|вечер)|доброе утро|уважаем\w{2}|дорог\w{2}|bok|pozdrav|"
    r"dobar dan|dobro jutro|dobra večer|poštovan\w|dragi|draga|zdravo|tere|tervist|tere päevast|lugupeetud|kallis|"
    r"thanks|thank you|danke|спасибо|hvala|aitäh)"
)
_FAREWELLS = (
    r"(?:(?:kind |best |warm )?regards|best wishes|all the best|yours(?: sincerely| truly)?|sincerely|cheers|thanks|"
    r"(?:viele |liebe |beste |freundliche )?grü(?:ß|ss)e|gruß|mit freundlichen grüßen|mfg|lg|vg|danke|с уважением|"
    r"всего доброго|спасибо|srdačan pozdrav|lijep pozdrav|pozdrav|lp|hvala|s poštovanjem|parimate? \w+|tervitades|"
    r"lugupidamisega|tervitustega|aitäh)"
)
_SAYING = (
    r"(?:my name is|my name's|i am called|ich hei(?:ß|ss)e|mein name ist|меня зовут|мо[её] имя|zovem se|moje ime je|ime mi je|"
    r"minu nimi on|mu nimi on|kutsutakse)"
)
_CUES = (
    re.compile(rf"(?i:(?<![\w]){_TITLES})\.?[ \u00a0]{_NAME}"),
    re.compile(
        rf"(?:^|[.!?\n]\s*)(?i:{_GREETINGS})[ ,]{{1,2}}(?:(?i:{_TITLES})\.?[ \u00a0])?{_NAME}(?=\s*(?:[,!.:;\n–—-]|$))"
    ),
    re.compile(rf"(?i:(?<!\w){_FAREWELLS})[,.!]?\s*[-–—]?\s*{_NAME}\s*$"),
    re.compile(rf"\n\s*[-–—~/]+\s*{_NAME}\s*$"),
    re.compile(rf"(?i:(?<!\w){_SAYING})[ :]+{_NAME}"),
    re.compile(f"(?:我叫|我的名字(?:是|叫)|我姓|本人){_HAN}(?![\u4e00-\u9fff])"),
    re.compile("(?:我叫|我的名字(?:是|叫))(?P<name>[\u4e00-\u9fff]{2,3})"),
    re.compile("(?P<name>[\u4e00-\u9fff])(?:先生|女士|小姐|太太)"),
)
_SAID_SMALL = re.compile(rf"(?<!\w){_SAYING}[ :]+(?P<word>[^\W\d_]{{2,}})", re.IGNORECASE)
INITIALS = re.compile(r"(?<=\^)[A-Za-z]{1,4}(?=\s*$)")
"""How agents sign: `^AK`."""


def told_names(text: str, own: frozenset[str]) -> Iterator[str]:
    """The names that a text says of somebody. `own`: folded words of our accounts, which greet nobody."""
    for cue in _CUES:
        for found in cue.finditer(text):
            parts = words_in(found["name"])
            if parts and not all(part in ORDINARY or part in own for part in parts):
                yield found["name"]


def is_name_doubtful(text: str) -> bool:
    """Whether somebody says what they are called, and it may be a name or not: it is written small.

    In the text nothing stands any more where a name was found.
    """
    return any(folded(found["word"]) not in ORDINARY for found in _SAID_SMALL.finditer(text))
