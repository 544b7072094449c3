"""300 random wounds of 64 bytes: python -m proof.wounds. No text may be shown that was never written.

Each wound overwrites 64 bytes somewhere in a copy of one desk, every second one with letters. It is found at once (the
desk does not open, or a read fails with a sentence), by the quick check at the start, by the full check of
`careconsole doctor`, or it shows itself as a text marked as damaged. What is left is harmless: free space, or what no
text depends on.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from careconsole.model.message import Author, Item, Kind, Reading
from careconsole.store import accounts, acts, arrivals, row_hash, thread
from careconsole.store.contract import Store, StoreError
from careconsole.store.driver import Driver, drivers
from careconsole.store.opening import open_store
from careconsole.store.row_hash import DAMAGED
from careconsole.store.soundness import content_faults, file_faults

WOUNDS, BYTES = 300, 64
CONVERSATIONS, MESSAGES = 400, 6
_WORDS = (
    "parcel refund courier late damaged ticket flight seat invoice refunded again never today tomorrow answer please "
    "kettle window where when why still nobody told me that it was at the depot in Tartu Zagreb Leipzig Shanghai"
).split()


@dataclass
class Wounded:
    """What became of the wounds."""

    ways: Counter[str] = field(default_factory=Counter)
    """By the first way in which each was found."""
    wrong: list[str] = field(default_factory=list)
    """Wounds after which a text was shown that was never written: there must be none."""
    missing: list[str] = field(default_factory=list)
    """Wounds after which a text was not shown at all, and nothing had said so."""


async def make_desk(path: Path, driver: Driver, chance: random.Random, conversations: int) -> None:
    """A desk with messages of every length, notes, and edits."""
    now = datetime.now(UTC)
    async with open_store(path, create=True, driver=driver) as store:
        account_id = await store.write(lambda tx: accounts.add(tx, name="shop", network="file"))
        assert account_id is not None
        for number in range(conversations):
            author = Author(f"customer{number}", "Some Body")
            batch = [
                (
                    Item(f"m{number}-{each}", author, _text(chance), now - timedelta(minutes=number - each)),
                    Reading(Kind.QUESTION),
                )
                for each in range(MESSAGES)
            ]
            await store.write(lambda tx, batch=batch: arrivals.record(tx, account_id, batch))  # type: ignore[misc]
        for id in range(1, conversations + 1, 5):
            await store.write(lambda tx, id=id: acts.add_note(tx, id, "ana", _text(chance)))  # type: ignore[misc]
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _text(chance: random.Random) -> str:
    length = chance.choice((3, 8, 20, 40, 120, 900))
    return " ".join(chance.choice(_WORDS) for _ in range(length)) + f" {chance.getrandbits(48):x}"


def _scar(chance: random.Random, *, is_text: bool) -> bytes:
    """Random bytes, or letters and blanks: what a text may hold does not betray itself."""
    return bytes(chance.choices(b"abcdefghijklmno   ", k=BYTES)) if is_text else chance.randbytes(BYTES)


async def read_all(store: Store) -> dict[str, str]:
    """Every text of the desk by its key, as a console would show it."""
    ids = await store.read(lambda tx: tx.rows("SELECT id FROM conversation ORDER BY id"))
    told: dict[str, str] = {}
    for (id,) in ids:
        for entry in await store.read(lambda tx, id=id: thread.thread(tx, id)):  # type: ignore[misc]
            beside = (entry.author, entry.author_name, entry.parent, entry.attachments)
            told[f"{id}/{entry.key}"] = entry.text
            told[f"{id}/{entry.key} beside"] = DAMAGED if entry.text == DAMAGED else repr(beside)
    previews = f"SELECT id, {row_hash.sound('conversation')} FROM conversation"
    for id, preview in await store.read(lambda tx: tx.rows(previews)):
        told[f"{id}/preview"] = preview
    return told


async def look(path: Path, driver: Driver, known: dict[str, str]) -> tuple[str, list[str], bool]:
    """The first way in which a wound is found; the texts that are shown and were never written; whether any is missing.

    Texts are read whether or not the quick check has found something: a console paints before it has ended.
    """
    way, wrong, is_missing = "", [], False
    try:
        async with open_store(path, driver=driver) as store:
            told = await read_all(store)
            if any(text == DAMAGED for text in told.values()):
                way = "shown as damaged"
            wrong = [key for key, text in told.items() if text not in (DAMAGED, known.get(key))]
            is_missing = any(key not in told for key in known)
            if await store.examine():
                way = "quick check"
            elif not way and (file_faults(path, driver) or await content_faults(store)):
                way = "full check"
    except (StoreError, AssertionError, ValueError, KeyError, TypeError) as error:
        way = "error at once" if isinstance(error, StoreError) else f"error without a sentence: {error!r}"
    return way or "harmless", wrong, is_missing and way in ("", "shown as damaged")


async def wound(
    count: int = WOUNDS, seed: int = 1, driver: Driver | None = None, conversations: int = CONVERSATIONS
) -> Wounded:
    """Wound copies of one desk, one wound each, and look what is found."""
    chosen, chance, result = driver or drivers()[0], random.Random(seed), Wounded()
    folder = Path(tempfile.mkdtemp(prefix="careconsole-wounds-"))
    try:
        whole = folder / "whole.db"
        await make_desk(whole, chosen, chance, conversations)
        async with open_store(whole, driver=chosen) as store:
            known = await read_all(store)
        content = whole.read_bytes()
        for number in range(count):
            place = chance.randrange(len(content) - BYTES)
            scar = _scar(chance, is_text=bool(number % 2))
            hurt = folder / f"hurt{number}" / "desk.db"
            hurt.parent.mkdir()
            hurt.write_bytes(content[:place] + scar + content[place + BYTES :])
            way, wrong, is_missing = await look(hurt, chosen, known)
            result.ways[way] += 1
            where = f"wound {number} of seed {seed} at {place} ({way})"
            result.wrong += [f"{where}: {', '.join(wrong[:3])}"] if wrong else []
            result.missing += [where] if is_missing else []
            shutil.rmtree(hurt.parent)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return result


def main() -> int:
    """Wound, print what was found, and fail if a wrong text was shown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wounds", type=int, default=WOUNDS)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    result = asyncio.run(wound(options.wounds, options.seed))
    for way, count in result.ways.most_common():
        print(f"{count:5}  {way}")
    print(f"{len(result.wrong):5}  wrong texts shown")
    print(f"{len(result.missing):5}  texts missing without a word")
    for line in (*result.wrong, *result.missing):
        print(line)
    return 1 if result.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
