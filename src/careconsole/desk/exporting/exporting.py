"""Write the desk's days as a recording in which names, numbers and addresses are others, the same for the same."""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from careconsole.desk.allowing import needs
from careconsole.desk.desk import Desk
from careconsole.desk.exporting.days import Days, Told, days_of
from careconsole.language.anonymising.anonymiser import Anonymiser, Doubt, Gathered
from careconsole.language.anonymising.known_names import words_in
from careconsole.language.private_data import GuardRules
from careconsole.model.instant import from_us, rfc3339, to_us
from careconsole.model.message import Direction, ParentPost
from careconsole.model.rights import Verb

SCENARIO = "own-days"
"""What the recording is called as a scenario."""
SECOND_US = 1_000_000
LONGEST_BEFORE_S = 24 * 3600.0
"""What waited when the days began is said to have come so long before at most."""
_KEPT_DIGITS = 2
"""Of the number of followers: the whole of it could be looked up."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A recording, and what is in it and not."""

    recording: str
    messages: int
    answers: int
    left_out: dict[str, int]
    """How many messages and earlier texts were left out, by the reason in words."""


@needs(Verb.EXPORT, somewhere=True)
async def export_days(desk: Desk, since_us: int, guard: GuardRules | None = None) -> Exported:
    """The days since then as a recording. `guard`: what the brands know of their numbers.

    The stand-ins come from a salt that is made here and kept nowhere. Accounts where the agent may not export are
    left out.
    """
    until_us = to_us(desk.now())
    agents = [word for person in desk.roster.people.values() for word in (person.name, person.os_user)]
    days = await desk.store.read(
        lambda tx: days_of(
            tx, since_us, until_us, (desk.agent, *agents), lambda name: desk.may(Verb.EXPORT, name)
        )
    )
    return recording_of(days, since_us, until_us, secrets.token_bytes(32), guard)


def recording_of(
    days: Days, since_us: int, until_us: int, salt: bytes, guard: GuardRules | None = None
) -> Exported:
    """The recording of some days, with the stand-ins that this salt makes."""
    writing = _Writing(days, since_us, Anonymiser(_gathered(days, guard), salt))
    lines = sorted(writing.lines(), key=lambda line: line["t"])
    header = writing.header(until_us)
    told = "".join(f"{_json(line)}\n" for line in (header, *lines))
    left_out = {doubt.value: number for doubt, number in writing.doubts.items()}
    if days.damaged:
        left_out["damaged on the disk"] = days.damaged
    said = Counter(line.get("direction") for line in lines)
    return Exported(told, said["in"], said["out"], left_out)


def _json(line: dict[str, Any]) -> str:
    """The line as people read it too: only what a terminal might obey is escaped."""
    told = json.dumps(line, ensure_ascii=False)
    return (
        told
        if told.isprintable()
        else "".join(sign if sign.isprintable() else json.dumps(sign)[1:-1] for sign in told)
    )


def _gathered(days: Days, guard: GuardRules | None) -> Gathered:
    ours = [word for _, name, handle in days.accounts for word in (name, handle.partition("@")[0])]
    own = frozenset(each for word in ours for each in (*words_in(word), word.casefold()))
    guard = replace(guard or GuardRules(), own=frozenset())  # our own numbers would say whose desk it is
    gathered = Gathered(own=own, guard=guard)
    for handle in (*days.handles, *(each.handle for each in days.messages)):
        gathered.known.add_handle(handle)
    for name in days.names:
        gathered.known.add_name(name)
    for message in days.messages:
        for text in message.texts:
            gathered.take(text)
    return gathered


@dataclass(slots=True)
class _Writing:
    """Makes the lines of a recording one after another."""

    days: Days
    since_us: int
    anonymiser: Anonymiser
    doubts: Counter[Doubt] = field(default_factory=Counter)
    ids: dict[tuple[int, str], str] = field(default_factory=dict)
    """By account and external id: under which id a message is in the recording."""
    posts: dict[tuple[int, str], str] = field(default_factory=dict)
    """The same of the posts that messages stand under."""
    vips: dict[str, None] = field(default_factory=dict)

    def header(self, until_us: int) -> dict[str, Any]:
        """The first line."""
        accounts = [
            {"name": self._account(id), "handle": self._own(handle.partition("@")[0] or self._account(id))}
            for id, _, handle in self.days.accounts
        ]
        return {
            "recording": 1,
            "scenario": SCENARIO,
            "title": "Our own days",
            "about": "What customers wrote to this desk, under other names and with other numbers.",
            "accounts": accounts,
            "vips": list(self.vips),
            "duration_s": max(1.0, self._s(until_us)),
            "begins_at": rfc3339(from_us(self.since_us)),
        }

    def lines(self) -> Iterator[dict[str, Any]]:
        """A line for every message, edit and deletion that can be told."""
        for message in self.days.messages:
            yield from self._lines_of(message)

    def _lines_of(self, message: Told) -> Iterator[dict[str, Any]]:
        texts = [(each, self.anonymiser.text(each.text)) for each in message.versions]
        doubts = [text for _, text in texts if isinstance(text, Doubt)]
        self.doubts.update(doubts)
        sound = [(each, text) for each, text in texts if not isinstance(text, Doubt)]
        if not sound:
            return
        id = f"m{len(self.ids) + 1}"
        self.ids[message.account_id, message.external_id] = id
        account, t = (
            self._account(message.account_id),
            max(-LONGEST_BEFORE_S, self._s(message.versions[0].since_us)),
        )
        yield self._first(message, account, id, t, sound[0][1])
        for version, text in sound[1:]:
            yield {"t": max(t, self._s(version.since_us)), "account": account, "edit_of": id, "text": text}
        if message.deleted_us is not None:
            yield {"t": max(t, self._s(message.deleted_us)), "account": account, "delete_of": id}

    def _first(self, message: Told, account: str, id: str, t: float, text: str) -> dict[str, Any]:
        handle = self.anonymiser.handle(message.handle)
        if message.is_vip:
            self.vips.setdefault(handle)
        author = {
            "handle": handle,
            "name": self.anonymiser.name(message.name),
            "reach": _rounded(message.reach),
        }
        line = {
            "t": t,
            "account": account,
            "id": id,
            "direction": message.direction.value,
            "author": author,
            "visibility": "private" if message.is_private else "public",
            "text": text,
        }
        if message.reply_to is not None and (message.account_id, message.reply_to) in self.ids:
            line["reply_to"] = self.ids[message.account_id, message.reply_to]
        if message.kind and message.direction is Direction.IN:
            line["kind"] = message.kind
        if message.parent is not None:
            line["parent"] = self._parent(message.account_id, message.parent)
        if message.attachments:
            line["attachments"] = [
                {"type": self._aside(each.type), "alt": self._aside(each.alt)} for each in message.attachments
            ]
        return line

    def _parent(self, account_id: int, parent: ParentPost) -> dict[str, Any]:
        id = self.posts.setdefault((account_id, parent.id), f"p{len(self.posts) + 1}")
        return {"id": id, "text": self._aside(parent.text), "paid": parent.is_paid, "dark": parent.is_dark}

    def _aside(self, text: str) -> str:
        """A text beside a message; empty, and counted, where it cannot be told."""
        told = self.anonymiser.text(text)
        if isinstance(told, Doubt):
            self.doubts[told] += 1
            return ""
        return told

    def _account(self, id: int) -> str:
        """What an account is called: its name, unless somebody is called so."""
        name = next(name for each, name, _ in self.days.accounts if each == id)
        return name if self._own(name) == name else f"account-{id}"

    def _own(self, word: str) -> str:
        told = self.anonymiser.text(word)
        return "ours" if isinstance(told, Doubt) else told

    def _s(self, us: int) -> float:
        return round((us - self.since_us) / SECOND_US, 3)


def _rounded(reach: int) -> int:
    """The number of followers, to two digits."""
    step = int(10 ** max(0, len(str(reach)) - _KEPT_DIGITS))
    return reach // step * step
