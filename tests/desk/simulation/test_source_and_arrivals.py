"""What is simulated: messages read as the desk reads them, and played at any load with the same work."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from math import exp
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.desk.simulation.weeks import MIN_US, SAMPLE, sample

from careconsole.channels.recording import Said, load_recording
from careconsole.desk.rules import Rules
from careconsole.desk.simulation import source as source_room
from careconsole.desk.simulation import work
from careconsole.desk.simulation.arrivals import (
    JITTER_MIN,
    TooManyArrivals,
    arrivals_of,
    days_of,
    most_load,
    rounds_of,
)
from careconsole.desk.simulation.source import (
    RECORDED_AT,
    NothingToSimulate,
    Source,
    source_of_lines,
    source_of_recording,
)
from careconsole.language.coach import measure
from careconsole.model.instant import to_us
from careconsole.model.message import Direction, Kind
from careconsole.model.priority import RankPolicy

SOURCE = sample()


def line(number: int, text: str = "Where is my parcel?", minute: int = 0, **more: Any) -> bytes:
    at = f"2026-03-{2 + minute // 1440:02}T{minute // 60 % 24:02}:{minute % 60:02}:00Z"
    known = {"id": f"m{number}", "author": {"handle": f"c{number}"}, "text": text, "at": at, **more}
    return json.dumps(known).encode()


def read(lines: Iterable[bytes], rules: Rules | None = None) -> Source:
    return source_of_lines(lines, rules or Rules())


# --- the source ---


def test_the_sample_is_there_whole_and_says_what_is_left_out() -> None:
    lines = [json.loads(each) for each in SAMPLE.read_text("utf-8").splitlines()[1:]]
    incoming = {(each["account"], each["id"]) for each in lines if each.get("direction") == "in"}
    assert SOURCE.messages == len(incoming)
    assert SOURCE.answers == sum(each.get("direction") == "out" for each in lines)
    assert SOURCE.edits == sum("edit_of" in each or each.get("direction") == "in" for each in lines) - len(
        incoming
    )
    assert sum(said.gone_us is not None for each in SOURCE.people for said in each) == len(
        {each["delete_of"] for each in lines if "delete_of" in each}
    )


def test_the_sample_has_emergencies_and_its_vips() -> None:
    said = [one for each in SOURCE.people for one in each]
    assert sum(one.is_emergency for one in said) > 5
    assert 3 <= len({one.waiting.at_us for one in said if one.is_vip}) < len(said) / 10


def test_a_recordings_seconds_are_times_of_a_day() -> None:
    recording = load_recording(
        '{"recording": 1, "vips": ["@Dana"]}\n' + line(1).decode().replace('"at"', '"t": 60, "x"')
    )
    found = source_of_recording(recording, Rules()).people[0][0]
    assert found.waiting.at_us == to_us(RECORDED_AT) + MIN_US


def test_a_line_is_read_by_the_rules_of_the_desk() -> None:
    rules = Rules(RankPolicy(vips=frozenset({"c2"})), emergency={"en": ("on fire",)})
    found = read(
        [
            line(1, "the boiler is on fire", author={"handle": "@C1", "reach": 70_000}),
            line(2, "You are the worst, this is an outrage", parent={"id": "p", "paid": True}),
            line(3, "hello", kind="idea"),
        ],
        rules,
    )
    fire, upset, idea = (each[0] for each in found.people)
    assert (fire.is_emergency, fire.is_vip, fire.waiting.reach) == (True, False, 70_000)
    assert (upset.is_emergency, upset.is_vip, upset.waiting.is_paid, upset.waiting.is_negative) == (
        False,
        True,
        True,
        True,
    )
    assert idea.waiting.kind is Kind.IDEA


def test_one_customer_is_one_handle_on_one_account() -> None:
    dana = {"author": {"handle": "dana"}}
    found = read(
        [
            line(1, minute=9, **dana),
            line(2, **{"author": {"handle": "@DANA"}}),
            line(3, account="shop", **dana),
        ]
    )
    assert [len(each) for each in found.people] == [2, 1]
    assert [one.waiting.at_us for one in found.people[0]] == sorted(
        one.waiting.at_us for one in found.people[0]
    )


def test_our_answers_and_later_versions_are_counted_and_left_out() -> None:
    found = read([line(1), line(1, "edited"), line(2, direction="out"), b"", b"  "])
    assert (found.messages, found.answers, found.edits, found.refused) == (1, 1, 1, 0)


def test_a_deleted_message_is_gone_when_it_was_deleted_and_not_before_it_came() -> None:
    gone = {"deleted_at": "2026-03-02T00:30:00Z"}
    late = {"deleted_at": "2026-03-01T00:00:00Z"}
    found = read(
        [line(1), line(1, **gone), line(2, **gone), line(3, **late), line(9, direction="out", **gone)]
    )
    first = found.people[0][0].waiting.at_us
    assert [each[0].gone_us for each in found.people] == [first + 30 * MIN_US, first + 30 * MIN_US, first]


def test_lines_that_are_none_are_counted_and_the_first_is_named() -> None:
    found = read([b"nonsense", line(1), b'{"id": 3}', b"[]"])
    assert (found.messages, found.refused) == (1, 3)
    assert found.refusal.startswith("line 1: the line is not JSON")


@pytest.mark.parametrize("lines", [[], [b"nonsense"], [line(1, direction="out")]])
def test_where_no_customer_wrote_there_is_nothing_to_simulate(lines: list[bytes]) -> None:
    with pytest.raises(NothingToSimulate, match="no message of a customer"):
        read(lines)


def test_of_a_long_file_the_first_ones_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_room, "MOST_MESSAGES", 3)
    found = read([*(line(number) for number in range(5)), line(0, "edited")])
    assert (found.messages, found.beyond, found.edits) == (3, 2, 1)


# --- the arrivals ---


@settings(max_examples=20, deadline=None)
@given(st.floats(0.05, 3), st.floats(0.05, 3), st.integers(0, 2**63 - 1))
def test_a_lower_load_is_a_part_of_a_higher_one(one: float, other: float, seed: int) -> None:
    low, high = sorted((one, other))
    assert works(low, seed) <= works(high, seed)


def works(load: float, seed: int) -> Counter[tuple[object, ...]]:
    """What comes, when, and how much work it is."""
    return Counter(
        (one.waiting.at_us, one.account, one.reading_us, one.answer_us, one.gone_us)
        for one in arrivals_of(SOURCE, load, seed).each
    )


@pytest.mark.parametrize("load", [1, 2])
def test_at_a_whole_load_everybody_comes_so_often_in_each_round(load: int) -> None:
    found = arrivals_of(SOURCE, load, 1)
    assert len(found.each) == load * rounds_of(SOURCE) * SOURCE.messages
    assert found.days == days_of(SOURCE) == 7
    assert [one.number for one in found.each] == list(range(len(found.each)))
    assert [one.at_us for one in found.each] == sorted(one.at_us for one in found.each)


def test_all_that_a_customer_writes_is_moved_together_by_a_few_minutes() -> None:
    by_customer: dict[int, list[int]] = {}
    for one in arrivals_of(SOURCE, 2, 7).each:
        by_customer.setdefault(one.customer, []).append(one.at_us)
    assert len(by_customer) == 2 * 7 * len(SOURCE.people)
    for customer, times in by_customer.items():
        said = SOURCE.people[customer % len(SOURCE.people)]
        day_us = (customer // len(SOURCE.people) // 2) * 86_400_000_000
        moved = {at - one.waiting.at_us - day_us for at, one in zip(times, said, strict=True)}
        assert len(moved) == 1 and abs(moved.pop()) <= JITTER_MIN * MIN_US


def test_another_seed_is_another_week_and_the_same_seed_the_same() -> None:
    assert arrivals_of(SOURCE, 1.5, 3) == arrivals_of(SOURCE, 1.5, 3)
    assert arrivals_of(SOURCE, 1.5, 3) != arrivals_of(SOURCE, 1.5, 4)


@pytest.mark.parametrize(
    ("days", "rounds", "in_all"), [(0, 7, 7), (1, 7, 7), (3, 2, 6), (6, 1, 6), (20, 1, 20)]
)
def test_a_file_is_played_for_about_a_week(days: int, rounds: int, in_all: int) -> None:
    source = read([line(1), line(2, minute=days * 1440)])
    assert (rounds_of(source), days_of(source)) == (rounds, in_all)


def test_more_than_can_be_simulated_is_refused_with_the_number() -> None:
    with pytest.raises(TooManyArrivals, match="1,505,000 messages; at most 100,000"):
        arrivals_of(SOURCE, 1_000, 1)
    assert most_load(SOURCE) == pytest.approx(66.4, abs=0.1)


# --- the work ---


def test_an_answer_is_as_long_as_ours_in_the_sample() -> None:
    recording = load_recording(SAMPLE)
    ours = [
        measure(each.item.text)[0]
        for happenings in recording.happenings.values()
        for each in happenings
        if isinstance(each, Said) and each.item.direction is Direction.OUT
    ]
    assert round(sum(ours) / len(ours)) == work.ANSWER_WORDS


def test_answers_take_the_mean_time_on_average_and_spread_as_said() -> None:
    chances = [(number + 0.5) / 20_000 for number in range(20_000)]
    spans = [work.answer_us(Kind.QUESTION, chance) for chance in chances]
    assert sum(spans) / len(spans) == pytest.approx(work.answer_mean_s() * 1e6, rel=0.001)
    assert spans[16826] / spans[9999] == pytest.approx(
        exp(work.SPREAD), rel=0.001
    )  # one deviation above the median
    assert spans == sorted(spans)


@given(st.floats(0, 1), st.sampled_from(Kind))
def test_every_answer_takes_some_time_and_noise_the_least(chance: float, kind: Kind) -> None:
    assert 0 < work.answer_us(Kind.NOISE, chance) <= work.answer_us(kind, chance) < 3_600_000_000


def test_a_very_long_text_is_skimmed() -> None:
    found = read([line(1, "word " * 100_000), line(2, "word " * 190)])
    assert [each[0].reading_s for each in found.people] == [work.MOST_READING_S, 60]
