"""What the record must do, said a second time in the simplest way: the model of the state machine."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st
from tests.store.record_at_hand import FakeClock

from careconsole.model.assignment import Addressee, addressees
from careconsole.model.message import Kind
from careconsole.model.priority import Rank, RankPolicy, Waiting, rank
from careconsole.model.roster import Person, Roster
from careconsole.store import claims

LEASE_NS = claims.CLAIM_LEASE_S * 1_000_000_000
AGENTS = {"ana": 0, "ben": 1, "cem": 1}
"""Who sits at which console."""
SIGNED_ON = ("ana", "ben")
"""By console who is signed on there; cem works by commands alone."""
ROSTER = Roster(
    {
        "ana": Person("ana", "ana", is_senior=True),
        "ben": Person("ben", "ben", teams=frozenset({"billing"})),
        "cem": Person("cem", "cem", teams=frozenset({"legal"})),
    },
    ("billing", "legal"),
)
LIVE = ("held", "queued", "sending", "waiting", "unknown", "sent")


@dataclass
class Said:
    """A message of the model."""

    id: int
    at_us: int
    waits: bool = True
    answer: int | None = None


@dataclass
class Talk:
    """A conversation of the model."""

    customer: str
    messages: list[Said] = field(default_factory=list)
    is_resolved: bool = False
    holder: str | None = None
    console: int = 0
    fence: int = 0
    until_ns: int = 0
    asleep_until_us: int | None = None
    back_us: int | None = None
    """Since when it is back."""
    newest_reply: int = 0
    """When it came back."""
    owner: str | None = None
    team: str = ""
    moves: int = 0


@dataclass
class Reply:
    """A reply of the model."""

    talk: int
    agent: str
    console: int
    answered: Said
    seen_id: int
    state: str
    key: str
    sender: int | None = None
    sender_until_ns: int = 0
    crashes: int = 0
    """How many of its senders died."""
    after: int | None = None
    """Of a public line: the private reply that it follows."""


AGENT = st.sampled_from(list(AGENTS))
NUMBER = st.integers(0, 9)
CONSOLE = st.integers(0, 1)
WORDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "arrive": {
        "customer": st.sampled_from(["cara", "dan", "emil"]),
        "minute": st.integers(-90, 90),
        "again": st.booleans(),
    },
    "claim": {"agent": AGENT, "number": NUMBER},
    "claim_next": {"agent": AGENT},
    "release": {"agent": AGENT, "number": NUMBER},
    "resolve": {"agent": AGENT, "number": NUMBER},
    "assign": {
        "agent": AGENT,
        "number": NUMBER,
        "to": st.sampled_from(addressees(ROSTER, ())),
        "takes": st.booleans(),
        "says": st.booleans(),
    },
    "snooze": {"agent": AGENT, "number": NUMBER, "seconds": st.sampled_from([0, 30, 90])},
    "wake_due": {"console": CONSOLE},
    "time_passes": {"seconds": st.sampled_from([1, 20, 45, 70, 121])},
    "heartbeat": {"console": CONSOLE},
    "send": {
        "agent": AGENT,
        "number": NUMBER,
        "how": st.sampled_from(["claims first", "claims first", "claims first", "as it is", "late"]),
        "hold": st.booleans(),
        "line": st.booleans(),
    },
    "let_go": {"number": NUMBER, "console": CONSOLE},
    "withdraw": {"number": NUMBER},
    "a_console_dies": {"console": CONSOLE},
    "deliver": {
        "console": CONSOLE,
        "fate": st.sampled_from(["sent", "lost", "never came", "busy", "refused", "dies", "dies after"]),
        "later_s": st.sampled_from([0, 0, 0, 61]),
    },
    "look_up": {"console": CONSOLE, "may_go_on": st.sampled_from([True, True, False])},
}


class PlainModel:
    """Conversations, their holders and their replies, as plain objects."""

    clock: FakeClock
    talks: dict[int, Talk]
    replies: dict[int, Reply]

    def live(self, talk: Talk) -> bool:
        return talk.holder is not None and talk.until_ns > self.clock.ns

    def any_in(self, *states: str) -> bool:
        return any(reply.state in states for reply in self.replies.values())

    def pick(self, number: int) -> int:
        return sorted(self.talks)[number % len(self.talks)]

    def picked_reply(self, number: int, *states: str) -> int | None:
        found = sorted(id_ for id_, reply in self.replies.items() if reply.state in states)
        return found[number % len(found)] if found else None

    def answer(self, reply_id: int) -> None:
        reply = self.replies[reply_id]
        limit = max(reply.seen_id, reply.answered.id)
        for message in self.talks[reply.talk].messages:
            not_newer = (message.at_us, message.id) <= (reply.answered.at_us, reply.answered.id)
            if message.waits and message.id <= limit and not_newer:
                message.waits, message.answer = False, reply_id

    def give_back(self, reply_id: int) -> None:
        talk = self.talks[self.replies[reply_id].talk]
        for message in talk.messages:
            if message.answer == reply_id:
                message.waits, message.answer, talk.is_resolved = True, None, False

    def line_of(self, reply_id: int) -> list[int]:
        """The public line of a private reply, as long as it waits for that to be sent."""
        return [
            id_
            for id_, reply in self.replies.items()
            if reply.after == reply_id and reply.state in ("held", "queued")
        ]

    def stop_line(self, reply_id: int) -> None:
        for line in self.line_of(reply_id):
            self.replies[line].state = "cancelled"

    def wake(self, talk: Talk, since_us: int) -> None:
        talk.asleep_until_us, talk.back_us, talk.newest_reply = None, since_us, max(self.replies, default=0)

    def is_back(self, id_: int) -> bool:
        talk = self.talks[id_]
        on_its_way = ("queued", "sending", "waiting", "sent")
        answered = any(
            reply.talk == id_ and own > talk.newest_reply and reply.state in on_its_way
            for own, reply in self.replies.items()
        )
        return talk.back_us is not None and not talk.is_resolved and not answered

    def is_hidden(self, id_: int) -> bool:
        unknown = any(reply.talk == id_ and reply.state == "unknown" for reply in self.replies.values())
        return self.talks[id_].asleep_until_us is not None and not unknown

    def rank(self, id_: int) -> Rank:
        talk = self.talks[id_]
        waiting = [Waiting(Kind.QUESTION, each.at_us) for each in talk.messages if each.waits]
        waiting = waiting or [Waiting(Kind.QUESTION, talk.back_us or 0)]
        return rank(waiting, RankPolicy())  # one account, so nobody waits on a second channel

    def key(self, id_: int) -> tuple[int, int, int, int]:
        found = self.rank(id_)
        return (found.tier, found.effective_due_us, found.waiting_since_us, id_)

    def queue(self) -> list[int]:
        waiting = [
            id_
            for id_, talk in self.talks.items()
            if not self.is_hidden(id_) and (any(each.waits for each in talk.messages) or self.is_back(id_))
        ]
        return [key[3] for key in sorted(self.key(id_) for id_ in waiting)]

    def is_first_for_another(self, id_: int, agent: str) -> bool:
        talk = self.talks[id_]
        if self.rank(id_).due_us <= self.clock.wall_us + 300_000_000 or talk.owner == agent:
            return False
        members = ROSTER.members(talk.team) if talk.team else frozenset()
        return talk.owner in SIGNED_ON or (agent not in members and bool(members & {*SIGNED_ON}))

    def move(self, talk: Talk, to: Addressee) -> None:
        owner, team = (to.name, "") if to.kind == "person" else (None, to.name)
        if (owner, team if owner is None else talk.team) != (talk.owner, talk.team):
            talk.moves += 1
        talk.owner, talk.team = owner, team

    def blocked(self, reply: Reply) -> bool:
        own = next(id_ for id_, each in self.replies.items() if each is reply)
        if reply.after is not None and self.replies[reply.after].state != "sent":
            return True
        return any(
            each.talk == reply.talk
            and id_ < own
            and each.state in ("queued", "sending", "waiting", "unknown")
            for id_, each in self.replies.items()
        )

    def possible(self) -> list[tuple[str, int]]:
        held = any(talk.holder for talk in self.talks.values())
        on_its_way = self.any_in("queued", "sending", "waiting", "unknown")
        return [
            ("arrive", 3),
            ("claim", 2),
            ("claim_next", 3),
            ("send", 4),
            ("resolve", 1),
            ("assign", 3),
            ("snooze", 2),
            ("wake_due", 2 if any(talk.asleep_until_us is not None for talk in self.talks.values()) else 0),
            ("release", 1 if held else 0),
            ("time_passes", 2 if held or on_its_way else 0),
            ("heartbeat", 1 if held else 0),
            ("let_go", 2 if self.any_in("held") else 0),
            ("withdraw", 1 if on_its_way or self.any_in("held") else 0),
            ("a_console_dies", 1 if self.any_in("held") else 0),
            ("deliver", 5 if self.any_in("queued", "waiting") else 0),
            ("look_up", 3 if self.any_in("sending", "unknown") else 0),
        ]
