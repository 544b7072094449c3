"""The guard of replies (F04): what cannot leave, what is refused once, what is only said.

The review of the console and the command `reply` go by the same findings. In the review a second press of the key
says that a refused reply is meant; by command an option says so, and only private data is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from careconsole.desk import reading
from careconsole.desk.desk import Desk
from careconsole.desk.drafts import beside, guard_draft
from careconsole.desk.person import card
from careconsole.model.message import Visibility
from careconsole.model.reply import Limits
from careconsole.model.voice import Brand
from careconsole.store.rows import QueueRow

if TYPE_CHECKING:
    from careconsole.language.drafts import DraftFinding


@dataclass(frozen=True, slots=True)
class Guarded:
    """What the guard says of a reply that leaves without a review."""

    row: QueueRow
    visibility: Visibility
    """For whose eyes it was looked at: with this one it must be sent."""
    cannot: tuple[DraftFinding, ...]
    """Why it cannot leave like this: too long, an open hole."""
    private: tuple[DraftFinding, ...]
    """What should not be public, of a public reply."""
    doubts: tuple[DraftFinding, ...]
    """What is only said: another language than the customer's, another amount than was decided."""


async def guard(
    desk: Desk,
    conversation_id: int,
    text: str,
    visibility: Visibility | None,
    brand_of: Callable[[str], Brand],
) -> Guarded | None:
    """Look at a reply to a conversation's newest message; None if there is no such conversation.

    `visibility` None is that of the message; `brand_of` gives what the house says of an account, by its name.
    """
    row = await reading.queue_row(desk, conversation_id)
    if row is None:
        return None
    kept, entries = await card(desk, conversation_id), await reading.thread(desk, conversation_id)
    limits = next((one.limits for one in await reading.accounts(desk) if one.id == row.account_id), Limits())
    decision = kept.decision.text if kept and kept.decision else ""
    wanted = row.visibility if visibility is None else visibility
    found = guard_draft(
        text,
        beside(desk, row.kind, entries, brand_of(row.account), decision),
        is_public=wanted.is_public and row.visibility.is_public,  # never wider than the message answered
        length=limits.length(text, row.handle),
        limit=limits.max_chars,
    )
    asks = asking(found)
    private = tuple(one for one in asks if is_private(one))
    return Guarded(
        row, wanted, tuple(blocking(found)), private, tuple(one for one in asks if not is_private(one))
    )


def blocking(findings: Sequence[DraftFinding]) -> list[DraftFinding]:
    """Those with which a reply cannot leave."""
    return [found for found in findings if found.weight == "blocks"]


def asking(findings: Sequence[DraftFinding]) -> list[DraftFinding]:
    """Those for which a reply is refused once."""
    return [found for found in findings if found.weight == "asks"]


def advising(findings: Sequence[DraftFinding]) -> list[DraftFinding]:
    """Those that are a thought only."""
    return [found for found in findings if found.weight == "advises"]


def is_private(found: DraftFinding) -> bool:
    """Whether a finding is something that should not be public."""
    from careconsole.language.drafts import PRIVATE_WORDS

    return found.what in PRIVATE_WORDS


def masked_words(text: str, found: DraftFinding) -> str:
    """What was found, where, and masked: `a card number (line 2, character 11: **** **** **** 1111)`."""
    from careconsole.language.drafts import PRIVATE_WORDS
    from careconsole.language.private_data import masked

    before = text[: found.start].split("\n")
    line = f"line {len(before)}, " if "\n" in text.strip() else ""
    return f"{PRIVATE_WORDS[found.what]} ({line}character {len(before[-1]) + 1}: {masked(found.what, found.text)})"
