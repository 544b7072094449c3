"""Prepared answers at a desk: written, found, suggested for a message, counted, and learnt from."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

from careconsole.desk.allowing import needs
from careconsole.desk.desk import Desk
from careconsole.language.detection import language_of
from careconsole.language.romanising import spellings
from careconsole.model.rights import Verb
from careconsole.snippets.library import Library
from careconsole.snippets.loading import Shelf
from careconsole.snippets.situation import Excess, Situation
from careconsole.snippets.snippet import Snippet
from careconsole.snippets.suggesting import Suggester, Suggestion
from careconsole.snippets.terms import terms_of, without_private
from careconsole.snippets.writing import ChangedMeanwhile, TakenAway, save, save_new, take_away
from careconsole.store import learning
from careconsole.store.contract import Tx
from careconsole.store.learning import LearntTrigger
from careconsole.store.text_index import MemoryTextIndex

__all__ = [
    "Excess", "LearntTrigger", "Situation", "Suggester", "Suggestion", "count_use", "learn", "learnt_triggers",
    "open_shelf", "open_suggester", "remove_trigger", "situation", "snippet_uses",
    "take_snippet_away", "triggers_by_snippet", "write_snippet",
]  # fmt: skip

SNIPPETS_FOLDER = "snippets"
LONGEST_TRIGGER = 200
FEWEST_WORDS = 2


def open_shelf(home: Path, bundled: Path, *, has_builtin: bool = True, patience_s: float = 0.0) -> Shelf:
    """The snippets of a home over the built-in ones; its libraries are searched in every way to type a title.

    `patience_s`: a file that was touched so short a time ago is looked at twice before it is called broken.
    """
    folders = [bundled, home / SNIPPETS_FOLDER]
    return Shelf(folders, has_builtin=has_builtin, spellings=spellings, patience_s=patience_s)


def open_suggester(library: Library, learnt: Mapping[str, Sequence[str]] | None = None) -> Suggester:
    """Suggestions from a library, through an index in the memory of this process. Raises StoreError without one."""
    return Suggester(library, MemoryTextIndex(), dict(learnt or {}))


def situation(
    text: str,
    *,
    account: str = "",
    agent: str = "",
    excess: Excess | None = None,
    today: date | None = None,
) -> Situation:
    """What narrows the choice of an answer to a text; its language does only where it is sure."""
    found = language_of(text)
    return Situation(found.code if found.is_sure else "", account, agent, excess, today)


@needs(Verb.EDIT_SNIPPET)
async def write_snippet(
    desk: Desk, snippet: Snippet, taken: Collection[str] = ()
) -> Snippet | ChangedMeanwhile:
    """Keep a snippet in the home; the snippet as it is there now. A built-in one becomes a copy in its place.

    Without an id it gets one from its title that is neither `taken` nor there. Raises CannotWrite.
    """
    folder = desk.home / SNIPPETS_FOLDER
    if not snippet.id:
        return await asyncio.to_thread(save_new, snippet, folder, taken)
    return await asyncio.to_thread(save, snippet, folder)


@needs(Verb.EDIT_SNIPPET)
async def take_snippet_away(desk: Desk, snippet: Snippet) -> TakenAway | ChangedMeanwhile:
    """Move the file of an own snippet out of the shelf. Raises CannotWrite, also for a built-in one.

    What was learnt for it stays in the record: it tells nothing while nothing has this id, and stands again when
    the file is moved back, or at once for the built-in one whose place it took.
    """
    return await asyncio.to_thread(take_away, snippet, desk.home / SNIPPETS_FOLDER)


@needs(Verb.LEARN)
async def learn(desk: Desk, snippet_id: str, conversation_id: int, text: str) -> LearntTrigger | None:
    """Keep the words of a message as a trigger of the snippet that answered it.

    Handles, links, digits and the customer's names are taken out first. None if too little is left, or if there
    is no such conversation.
    """

    async def body(tx: Tx) -> LearntTrigger | None:
        known = await learning.whose(tx, conversation_id)
        if known is None:
            return None
        customer_id, names = known
        words = trigger_of(text, names)
        if not words:
            return None
        return await learning.learn(
            tx, snippet_id=snippet_id, text=words, customer_id=customer_id, agent=desk.agent
        )

    return await desk.store.write(body)


def trigger_of(text: str, names: Sequence[str]) -> str:
    """The words of a text that may be kept, at most 200 characters; empty if they are fewer than two."""
    words = without_private(text, names)
    if len(words) > LONGEST_TRIGGER:
        words = words[:LONGEST_TRIGGER].rpartition(" ")[0] or words[:LONGEST_TRIGGER]
    terms = terms_of(words)
    return words if len(terms.words) + len(terms.pairs) >= FEWEST_WORDS else ""


@needs(Verb.READ)
async def learnt_triggers(desk: Desk) -> list[LearntTrigger]:
    """Every learnt trigger, by snippet, the newest first."""
    return await desk.store.read(learning.learnt)


@needs(Verb.REMOVE_TRIGGER)
async def remove_trigger(desk: Desk, trigger_id: int) -> bool:
    """Forget a learnt trigger; False if there is none of this number."""
    return await desk.store.write(lambda tx: learning.remove(tx, trigger_id))


@needs(Verb.READ)
async def triggers_by_snippet(desk: Desk) -> dict[str, list[str]]:
    """The learnt triggers as a suggester wants them."""
    return await desk.store.read(learning.learnt_by_snippet)


@needs(Verb.LEARN)
async def count_use(desk: Desk, snippet_id: str) -> None:
    """Count that a snippet was put into a reply."""
    await desk.store.write(lambda tx: learning.count_use(tx, snippet_id))


@needs(Verb.READ)
async def snippet_uses(desk: Desk) -> dict[str, int]:
    """How often each snippet was used at this desk: for `Library.take_uses`."""
    return await desk.store.read(learning.uses)
