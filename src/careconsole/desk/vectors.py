"""Vectors at a desk: made in a thread, in small parts, by one process at a time; kept in the record.

They are derived from what the record holds, so no event tells of them. Without the extra nothing of this happens.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from careconsole.desk.desk import Desk
from careconsole.language.encoder import Encoder, EncoderError, open_encoder, opener
from careconsole.snippets.library import Library
from careconsole.snippets.meaning import Meanings, sayings, told_of
from careconsole.store import learning, leases, vectors
from careconsole.store.contract import ReadTx
from careconsole.store.vectors import NOTHING, Wordy

__all__ = [
    "Encoder", "EncoderError", "OpenEncoder", "VectorKeeper", "encoded_messages", "meanings_of", "open_encoder",
    "opener", "read_message", "vectors_of",
]  # fmt: skip

AT_ONCE, PART = 8, 32
"""Texts that a thread encodes before it is given back, and messages that one transaction brings vectors."""
STRIDE = 500
"""Numbers of messages that are looked through at a time."""
MOST_BACK = 50_000
"""So many messages from before are given vectors; older ones are found by their words."""
BUSY_S, REST_S, OFF_S = 0.2, 5.0, 600.0
LEASE, LEASE_S = "vectors", 60.0
MOST_ASKED = 20
COMPARED_CHARS = 1_000
"""So many characters tell one text from another."""
_log = logging.getLogger("careconsole.desk")

OpenEncoder = Callable[[], Encoder | None]


async def encoded(encoder: Encoder, texts: Sequence[str]) -> list[bytes]:
    """The vectors of texts, of an empty one `NOTHING`; the event loop goes on meanwhile."""
    wordy = [text for text in texts if text]
    made: list[bytes] = []
    for start in range(0, len(wordy), AT_ONCE):
        made += await asyncio.to_thread(encoder.encode, wordy[start : start + AT_ONCE])
    found = iter(made)
    return [next(found) if text else NOTHING for text in texts]


async def encoded_messages(encoder: Encoder, texts: Sequence[str]) -> list[bytes]:
    """The same of what messages tell, without what is private in them."""
    return await encoded(encoder, [told_of(text) for text in texts])


class VectorKeeper:
    """Gives customers' messages their vectors: what was edited, what is new, then what was there before."""

    def __init__(self, desk: Desk, encoder_of: OpenEncoder) -> None:
        self._desk = desk
        self._open = encoder_of
        self._newest: int | None = None
        """Up to this number every message was looked at."""
        self._oldest = self._last = 0
        """From this number on; and where it ends."""
        self._rest_s = REST_S

    def pause_s(self) -> float:
        """How long to wait before the next part."""
        return self._rest_s

    async def keep(self) -> None:
        """Do the next part: a few messages at most."""
        encoder = await self._encoder() if _may_write(self._desk) else None
        if encoder is None:
            self._rest_s = OFF_S
            return
        self._rest_s = REST_S
        if not await self._has_work() or not await self._holds_lease():
            return
        found = await self._desk.store.read(lambda tx: self._next(tx, encoder.model))
        if found:
            made = await encoded_messages(encoder, [each.text for each in found])
            await _keep(self._desk, encoder.model, list(zip(found, made, strict=True)))
        self._rest_s = BUSY_S

    async def _encoder(self) -> Encoder | None:
        try:
            return await asyncio.to_thread(self._open)
        except EncoderError:
            _log.warning("the extra for meanings cannot be loaded; doctor says why")
            return None

    async def _has_work(self) -> bool:
        async def question(tx: ReadTx) -> bool:
            newest = await vectors.newest_message(tx)
            return newest > (self._newest or 0) or bool(await vectors.stale(tx, 1))

        return self._oldest > self._last or await self._desk.store.read(question)

    async def _holds_lease(self) -> bool:
        return await self._desk.store.write(lambda tx: leases.take_lease(tx, LEASE, LEASE_S)) is not None

    async def _next(self, tx: ReadTx, model: str) -> list[Wordy]:
        """At most a few messages; what was looked through and lacks nothing is not looked at again."""
        if found := await vectors.stale(tx, PART):
            return found
        newest = await vectors.newest_message(tx)
        if self._newest is None:
            self._newest, self._oldest, self._last = newest, newest, max(0, newest - MOST_BACK)
        if newest > self._newest:
            end = min(newest, self._newest + STRIDE)
            found = await vectors.lacking(tx, model, self._newest + 1, end)
            if len(found) <= PART:
                self._newest = end
        elif self._oldest > self._last:
            start = max(self._last, self._oldest - STRIDE)
            found = await vectors.lacking(tx, model, start + 1, self._oldest)
            if len(found) <= PART:
                self._oldest = start
        return found[:PART]


def _may_write(desk: Desk) -> bool:
    return not (desk.store.read_only or desk.store.damage)


async def _keep(desk: Desk, model: str, made: Sequence[tuple[Wordy, bytes]]) -> None:
    await desk.store.write(partial(vectors.keep, model=model, made=made))


async def vectors_of(
    desk: Desk, encoder: Encoder, conversation_id: int, texts: Sequence[str]
) -> Mapping[str, bytes]:
    """The vectors of texts of a conversation: those that are kept, and the others made now and kept."""
    model = encoder.model
    if _may_write(desk):
        found = await desk.store.read(lambda tx: vectors.lacking_in(tx, model, conversation_id, MOST_ASKED))
        if found:
            made = await encoded_messages(encoder, [each.text for each in found])
            await _keep(desk, model, list(zip(found, made, strict=True)))
    kept = await desk.store.read(lambda tx: vectors.in_conversation(tx, model, conversation_id))
    by_start = {text[:COMPARED_CHARS]: vector for text, vector in kept.items()}
    missing = [text for text in texts if text[:COMPARED_CHARS] not in by_start]
    more = dict(zip(missing, await encoded_messages(encoder, missing), strict=True))
    return {text: more[text] if text in more else by_start[text[:COMPARED_CHARS]] for text in texts}


def read_message(encoder: Encoder, meanings: Meanings, text: str) -> None:
    """Let the meaning of a message be known at once; it holds up whoever calls for some hundredths of a second."""
    told = told_of(text)
    meanings.learn({text: encoder.encode([told])[0] if told else NOTHING})


async def meanings_of(desk: Desk | None, encoder: Encoder, library: Library) -> Meanings:
    """What the answers of a library mean, with what the desk has learnt; what is new of it is made now and kept.

    Without a desk everything is made now: some hundredths of a second for each title, trigger and answer.
    """
    texts = [sayings(snippet) for snippet in library.snippets]
    known = await _of_texts(desk, encoder, [text for own in texts for text in own])
    learnt = {} if desk is None else await _of_learnt(desk, encoder)
    places = zip(library.snippets, texts, strict=True)
    return Meanings(
        encoder.near,
        [[*(known[text] for text in own), *learnt.get(snippet.id, ())] for snippet, own in places],
    )


async def _of_texts(desk: Desk | None, encoder: Encoder, texts: Sequence[str]) -> dict[str, bytes]:
    """Those that are kept, and the others made and kept a part at a time: who leaves meanwhile loses little."""
    marks = {text: vectors.mark_of(encoder.model, text) for text in texts}
    kept = {} if desk is None else await desk.store.read(vectors.of_snippets)
    missing = [text for text, mark in marks.items() if mark not in kept]
    for start in range(0, len(missing), PART):
        part = missing[start : start + PART]
        made = await encoded(encoder, part)
        kept |= (new := {marks[text]: vector for text, vector in zip(part, made, strict=True)})
        if desk is not None and _may_write(desk):
            await desk.store.write(partial(vectors.keep_snippets, made=new))
    if desk is not None and _may_write(desk) and not set(marks.values()) >= set(kept):
        await desk.store.write(partial(vectors.forget_snippets, still=set(marks.values())))
    return {text: kept[mark] for text, mark in marks.items()}


async def _of_learnt(desk: Desk, encoder: Encoder) -> dict[str, list[bytes]]:
    """By snippet the vectors of what was learnt for it."""
    model = encoder.model
    kept = await desk.store.read(lambda tx: vectors.of_triggers(tx, model))
    triggers = await desk.store.read(learning.learnt)
    missing = [trigger for trigger in triggers if trigger.id not in kept]
    vectors_made = await encoded(encoder, [trigger.text for trigger in missing])
    made = {trigger.id: vector for trigger, vector in zip(missing, vectors_made, strict=True)}
    if made and _may_write(desk):
        await desk.store.write(partial(vectors.keep_triggers, model=model, made=made))
    every = kept | made
    found: dict[str, list[bytes]] = {}
    for trigger in triggers:
        found.setdefault(trigger.snippet_id, []).append(every[trigger.id])
    return found
