"""Answered before: what this account really sent to messages like one that waits, fit to be used again.

Found by meaning where the extra is there and the messages have their vectors, else by words. An answer for one
person's eyes is never offered for others'; what names somebody is a hole, and what the guard finds private is not
offered at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest

from careconsole.desk.allowing import needs
from careconsole.desk.desk import Desk
from careconsole.desk.drafts import Beside, has_private
from careconsole.desk.suggesting import trigger_of
from careconsole.desk.vectors import Encoder, encoded_messages
from careconsole.language.amounts import amounts_in
from careconsole.language.detection import language_of
from careconsole.model.instant import from_us
from careconsole.model.message import Visibility
from careconsole.model.rights import Verb
from careconsole.model.search_words import indexed_words
from careconsole.model.voice import Brand
from careconsole.snippets.meaning import told_of
from careconsole.snippets.reusing import made_reusable
from careconsole.store import accounts as kept_accounts
from careconsole.store import past_answers, vectors
from careconsole.store.contract import ReadTx
from careconsole.store.past_answers import PastAnswer
from careconsole.store.rows import Account

MOST = 5
LOOKED_AT = 40
"""So many of the nearest are looked at until enough are fit."""
NEAR, SHARED = 0.85, 0.35
"""From here on a message counts as like another one: nearness of meaning, or share of what the words tell."""
ACROSS = 0.025
"""So much nearer two messages in one language are than in two, whatever they say."""
_OPEN_EYES = tuple(one.value for one in Visibility if one.is_public)
_ALL_EYES = tuple(one.value for one in Visibility)


@dataclass(frozen=True, slots=True)
class AnsweredBefore:
    """An answer that was sent, fit to be used again."""

    outbox_id: int
    asked: str
    """What it answered, without names, handles, links and numbers."""
    text: str
    """With holes where it named somebody."""
    language: str
    is_private: bool
    agent: str
    sent_at: datetime
    score: float
    """How like the messages are, to 1."""
    by: str
    """`meaning` or `words`."""


@needs(Verb.READ)
async def answered_before(
    desk: Desk,
    account: str,
    texts: Sequence[str],
    *,
    is_public: bool,
    brand: Brand,
    encoder: Encoder | None = None,
    leave_out: int = 0,
    most: int = MOST,
) -> list[AnsweredBefore]:
    """What an account answered to messages like these, of which the newest is given first; the likest first.

    `is_public`: the reply that is being written will be seen by others. `leave_out` is the conversation it is for.
    """
    told = next((told for text in texts if (told := told_of(text))), "")
    if not told:
        return []
    vector = b"" if encoder is None else (await encoded_messages(encoder, [told]))[0]
    eyes = _OPEN_EYES if is_public else _ALL_EYES

    async def question(tx: ReadTx) -> list[AnsweredBefore]:
        everything = await kept_accounts.all_accounts(tx)
        ours = next((one for one in everything if one.name == account), None)
        if ours is None:
            return []
        by, likest = "meaning", await _by_meaning(tx, encoder, vector, told, ours.id, eyes) if encoder else {}
        if not likest:
            by, likest = "words", await _by_words(tx, told, ours.id, eyes)
        ranked = [past for past in likest if past.conversation_id != leave_out]
        handles = [each.handle for each in everything if each.handle]
        return [
            fit
            for past in _once(ranked)
            if (fit := await _fit(tx, past, ours, handles, brand, likest[past], by)) is not None
        ][:most]

    return await desk.store.read(question)


Likest = dict[PastAnswer, float]
"""How like each is, the likest first."""


async def _by_meaning(
    tx: ReadTx, encoder: Encoder, vector: bytes, told: str, account_id: int, eyes: Sequence[str]
) -> Likest:
    kept = await vectors.of_answered(tx, encoder.model, account_id, eyes)
    near = encoder.near([each for _, each in kept])(vector)
    nearest = nlargest(LOOKED_AT, zip(near, (id for id, _ in kept), strict=True))
    found = await past_answers.past_answers(tx, [id for _, id in nearest], account_id, eyes)
    language = language_of(told).code
    scores = {
        found[id]: score + ACROSS * (found[id].language != language) for score, id in nearest if id in found
    }
    return _best({past: score for past, score in scores.items() if score >= NEAR})


async def _by_words(tx: ReadTx, told: str, account_id: int, eyes: Sequence[str]) -> Likest:
    scores = await past_answers.by_words(tx, indexed_words(told).split(), account_id, eyes, LOOKED_AT)
    found = await past_answers.past_answers(tx, [id for id, _ in scores], account_id, eyes)
    return _best({found[id]: score for id, score in scores if id in found and score >= SHARED})


def _best(scores: Likest) -> Likest:
    """The likest first, among equals the newest."""
    ranked = sorted(scores, key=lambda past: (-scores[past], -past.message_id))
    return {past: scores[past] for past in ranked}


def _once(ranked: Sequence[PastAnswer]) -> list[PastAnswer]:
    """Each answer once, the same words too, for the message that it fits best."""
    kept: dict[str, PastAnswer] = {}
    ids: set[int] = set()
    for past in ranked:
        if past.outbox_id not in ids:
            ids.add(past.outbox_id)
            kept.setdefault(" ".join(past.text.split()), past)
    return list(kept.values())


async def _fit(
    tx: ReadTx,
    past: PastAnswer,
    ours: Account,
    own_handles: Sequence[str],
    brand: Brand,
    score: float,
    by: str,
) -> AnsweredBefore | None:
    """The answer as it may be shown to whoever answers somebody else; None if it may not."""
    known = await past_answers.known_of(tx, past.customer_id)
    text = made_reusable(
        _without_amounts(past.text),
        names=known.names,
        handles=known.handles,
        own_handles=[*own_handles, ours.name],
        agent=past.agent,
    )
    if text is None or has_private(text, Beside(brand=brand)):
        return None
    if any(order in text for order in known.orders.split()):
        return None
    return AnsweredBefore(
        past.outbox_id,
        trigger_of(past.asked, [*known.names, *known.handles]),
        text,
        past.language,
        not Visibility(past.visibility).is_public,
        past.agent,
        from_us(past.sent_us),
        min(1.0, score),
        by,
    )


def _without_amounts(text: str) -> str:
    """The answer with holes for its amounts: what one customer was promised is not what the next one gets."""
    for amount in reversed(amounts_in(text)):
        text = f"{text[: amount.start]}{{{{amount}}}}{text[amount.end :]}"
    return text
