"""The ghost takes what stands first, at a pace that is written down, and is the same every time."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.desk.practised import Practised, mark_of, practising
from tests.store.record_at_hand import NOON

from careconsole.desk.practice.ghost import CLOSE_S, LOOK_S, Deed, Ghost, ghost_of, typing_s
from careconsole.desk.practice.promising import wanted_min
from careconsole.desk.practice.scenario import Scenario, load_scenario
from careconsole.model.message import Kind
from careconsole.model.priority import RankPolicy

WANT = {"visibility": "either", "answer": True, "ack_min": 5, "why": "Because."}
HEADER = {
    "recording": 1,
    "scenario": "small",
    "title": "Small",
    "about": "Small.",
    "accounts": [{"name": "shop"}],
    "duration_s": 7200,
}
READ_S = 1  # four words
ONE_S = LOOK_S + READ_S + typing_s()


def line(id: str, t: float | None = 0, handle: str = "", **more: Any) -> dict[str, Any]:
    """A message; before the start a seed moves nothing."""
    made = {
        "id": id,
        "account": "shop",
        "author": {"handle": handle or id},
        "text": "Where is my parcel?",
        "kind": "question",
        "want": WANT,
        **more,
    }
    return made if t is None else {"t": t, **made}


def scenario(*lines: dict[str, Any], **header: Any) -> Scenario:
    made = load_scenario("\n".join(json.dumps(each) for each in ({**HEADER, **header}, *lines)), 1)
    times = {each["id"]: each["t"] for each in lines if "id" in each and "t" in each}
    moved = [
        replace(each, t=times[each.item.external_id], said_t=times[each.item.external_id])  # type: ignore[union-attr]
        if hasattr(each, "item") and not each.is_edit
        else each
        for each in made.recording.happenings["shop"]
    ]
    places = {each["id"]: place for place, each in enumerate(lines) if "id" in each}
    in_order = sorted(moved, key=lambda each: (each.t, places.get(_id_of(each), len(places))))
    happenings = {"shop": tuple(in_order)}
    return replace(made, recording=replace(made.recording, happenings=happenings))


def _id_of(happening: Any) -> str:
    return str(happening.item.external_id if hasattr(happening, "item") else happening.external_id)


def ghost(*lines: dict[str, Any], until_s: float = 7200, **header: Any) -> Ghost:
    made, policy = scenario(*lines, **header), RankPolicy()
    policy = replace(policy, own_targets_min=wanted_min(made, policy.targets_min))
    return ghost_of(made, policy, NOON, until_s)


def who(found: Ghost) -> list[str]:
    return [deed.handle for deed in found.deeds]


def test_it_takes_the_most_urgent_first_whatever_came_first() -> None:
    found = ghost(
        line("praise", want={**WANT, "ack_min": 60}),
        line("question", 0),
        line("vip", 0),
        line("robbed", 0, text="Help, we were robbed!"),
        vips=["@vip"],
    )
    assert who(found) == ["robbed", "vip", "question", "praise"]


def test_its_pace_is_what_the_constants_say() -> None:
    first, second = ghost(line("a"), line("b")).deeds
    assert (first.taken_s, first.answered_s, first.done_s) == (0, ONE_S, ONE_S + CLOSE_S)
    assert second.taken_s == first.done_s and first.is_resolved and first.is_public
    assert round(typing_s()) == 55


def test_it_waits_for_who_is_not_there_yet_and_ends_with_the_run() -> None:
    assert [deed.taken_s for deed in ghost(line("a", 100)).deeds] == [100]
    assert ghost(line("a", 100), until_s=100 + ONE_S - 0.1).deeds == ()
    assert len(ghost(line("a", 100), until_s=100 + ONE_S).deeds) == 1


def test_what_is_to_be_left_is_read_and_resolved() -> None:
    (deed,) = ghost(line("a", want={**WANT, "answer": False})).deeds
    assert (deed.answered_s, deed.answered, deed.read) == (None, (), ("a",))
    assert deed.done_s == LOOK_S + READ_S + CLOSE_S


def test_it_answers_in_private_where_that_is_wanted_or_data_stands_there() -> None:
    found = ghost(
        line("a", want={**WANT, "visibility": "private"}),
        line("b", text="My card is 4111 1111 1111 1111."),
        line("c", visibility="private"),
        line("d", want={**WANT, "visibility": "public"}),
    )
    assert {deed.handle: deed.is_public for deed in found.deeds} == {
        "a": False, "b": False, "c": False, "d": True,
    }  # fmt: skip


def test_what_is_deleted_or_was_answered_before_is_not_answered() -> None:
    found = ghost(
        line("a", 10),
        {"t": 12, "delete_of": "a", "account": "shop"},
        line("b", -50),
        line("ours", -40, "b", direction="out", reply_to="b", want=None),
        line("c", 11),
    )
    assert [(deed.read, deed.answered) for deed in found.deeds] == [(("a",), ()), (("c",), ("c",))]


def test_customers_react_to_a_good_answer_and_not_to_what_never_happened() -> None:
    def reaction(did: str, to: str = "a") -> dict[str, Any]:
        return line(f"{did}-{to}", None, to, when={"to": to, "did": did, "after_s": 600})

    found = ghost(
        line("a"), *(reaction(did) for did in ("answered", "public", "private", "rudely", "ignored"))
    )
    assert {id for deed in found.deeds for id in deed.read} == {"a", "public-a"}
    found = ghost(line("a", text="My card is 4111 1111 1111 1111."), reaction("answered"), reaction("public"))
    assert {id for deed in found.deeds for id in deed.read} == {"a", "answered-a"}
    left = ghost(line("a", want={**WANT, "answer": False}), reaction("answered"), reaction("ignored"))
    assert "ignored-a" in left.answered_s and "answered-a" not in left.answered_s
    busy = [line(f"b{number}") for number in range(9)]
    found = ghost(*busy, line("a", want={**WANT, "ack_min": 60}), reaction("ignored"))
    assert "ignored-a" in found.answered_s


def test_a_further_message_while_it_types_stays_for_the_next_time() -> None:
    first, second = ghost(line("a", 0, "ann"), line("b", 20, "ann")).deeds
    assert (first.answered, first.is_resolved, first.done_s) == (("a",), False, ONE_S + CLOSE_S)
    assert second.answered == ("b",) and second.is_resolved


@st.composite
def mornings(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Up to nine messages of up to five customers, most of them at once."""
    many = draw(st.integers(1, 9))
    return [
        line(
            f"m{number}",
            draw(st.integers(0, 400)),
            draw(st.sampled_from(["ann", "bob", "cleo", "dan", "eve"])),
            kind=draw(st.sampled_from(list(Kind))).value,
            want={**WANT, "answer": draw(st.integers(0, 4)) > 0, "visibility": draw(st.sampled_from(["public", "private"]))},
            text=draw(st.sampled_from(["Where is it?", "My card is 4111 1111 1111 1111.", "We were robbed, help!"])),
        )
        for number in range(many)
    ]  # fmt: skip


async def follow(run: Practised, found: Ghost, lines: list[dict[str, Any]]) -> None:
    """Do in a record what the ghost does."""
    talks: dict[str, int] = {}
    fences: dict[str, int] = {}

    async def hear(each: dict[str, Any]) -> None:
        want = each["want"]
        talks[each["author"]["handle"]] = await run.hears(
            each["id"], each["author"]["handle"], each["text"], kind=Kind(each["kind"]), want=want["visibility"],
            answer=want["answer"], ack_min=want["ack_min"],
        )  # fmt: skip

    async def take(deed: Deed) -> None:
        fences[deed.handle] = await run.claims(talks[deed.handle])

    async def answer(deed: Deed) -> None:
        newest = await run.record.message_id(deed.read[-1])
        await run.answers(
            talks[deed.handle], private=not deed.is_public, reply_to_id=newest, fence=fences[deed.handle]
        )

    async def end(deed: Deed) -> None:
        if deed.is_resolved:
            await run.resolves(talks[deed.handle], "answered" if deed.answered else "noise")
        elif not deed.answered:
            await run.gives_back(talks[deed.handle])

    steps: list[tuple[float, int, int, Any, Any]] = [(each["t"], 0, 0, hear, each) for each in lines]
    for place, deed in enumerate(found.deeds):
        steps.append((deed.taken_s, 2, place, take, deed))
        if deed.answered and deed.answered_s is not None:
            steps.append((deed.answered_s, 1, place, answer, deed))
        steps.append((deed.done_s, 1, place + 1, end, deed))
    for t, _, _, act, what in sorted(steps, key=lambda step: step[:3]):
        run.minute(t / 60)
        await act(what)


@settings(max_examples=12, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(lines=mornings())
async def test_the_ghost_makes_no_mistake_of_order_and_keeps_its_own_times(
    lines: list[dict[str, Any]],
) -> None:
    in_order = sorted(lines, key=lambda each: each["t"])
    found = ghost(*in_order)
    assert found == ghost(*in_order)
    folder = Path(tempfile.mkdtemp(prefix="careconsole-ghost-"))
    try:
        async with practising(folder / "run") as run:
            await follow(run, found, in_order)
            debriefed = await run.debriefed(70)
    finally:
        shutil.rmtree(folder)
    assert mark_of(debriefed, "order").mistakes == ()
    assert mark_of(debriefed, "visibility").mistakes == ()
    kept = mark_of(debriefed, "acknowledgement")
    assert kept.ghost is not None and (kept.right, kept.judged) == (kept.ghost.right, kept.ghost.judged)
    for row in debriefed.rows:
        assert (row.you.place is None) == (row.ghost.place is None)
        if row.you.answered_s is not None and row.ghost.answered_s is not None:
            assert abs(row.you.answered_s - row.ghost.answered_s) < 0.001
