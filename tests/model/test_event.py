"""An event's hash is fixed for ever: a later version must verify what an earlier one wrote."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from careconsole.model.event import GENESIS, Detail, Event, EventKind, canonical_json, event_hash

CLAIMED = Event(
    kind="claimed",
    at_us=1_772_452_800_000_000,
    recorded_us=1_772_452_800_000_001,
    agent="ana",
    account_id=1,
    customer_id=2,
    conversation_id=3,
    cycle=1,
    message_id=None,
    outbox_id=None,
    details='{"fence":1}',
)
GOLDEN = "9322110c36983ec6b98353194375572408d362ef65a0cd3043a39d9ac5456f31"


def test_the_hash_of_an_event_never_changes() -> None:
    assert event_hash(CLAIMED, 7, GENESIS) == GOLDEN


def test_a_kind_that_this_version_does_not_know_still_has_its_hash() -> None:
    later = replace(CLAIMED, kind="of_a_later_version")
    assert len(event_hash(later, 7, GENESIS)) == 64
    assert later.kind not in set(EventKind)


OTHERS: dict[str, object] = {
    "kind": "released",
    "at_us": 1,
    "recorded_us": 1,
    "agent": None,
    "account_id": 9,
    "customer_id": 9,
    "conversation_id": 9,
    "cycle": 9,
    "message_id": 9,
    "outbox_id": 9,
    "details": "{}",
}


@pytest.mark.parametrize("name", [field.name for field in fields(Event)])
def test_no_field_can_change_unseen(name: str) -> None:
    changed = replace(CLAIMED, **{name: OTHERS[name]})  # type: ignore[arg-type]
    assert event_hash(changed, 7, GENESIS) != GOLDEN


def test_the_place_and_the_one_before_are_part_of_the_hash() -> None:
    assert event_hash(CLAIMED, 8, GENESIS) != GOLDEN
    assert event_hash(CLAIMED, 7, "1" * 64) != GOLDEN


def test_no_value_can_slip_from_one_field_into_the_next() -> None:
    one = replace(CLAIMED, message_id=4, outbox_id=None)
    other = replace(CLAIMED, message_id=None, outbox_id=4)
    assert event_hash(one, 7, GENESIS) != event_hash(other, 7, GENESIS)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [1, None, True]}, '{"a":[1,null,true],"b":1}'),
        ({"ž": "Žižek"}, '{"\\u017e":"\\u017di\\u017eek"}'),
        ([1.5, "x"], '[1.5,"x"]'),
    ],
)
def test_one_content_has_one_text(value: dict[str, Detail] | list[Detail], text: str) -> None:
    assert canonical_json(value) == text


def test_numbers_that_json_does_not_know_are_refused() -> None:
    with pytest.raises(ValueError):
        canonical_json([float("nan")])


def test_the_kinds_of_events_are_those_that_were_agreed() -> None:
    assert {kind.value for kind in EventKind} >= set(
        "arrived edited deleted kind_set tier_set claimed released lost opened focus skipped note queued cancelled "
        "sent failed unknown resolved reopened signed_on away back signed_off vip_set undone answered_elsewhere "
        "rules_set restored erased".split()
    )
