"""Arrivals for tests: by hand, by Hypothesis, and straight from a source without moving anybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from careconsole.channels.recording import load_recording
from careconsole.desk.rules import Rules
from careconsole.desk.simulation.arrivals import Arrival
from careconsole.desk.simulation.source import Source, source_of_recording
from careconsole.model.message import Kind
from careconsole.model.priority import Waiting

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "samples" / "desk.jsonl"
MIN_US = 60_000_000


def comes(
    minute: float, customer: int = 0, *, kind: Kind = Kind.QUESTION, work_min: float = 2, **more: Any
) -> Arrival:
    """A message that arrives at this minute and takes so many minutes to answer; reading takes none."""
    gone = more.pop("gone", None)
    known = {"is_emergency": False, "is_vip": False, "reading_us": 0, **more}
    return Arrival(
        0,
        customer,
        "shop",
        Waiting(kind, round(minute * MIN_US)),
        answer_us=round(work_min * MIN_US),
        gone_us=None if gone is None else round(gone * MIN_US),
        **known,
    )


def in_order(arrivals: Sequence[Arrival]) -> tuple[Arrival, ...]:
    """The arrivals by time, with their numbers."""
    ordered = sorted(arrivals, key=lambda one: one.at_us)
    return tuple(replace(one, number=number) for number, one in enumerate(ordered))


def weeks(*, plain: bool = False) -> st.SearchStrategy[tuple[Arrival, ...]]:
    """Some arrivals close together; `plain` ones are by a customer each, and all make the same work."""
    minutes = st.integers(0, 240)
    spans = st.integers(1_000, 40 * MIN_US)
    one = st.builds(
        Arrival,
        st.just(0),
        st.integers(0, 8),
        st.sampled_from(["shop", "care"]),
        st.builds(
            Waiting,
            st.sampled_from(Kind),
            minutes.map(lambda minute: minute * MIN_US),
            st.sampled_from([0, 5_000, 400_000]),
            st.booleans(),
            st.booleans(),
        ),
        is_emergency=st.integers(0, 9).map(lambda number: number == 0),
        is_vip=st.integers(0, 9).map(lambda number: number == 0),
        reading_us=st.just(0) if plain else st.integers(0, 3 * MIN_US),
        answer_us=st.just(7 * MIN_US) if plain else spans,
    )
    listed = st.lists(one, min_size=1, max_size=40)
    if plain:
        return listed.map(lambda each: in_order([replace(one, customer=n) for n, one in enumerate(each)]))
    gone = st.lists(st.none() | minutes, min_size=40, max_size=40)
    return st.tuples(listed, gone).map(lambda both: in_order(_of_people(*both)))


def _of_people(listed: list[Arrival], gone: list[int | None]) -> list[Arrival]:
    """A customer is on one account and a VIP always or never; some take back what they wrote."""
    first = {one.customer: one for one in reversed(listed)}
    return [
        replace(
            one,
            account=first[one.customer].account,
            is_vip=first[one.customer].is_vip,
            gone_us=None if minute is None else max(minute * MIN_US, one.at_us),
        )
        for one, minute in zip(listed, gone, strict=False)
    ]


def sample() -> Source:
    """The sample recording, read by the rules that hold without settings."""
    return source_of_recording(load_recording(SAMPLE), Rules())


def as_it_was(source: Source) -> tuple[Arrival, ...]:
    """The messages of a source once, at their own times."""
    return in_order(
        [
            Arrival(
                0,
                customer,
                said.account,
                said.waiting,
                said.is_emergency,
                said.is_vip,
                said.reading_s * 1_000_000,
                MIN_US,
                said.gone_us,
            )
            for customer, each in enumerate(source.people)
            for said in each
        ]
    )
