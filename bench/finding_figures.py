"""Finding: how long a query takes among very many messages, kind by kind, and what the index costs each of them."""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import time
from pathlib import Path

from bench import found_desk
from bench.context import Bench
from bench.figures import Table, percentile
from bench.found_desk import Tongue, card_number, customer_name, order_number
from careconsole.model.finding import parse_query
from careconsole.store import driver as sqlite
from careconsole.store.contract import Store
from careconsole.store.finding import find
from careconsole.store.message_words import ChangedWords, number_of, words_of
from careconsole.store.opening import open_store

SHOWN = 200
"""Rows that the console asks for."""
BUDGET_MS = 100
_FILTERS = (
    "lang:zh late", "kind:complaint resolved", "lang:de", "mine", "pending account:help", "late", "resolved", "lang:xx",
    "vip", "tier0", "mine late",
)  # fmt: skip

Kinds = dict[str, list[str]]
"""Queries by what kind they are."""


def finding_figures(bench: Bench) -> Table:
    """Queries as people type them, on a desk whose conversations have three messages each."""
    count = bench.sizes.found
    table = Table(f"Finding among {count:,} messages")
    spoken = found_desk.tongues(random.Random(20_270))
    path = bench.folder / f"found-{count}.db"
    asyncio.run(found_desk.make(path, count, spoken, random.Random(20_271)))
    table.note("file", f"{path.stat().st_size / 1_000_000:.0f} MB")
    for name, queries in kinds(spoken, count * 7 // 20).items():
        warm, processor = asyncio.run(_times_ms(path, queries))
        said = f"median {percentile(warm, 0.5):.1f}, processor {percentile(processor, 0.99):.0f}"
        table.at_most(f"{name}, 99 of 100", percentile(warm, 0.99), BUDGET_MS, "ms", said)
    cold, _ = asyncio.run(_times_ms(path, drawn(spoken, "en", 40), forgets=True))
    table.note(
        "a word, nothing of the file in memory",
        f"median {percentile(cold, 0.5):.0f} ms, worst {max(cold):.0f} ms",
    )
    table.at_most("index of one message (processor)", _index_us(spoken["en"]), 25, "us")
    path.unlink()
    return table


def drawn(spoken: dict[str, Tongue], language: str, count: int) -> list[str]:
    """Words as they come in what people write: the common ones often."""
    chance, tongue = random.Random(7), spoken[language]
    words: list[str] = []
    while len(words) < count:
        words += [
            word for word in chance.choices(tongue.words, cum_weights=tongue.weights, k=9) if len(word) > 3
        ]
    return words[:count]


def kinds(spoken: dict[str, Tongue], conversations: int) -> Kinds:
    """What is asked; the commonest words are in up to a fifth of all messages."""
    return _words(spoken) | _several(spoken) | _han(spoken["zh"]) | _names(spoken, conversations)


def _words(spoken: dict[str, Tongue]) -> Kinds:
    some = [word for language in ("en", "de", "ru") for word in drawn(spoken, language, 40)]
    common = [*spoken["en"].words[:12], *spoken["de"].words[:4], *spoken["ru"].words[:2]]
    return {
        "a word": some,
        "a rare word": spoken["en"].words[5_000::900],
        "the commonest words": common,
        "absent words": ["zzqx", "qqq www", '"zzqx tete"', f"{common[0]} zzqx", "зззщ", "龘龘"],
        **{f"a beginning of {length}": [word[:length] for word in some[::3]] for length in (1, 2, 3, 4, 5)},
        "beginnings of the commonest": [word[:3] for word in common],
        "a word and a filter": [f"{word} {rest}" for word in some[::12] for rest in _FILTERS],
        "the commonest and a filter": [f"{word} {rest}" for word in common[:6] for rest in _FILTERS],
        "filters alone": list(_FILTERS),
    }


def _several(spoken: dict[str, Tongue]) -> Kinds:
    some, common, chance = drawn(spoken, "en", 80), spoken["en"].words, random.Random(3)
    return {
        "two words": [f"{first} {second}" for first, second in zip(some[:40], some[40:], strict=True)],
        "two of the commonest": [" ".join(pair) for pair in itertools.permutations(common[:5], 2)],
        "three common ones": [" ".join(chance.sample(common[:20], 3)) for _ in range(20)],
        "a common and a rare one": [f"{common[at % 8]} {common[3_000 + at * 77]}" for at in range(30)],
        "common ones in quotes": [f'"{" ".join(pair)}"' for pair in itertools.permutations(common[:4], 2)],
    }


def _han(tongue: Tongue) -> Kinds:
    chance, common = random.Random(5), tongue.words
    return {
        "Han words": chance.choices(common, cum_weights=tongue.weights, k=60) + common[:12],
        "Han sentences": [tongue.text(chance)[:length] for length in (4, 6, 8, 12) for _ in range(10)],
        "common Han in a row": [
            "".join(chance.choices(common[:6], k=length)) for length in (2, 3, 4, 6) for _ in "six"
        ],
    }


def _names(spoken: dict[str, Tongue], conversations: int) -> Kinds:
    some = range(1, conversations, max(1, conversations // 30))
    return {
        "a handle": [f"@user{number}" for number in some],
        "a name": [customer_name(number, spoken) for number in some],
        "an order number": [order_number(number) for number in some],
        "an order number without signs": [order_number(number).replace("-", "") for number in some],
        "a part of one": ["DE", "DE-47", "4711", "DE-4711", "de-1"],
        "an order number of a card": [card_number(number // 50 * 50) for number in some],
    }


async def _times_ms(
    path: Path, queries: list[str], *, forgets: bool = False
) -> tuple[list[float], list[float]]:
    """On the clock and of the processor, the better of two; `forgets` takes the file out of the memory before one."""
    times = []
    async with open_store(path, read_only=True) as store:
        for query in queries:
            if forgets:
                _forget(path)
                times.append(await _ask(store, query))
            else:
                times.append(min([await _ask(store, query), await _ask(store, query)]))
    return [time[0] for time in times], [time[1] for time in times]


def _forget(path: Path) -> None:
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


async def _ask(store: Store, query: str) -> tuple[float, float]:
    asked = parse_query(query)
    start, used = time.perf_counter(), time.process_time()
    await store.read(lambda tx: find(tx, "ana", asked, SHOWN))
    return (time.perf_counter() - start) * 1000, (time.process_time() - used) * 1000


def _index_us(tongue: Tongue, count: int = 40_000, at_once: int = 500) -> float:
    """Processor time for the index of one message, in batches as an import writes them."""
    db = sqlite.connect_memory(sqlite.drivers()[0])
    db.execute(
        "CREATE VIRTUAL TABLE message_words USING fts5(words, content = '', columnsize = 0, tokenize = 'ascii')"
    )
    chance = random.Random(1)
    texts = [tongue.text(chance) for _ in range(count)]
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
