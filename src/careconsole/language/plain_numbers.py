"""Numbers that are no phone number whatever their digits: dates, times, prices, versions, places, ISBNs."""

from __future__ import annotations

import re

_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_MONEY = r"(?:EUR|USD|GBP|CHF|RUB|CNY|RMB|HRK|BAM|RSD|PLN|euros?|dollars?|Euro|руб(?:лей|ля|ль|\.)?|€|\$|£|¥|₽|元|kn|din|KM|zł|kr)"
_AMOUNT = r"[1-9]\d{0,2}(?:[.,' ]\d{3})+(?:[.,]\d\d)?"
_VERSION = r"(?i:version|versioon|verzija|версия|build|release|firmware|版本)"
_OTHERS = re.compile(
    "|".join(
        (
            r"https?://[^\s]+",
            r"(?<!\w)1Z[ ]?[0-9A-Z](?:[ ]?[0-9A-Z]){15}(?!\w)",
            rf"(?<![\d./-])(?:{_YEAR}[-./]{_MONTH}[-./]{_DAY}|{_DAY}[./-] ?{_MONTH}[./-] ?(?:{_YEAR}|\d\d)"
            rf"|{_MONTH}[./-]{_DAY}[./-](?:{_YEAR}|\d\d)|{_DAY}\. ?{_MONTH}\.)"
            r"(?:[ T]\d\d:\d\d(?::\d\d)?)?(?![\d-]|[./]\d| \d\d \d\d(?!\d))",
            rf"(?<![\d./-]){_YEAR} ?(?:[-–/]) ?{_YEAR}(?![\d./-])",
            r"(?<![\d:])\d?\d[:.][0-5]\d(?::[0-5]\d)?(?: ?[-–] ?\d?\d[:.][0-5]\d)(?![\d:.])",
            r"(?<![\d:])\d?\d:[0-5]\d(?::[0-5]\d)?(?![\d:])",
            r"(?<![\d.+])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])",
            rf"(?<!\w){_VERSION}:? ?v?\d+(?:\.\d+)+",
            r"(?<![\w.+])(?!1\.[2-9]\d\d\.[2-9]\d\d\.\d{4}(?!\d))v?\d{1,4}\.\d{1,4}\.\d{1,6}\.\d{1,6}(?![\d.])"
            r"|(?<![\w.])v\d+(?:\.\d+)+",
            r"(?<![\d.])[-+]?\d{1,3}\.\d{3,}° ?[NSEW]?,? ?[-+]?\d{1,3}\.\d{3,}°?",
            r"(?<![\d.])[-+]?\d{1,3}\.\d{3,}, ?[-+]?\d{1,3}\.\d{3,}",
            rf"(?<!\w)(?<!\d ){_MONEY} ?{_AMOUNT}(?![ .,'-]?\d)|(?<![\w.,'+/(-])(?<!\d ){_AMOUNT} ?{_MONEY}(?!\w)",
            r"(?<!\d)97[89][ -]\d{1,5}[ -]\d{1,7}[ -]\d{1,7}[ -]\d(?!\d)|(?i:ISBN)(?:-1[03])?:? ?[\d -]{9,16}[\dXx]",
            r"(?<![\d-])\d{3}-\d{7}-\d{7}(?!\d)",
        )
    )
)


def without_other_numbers(text: str) -> str:
    """The text, of the same length, with those numbers blanked."""
    return _OTHERS.sub(lambda found: "\0" * len(found[0]), text)
