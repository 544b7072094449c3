"""The composer coach: how long a draft is, and what in its tone might hurt (F20). It advises and never blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from careconsole.language.house_voice import voice_notes
from careconsole.language.tone.finding import WORDS, Stretch, find_tone, past_of
from careconsole.language.tone_note import ToneNote
from careconsole.model.message import Kind
from careconsole.model.voice import HouseVoice

WORDS_A_MIN = 190
SIGNS_A_MIN = 212
"""Chinese and Japanese characters. In the International Reading Speed Texts (Trauzettel-Klosinski and Dietz 2012)
readers manage 255 Chinese characters a minute where they manage 228 English words; 190 words are 212 characters."""
MOST_APOLOGIES = 2
SERIOUS = frozenset({Kind.COMPLAINT})
LIGHT = frozenset({Kind.PRAISE, Kind.BRAND_TALK})

_READ_FOR_ACKNOWLEDGEMENT = 3
_GREETINGS = 1
_WORDS_OF_A_NAME = 2
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_SIGN = re.compile("[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_FACES = (
    "\U0001f600-\U0001f606\U0001f608\U0001f609\U0001f61b-\U0001f61d\U0001f638\U0001f639\U0001f643\U0001f920"
    "\U0001f921\U0001f923\U0001f92a\U0001f92d"
)
# It begins with one class of signs, what stands before them is asked afterwards: four times as quick.
_GRIN = re.compile(
    rf"[{_FACES}:;=x)](?:(?<=[{_FACES}])|(?<![\w:].)(?:(?<=[:;=])-?[DP)]{{1,3}}|(?<=x)D+)(?!\w)"
    r"|(?<=[а-яё.!? ]\))\){2,})",
    re.DOTALL,
)
_LAUGHS = ("haha", "hehe", "hihi", "хаха", "хехе")
_LAUGH = re.compile(
    r"(?<![^\W_])(?:(?:ha){2,}h?|(?:he){2,}|(?:hi){2,}|(?:ха){2,}х?|а?(?:ха){2,}|(?:хе){2,})(?![^\W_])", re.I
)
_SENTENCE = re.compile(r"[^.!?。！？…\n]+[.!?。！？…]*")
_GREETING = re.compile(r"[\w'’ ]{1,30}[,!，！:：]\s*$")
_CLOCK_TIME = re.compile(
    r"\d{1,2}[:.]\d\d|\d{1,2} ?[ap]\.?m|\d{1,2}\.\d{1,2}\.|\d{4}-\d\d-\d\d|\d+ ?(?:h|min)\b|[\d一二三两]+ ?[点日号天]"
    r"|\b\d{1,2} ?(?:-|–|and|und|и|i|ja|to|bis|до|do|kuni) ?\d{1,2}\b(?![.,]\d)",
    re.I,
)
_STATEMENT = re.compile(r"[^.!?。！？…\n]+(?:[.!?。！？…\n]+(?:(?<=\d.)\d[^.!?。！？…\n]*)?)*")
"""A sentence with its end, which the full stop in 17.30 is not."""
_CLAUSE_ENDS = re.compile(r"(?<!\d)[.,:]|[.,:](?!\d)|[!?;()。，！？；：（）…\n]")
_CLAUSE_REACH = 200
"""Letters before a time in which its clause is looked for."""
_ASKS = re.compile("[?？]")


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a draft answers, and whose voice it is to have; all of it may be unknown."""

    language: str = ""
    """ISO 639-1 code of the draft's language; empty or "unknown" where nobody knows."""
    kind: Kind | None = None
    is_upset: bool = False
    """Whether the mood of the message was clearly negative."""
    voice: HouseVoice | None = None
    me: str = ""
    """The agent's name, as it stands in the sign-off."""


class Coaching(NamedTuple):
    """What the coach has to say of a draft."""

    words: int
    """Words; each Chinese or Japanese character is one."""
    reading_s: int
    notes: list[ToneNote]
    """In the order of the draft."""


def coach(text: str, occasion: Occasion) -> Coaching:
    """Words, reading time and tone notes of a draft."""
    words, reading_s = measure(text)
    languages = _languages(text, occasion.language)
    found = find_tone(text, languages) if words else []
    notes = [*_tone(text, found), *_jokes(text, found, occasion), *_too_sorry(text, found)]
    if words and (occasion.kind is Kind.COMPLAINT or occasion.is_upset):
        sentences = _sentences(text)
        notes += _unheard(text, found, sentences)
        notes += _no_next_step(text, found, _last_said(text, sentences), languages)
    if occasion.voice is not None and words:
        notes += voice_notes(text, occasion.voice, occasion.kind, occasion.me, _laughs(text, found))
    return Coaching(words, reading_s, sorted(notes, key=lambda note: (note.start, note.end)))


@lru_cache(maxsize=8)
def measure(text: str) -> tuple[int, int]:
    """Words and seconds to read them, at 190 words or 212 Chinese or Japanese characters a minute."""
    signs = 0
    if not text.isascii():
        text, signs = _SIGN.subn(" ", text)
    words = sum(1 for word in text.split() if word.isalnum() or _LETTER_OR_DIGIT.search(word))
    seconds = words * 60 / WORDS_A_MIN + signs * 60 / SIGNS_A_MIN
    return words + signs, max(int(seconds + 0.5), 1 if words + signs else 0)


def _languages(text: str, language: str) -> tuple[str, ...]:
    """The languages whose words to look for: the given one, else all that are written in these letters."""
    if language in WORDS:
        return (language,)
    if language in ("sr", "bs"):
        return ("hr",)
    if language not in ("", "unknown"):
        return ()
    if _SIGN.search(text):
        return ("zh",)
    return ("ru",) if re.search("[а-яё]", text, re.IGNORECASE) else ("en", "de", "hr", "et")


def _tone(text: str, found: Sequence[Stretch]) -> Iterator[ToneNote]:
    for sort, start, end in found:
        if sort == "belittling":
            reason = f'"{text[start:end]}" can sound as if it were easy or the customer overdid it; say it without.'
        elif sort == "blame":
            reason = f'"{text[start:end]}" puts it on the customer; say what happened and what happens next.'
        elif sort == "insult":
            reason = f'"{text[start:end]}" offends the customer; say it without.'
        else:
            continue
        yield ToneNote(sort, start, end, reason)


def _laughs(text: str, found: Sequence[Stretch]) -> list[tuple[int, int]]:
    """Where the draft laughs, in words or in pictures."""
    laughs = [(start, end) for sort, start, end in found if sort == "joke"]
    laughs += [match.span() for match in _GRIN.finditer(text)]
    lowered = text.lower()
    if any(laugh in lowered for laugh in _LAUGHS):
        laughs += [match.span() for match in _LAUGH.finditer(text)]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(laughs):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _jokes(text: str, found: Sequence[Stretch], occasion: Occasion) -> Iterator[ToneNote]:
    """Jokes on a serious matter: a complaint, an upset customer, or a draft that says sorry itself."""
    if occasion.kind in LIGHT:
        return
    sorry = occasion.kind is None and any(sort == "apology" for sort, _, _ in found)
    if not (occasion.kind in SERIOUS or occasion.is_upset or sorry):
        return
    for start, end in _laughs(text, found):
        reason = f'"{text[start:end]}" reads as a joke; to somebody with a problem it may not be funny.'
        yield ToneNote("joke", start, end, reason)


def _too_sorry(text: str, found: Sequence[Stretch]) -> Iterator[ToneNote]:
    """A note at the first apology that is too many."""
    apologies = [stretch for stretch in found if stretch.sort == "apology"]
    if len(apologies) > MOST_APOLOGIES:
        _, start, end = apologies[MOST_APOLOGIES]
        said = ", ".join(f'"{text[one.start : one.end]}"' for one in apologies[:5])
        reason = f"{len(apologies)} apologies ({said}): one that is meant is enough, then say what you do."
        yield ToneNote("apologies", start, end, reason)


def _unheard(text: str, found: Sequence[Stretch], sentences: Sequence[tuple[int, int]]) -> Iterator[ToneNote]:
    """A note on the beginning if nothing in it shows that the complaint was read."""
    until = sentences[: _READ_FOR_ACKNOWLEDGEMENT + _GREETINGS][-1][1]
    if any(sort == "heard" and start < until for sort, start, _ in found):
        return
    first = next((one for one in sentences if not _GREETING.fullmatch(text[slice(*one)])), sentences[0])
    reason = f'"{_short(text[slice(*first)])}": the answer to a complaint begins with what the customer went through.'
    yield ToneNote("no acknowledgement", *first, reason)


def _no_next_step(
    text: str, found: Sequence[Stretch], last: tuple[int, int], languages: tuple[str, ...]
) -> Iterator[ToneNote]:
    """A note on the end if nothing is done or asked, or on a promise of ours if there is no time with it."""
    if not (_has(found, "step") or _is_asked(text, found) or _has_time_ahead(text, languages)):
        reason = f'"{_short(text[slice(*last)])}" ends the answer and no next step is named; say who does what by when.'
        yield ToneNote("no next step", *last, reason)
        return
    promise = next((one for one in found if one.sort == "promise"), None)
    if promise is None or _has(found, "when") or _is_asked(text, found) or _CLOCK_TIME.search(text):
        return
    reason = f'"{text[promise.start : promise.end]}" is a promise without a time; say by when.'
    yield ToneNote("no next step", promise.start, promise.end, reason)


def _last_said(text: str, sentences: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The last sentence, unless that is no more than the name under a letter."""
    said = [one for one in sentences if len(text[slice(*one)].split()) > _WORDS_OF_A_NAME]
    return said[-1] if said else sentences[-1]


def _has(found: Sequence[Stretch], sort: str) -> bool:
    return any(one == sort for one, _, _ in found)


def _is_asked(text: str, found: Sequence[Stretch]) -> bool:
    return _has(found, "ask") or _ASKS.search(text) is not None


def _has_time_ahead(text: str, languages: tuple[str, ...]) -> bool:
    """Whether a time stands in a clause that does not tell of the past."""
    return any(_is_ahead(one, languages) for one in _STATEMENT.findall(text))


@lru_cache(maxsize=4096)
def _is_ahead(statement: str, languages: tuple[str, ...]) -> bool:
    times = [start for sort, start, _ in find_tone(statement, languages) if sort == "when"]
    times += [match.start() for match in _CLOCK_TIME.finditer(statement)]
    clauses = {_clause_around(statement, start) for start in times}
    return any(
        not any(past_of(language).search(statement, *clause) for language in languages) for clause in clauses
    )


def _clause_around(text: str, at: int) -> tuple[int, int]:
    """Where the clause stands that has this place in it."""
    begin = max(0, at - _CLAUSE_REACH)
    for match in _CLAUSE_ENDS.finditer(text, begin, at):
        begin = match.end()
    end = _CLAUSE_ENDS.search(text, at)
    return begin, len(text) if end is None else end.start()


def _sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences stand, without the space around them; at least one."""
    found = []
    for match in _SENTENCE.finditer(text):
        bare = match[0].strip()
        if _LETTER_OR_DIGIT.search(bare):
            start = match.start() + match[0].index(bare)
            found.append((start, start + len(bare)))
    return found or [(0, len(text))]


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
