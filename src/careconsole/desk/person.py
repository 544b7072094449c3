"""The person behind a conversation: their card, their story on every account, what was promised to them."""

from __future__ import annotations

from careconsole.desk.allowing import needs
from careconsole.desk.desk import Desk
from careconsole.model.rights import Verb
from careconsole.store import identity_links, person
from careconsole.store.acts import Done
from careconsole.store.identity_links import Suggestion
from careconsole.store.person import Card, Contact, Facts, Identity, MarkedLine
from careconsole.store.rows import ThreadEntry

__all__ = [
    "Card",
    "Contact",
    "Facts",
    "Identity",
    "MarkedLine",
    "Suggestion",
    "card",
    "elsewhere",
    "keep_promise",
    "link",
    "revision",
    "set_facts",
    "suggestions",
]


async def card(desk: Desk, conversation_id: int) -> Card | None:
    """What an agent must know of a conversation's customer; None if there is no such conversation."""
    return await desk.store.read(lambda tx: person.card(tx, conversation_id))


async def elsewhere(desk: Desk, conversation_id: int) -> list[ThreadEntry]:
    """What was said in the person's other conversations, oldest first."""
    return await desk.store.read(lambda tx: person.elsewhere(tx, conversation_id))


async def revision(desk: Desk, conversation_id: int) -> int:
    """A number that rises whenever anything changes in any conversation of the person."""
    return await desk.store.read(lambda tx: person.revision(tx, conversation_id))


@needs(Verb.EDIT_CUSTOMER)
async def set_facts(desk: Desk, conversation_id: int, facts: Facts) -> Done | None:
    """Write down what is known of a conversation's customer; None if there is no such conversation."""
    return await desk.store.write(lambda tx: person.set_facts(tx, conversation_id, desk.agent, facts))


async def suggestions(desk: Desk, customer_id: int) -> tuple[Suggestion, ...]:
    """Who may be the same person as a customer, each with the reasons."""
    return await desk.store.read(lambda tx: identity_links.suggestions(tx, customer_id))


@needs(Verb.EDIT_CUSTOMER)
async def link(desk: Desk, conversation_id: int, other_id: int) -> Done | None:
    """State that a conversation's customer and another are one person; None if one of them is not there."""
    return await desk.store.write(lambda tx: identity_links.link(tx, conversation_id, other_id, desk.agent))


@needs(Verb.WRITE_NOTE)
async def keep_promise(desk: Desk, note_id: int) -> Done | None:
    """Mark a promise as kept; None if it is none, or kept already."""
    return await desk.store.write(lambda tx: person.keep_promise(tx, note_id, desk.agent))
