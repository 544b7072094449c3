"""One's own days as a scenario: customers write as they did, and react where they reacted; wants come from the rules."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from careconsole.channels.import_line import item_of
from careconsole.channels.recording import Said, load_recording, read_lines
from careconsole.desk.practice.known_keys import HEADER, LINE
from careconsole.desk.practice.scenario import BEGINS_AT, LONGEST_S
from careconsole.desk.practice.wanting import LONGEST_WAIT_S
from careconsole.desk.rules import Rules
from careconsole.language.emergency import EmergencyWords
from careconsole.language.private_data import GuardRules, find_private
from careconsole.language.reading import read
from careconsole.model.instant import rfc3339
from careconsole.model.message import Direction, Kind

OWN_FILE = "scenario.jsonl"
"""Where in the folder of a run its own scenario lies."""
QUIET_S = 300.0
"""So long nothing happens at most; where it was longer, the time between is left out."""
BEGINS_S = 10.0
"""So soon somebody writes at the latest where nobody waits at the start."""
EMERGENCY_MIN = 5
_LONGEST_MIN = 24 * 60
_NAME, _TITLE = "own-days", "Our own days"
_ABOUT = "What customers wrote to this desk; what they said to our answers comes when you have answered."


@dataclass(frozen=True, slots=True)
class OwnDays:
    """A scenario made from a recording."""

    text: str
    left_out: dict[str, int]
    """How many lines are not in it, by the reason in words."""


def scenario_of_days(source: Path, rules: Rules, guard: GuardRules | None = None) -> OwnDays:
    """The scenario of a recording; one that is a scenario already stays as it is. Raises ChannelError with the line."""
    _, header, numbered = read_lines(source)
    records = [record for _, record in numbered]
    if any("want" in record or "when" in record for record in records):
        return OwnDays(source.read_text("utf-8"), {})
    making = _Making(load_recording(source).happenings)
    for record in sorted(records, key=lambda record: float(record["t"])):
        making.take({name: value for name, value in record.items() if name in LINE})
    kept, duration_s = making.shortened()
    wants = _Wants(rules, guard)
    for line in kept:
        wants.put_into(line)
    head = _header({name: value for name, value in header.items() if name in HEADER}, kept, duration_s)
    text = "".join(f"{json.dumps(line, ensure_ascii=True)}\n" for line in (head, *kept))
    return OwnDays(text, dict(making.left_out))


def _header(header: dict[str, Any], lines: Iterable[dict[str, Any]], duration_s: float) -> dict[str, Any]:
    names = dict.fromkeys(str(line["account"]) for line in lines)
    listed = header.get("accounts") or []
    known = {each.get("name") for each in listed if isinstance(each, dict)}
    return {
        "begins_at": rfc3339(BEGINS_AT),
        **header,
        "scenario": _NAME,
        "title": header.get("title") or _TITLE,
        "about": _ABOUT,
        "accounts": [*listed, *({"name": name} for name in names if name not in known)],
        "duration_s": duration_s,
    }


@dataclass(slots=True)
class _Talk:
    """What was said so far between a customer and one of our accounts."""

    newest: str = ""
    """The id of the newest message of the customer."""
    answered_t: float | None = None
    """When we answered it, in the days as they were."""
    reaction: dict[str, Any] | None = None
    """The line of what the customer said to that, while no further answer came."""


@dataclass(slots=True)
class _Making:
    """Makes the lines of the scenario from those of the days."""

    happenings: dict[str, tuple[Any, ...]]
    lines: list[dict[str, Any]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    talks: dict[tuple[str, str], _Talk] = field(default_factory=dict)
    authors: dict[tuple[str, str], str] = field(default_factory=dict)
    ids: dict[tuple[str, str], str] = field(default_factory=dict)
    """By account and id: under which id a message is in the scenario, where no two have the same."""
    taken: set[str] = field(default_factory=set)
    kept: set[tuple[str, str]] = field(default_factory=set)
    """Account and id of what is said whatever the trainee does."""

    def __post_init__(self) -> None:
        for account, happenings in self.happenings.items():
            for each in happenings:
                if isinstance(each, Said):
                    self.authors.setdefault((account, each.item.external_id), each.item.author.handle)

    def take(self, record: dict[str, Any]) -> None:
        """Take the next line in the order of time."""
        account = str(record.get("account") or "import")
        changed = record.get("edit_of") or record.get("delete_of")
        if changed is None and (account, str(record["id"])) in self.ids:
            changed = record["id"]
            record = {"t": record["t"], "edit_of": changed, "text": record.get("text", "")}
        if changed is not None:
            self._change({**record, "account": account}, (account, str(changed)))
            return
        key = account, str(record["id"])
        self.ids[key] = id = key[1] if key[1] not in self.taken else f"{key[1]}~{len(self.ids)}"
        self.taken.add(id)
        answered = (account, str(record.pop("reply_to", None)))
        record = {**record, "account": account, "id": id}
        if answered in self.kept:
            record["reply_to"] = self.ids[answered]
        self._take_message(
            record, self.talks.setdefault((account, self.authors[key].casefold()), _Talk()), key
        )

    def _change(self, record: dict[str, Any], key: tuple[str, str]) -> None:
        """An edit or a deletion."""
        if key not in self.kept:
            self.left_out["an edit of what depends on an answer"] += 1
            return
        name = "edit_of" if "edit_of" in record else "delete_of"
        self.lines.append({**record, name: self.ids[key]})

    def _take_message(self, record: dict[str, Any], talk: _Talk, key: tuple[str, str]) -> None:
        t = float(record["t"])
        if record.get("direction") == Direction.OUT:
            self._take_answer(record, talk, key, t)
        elif talk.answered_t is not None and talk.newest:
            self._react(record, talk, t)
        elif talk.reaction is not None:
            talk.reaction["text"] = f"{talk.reaction['text']}\n{record['text']}"
            self.left_out["a further message of one reaction, joined to it"] += 1
        else:
            self._say(record, key)
            talk.newest = record["id"]

    def _take_answer(self, record: dict[str, Any], talk: _Talk, key: tuple[str, str], t: float) -> None:
        if t <= 0:
            self._say(record, key)
            talk.newest = ""
            return
        self.left_out["our own answers, which are yours to give"] += 1
        if talk.newest:
            talk.answered_t, talk.reaction = t, None

    def _react(self, record: dict[str, Any], talk: _Talk, t: float) -> None:
        assert talk.answered_t is not None
        after_s = min(LONGEST_WAIT_S, round(t - talk.answered_t, 1))
        record = {name: value for name, value in record.items() if name not in ("t", "reply_to")}
        record["when"] = {"to": talk.newest, "did": "answered", "after_s": after_s}
        self.lines.append(record)
        talk.newest, talk.answered_t, talk.reaction = record["id"], None, record

    def _say(self, record: dict[str, Any], key: tuple[str, str]) -> None:
        self.kept.add(key)
        self.lines.append(record)

    def shortened(self) -> tuple[list[dict[str, Any]], float]:
        """The lines without the quiet times between them, and how long they take in seconds."""
        before = moved = 0.0
        found: list[dict[str, Any]] = []
        gone: set[str] = set()
        for line in self.lines:
            t = line.get("t")
            if t is not None and t > 0:
                moved, before = moved + min(QUIET_S, t - before), t
                if not found:
                    moved = min(moved, BEGINS_S)
                line["t"] = round(moved, 2)
            named = line.get("edit_of") or line.get("delete_of") or line.get("when", {}).get("to")
            if moved > LONGEST_S - QUIET_S or named in gone:
                gone.add(str(line.get("id")))
                self.left_out["what comes after a whole day of practice"] += 1
            else:
                found.append(line)
        return found, min(LONGEST_S, round(moved + QUIET_S, 2))


@dataclass(slots=True)
class _Wants:
    """Says what a message wants, by the rules of the desk."""

    rules: Rules
    guard: GuardRules | None
    words: EmergencyWords = field(init=False)

    def __post_init__(self) -> None:
        self.words = EmergencyWords(self.rules.emergency)

    def put_into(self, line: dict[str, Any]) -> None:
        """Say so in the line, if it is a message of a customer."""
        if "id" not in line or line.get("direction") == Direction.OUT:
            return
        item = item_of(line, BEGINS_AT)
        reading = read(item.text, self.words)
        kind = item.kind or reading.kind
        private = [found.what for found in find_private(item.text, self.guard)]
        is_private = bool(private) or not item.visibility.is_public
        minutes = EMERGENCY_MIN if reading.emergency_word else self.rules.policy.targets_min[kind]
        minutes = max(1, min(_LONGEST_MIN, minutes))
        line["want"] = {
            "visibility": "private" if is_private else "either",
            "answer": kind is not Kind.NOISE,
            "ack_min": minutes,
            "why": _why(kind, minutes, private, bool(reading.emergency_word), is_private),
        }


def _why(kind: Kind, minutes: int, private: list[Any], is_emergency: bool, is_private: bool) -> str:
    if kind is Kind.NOISE:
        return "By the rules of your desk it is noise, which needs no answer."
    what = "an emergency" if is_emergency else f"of the kind {kind.value.replace('_', ' ')}"
    said = f"By the rules of your desk it is {what}, to be answered within {minutes} min"
    if private:
        return f"{said}, and in private, as it holds this: {', '.join(dict.fromkeys(private))}."
    return f"{said}, and in private, as it was asked." if is_private else f"{said}."
