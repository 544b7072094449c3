"""How far the lists of a server have been read: ids in the server's order, which we never compare."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from careconsole.model.instant import from_us, to_us

OVERLAP = timedelta(minutes=5)
"""So much is read again at each poll, for what a server lists late. The store knows it already."""
KEPT_IDS = 41
"""At most one page is read again."""


@dataclass(slots=True)
class Cursor:
    """The newest entries of a list that were read, oldest first, with their times."""

    entries: list[tuple[str, datetime]] = field(default_factory=list)
    is_behind: bool = False
    """Whether the last poll left entries unread: then the next one goes on without overlap."""

    def start(self, now: datetime) -> str | None:
        """The id after which to read on: the last one before those of the overlap; None at the first time."""
        if self.entries and self.is_behind:
            return self.entries[-1][0]
        start = self.entries[0][0] if self.entries else None
        for entry_id, at in self.entries:
            if at > now - OVERLAP:
                break
            start = entry_id
        return start

    def advance(self, read: Iterable[tuple[str, datetime]], *, is_behind: bool = False) -> None:
        """Note what was read, oldest first; what is known keeps its place."""
        self.is_behind = is_behind
        known = {entry_id for entry_id, _ in self.entries}
        for entry_id, at in read:
            if entry_id not in known:
                known.add(entry_id)
                self.entries.append((entry_id, at))
        del self.entries[:-KEPT_IDS]

    def knows(self, entry_id: str) -> bool:
        """Whether an entry was read lately."""
        return any(entry_id == known for known, _ in self.entries)

    def as_json(self) -> dict[str, Any]:
        """For the state."""
        entries = [[entry_id, to_us(at)] for entry_id, at in self.entries]
        return {"entries": entries, "is_behind": self.is_behind}

    @classmethod
    def of(cls, value: Any) -> Cursor:
        """The cursor in a decoded state; raises what decoding raises if it is none."""
        entries = [(str(entry_id), from_us(int(us))) for entry_id, us in value["entries"]]
        return cls(entries, value["is_behind"] is True)


@dataclass(frozen=True, slots=True)
class Watched:
    """A post of ours whose comments are watched."""

    post_id: str
    at: datetime
    replies: int
    """How many replies it had at the last look."""
    top: str
    """The status from which its thread is read: itself, or the highest above it that is known."""


@dataclass(slots=True)
class PollState:
    """What a poll of an account goes on from."""

    mentions: Cursor = field(default_factory=Cursor)
    """Notifications."""
    conversations: Cursor = field(default_factory=Cursor)
    """Last statuses of conversations: a conversation's own id may change."""
    own: Cursor = field(default_factory=Cursor)
    """Statuses of our own account."""
    watched: list[Watched] = field(default_factory=list)
    """Our posts whose comments are watched, in order of writing."""

    @classmethod
    def of(cls, state: str | None) -> PollState:
        """The state in a JSON text; a fresh one if it is not one of ours."""
        try:
            record = json.loads(state or "")
            return cls(
                Cursor.of(record["mentions"]),
                Cursor.of(record["conversations"]),
                Cursor.of(record["own"]),
                [
                    Watched(str(post_id), from_us(int(us)), int(replies), str(top))
                    for post_id, us, replies, top in record["watched"]
                ],
            )
        except (ValueError, KeyError, TypeError, OverflowError):
            return cls()

    def text(self) -> str:
        """JSON."""
        return json.dumps(
            {
                "mentions": self.mentions.as_json(),
                "conversations": self.conversations.as_json(),
                "own": self.own.as_json(),
                "watched": [[each.post_id, to_us(each.at), each.replies, each.top] for each in self.watched],
            }
        )
