"""What an agent does to a conversation besides answering: resolve, kind, tier, VIP, undo."""

from __future__ import annotations

from careconsole.desk.allowing import needs
from careconsole.desk.desk import Desk
from careconsole.model.conversation import Disposition, HeldBy
from careconsole.model.message import Kind
from careconsole.model.rights import Verb
from careconsole.store import acts, customers
from careconsole.store import undo as kept_acts
from careconsole.store.acts import Done
from careconsole.store.undo import CannotUndo, Undone

__all__ = ["CannotUndo", "Done", "Undone", "resolve", "set_kind", "set_tier", "set_vip", "undo"]


@needs(Verb.RESOLVE)
async def resolve(
    desk: Desk, conversation_id: int, disposition: Disposition, fence: int | None = None
) -> Done | HeldBy | None:
    """End a conversation that is free or mine, under this fence if one is given; None if there is none such."""
    return await desk.store.write(
        lambda tx: acts.resolve(tx, conversation_id, desk.agent, disposition.value, fence)
    )


@needs(Verb.SET_KIND)
async def set_kind(desk: Desk, conversation_id: int, kind: Kind) -> Done | None:
    """Correct the kind of what waits; the conversation moves at once."""
    return await desk.store.write(lambda tx: acts.set_kind(tx, conversation_id, desk.agent, kind.value))


@needs(Verb.SET_TIER)
async def set_tier(desk: Desk, conversation_id: int, tier: int) -> Done | None:
    """Set tier 0, or lift it."""
    return await desk.store.write(lambda tx: acts.set_tier(tx, conversation_id, desk.agent, tier))


@needs(Verb.SET_VIP)
async def set_vip(desk: Desk, conversation_id: int, is_vip: bool, note: str) -> bool:
    """Mark the customer VIP with a note, or lift the mark; False if there is no such conversation."""
    return await desk.store.write(lambda tx: customers.set_vip(tx, conversation_id, desk.agent, is_vip, note))


@needs(Verb.UNDO, somewhere=True)
async def undo(desk: Desk) -> Undone | CannotUndo | None:
    """Take back my newest act; None if there is nothing left to take back."""
    return await desk.store.write(lambda tx: kept_acts.undo(tx, desk.agent))
