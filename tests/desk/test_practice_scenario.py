"""A scenario is read whole or refused with line and reason; a seed varies it and keeps the order of what is said."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from careconsole.channels.contract import ChannelError
from careconsole.channels.recording import Deleted, Said
from careconsole.desk.practice.run import RunError, begin_run, end_run, read_run, runs_of
from careconsole.desk.practice.scenario import Did, Scenario, load_scenario

HEADER = {
    "recording": 1,
    "scenario": "small",
    "title": "Small",
    "about": "Two customers.",
    "accounts": [{"name": "shop"}, {"name": "shop-dm"}],
    "vips": [],
    "duration_s": 600,
}
WANT = {"visibility": "private", "answer": True, "ack_min": 5, "why": "It holds a number."}


def line(id: str, t: float | None = 10, **more: Any) -> dict[str, Any]:
    """A line of a customer of the shop."""
    said = {"id": id, "account": "shop", "author": {"handle": "dana"}, "text": f"Text of {id}", **more}
    return said if t is None else {"t": t, **said}


def text_of(*lines: dict[str, Any], **header: Any) -> str:
    return "\n".join(json.dumps(each) for each in ({**HEADER, **header}, *lines))


def when(to: str, did: str = "answered", after_s: float = 90) -> dict[str, Any]:
    return {"to": to, "did": did, "after_s": after_s}


def loaded(*lines: dict[str, Any], seed: int = 7, **header: Any) -> Scenario:
    return load_scenario(text_of(*lines, **header), seed)


def test_wants_and_reactions_are_read_beside_the_recording() -> None:
    scenario = loaded(
        line("a1", want=WANT),
        line("a2", None, when=when("a1", "rudely", 100), want={**WANT, "answer": False}),
        line("a3", None, when=when("a2"), account="shop-dm", visibility="private"),
    )
    assert (scenario.name, scenario.title, scenario.duration_s, scenario.seed) == ("small", "Small", 600, 7)
    assert scenario.recording.accounts == ("shop", "shop-dm")
    assert [
        each.item.external_id for each in scenario.recording.happenings["shop"] if isinstance(each, Said)
    ] == ["a1"]
    assert (scenario.wants["a1"].visibility, scenario.wants["a1"].ack_min) == ("private", 5)
    assert not scenario.wants["a2"].is_answered
    first, second = scenario.reactions
    assert (first.to, first.did, first.account) == ("a1", Did.RUDELY, "shop")
    assert 80 <= first.after_s <= 120
    assert (second.to, second.account) == ("a2", "shop-dm")


@pytest.mark.parametrize(
    ("number", "lines", "header", "reason"),
    [
        (1, [], {"scenario": None}, '"scenario" is missing'),
        (1, [], {"scenario": "../up"}, "a-z, 0-9"),
        (1, [], {"title": ""}, '"title" is empty'),
        (1, [], {"about": 3}, '"about" is a number'),
        (1, [], {"duration_s": 0}, '"duration_s" must be more than 0'),
        (1, [], {"duration_s": "long"}, '"duration_s" must be a number'),
        (1, [], {"accounts": []}, '"accounts" must be'),
        (1, [], {"accounts": [{"name": "a/b"}]}, '"account" holds'),
        (1, [], {"begins_at": "today"}, '"begins_at"'),
        (1, [], {"recording": 2}, '{"recording": 1}'),
        (2, [line("a", account="other")], {}, "one of the accounts of the first line"),
        (2, [line("a", t="soon")], {}, '"t" must be a number'),
        (2, [line("a", t=601)], {}, "later than the end"),
        (3, [line("a"), line("a", t=20)], {}, "there twice"),
        (2, [line("a", texts=["x"])], {}, '"text" or "texts", not both'),
        (2, [line("a", text=None, texts=[])], {}, '"texts" must be a list'),
        (2, [line("a", want=3)], {}, '"want" must be an object'),
        (2, [line("a", want={**WANT, "visibility": "secret"})], {}, "private, public, either"),
        (2, [line("a", want={**WANT, "answer": "yes"})], {}, '"want.answer"'),
        (2, [line("a", want={**WANT, "ack_min": 0})], {}, '"want.ack_min"'),
        (2, [line("a", want={**WANT, "why": " "})], {}, '"want.why"'),
        (2, [line("a", direction="out", want=WANT)], {}, "a message of a customer"),
        (2, [line("b", None, when=when("a"))], {}, "earlier line"),
        (3, [line("a"), line("b", when=when("a"))], {}, '"t" or "when", not both'),
        (3, [line("a"), line("b", None, when=when("a", "praised"))], {}, '"when.did" must be one of'),
        (3, [line("a"), line("b", None, when=when("a", after_s=-1))], {}, '"when.after_s" must be 0 to'),
        (3, [line("a"), line("b", None, when=when("a"), direction="out")], {}, "of a customer"),
        (3, [line("a"), line("a", None, when=when("a"))], {}, "there twice"),
    ],
)
def test_errors_name_line_and_reason(
    number: int, lines: list[dict[str, Any]], header: dict[str, Any], reason: str
) -> None:
    with pytest.raises(ChannelError) as refused:
        loaded(*lines, **header)
    assert f"line {number}: " in str(refused.value)
    assert reason in str(refused.value)


def test_a_scenario_in_which_nobody_speaks_is_refused() -> None:
    with pytest.raises(ChannelError, match="nobody says anything"):
        loaded()


def test_one_seed_is_one_run_and_others_differ() -> None:
    lines = [line(f"a{n}", 60 * n, text=None, texts=["one", "two", "three"]) for n in range(1, 9)]
    lines.append(line("r", None, when=when("a1")))
    runs = [loaded(*lines, seed=seed) for seed in (7, 7, 8)]
    assert runs[0] == runs[1]
    assert runs[0].recording != runs[2].recording


def test_conversations_keep_their_order_and_what_was_there_its_time() -> None:
    lines = [line("early", -100)]
    lines += [line(f"a{n}", 30 + 10 * n, author={"handle": f"who{n % 2}"}) for n in range(12)]
    lines += [
        {"t": 200, "account": "shop", "edit_of": "a3", "text": "other"},
        {"t": 230, "account": "shop", "delete_of": "a3"},
    ]
    for seed in range(50):
        happenings = loaded(*lines, seed=seed).recording.happenings["shop"]
        assert happenings[0].t == -100
        for customer in ("who0", "who1"):
            ids = [
                each.item.external_id
                for each in happenings
                if isinstance(each, Said) and each.item.author.handle == customer and not each.is_edit
            ]
            assert ids == sorted(ids, key=lambda id: int(id[1:]))
        said = next(each for each in happenings if isinstance(each, Said) and each.item.external_id == "a3")
        edit = next(each for each in happenings if isinstance(each, Said) and each.is_edit)
        gone = next(each for each in happenings if isinstance(each, Deleted))
        assert said.t == edit.said_t < edit.t < gone.t
        assert all(0 < each.t <= 600 for each in happenings[1:])


def test_a_run_is_kept_in_its_own_folder_and_found_again(tmp_path: Path) -> None:
    scenario = loaded(line("a"))
    first = begin_run(tmp_path, scenario, speed=10, agent="mara")
    second = begin_run(tmp_path, scenario, speed=1, agent="mara")
    assert [first.folder.name, second.folder.name] == ["0001-small-7", "0002-small-7"]
    assert first.folder == tmp_path / "training" / "runs" / "0001-small-7"
    ended = end_run(first, first.began_at + timedelta(seconds=5), "abc")
    assert runs_of(tmp_path) == [ended, second]
    assert second.ended_at is None


def test_a_damaged_run_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    runs = [begin_run(tmp_path, loaded(line("a")), speed=1, agent="mara") for _ in range(3)]
    (runs[0].folder / "run.json").write_text("{")
    (runs[1].folder / "run.json").unlink()
    told: list[str] = []
    assert runs_of(tmp_path, told.append) == [runs[2]]
    assert "is damaged" in told[0]
    assert "is no practice run" in told[1]
    with pytest.raises(RunError, match="damaged"):
        read_run(runs[0].folder)
