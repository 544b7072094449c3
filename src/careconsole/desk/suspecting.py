"""Troll or upset customer: the two tests of what waits, and whether it is the second provocation (product.md F21).

A hint for the agent who asks. It ranks, hides and resolves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from careconsole.desk.allowing import needs
from careconsole.desk.desk import Desk
from careconsole.language.provocation import Suspicion, suspicion_of
from careconsole.model.conversation import ConversationState, Disposition
from careconsole.model.rights import Verb
from careconsole.store import queue as kept_queue
from careconsole.store import troll
from careconsole.store.contract import ReadTx
from careconsole.store.rows import QueueRow
from careconsole.store.troll import Said


@dataclass(frozen=True, slots=True)
class Suspected:
    """What is known of a conversation that somebody takes for provocation."""

    row: QueueRow
    tests: Suspicion
    answered_once: bool
    """Whether we have answered a provocation of this customer before."""
    resolved_once: bool
    """Whether a round of this customer was resolved as provocation before."""

    @property
    def is_second(self) -> bool:
        """Whether another provocation came after one that was answered or resolved as such, and is open."""
        had_its_answer = self.answered_once or self.resolved_once
        return self.tests.is_suspected and had_its_answer and self.row.state is not ConversationState.RESOLVED


@needs(Verb.READ)
async def suspect(desk: Desk, conversation_id: int) -> Suspected | None:
    """The tests of what waits in a conversation, else of its newest message; None if there is none."""

    async def question(tx: ReadTx) -> tuple[QueueRow | None, list[Said]]:
        row = await kept_queue.one(tx, desk.agent, conversation_id)
        return row, await troll.said_by_customer(tx, conversation_id)

    row, said = await desk.store.read(question)
    if row is None:
        return None
    here = [each for each in said if each.conversation_id == conversation_id]
    asked = [each for each in here if each.is_open] or here[-1:]
    answered = resolved = False
    contacts = 0
    for earlier in _rounds(each for each in said if each not in asked):
        was_resolved = any(each.disposition == Disposition.PROVOCATION for each in earlier)
        if was_resolved or suspicion_of(_text(earlier)).is_suspected:
            resolved = resolved or was_resolved
            answered = answered or any(each.is_answered for each in earlier)
        else:
            contacts += 1
    return Suspected(row, suspicion_of(_text(asked), contacts), answered, resolved)


def _rounds(said: Iterable[Said]) -> list[list[Said]]:
    """The messages of each round of each conversation."""
    found: dict[tuple[int, int], list[Said]] = {}
    for each in said:
        found.setdefault((each.conversation_id, each.cycle), []).append(each)
    return list(found.values())


def _text(said: Sequence[Said]) -> str:
    return "\n".join(each.text for each in said)
