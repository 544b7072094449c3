"""How a text is typed on a Latin keyboard: Cyrillic letter by letter, Han as pinyin, umlauts as two letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence

from careconsole.language.pinyin_table import pinyin_table

Piece = tuple[int, int, str]
"""A stretch of a text, from `start` up to `end`, and the letters one types for it; those of a syllable of Han have
a blank before them, as it begins a word."""

_HAN_LETTER = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_HAN = re.compile(f"[{_HAN_LETTER}]+")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_TWO_LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "đ": "dj"}

# The common way and what else people type, where it is no shorter form of the same letters.
_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
    "э": "e", "ю": "yu", "я": "ya",
    "є": "ye", "і": "i", "ї": "yi", "ґ": "g", "ў": "u",
    "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz", "ѓ": "gj", "ќ": "kj", "ѕ": "dz",
}  # fmt: skip
_OTHER_LATIN = _LATIN | {
    "ё": "e", "ж": "z", "й": "j", "х": "h", "ц": "c", "ш": "s", "ч": "c", "щ": "sch", "ю": "ju", "я": "ja",
}  # fmt: skip
_THIRD_LATIN = _LATIN | {"ж": "j", "й": "i", "х": "x", "ц": "c", "щ": "sh", "ю": "iu", "я": "ia", "ы": "i"}

_Typed = Callable[[str], str | None]


def spellings(text: str) -> list[Sequence[Piece]]:
    """The other ways to type a text, each as pieces in order that cover all of it; none for plain Latin text.

    Letters that are typed as they are stand in a piece of their own, as they are: folding them is not done here.
    """
    if text.isascii():
        return []
    ways: list[Sequence[Piece]] = []
    if _HAN.search(text):
        ways.append(list(_pinyin_pieces(text)))
    if _CYRILLIC.search(text):
        ways += [_by_letter(text, table.get) for table in (_LATIN, _OTHER_LATIN, _THIRD_LATIN)]
    composed = unicodedata.normalize("NFC", text).casefold()
    if any(letter in _TWO_LETTERS for letter in composed):
        ways.append(_by_letter(text, _TWO_LETTERS.get))
    distinct: list[Sequence[Piece]] = []
    for way in ways:
        if way not in distinct:
            distinct.append(way)
    return distinct


def _by_letter(text: str, typed: _Typed) -> Sequence[Piece]:
    """The text letter by letter, a letter and the marks on it being one."""
    pieces: list[Piece] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and unicodedata.combining(text[end]):
            continue
        letter = text[start:end]
        found = typed(unicodedata.normalize("NFC", letter).casefold())
        pieces.append((start, end, letter if found is None else found))
        start = end
    return pieces


def _pinyin_pieces(text: str) -> Iterable[Piece]:
    """Every Han letter as its syllable, read in its word; everything else as it is."""
    done = 0
    for run in _HAN.finditer(text):
        if done < run.start():
            yield from ((at, at + 1, text[at]) for at in range(done, run.start()))
        for at, syllable in zip(range(*run.span()), _syllables(run[0]), strict=True):
            yield at, at + 1, f" {syllable}"
        done = run.end()
    yield from ((at, at + 1, text[at]) for at in range(done, len(text)))


_PHRASES = {
    "重新": "chong xin", "重复": "chong fu", "重置": "chong zhi", "重发": "chong fa", "重试": "chong shi",
    "重订": "chong ding", "重做": "chong zuo", "重开": "chong kai", "银行": "yin hang", "同行": "tong hang",
    "行业": "hang ye", "行列": "hang lie", "退还": "tui huan", "归还": "gui huan", "还款": "huan kuan",
    "返还": "fan huan", "还钱": "huan qian", "偿还": "chang huan", "调查": "diao cha", "调换": "diao huan",
    "调动": "diao dong", "便宜": "pian yi", "快乐": "kuai le", "了解": "liao jie", "出差": "chu chai",
    "投降": "tou xiang", "成长": "cheng zhang", "增长": "zeng zhang", "会计": "kuai ji", "角色": "jue se",
    "睡觉": "shui jiao", "供应": "gong ying", "应用": "ying yong", "反应": "fan ying", "响应": "xiang ying",
    "空闲": "kong xian", "填空": "tian kong", "提供": "ti gong", "转圈": "zhuan quan", "倒车": "dao che",
    "倒闭": "dao bi", "着急": "zhao ji", "着火": "zhao huo", "着陆": "zhuo lu", "自传": "zi zhuan",
}  # fmt: skip
"""Words of customer care in which a letter is not read as it mostly is."""


def _syllables(run: str) -> Iterator[str]:
    """How each letter of a run of Han is read, in one of our words as there, else as it mostly is."""
    table = pinyin_table()
    at = 0
    while at < len(run):
        if (word := _PHRASES.get(run[at : at + 2])) is not None:
            yield from word.split()
            at += 2
        else:
            yield table.syllable(run[at])
            at += 1
