"""What stands in for a name or a number: made up from a salt, the same for the same, never one that is known."""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Callable, Iterator, Set

from careconsole.language.payment_numbers import is_card_number
from careconsole.model.folding import fold, words

_LATIN = [f"{first}{last}" for first in "bdfgklmnprstvz" for last in "aeiou"]
_CYRILLIC = [f"{first}{last}" for first in "бвгдзклмнпрст" for last in "аеиоу"]
_SURNAMES = "白包柏薄岑常车褚丁杜樊费甘葛谷管桂郝洪华"
_GIVEN = "安贝辰初丹迪恩帆菲歌禾恒嘉靖可岚朗棱米沐宁诺朴琪若森桐维汐响星言亦羽云泽知卓"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_CARD_BEGINS = {13: "4", 14: "36", 15: "34", 16: "4", 17: "62", 18: "62", 19: "4"}
_TAIL, _CHANGED = 7, 5
"""A phone number is known by so many digits at its end, with or without the country's code; the last ones are changed."""
_LONGEST_PHONE = 13
"""Digits of a phone number with its country's code; hardly any is longer."""
_TRIES = 200


class NoneLeft(Exception):
    """Everything that could stand in is taken, or is somebody's."""


class StandIns:
    """Gives stand-ins for as long as it lives; nobody else can make the same ones, or go back from them.

    Whatever it is asked for may raise NoneLeft.
    """

    def __init__(self, salt: bytes, known: Set[str], numbers: Set[str]) -> None:
        """`known`: folded words and handles that must not come out again, `numbers` the same as bare digits and letters."""
        self._salt = salt
        self._known, self._numbers = known, numbers
        self._given: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()

    def word(self, key: str, like: str = "") -> str:
        """For a word of a name; `like` tells its script. It begins with a capital letter."""
        script = _script_of(like or key)
        return self._once("word", key, lambda chance: _made_up(script, chance).capitalize())

    def handle(self, key: str) -> str:
        """For a handle: small letters and two digits."""
        return self._once("handle", key, lambda chance: f"{_made_up('', chance)}{10 + next(chance) % 90}")

    def mail(self, key: str) -> str:
        """For an e-mail address."""
        return self._once("mail", key, lambda chance: f"{_made_up('', chance)}@example.com")

    def link(self, key: str) -> str:
        """For an address on the web."""
        return self._once("link", key, lambda chance: f"https://example.com/{_made_up('', chance)}")

    def street(self, key: str, like: str) -> tuple[str, int]:
        """For an address of a house: a street's name and a number."""
        chance = self._chance("house", key)
        return self.word(f"street {key}", like), 1 + next(chance) % 98

    def code(self, written: str) -> str:
        """For an order number or another code: as many signs of the same sorts in the same groups."""
        return self._as_written(
            written, self._once("code", bare(written), lambda chance: _other(written, chance))
        )

    def card(self, written: str) -> str:
        """For a card number: one that is as long and as right, of the numbers that no issuer gives out."""
        digits = bare(written)

        def make(chance: Iterator[int]) -> str:
            begin = _CARD_BEGINS.get(len(digits), "4")
            begin += "0" * min(5, len(digits) - 8)
            body = begin + "".join(str(next(chance) % 10) for _ in range(len(digits) - len(begin) - 1))
            return next((body + check for check in "0123456789" if is_card_number(body + check)), f"{body}0")

        return self._as_written(written, self._once("card", digits, make))

    def iban(self, written: str) -> str:
        """For an IBAN: one of the same country with right check digits."""
        signs = bare(written).upper()

        def make(chance: Iterator[int]) -> str:
            own = _other(signs[4:], chance)
            check = 98 - int("".join(str(int(sign, 36)) for sign in f"{own}{signs[:2]}00")) % 97
            return f"{signs[:2]}{check:02}{own}"

        return self._as_written(written, self._once("iban", signs, make))

    def phone(self, written: str) -> str:
        """For a phone number: the same country and area, another line."""
        digits = bare(written)
        if len(digits) > _LONGEST_PHONE:  # something else is glued to it
            return self.code(written)
        head, tail = digits[:-_TAIL], digits[-_TAIL:]
        kept = tail[:-_CHANGED]

        def make(chance: Iterator[int]) -> str:
            made = (kept + "".join(str(next(chance) % 10) for _ in tail[len(kept) :]) for _ in range(_TRIES))
            return next((each for each in made if head + each not in self._numbers), tail)

        return self._as_written(written, head + self._once("phone", tail, make))

    def _once(self, sort: str, key: str, make: Callable[[Iterator[int]], str]) -> str:
        found = self._given.get((sort, key))
        if found is None:
            chance = self._chance(sort, key)
            tried = (make(chance) for _ in range(_TRIES))
            found = next((each for each in tried if self._is_free(each, key)), "")
            if not found:
                raise NoneLeft(sort)
            self._given[sort, key] = found
            self._taken.add(found.casefold())
        return found

    def _is_free(self, made: str, key: str) -> bool:
        folded = fold(made)
        return not (
            folded in self._taken
            or folded in self._known
            or bare(made).casefold() in self._numbers
            or bare(made).casefold() == bare(key).casefold()
            or any(word in self._known for word in words(folded))
            or (not made.isascii() and any(part in self._known for part in _parts(folded)))
        )

    def _chance(self, sort: str, key: str) -> Iterator[int]:
        """Numbers without end that only who has the salt can know."""
        number = 0
        while True:
            block = hmac.digest(
                self._salt, f"{sort}\0{key}\0{number}".encode("utf-8", "surrogatepass"), "sha256"
            )
            yield from (int.from_bytes(block[at : at + 2], "big") for at in range(0, len(block), 2))
            number += 1

    @staticmethod
    def _as_written(written: str, signs: str) -> str:
        """The signs in the groups in which the others were written."""
        left, result = list(signs), []
        for sign in written:
            result.append((left.pop(0) if left else "") if sign.isalnum() else sign)
        return "".join(result) + "".join(left)


def bare(written: str) -> str:
    """A number without what groups it, in plain digits and letters."""
    plain = unicodedata.normalize("NFKC", written)
    digits = (str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in plain if sign.isalnum())
    return "".join(digits)


def _parts(text: str) -> Iterator[str]:
    """Every stretch of a short text of more than one letter: what is written without gaps may hold a name anywhere."""
    return (text[start:end] for start in range(len(text)) for end in range(start + 2, len(text) + 1))


def _script_of(text: str) -> str:
    if re.search("[\u0400-\u052f]", text):
        return "CYRILLIC"
    return "HAN" if re.search("[\u3040-\u30ff\u3400-\u9fff]", text) else ""


def _made_up(script: str, chance: Iterator[int]) -> str:
    if script == "HAN":
        return _pick(_SURNAMES, chance) + _pick(_GIVEN, chance) + _pick(_GIVEN, chance)
    syllables = _CYRILLIC if script == "CYRILLIC" else _LATIN
    return "".join(_pick(syllables, chance) for _ in range(3))


def _pick(choice: str | list[str], chance: Iterator[int]) -> str:
    return choice[next(chance) % len(choice)]


def _other(written: str, chance: Iterator[int]) -> str:
    """Other digits for its digits and other letters for its letters; what groups it is left out."""
    made = ""
    for sign in bare(written):
        if sign.isdigit():
            made += str(next(chance) % 10) if made else str(1 + next(chance) % 9)
        else:
            letter = _pick(_LETTERS, chance)
            made += letter if sign.isupper() else letter.lower()
    return made
