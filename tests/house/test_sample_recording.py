"""The sample recording is complete, honest about its fiction, and holds what an agent meets in a day."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

FILE = Path(__file__).parents[2] / "samples" / "desk.jsonl"
LANGUAGES = {"en", "de", "ru", "zh", "hr", "et"}
STORM_S = range(2700, 3600)
MESSAGE_KEYS = {"t", "account", "id", "direction", "lang", "author", "text", "visibility"}
OPTIONAL_KEYS = {"reply_to", "parent", "kind"}
EMERGENCY_STEMS = (
    "stranded|medication|emergency|alone|gestrandet|in velsund fest|notfall|allein|застрял|лекарств|"
    "滞留|药|急|zapeli|inzulin|lõksu|ratastool"
)

Line = dict[str, Any]


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def header(lines: list[Line]) -> Line:
    return lines[0]


@pytest.fixture(scope="module")
def messages(lines: list[Line]) -> list[Line]:
    """Every message once: the later deliveries of an id are left out."""
    first: dict[tuple[str, str], Line] = {}
    for line in lines[1:]:
        if "id" in line:
            first.setdefault((line["account"], line["id"]), line)
    return list(first.values())


@pytest.fixture(scope="module")
def inbound(messages: list[Line]) -> list[Line]:
    return [message for message in messages if message["direction"] == "in"]


def _customer(message: Line) -> tuple[str, str]:
    return message["account"], message["author"]["handle"]


def test_the_header_names_accounts_vips_and_length(header: Line, inbound: list[Line]) -> None:
    assert set(header) == {"recording", "brand", "accounts", "vips", "duration_s"}
    assert header["recording"] == 1
    assert header["duration_s"] == 3 * 3600
    assert all(set(account) == {"name", "handle", "title"} for account in header["accounts"])
    assert {message["account"] for message in inbound} == {account["name"] for account in header["accounts"]}
    handles = {f"@{message['author']['handle']}" for message in inbound}
    assert header["vips"] and set(header["vips"]) <= handles
    assert len(header["vips"]) / len(handles) <= 0.05


def test_every_line_is_a_message_an_edit_or_a_deletion(lines: list[Line]) -> None:
    for line in lines[1:]:
        if "edit_of" in line:
            assert set(line) == {"t", "account", "edit_of", "text"}
        elif "delete_of" in line:
            assert set(line) == {"t", "account", "delete_of"}
        else:
            assert set(line) >= MESSAGE_KEYS, line
            assert set(line) <= MESSAGE_KEYS | OPTIONAL_KEYS, line
            assert set(line["author"]) == {"handle", "name", "reach"}
            assert not line["author"]["handle"].startswith("@")
            assert line["author"]["reach"] >= 0
            assert line["direction"] in {"in", "out"} and line["visibility"] in {"public", "private"}
            assert line["text"].strip()


def test_times_rise_and_stay_within_the_three_hours(lines: list[Line], header: Line) -> None:
    times = [line["t"] for line in lines[1:]]
    assert times == sorted(times) and len(set(times)) == len(times)
    assert all(isinstance(t, int) for t in times)
    assert -3 * 86400 < times[0] < 0 < times[-1] <= header["duration_s"]


def test_references_point_back_to_a_message_of_the_same_account(lines: list[Line]) -> None:
    seen: set[tuple[str, str]] = set()
    for line in lines[1:]:
        for key in ("reply_to", "edit_of", "delete_of"):
            if key in line:
                assert (line["account"], line[key]) in seen, line
        if "id" in line:
            seen.add((line["account"], line["id"]))
    ids = [remote_id for _, remote_id in seen]
    assert len(ids) == len(set(ids)), "an id is used on two accounts"


def test_a_reply_goes_to_the_same_customer_or_to_our_answer_to_them(messages: list[Line]) -> None:
    by_id = {message["id"]: message for message in messages}
    for message in messages:
        parent = by_id.get(message.get("reply_to", ""))
        if message["direction"] == "out":
            assert parent is not None and parent["direction"] == "in", message
        elif parent is not None:
            spoken = parent if parent["direction"] == "in" else by_id[parent["reply_to"]]
            assert _customer(spoken) == _customer(message), message


def test_the_day_is_large_enough(inbound: list[Line]) -> None:
    assert len(inbound) >= 150
    assert len({message["author"]["handle"] for message in inbound}) >= 85
    people = {message["author"]["handle"]: message["author"] for message in inbound}
    assert all(people[message["author"]["handle"]] == message["author"] for message in inbound)


def test_six_languages_each_in_its_own_script(messages: list[Line]) -> None:
    counts = Counter(message["lang"] for message in messages)
    assert set(counts) == LANGUAGES
    assert min(counts.values()) >= 15, counts
    for message in messages:
        assert bool(re.search("[а-яё]", message["text"], re.I)) == (message["lang"] == "ru"), message
        assert bool(re.search("[\u4e00-\u9fff]", message["text"])) == (message["lang"] == "zh"), message


def test_forty_conversations_wait_at_the_start(messages: list[Line]) -> None:
    by_id = {message["id"]: message for message in messages}
    waiting: dict[tuple[str, str], list[Line]] = {}
    before = [message for message in messages if message["t"] <= 0]
    for message in before:
        if message["direction"] == "in":
            waiting.setdefault(_customer(message), []).append(message)
        else:
            del waiting[_customer(by_id[message["reply_to"]])]
    assert len(waiting) == 40
    assert sum(map(len, waiting.values())) >= 45
    assert sum(message["direction"] == "out" for message in before) >= 4


def test_the_storm_is_a_spike(inbound: list[Line]) -> None:
    per_quarter = Counter(message["t"] // 900 for message in inbound if message["t"] > 0)
    storm = per_quarter.pop(STORM_S.start // 900)
    assert storm >= 40
    assert storm >= 3 * max(per_quarter.values()), per_quarter
    assert LANGUAGES == {message["lang"] for message in inbound if message["t"] in STORM_S}


def test_emergencies_are_rare_outside_the_storm(inbound: list[Line]) -> None:
    quiet = [message for message in inbound if message["t"] not in STORM_S]
    hits = [message for message in quiet if re.search(EMERGENCY_STEMS, message["text"], re.I)]
    assert 1 <= len(hits) <= 0.02 * len(quiet), [message["text"] for message in hits]
    stormy = [message for message in inbound if message["t"] in STORM_S]
    hits = [message for message in stormy if re.search(EMERGENCY_STEMS, message["text"], re.I)]
    assert {message["lang"] for message in hits} == LANGUAGES
    assert len(hits) <= 10


def test_what_a_network_does_to_us_is_in_it(lines: list[Line], inbound: list[Line]) -> None:
    deliveries: dict[str, list[Line]] = {}
    for line in lines[1:]:
        if "id" in line:
            deliveries.setdefault(line["id"], []).append({**line, "t": 0})
    again = [copies for copies in deliveries.values() if len(copies) > 1]
    assert 2 <= len(again) <= 5
    assert all(copy == copies[0] for copies in again for copy in copies)
    assert any(len(copies) == 3 for copies in again)
    edited = {line["edit_of"] for line in lines if "edit_of" in line}
    deleted = {line["delete_of"] for line in lines if "delete_of" in line}
    assert len(edited) >= 4 and len(deleted) >= 3
    assert not edited & {copies[0]["id"] for copies in again}, (
        "an old text delivered late would undo the edit"
    )
    said = Counter((_customer(message), message["text"]) for message in inbound)
    assert sum(count == 2 for count in said.values()) >= 2 and max(said.values()) == 2


def test_the_people_an_agent_meets_are_in_it(inbound: list[Line]) -> None:
    accounts: dict[str, set[str]] = {}
    for message in inbound:
        accounts.setdefault(message["author"]["handle"], set()).add(message["account"])
    assert sum(len(names) > 1 for names in accounts.values()) >= 1
    reaches = {message["author"]["handle"]: message["author"]["reach"] for message in inbound}
    assert 250_000 in reaches.values()
    assert Counter(message["author"]["handle"] for message in inbound)["truth_bird_77"] >= 4
    parents = [message["parent"] for message in inbound if "parent" in message]
    assert all(set(parent) == {"id", "text", "paid", "dark"} for parent in parents)
    kinds = {(parent["paid"], parent["dark"]) for parent in parents}
    assert kinds >= {(True, False), (True, True), (False, False)}
    assert sum(message["visibility"] == "private" for message in inbound) >= 10
    assert all(
        message["visibility"] == "private" for message in inbound if message["account"] == "ternavia-dm"
    )


def test_awkward_texts_are_in_it(inbound: list[Line]) -> None:
    texts = [message["text"] for message in inbound]
    assert any("[/b]" in text for text in texts)
    assert any("\u200f" in text for text in texts)
    assert any(len(word) > 80 for text in texts for word in text.split())
    assert not re.search(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]", FILE.read_text(encoding="utf-8")), (
        "marks that cannot be seen are written as escapes in the file"
    )


def test_nothing_in_it_leads_to_the_real_world(lines: list[Line]) -> None:
    text = "\n".join(line.get("text", "") for line in lines)
    urls = re.findall(r"(?:https?://|www\.)\S+", text)
    assert urls and all(re.match(r"https://(example\.org|[\w.-]+\.example)(/|$)", url) for url in urls)
    assert not re.findall(r"\S+@\S+\.\w{2,}", text), "no mail addresses"
    numbers = re.findall(r"\+\d[\d ]{6,}", text)
    assert all(number.startswith("+1 555 01") for number in numbers)
