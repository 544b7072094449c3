"""In which language a text is written: `prepare` says which languages are served, `language_of` reads a text.

Letters that only one language uses decide first, then a short list of greetings and thanks, then an engine. No
name of an engine leaves this file: eldc where it has a wheel (ready in 1 ms, 3 us a text), else py3langid (NumPy,
ready in a second); both are loaded with the first text that needs them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from careconsole.language.courtesies import COURTESIES, NEUTRAL

UNKNOWN = "unknown"
SERVED = ("en", "de", "ru", "zh", "hr", "et")
"""What our lists of cues speak; the default of `prepare`."""

_COMMON = (
    "ar bg cs da de el en es et fa fi fr he hi hr hu it ja ko lt lv ms nl no pl pt ro ru sk sl sr sv th tl tr "
    "uk ur vi zh"
).split()
SAME = {"sr": "hr", "bs": "hr"}
"""What counts as one language here."""
_READ = 400
_MAY_RUN = 60
_FEW_WORDS = 8
_FEWEST_LETTERS = 4
_SHORT = 25
_SURE_LETTERS = 10
_SHORT_FAVOUR = 2.5
_MINOR_SHARE = 0.3
_KANA_SHARE = 0.15

_NOT_WORDS = (
    ("/", re.compile(r"https?://\S+")),
    ("www.", re.compile(r"www\.\S+")),
    ("@", re.compile(r"[\w.+-]*@[\w.@-]+")),
    ("&", re.compile(r"&\w+;")),
    ("<", re.compile(r"<\w+>")),
)
_HASHTAG = re.compile(r"#\w+")
_RUN = re.compile(r"(\w)\1{2,}")
_SIGNS = bytes(code for code in range(128) if not chr(code).isalpha() and chr(code) != "'")
_NO_LETTERS = bytes.maketrans(_SIGNS, b" " * len(_SIGNS))
_PAIR = re.compile(r"(\w)\1")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

_SCRIPTS = {
    "latin": "A-Za-z\u00aa-\u024f\u1e00-\u1eff",
    "cyrillic": "\u0400-\u052f",
    "han": "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff",
    "ja": "\u3041-\u30ff\uff66-\uff9d",
    "ko": "\uac00-\ud7af\u1100-\u11ff\u3131-\u318e",
    "el": "\u0370-\u03ff\u1f00-\u1fff",
    "th": "\u0e01-\u0e5b",
    "he": "\u05d0-\u05ea",
    "arabic": "\u0620-\u06ff\u0750-\u077f",
    "devanagari": "\u0900-\u097f",
    "ka": "\u10a0-\u10ff",
    "hy": "\u0531-\u058f",
}
_BY_SCRIPT = {name: re.compile(f"[{letters}]+") for name, letters in _SCRIPTS.items()}
_WHOLE_SYLLABLES = frozenset({"han", "ja", "ko"})
_ALONE = {"han": "zh", **{code: code for code in ("ja", "ko", "el", "th", "he", "ka", "hy")}}
_READERS = {"cyrillic": ("ru", "uk", "bg", "sr"), "arabic": ("ar", "fa", "ur"), "devanagari": ("hi",)}

_SERBIAN, _UKRAINIAN, _RUSSIAN = (re.compile(f"[{letters}]") for letters in ("ђјљњћџ", "іїєґ", "ыэё"))


class Detected(NamedTuple):
    """A language, ISO 639-1 or "unknown" (Serbian and Bosnian count as hr), and whether it may be relied on."""

    code: str
    is_sure: bool


class _Engine(NamedTuple):
    """What guesses where letters do not tell, and how its scores of 0 to 1 are to be read."""

    likeliest: Callable[[str], Iterable[tuple[str, float]]]
    """The likeliest languages of a text, each with its score."""
    favour: float
    """What a language that we serve gets on top; twice and a half of it if the text is short."""
    lead: float
    """How far ahead of the second the first must be to be relied on."""


_NOTHING = Detected(UNKNOWN, False)
_served: frozenset[str] = frozenset(SERVED)


def prepare(languages: Iterable[str]) -> None:
    """From now on these languages, ISO 639-1, are taken where a short text could also be another."""
    global _served
    _served = frozenset(languages) or frozenset(SERVED)


def language_of(text: str) -> Detected:
    """The language of a text without its handles, links and digits; unknown if it has fewer than four letters.

    A letter of Chinese, Japanese or Korean counts as two. Of a longer text the first 400 characters are read.
    """
    words = _words_of(text[:_READ])
    joined = "".join(words).replace("'", "")
    if joined.isascii():
        return _of_latin(words, len(joined))
    counted = _letters_of(joined)
    total = sum(counted.values())
    if total < _FEWEST_LETTERS:
        return _NOTHING
    script = _script_of(counted, total)
    if script in _ALONE:
        return Detected(_ALONE[script], counted[script] * 3 >= total)
    said = [word.casefold() for word in filter(_BY_SCRIPT[script].search, words)]
    if courtesy := _courtesy(said):
        return Detected(courtesy, True)
    plain = " ".join(said)
    if script == "cyrillic" and (marked := _by_letters(plain)):
        return Detected(marked, True)
    return _by_engine(script, plain)


def _of_latin(words: list[str], letters: int) -> Detected:
    """The language of words that all are in plain Latin letters."""
    if letters < _FEWEST_LETTERS:
        return _NOTHING
    plain = " ".join(words).lower()
    courtesy = _courtesy(plain.split()) if len(words) <= _FEW_WORDS else ""
    return Detected(courtesy, True) if courtesy else _by_engine("latin", plain)


def _words_of(text: str) -> list[str]:
    """The words of the text without what has no language; hashtags only stay where there is little else."""
    for sign, pattern in _NOT_WORDS:
        if sign not in text:
            continue
        if sign == "@":  # handles are slow to look for in all of a text
            text = " ".join([pattern.sub(" ", word) if sign in word else word for word in text.split(" ")])
        else:
            text = pattern.sub(" ", text)
    if "#" in text:
        bare = _HASHTAG.sub(" ", text)
        if sum(map(len, _LETTERS.findall(bare))) >= _SHORT:
            text = bare
    if "’" in text:
        text = text.replace("’", "'")
    if len(text) <= _MAY_RUN:
        text = _RUN.sub(r"\1\1", text)
    if text.isascii():
        return text.encode().translate(_NO_LETTERS).decode().split()
    return _LETTERS.findall(text)


def _letters_of(rest: str) -> dict[str, int]:
    """How many letters of each script there are."""
    counted: dict[str, int] = {}
    for name, letters in _BY_SCRIPT.items():
        others = letters.sub("", rest)
        counted[name] = (len(rest) - len(others)) * (2 if name in _WHOLE_SYLLABLES else 1)
        if not others:
            break
        rest = others
    return counted


_score: Callable[[tuple[str, float]], float] = itemgetter(1)


def _script_of(counted: dict[str, int], total: int) -> str:
    """The script that decides: a name or a product in Latin letters does not make another language of a text."""
    latin = counted.pop("latin", 0)
    if not counted:
        return "latin"
    kana = counted.get("ja", 0)
    if kana and kana >= (kana + counted["han"]) * _KANA_SHARE:
        return "ja"
    script, most = max(counted.items(), key=_score)
    return script if most and (most >= latin or most >= total * _MINOR_SHARE) else "latin"


def _courtesy(words: list[str]) -> str:
    """The language of a text of few words that is made of greetings and thanks of one language."""
    said = [word for word in words if word not in NEUTRAL]
    if not 0 < len(said) <= 3:
        return ""
    found = {COURTESIES.get(word) or COURTESIES.get(_PAIR.sub(r"\1", word), "") for word in said}
    return found.pop() if len(found) == 1 else ""


def _by_letters(plain: str) -> str:
    """What letters that only one of the languages in Cyrillic script has tell."""
    serbian, ukrainian, russian = (
        len(letters.findall(plain)) for letters in (_SERBIAN, _UKRAINIAN, _RUSSIAN)
    )
    if serbian > russian and serbian >= ukrainian:
        return "hr"
    if ukrainian > russian:
        return "uk"
    return "ru" if russian else ""


def _by_engine(script: str, plain: str) -> Detected:
    letters = len(plain) - plain.count(" ")
    readers = _READERS.get(script)
    engine = _engine()
    favour = engine.favour * (_SHORT_FAVOUR if letters < _SHORT else 1)
    best: dict[str, float] = {}
    for code, score in engine.likeliest(plain):
        code = SAME.get(code, code)
        if readers is None or code in readers or (code == "hr" and script == "cyrillic"):
            best[code] = max(best.get(code, 0.0), score + (favour if code in _served else 0.0))
    if not best:
        return Detected(readers[0], False) if readers is not None else _NOTHING
    ranked = sorted(best.items(), key=_score, reverse=True)
    lead = ranked[0][1] - ranked[1][1] if len(ranked) > 1 else 1.0
    return Detected(ranked[0][0], letters >= _SURE_LETTERS and lead >= engine.lead)


@cache
def _engine() -> _Engine:
    """The engine that is installed, restricted to the common languages."""
    try:
        return _eldc()
    except ImportError:
        return _py3langid()


def _eldc() -> _Engine:
    import eldc

    eldc.init()
    reader = eldc.instance()
    reader.set_languages(_COMMON)
    reader.set_scores(4)
    return _Engine(lambda text: reader.detect_details(text).scores.items(), favour=0.01, lead=0.04)


def _py3langid() -> _Engine:
    from py3langid import langid

    reader = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    reader.set_languages((set(_COMMON) | {"bs"}) & set(reader.labels))
    return _Engine(lambda text: reader.rank(text)[:12], favour=0.12, lead=0.4)
