"""A desk with very many messages to find something in: made-up words as often as people use theirs, in four languages."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from careconsole.store import driver as sqlite
from careconsole.store.message_words import number_of, words_of
from careconsole.store.opening import open_store
from careconsole.store.row_hash import hashed

_AT_ONCE = 20_000
_WAITS_ONE_IN = 17
_CARD_ONE_IN = 50
_NOTE_ONE_IN = 20
_BEGINS_ANEW = 0.35
"""Of so many messages each begins a conversation."""
_SHARES = {"en": 0.5, "de": 0.2, "ru": 0.1, "zh": 0.2}
_LATIN = [consonant + vowel for consonant in "tsrnldcmpbfghwkvjz" for vowel in "eaiou"]
_CYRILLIC = [consonant + vowel for consonant in "нтсврлкмдпгзбчйжхшц" for vowel in "оеаиу"]
_HAN = [chr(0x4E00 + number) for number in range(3_000)]


@dataclass(frozen=True, slots=True)
class Tongue:
    """The words of a language, the commonest first, and how often each is used."""

    words: list[str]
    weights: list[float]
    gap: str
    """What stands between two words."""

    def text(self, chance: random.Random) -> str:
        """Some 16 words; the more common, the more often."""
        length = 3 + int(chance.expovariate(1 / 13))
        return self.gap.join(chance.choices(self.words, cum_weights=self.weights, k=length))


def _tongue(
    chance: random.Random, syllables: list[str], lengths: tuple[int, ...], gap: str, count: int
) -> Tongue:
    """Few syllables begin most words, so that beginnings are as common as those of real words."""
    chance.shuffle(syllables)
    often = list(itertools.accumulate(1 / (place + 4) for place in range(len(syllables))))
    words: dict[str, None] = {}
    while len(words) < count:
        words["".join(chance.choices(syllables, cum_weights=often, k=chance.choice(lengths)))] = None
    weights = list(itertools.accumulate(1 / (place + 3) for place in range(count)))
    return Tongue(list(words), weights, gap)


def tongues(chance: random.Random) -> dict[str, Tongue]:
    """By language its words, made up."""
    lengths = (1, 2, 2, 3, 3, 4, 4, 5)
    return {
        "en": _tongue(chance, list(_LATIN), lengths, " ", 40_000),
        "de": _tongue(chance, list(_LATIN), (*lengths, 6), " ", 60_000),
        "ru": _tongue(chance, list(_CYRILLIC), lengths, " ", 60_000),
        "zh": _tongue(chance, list(_HAN), (1, 2, 2, 2, 2, 3), "", 30_000),
    }


def order_number(conversation: int) -> str:
    """The order that a conversation is about."""
    return f"DE-{1000 + conversation % 9000}-{conversation // 9000:02}"


def customer_name(conversation: int, spoken: dict[str, Tongue]) -> str:
    """First and last name of a conversation's customer."""
    words = spoken["de"].words
    return f"{words[500 + conversation % 900].title()} {words[9_000 + conversation * 7 % 30_000].title()}"


def card_number(conversation: int) -> str:
    """The order number that an agent wrote on the card of every fiftieth customer."""
    return f"AT-{conversation}-77"


async def make(path: Path, count: int, spoken: dict[str, Tongue], chance: random.Random) -> None:
    """A desk written straight into its file: to import so much would take minutes."""
    async with open_store(path, create=True):
        pass
    db = sqlite.connect(sqlite.drivers()[0], path, writes=True)
    for pragma in ("synchronous=OFF", "foreign_keys=OFF", "cache_size=-200000"):
        db.execute(f"PRAGMA {pragma}")
    db.execute(
        "INSERT INTO account (id, name, network, added_us) VALUES (1, 'shop', 'file', 0), (2, 'help', 'file', 0)"
    )
    for begun, messages in _parts(count, spoken, chance):
        db.execute("BEGIN")
        _write(db, begun, messages)
        db.execute("COMMIT")
    for table in ("message", "conversation", "note"):
        db.execute(f"UPDATE {table} SET row_hash = {hashed(table)}")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    db.close()


_Rows = list[tuple[Any, ...]]


def _parts(count: int, spoken: dict[str, Tongue], chance: random.Random) -> Iterator[tuple[_Rows, _Rows]]:
    """New conversations and messages, some at a time, the oldest first; most messages are of recent conversations."""
    now_us, newest, last_us, languages = time.time_ns() // 1000, 0, 0, [""]
    for start in range(1, count + 1, _AT_ONCE):
        begun, messages = [], []
        for id in range(start, min(count + 1, start + _AT_ONCE)):
            last_us = now_us - (count - id) * 1_000_000
            talk = max(1, newest - int(chance.expovariate(1 / 300)))
            if newest == 0 or chance.random() < _BEGINS_ANEW:
                newest = talk = newest + 1
                languages.append(chance.choices(list(_SHARES), list(_SHARES.values()))[0])
                begun.append(
                    _conversation(talk, last_us, languages[talk], customer_name(talk, spoken), chance)
                )
            text = spoken[languages[talk]].text(chance)
            if chance.random() < 0.08:
                text += f" {order_number(talk)}!"
            messages.append((id, talk, f"user{talk}", customer_name(talk, spoken), text, last_us))
        yield begun, messages


def _conversation(id: int, at_us: int, lang: str, name: str, chance: random.Random) -> tuple[Any, ...]:
    waits = id % _WAITS_ONE_IN == 0
    state = "new" if waits else chance.choice(("pending", "resolved", "resolved"))
    kind = chance.choice(("question", "question", "complaint", "praise"))
    due_us = at_us + chance.randrange(10_000_000_000)
    owner = "ana" if chance.random() < 0.03 else None
    return (id, 1 + (id % 3 == 0), id, state, int(id % 500 != 0), kind, int(waits), at_us, due_us, due_us,
            f"user{id}", "x" * 150, at_us, lang, int(id % 50 == 0), owner, 1, name)  # fmt: skip


def _write(db: Any, begun: _Rows, messages: _Rows) -> None:
    db.executemany(
        "INSERT INTO customer (id, name, orders) VALUES (?, ?, ?)",
        [(row[0], row[-1], "" if row[0] % _CARD_ONE_IN else card_number(row[0])) for row in begun],
    )
    db.executemany(
        "INSERT INTO conversation (id, account_id, customer_id, state, tier, kind, in_queue, waiting_since_us, due_us, "
        "effective_due_us, handle, preview, newest_in_us, lang, is_vip, owner, revision) "
        f"VALUES ({', '.join('?' * 17)})",
        [row[:-1] for row in begun],
    )
    db.executemany(
        "INSERT INTO message (id, account_id, external_id, conversation_id, cycle, direction, handle, name, text, at_us, "
        "recorded_us, visibility) VALUES (?1, 1, ?1, ?2, 1, 'in', ?3, ?4, ?5, ?6, ?6, 'public')",
        messages,
    )
    newest = {row[1]: row[5] for row in messages}
    db.executemany("UPDATE conversation SET newest_in_us = ?2 WHERE id = ?1", list(newest.items()))
    rows = sorted((number_of(talk, id), words_of(*rest[:3])) for id, talk, *rest in messages)
    db.executemany("INSERT INTO message_words (rowid, words) VALUES (?, ?)", rows)
    cards = [
        (row[0], words_of(row[10], card_number(row[0]), "")) for row in begun if row[0] % _CARD_ONE_IN == 0
    ]
    notes = [
        (number_of(row[0], row[0]), words_of(row[10], "", f"spoke of order {order_number(row[0])}"))
        for row in begun
        if row[0] % _NOTE_ONE_IN == 0
    ]
    db.executemany("INSERT INTO noted_words (rowid, words) VALUES (?, ?)", cards + notes)
    db.executemany(
        "INSERT INTO note (id, conversation_id, agent, text, at_us) VALUES (?1, ?1, 'ana', ?2, ?3)",
        [
            (row[0], f"spoke of order {order_number(row[0])}", row[7])
            for row in begun
            if row[0] % _NOTE_ONE_IN == 0
        ],
    )
    db.executemany(
        "INSERT INTO identity (customer_id, scope, handle_key, handle) VALUES (?1, 'file', ?2, ?2)",
        [(row[0], row[10]) for row in begun],
    )
