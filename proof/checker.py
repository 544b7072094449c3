"""Read the history of a battle afterwards, with nothing but sqlite3 and json, and name every broken promise.

The event log stands in the order of the commits. What the log says, what the processes were told, and what the network
has must be one story.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ENDS = ("released", "skipped", "lost", "resolved", "snoozed", "assigned")
"""Events behind which nobody holds the conversation, if they name the fence under which it was held."""
ACCEPTED = ("queued", "sending", "waiting", "unknown", "sent")
GIVEN_BACK = ("cancelled", "failed")


@dataclass(frozen=True, slots=True)
class Event:
    """A row of the log."""

    seq: int
    kind: str
    agent: str | None
    conversation: int | None
    outbox: int | None
    details: dict[str, Any]


@dataclass(slots=True)
class History:
    """What is left of a battle."""

    desk: Path
    network: Path
    """A line for each post: its key, and the message that it answers."""
    lease_ns: int
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    outbox: list[dict[str, Any]] = field(default_factory=list)
    drafts: str = ""
    told: list[dict[str, Any]] = field(default_factory=list)

    def read(self) -> History:
        """Take in the desk and the journals beside the network's file."""
        db = sqlite3.connect(f"file:{self.desk}?mode=ro", uri=True)
        try:
            self.rows = db.execute("SELECT * FROM event ORDER BY seq").fetchall()
            names = [each[1] for each in db.execute("PRAGMA table_info(event)")]
            for row in self.rows:
                of = dict(zip(names, row, strict=True))
                self.events.append(
                    Event(
                        of["seq"],
                        of["kind"],
                        of["agent"],
                        of["conversation_id"],
                        of["outbox_id"],
                        json.loads(of["details"]),
                    )
                )
            columns = "id, conversation_id, agent, fence, state, text, reply_to_id, purpose, idempotency_key"
            for row in db.execute(f"SELECT {columns} FROM outbox"):
                self.outbox.append(dict(zip(columns.split(", "), row, strict=True)))
            self.drafts = "\n".join(row[0] for row in db.execute("SELECT text FROM draft"))
        finally:
            db.close()
        for journal in sorted(self.network.parent.glob("journal-*")):
            lines = journal.read_bytes().splitlines()
            self.told.extend(json.loads(line) for line in lines)
        return self

    def posts(self) -> Counter[str]:
        """How often each key was posted."""
        lines = self.network.read_text("ascii").splitlines() if self.network.exists() else []
        return Counter(line.split()[0] for line in lines)


def faults(history: History) -> list[str]:
    """Every broken promise as a sentence; none where all is well."""
    return [
        *_chain(history),
        *_fences(history),
        *_one_owner(history),
        *_robbed(history),
        *_dead_fences(history),
        *_answers(history),
        *_network(history),
        *_lost(history),
        *_said(history),
    ]


def _chain(history: History) -> Iterator[str]:
    """Each event carries the hash of the one before it and its own."""
    before = "0" * 64
    for place, row in enumerate(history.rows, 1):
        seq, *middle, prev_hash, own_hash = row
        fields = (seq, prev_hash, *middle)
        words = ",".join("null" if each is None else json.dumps(each, ensure_ascii=True) for each in fields)
        if seq != place or prev_hash != before:
            yield f"chain: event {seq} does not follow the one before it"
        elif hashlib.sha256(f"[{words}]".encode("ascii")).hexdigest() != own_hash:
            yield f"chain: event {seq} is not what was written"
        before = own_hash


def _fences(history: History) -> Iterator[str]:
    """Fences of a conversation rise."""
    last: dict[int | None, int] = {}
    for event in history.events:
        if event.kind == "claimed":
            fence = event.details["fence"]
            if fence <= last.get(event.conversation, 0):
                yield f"fences: conversation {event.conversation} was claimed under {fence} again (event {event.seq})"
            last[event.conversation] = fence


def _one_owner(history: History) -> Iterator[str]:
    """A fence belongs to one agent, and whatever names it was theirs."""
    owner: dict[tuple[int | None, int], str | None] = {}
    for event in history.events:
        fence = event.details.get("fence")
        if not fence or (event.kind == "resolved" and not event.details.get("held")):
            continue
        if event.kind == "claimed":
            owner.setdefault((event.conversation, fence), event.agent)
        of = owner.get((event.conversation, fence), event.agent)
        if of != event.agent:
            yield f"owner: fence {fence} of conversation {event.conversation} is of {of}, not {event.agent} (event {event.seq})"
    told: dict[tuple[int, int], str] = {}
    for line in history.told:
        if line["told"] == "claimed":
            key = (line["conversation"], line["fence"])
            if told.setdefault(key, line["agent"]) != line["agent"]:
                yield f"owner: {told[key]} and {line['agent']} were both told that they have {key}"


def _robbed(history: History) -> Iterator[str]:
    """Nobody gets what another was given within the lease, unless that one gave it back."""
    begun = {
        (line["conversation"], line["fence"]): line["begun_ns"]
        for line in history.told
        if line["told"] == "claimed"
    }
    known: dict[tuple[int, int], int] = {}
    for line in history.told:
        if line["told"] == "claimed":
            known.setdefault((line["conversation"], line["fence"]), line["at_ns"])
    held: dict[int, Event] = {}
    for event in history.events:
        if event.conversation is None:
            continue
        if event.kind == "claimed":
            before = held.pop(event.conversation, None)
            if before is not None and before.agent != event.agent:
                first = begun.get((event.conversation, before.details["fence"]))
                then = known.get((event.conversation, event.details["fence"]))
                if first is not None and then is not None and then < first + history.lease_ns:
                    yield (
                        f"robbed: {event.agent} got conversation {event.conversation} {(then - first) / 1e9:.2f} s "
                        f"behind {before.agent} (event {event.seq})"
                    )
            held[event.conversation] = event
        elif event.kind in ENDS and event.kind != "lost":
            held.pop(event.conversation, None)


def _dead_fences(history: History) -> Iterator[str]:
    """No reply is taken on under a fence that is dead, nor leaves while somebody else holds the conversation."""
    holder: dict[int, tuple[str | None, int]] = {}
    at_once = {line["outbox"] for line in history.told if line["told"] == "enqueued" and not line["hold"]}
    left: set[int | None] = (
        set()
    )  # what is queued once more had left before, under a fence that may be dead by now
    for event in history.events:
        if event.conversation is None:
            continue
        fence = event.details.get("fence", 0)
        if event.kind == "claimed":
            holder[event.conversation] = event.agent, fence
        elif event.kind in ENDS:
            holder.pop(event.conversation, None)
        elif event.kind == "queued" and event.outbox not in left:
            left.add(event.outbox)
            who = holder.get(event.conversation)
            if who is not None and who[0] != event.agent:
                yield (
                    f"fence: {event.agent} answered conversation {event.conversation} under {fence} while {who[0]} "
                    f"held it under {who[1]} (event {event.seq})"
                )
            elif event.outbox in at_once and who != (event.agent, fence):
                yield f"fence: {event.agent} answered conversation {event.conversation} under a dead {fence} (event {event.seq})"


def _answers(history: History) -> Iterator[str]:
    """A message has one accepted reply for each purpose at most, so a fence has one for each message and purpose."""
    names = ("conversation_id", "reply_to_id", "purpose")
    accepted = Counter(
        tuple(row[name] for name in names) for row in history.outbox if row["state"] in ACCEPTED
    )
    for key, count in accepted.items():
        if count > 1:
            yield f"answers: {count} accepted replies for {dict(zip(names, key, strict=True))}"


def _network(history: History) -> Iterator[str]:
    """Each key is posted once at most, what is called sent is there, and what is there is not called failed."""
    posts = history.posts()
    states = {row["idempotency_key"]: row["state"] for row in history.outbox}
    for key, count in posts.items():
        if count > 1:
            yield f"network: reply {key} was posted {count} times"
        if states.get(key) not in ("sent", "sending", "unknown"):
            yield f"network: reply {key} is there, but called {states.get(key)}"
    for key, state in states.items():
        if state == "sent" and key not in posts:
            yield f"network: reply {key} is called sent, but is not there"


def _lost(history: History) -> Iterator[str]:
    """What was taken on is sent, waits, is not known, or is a draft again; nothing else, and nothing is gone."""
    texts: dict[str, list[str]] = defaultdict(list)
    by_id = {row["id"]: row for row in history.outbox}
    for row in history.outbox:
        if row["state"] not in (*ACCEPTED, *GIVEN_BACK, "held"):
            yield f"lost: reply {row['id']} is in no state that there is: {row['state']}"
        texts["there" if row["state"] in (*ACCEPTED, "held") else "back"].append(row["text"])
    there = "\n".join(texts["there"]) + "\n" + history.drafts
    for line in history.told:
        if line["told"] != "enqueued":
            continue
        if line["outbox"] not in by_id:
            yield f"lost: reply {line['outbox']} of {line['agent']} was taken on and is gone"
        elif line["token"] not in there:
            yield f"lost: the words {line['token']} are neither sent nor on their way nor a draft"


def _said(history: History) -> Iterator[str]:
    """Nobody was told that the record is locked, or anything that is no result of theirs."""
    for line in history.told:
        if line["told"] in ("busy", "error"):
            yield f"{line['told']}: {line['agent']} was told: {line['sentence']}"
