"""Finding: how long a query takes among very many messages, and what the index costs each of them."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.context import Bench
from bench.figures import Table, percentile
from careconsole.model.finding import parse_query
from careconsole.store import driver as sqlite
from careconsole.store.contract import Store
from careconsole.store.finding import find
from careconsole.store.message_words import ChangedWords, number_of, words_of
from careconsole.store.opening import open_store

SHOWN = 200
"""Rows that the console asks for."""
_SYLLABLES = [consonant + vowel for consonant in "bdfghjklmnprstvz" for vowel in "aeiou"]
_AT_ONCE = 20_000
_WAITS_ONE_IN = 17
_ONE_FINDS_MANY = 3
"""So many of the commonest words, each in up to a third of all messages, are asked for as well."""


def finding_figures(bench: Bench) -> Table:
    """Queries as people type them, on a desk whose conversations have three messages each."""
    count = bench.sizes.found
    table = Table(f"Finding among {count:,} messages")
    chance = random.Random(20_270)
    words = _vocabulary(chance)
    path = bench.folder / f"found-{count}.db"
    asyncio.run(_make(path, count, words, chance))
    table.note("file", f"{path.stat().st_size / 1_000_000:.0f} MB")
    for name, budget_ms, queries in _queries(words, chance):
        times = asyncio.run(_times_ms(path, queries))
        p99 = percentile(times, 0.99)
        if budget_ms:
            table.at_most(f"{name}, 99 of 100", p99, budget_ms, "ms", f"median {percentile(times, 0.5):.1f}")
        else:
            table.note(name, f"median {percentile(times, 0.5):.0f} ms, slowest {max(times):.0f} ms")
    table.at_most("index of one message (processor)", _index_us(words, chance), 25, "us")
    path.unlink()
    return table


def _vocabulary(chance: random.Random) -> list[str]:
    """Words that were made up, the commonest first."""
    words: dict[str, None] = {}
    while len(words) < 60_000:
        words["".join(chance.choices(_SYLLABLES, k=chance.choice((1, 2, 2, 3, 3, 4, 4, 5))))] = None
    return list(words)


def _texts(words: list[str], chance: random.Random) -> Iterator[str]:
    """Messages of some 16 words; the more common, the more often."""
    weights = list(itertools.accumulate(1 / (place + 3) for place in range(len(words))))
    while True:
        yield " ".join(chance.choices(words, cum_weights=weights, k=3 + int(chance.expovariate(1 / 13))))


def _queries(words: list[str], chance: random.Random) -> Iterator[tuple[str, float, list[str]]]:
    """Name, budget in ms (0: none) and queries of every kind."""
    drawn = [
        word
        for text in itertools.islice(_texts(words, chance), 60)
        for word in text.split()
        if word not in words[:_ONE_FINDS_MANY]
    ]
    picked = chance.sample([word for word in drawn if len(word) > 3], 120)
    yield "a word", 100, picked[:60]
    yield "a beginning of 4 letters", 100, [word[:4] for word in picked[60:]]
    yield "two words", 100, [" ".join(pair) for pair in zip(picked[:40], picked[40:80], strict=True)]
    yield (
        "a word and filters",
        100,
        [f"{word} {rest}" for word in picked[:20] for rest in ("lang:zh late", "kind:complaint resolved")],
    )
    filters = (
        "kind:complaint lang:de late",
        "lang:zh resolved",
        "lang:xx",
        "vip",
        "mine",
        "account:help pending",
    )
    yield "filters alone", 100, list(filters)
    yield "a handle", 100, [f"@user{number * 997}" for number in range(1, 41)]
    yield "the commonest words of all", 0, words[:_ONE_FINDS_MANY]
    yield "their beginnings of 3 letters", 0, [word[:3] for word in words[:_ONE_FINDS_MANY]]


async def _times_ms(path: Path, queries: list[str]) -> list[float]:
    async with open_store(path, read_only=True) as store:
        await _ask(store, queries[0])
        return [await _ask(store, query) for query in queries]


async def _ask(store: Store, query: str) -> float:
    asked = parse_query(query)
    start = time.perf_counter()
    await store.read(lambda tx: find(tx, "ana", asked, SHOWN))
    return (time.perf_counter() - start) * 1000


async def _make(path: Path, count: int, words: list[str], chance: random.Random) -> None:
    """A desk written straight into its file: to import so much would take minutes."""
    async with open_store(path, create=True):
        pass
    db = sqlite.connect(sqlite.drivers()[0], path, writes=True)
    for pragma in ("synchronous=OFF", "foreign_keys=OFF", "cache_size=-200000"):
        db.execute(f"PRAGMA {pragma}")
    db.execute(
        "INSERT INTO account (id, name, network, added_us) VALUES (1, 'shop', 'file', 0), (2, 'help', 'file', 0)"
    )
    texts, now_us, newest = _texts(words, chance), time.time_ns() // 1000, 0
    for start in range(1, count + 1, _AT_ONCE):
        db.execute("BEGIN")
        begun, messages = [], []
        for id in range(start, min(count + 1, start + _AT_ONCE)):
            at_us = now_us - (count - id) * 1_000_000
            conversation = max(1, newest - int(chance.expovariate(1 / 300)))
            if newest == 0 or chance.random() < 0.35:
                newest = conversation = newest + 1
                begun.append(_conversation(conversation, at_us, chance))
            messages.append((id, conversation, f"user{conversation}", next(texts), at_us))
        _write(db, begun, messages)
        db.execute("COMMIT")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    db.close()


def _conversation(id: int, at_us: int, chance: random.Random) -> tuple[Any, ...]:
    waits = id % _WAITS_ONE_IN == 0
    state = "new" if waits else chance.choice(("pending", "resolved", "resolved"))
    kind, lang = (
        chance.choice(("question", "complaint", "praise")),
        chance.choice(("en", "en", "de", "ru", "zh")),
    )
    due_us = at_us + chance.randrange(10_000_000_000)
    handle = f"user{id}"
    return (id, 1 + (id % 3 == 0), id, state, int(id % 500 != 0), kind, int(waits), at_us, due_us, due_us, handle,
            "x" * 150, at_us, lang, int(id % 50 == 0), 1)  # fmt: skip


def _write(db: Any, begun: list[tuple[Any, ...]], messages: list[tuple[int, int, str, str, int]]) -> None:
    db.executemany("INSERT INTO customer (id, name) VALUES (?, ?)", [(row[0], row[10]) for row in begun])
    db.executemany(
        "INSERT INTO conversation (id, account_id, customer_id, state, tier, kind, in_queue, waiting_since_us, due_us, "
        "effective_due_us, handle, preview, newest_in_us, lang, is_vip, revision) "
        f"VALUES ({', '.join('?' * 16)})",
        begun,
    )
    db.executemany(
        "INSERT INTO message (id, account_id, external_id, conversation_id, cycle, direction, handle, text, at_us, "
        "recorded_us, visibility) VALUES (?1, 1, ?1, ?2, 1, 'in', ?3, ?4, ?5, ?5, 'public')",
        messages,
    )
    rows = sorted((number_of(talk, id), words_of(handle, "", text)) for id, talk, handle, text, _ in messages)
    db.executemany("INSERT INTO message_words (rowid, words) VALUES (?, ?)", rows)


def _index_us(words: list[str], chance: random.Random, count: int = 40_000, at_once: int = 500) -> float:
    """Processor time for the index of one message, in batches as an import writes them."""
    db = sqlite.connect_memory(sqlite.drivers()[0])
    db.execute(
        "CREATE VIRTUAL TABLE message_words USING fts5(words, content = '', columnsize = 0, tokenize = 'ascii')"
    )
    texts = list(itertools.islice(_texts(words, chance), count))
    start = time.thread_time()
    for first in range(0, count, at_once):
        changed = ChangedWords()
        for number in range(first, first + at_once):
            changed.change(
                number_of(1 + number // 3, number), words_of(f"user{number}", "", texts[number]), ""
            )
        db.execute("BEGIN")
        for _, rows in changed.statements():
            db.executemany("INSERT INTO message_words (rowid, words) VALUES (?, ?)", rows)
        db.execute("COMMIT")
    return (time.thread_time() - start) / count * 1_000_000
