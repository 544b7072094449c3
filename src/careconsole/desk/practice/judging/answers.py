"""What was sent in a run, and what each reply answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from careconsole.desk.practice.judging.kept_run import KeptMessage, KeptReply, KeptRun
from careconsole.desk.practice.scenario import Want


@dataclass(frozen=True, slots=True)
class Sent:
    """A reply that left."""

    reply: KeptReply
    at_us: int
    answered: tuple[KeptMessage, ...]
    """What it answered, oldest first; at least the message that it was written to."""
    line: KeptReply | None = None
    """The public line beside it."""

    @property
    def conversation_id(self) -> int:
        """Where it was sent."""
        return self.reply.conversation_id


def sent_by(kept: KeptRun, agent: str) -> list[Sent]:
    """What an agent sent, in order; a public line stands with its private reply."""
    events = {row[10]: row for row in kept.log if row[1] == "sent"}
    lines = {
        reply.after_id: reply for reply in kept.replies.values() if reply.after_id and reply.id in events
    }
    found = []
    for outbox_id, row in events.items():
        reply = kept.replies.get(outbox_id)
        if reply is None or reply.agent != agent or reply.after_id is not None:
            continue
        ids = {*json.loads(row[11]).get("answers", ()), reply.reply_to_id}
        found.append(Sent(reply, row[2], tuple(kept.of_customer(ids)), lines.get(outbox_id)))
    return found


def wants_of(messages: tuple[KeptMessage, ...], wants: Mapping[str, Want]) -> list[Want]:
    """What the scenario says of these messages; of what is to be left only if there is nothing else."""
    known = [wants[one.external_id] for one in messages if one.external_id in wants]
    return [want for want in known if want.is_answered] or known


def is_answer_wanted(message: KeptMessage, wants: Mapping[str, Want]) -> bool:
    """Whether a message is to be answered; where the scenario is silent, it is."""
    want = wants.get(message.external_id)
    return want is None or want.is_answered
