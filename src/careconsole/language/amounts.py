"""Amounts of money in a text, whatever the way of writing: 30 EUR, €30, 30,00 €, $30, 30 руб, 30元."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from careconsole.language.plain_signs import plain_signs


class Amount(NamedTuple):
    """An amount of money, and where it stands."""

    value: Decimal
    currency: str
    """ISO 4217 code; `kr` for the crowns of the north, which one writes alike."""
    start: int
    end: int


_CURRENCIES = {
    "EUR": "€ eur euro euros eura eurot eurodes евро 欧元",
    "USD": "$ us$ usd dollar dollars dollari dolara dolar доллар доллара долларов 美元 美金",
    "GBP": "£ gbp pound pounds pfund funti фунт фунта фунтов 英镑",
    "CHF": "chf sfr fr. franken",
    "RUB": "₽ rub руб руб. рубль рубля рублей р.",
    "CNY": "¥ ￥ cny rmb 元 块 块钱 人民币 yuan юань юаня юаней",
    "JPY": "jpy yen 日元 円",
    "HRK": "hrk kn kuna kune",
    "BAM": "bam km",
    "RSD": "rsd din din. dinara",
    "PLN": "pln zł złotych",
    "CZK": "czk kč",
    "HUF": "huf ft",
    "UAH": "₴ uah грн",
    "kr": "kr sek nok dkk kroner kronor",
}
_CODES = {sign: code for code, signs in _CURRENCIES.items() for sign in signs.split()}
_SIGN = "|".join(re.escape(sign) for sign in sorted(_CODES, key=len, reverse=True))
_NUMBER = r"\d{1,3}(?:[ .,']\d{3})+(?:[.,]\d{1,2})?|\d{1,12}(?:[.,]\d{1,2})?"
_AMOUNT = re.compile(
    rf"(?<![^\W\d_])(?P<before>{_SIGN}) ?(?P<first>{_NUMBER})(?![\d])"
    rf"|(?<![\d.,])(?P<second>{_NUMBER})(?:,-|\.-)? ?(?P<times>万|тыс\.?|тысяч|k)? ?(?P<after>{_SIGN})(?![a-zа-яёčšžõäöüéł])",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_NEAR = 32
"""Characters; no currency and what stands between it and its number is as long."""
_TIMES = {"万": 10_000, "": 1}


def amounts_in(text: str) -> list[Amount]:
    """The amounts of money in a text, in order."""
    plain = plain_signs(text)
    found = []
    near = _near_digits(plain.text)
    for match in (each for start, end in near for each in _AMOUNT.finditer(plain.text, start, end)):
        sign = (match["before"] or match["after"]).lower()
        times = (match["times"] or "").lower()
        value = _value(match["first"] or match["second"]) * _TIMES.get(times, 1_000)
        found.append(Amount(value, _CODES[sign], *plain.origin(*match.span())))
    return found


def _near_digits(text: str) -> list[tuple[int, int]]:
    """The stretches in which an amount can stand: most of a long text is far from every digit."""
    near: list[tuple[int, int]] = []
    for digits in _DIGITS.finditer(text):
        start, end = max(0, digits.start() - _NEAR), digits.end() + _NEAR
        if near and start <= near[-1][1]:
            near[-1] = (near[-1][0], end)
        else:
            near.append((start, end))
    return near


def _value(written: str) -> Decimal:
    """The number: the last sign before one or two digits parts the cents, every other one thousands."""
    whole, cents = written, ""
    if parted := re.fullmatch(r"(.*)[.,](\d{1,2})", written):
        whole, cents = parted[1], parted[2]
    return Decimal(f"{re.sub('[^0-9]', '', whole)}.{cents or 0}")
