"""The replay channel: a virtual clock, its speed, its restarts; and what a recording may hold."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from careconsole.channels.contract import Channel, ChannelError, Page
from careconsole.channels.replay import Recording, ReplayChannel, load_recording
from careconsole.model.message import Direction, Visibility
from careconsole.model.reply import OutgoingReply, Sent

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def move(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def said(t: float, external_id: str, **more: object) -> dict[str, object]:
    record = {"t": t, "account": "care", "id": external_id, "author": {"handle": "ana"}, "text": external_id}
    return {**record, **more}


HEADER = {"recording": 1, "accounts": [{"name": "care"}, {"name": "shop"}]}
LINES = [
    said(-3600, "a"),
    said(-1800, "a-answer", direction="out", author={"handle": "brand"}, reply_to="a"),
    said(0, "b", visibility="private"),
    {"t": -60, "edit_of": "a", "account": "care", "text": "a, edited"},
    said(10, "c"),
    said(20, "other", account="shop"),
    said(40, "d"),
    {"t": 60, "edit_of": "c", "account": "care", "text": "c, edited"},
    {"t": 80, "delete_of": "d", "account": "care"},
]


def text_of(*lines: object) -> str:
    return "".join(json.dumps(line) + "\n" for line in lines)


@pytest.fixture
def recording() -> Recording:
    return load_recording(text_of(HEADER, *LINES))


@pytest.fixture
def clock() -> Clock:
    return Clock()


def channel_at(speed: float, recording: Recording, home: Path, clock: Clock) -> ReplayChannel:
    return ReplayChannel("care", recording, home, speed=speed, now=clock)


def ids(page: Page) -> list[str]:
    return [item.external_id for item in page.items]


async def test_at_the_start_the_past_is_there_shifted_to_today(
    recording: Recording, tmp_path: Path, clock: Clock
) -> None:
    channel: Channel = channel_at(4, recording, tmp_path, clock)
    page = await channel.poll(None)
    assert ids(page) == ["a", "a-answer", "a", "b"]
    times = [(START - item.at).total_seconds() for item in page.items]
    assert times == [3600, 1800, 3600, 0]
    assert page.items[2].text == "a, edited"
    assert page.items[2].edited_at == START - timedelta(seconds=60)
    assert page.items[0].edited_at is None
    assert page.items[3].visibility is Visibility.DIRECT
    assert json.loads(page.state) == {"position_s": 0.0}


async def test_our_own_answer_names_the_customer_it_was_for(
    recording: Recording, tmp_path: Path, clock: Clock
) -> None:
    page = await channel_at(1, recording, tmp_path, clock).poll(None)
    assert page.items[1].direction is Direction.OUT
    assert page.items[1].author.handle == "ana"


async def test_the_clock_runs_at_its_speed_and_nothing_lies_in_the_future(
    recording: Recording, tmp_path: Path, clock: Clock
) -> None:
    channel = channel_at(4, recording, tmp_path, clock)
    page = await channel.poll(None)
    clock.move(2)
    page = await channel.poll(page.state)
    assert ids(page) == []
    clock.move(3)
    page = await channel.poll(page.state)
    assert (ids(page), json.loads(page.state)) == (["c"], {"position_s": 20.0})
    assert page.items[0].at == clock.at - timedelta(seconds=3)
    clock.move(100)
    page = await channel.poll(page.state)
    assert ids(page) == ["d", "c"]
    assert page.items[1].text == "c, edited"
    assert [(each.external_id, each.deleted_at) for each in page.gone] == [
        ("d", clock.at - timedelta(seconds=(420 - 80) / 4))
    ]
    assert all(item.at <= clock.at and (item.edited_at or item.at) <= clock.at for item in page.items)
    clock.move(1000)
    page = await channel.poll(page.state)
    assert (ids(page), list(page.gone)) == ([], [])


async def test_a_restart_goes_on_where_it_stopped(recording: Recording, tmp_path: Path, clock: Clock) -> None:
    channel = channel_at(1, recording, tmp_path, clock)
    page = await channel.poll(None)
    clock.move(10)
    page = await channel.poll(page.state)
    assert ids(page) == ["c"]
    clock.move(86_400)
    later = channel_at(1, recording, tmp_path, clock)
    page = await later.poll(page.state)
    assert (ids(page), json.loads(page.state)) == ([], {"position_s": 10.0})
    clock.move(30)
    page = await later.poll(page.state)
    assert ids(page) == ["d"]


async def test_a_page_that_was_not_stored_comes_again(
    recording: Recording, tmp_path: Path, clock: Clock
) -> None:
    channel = channel_at(1, recording, tmp_path, clock)
    first = await channel.poll(None)
    clock.move(10)
    assert ids(await channel.poll(first.state)) == ["c"]
    assert ids(await channel.poll(first.state)) == []
    clock.move(10)
    assert ids(await channel.poll(first.state)) == ["c"]


async def test_a_clock_set_back_holds_the_recording(
    recording: Recording, tmp_path: Path, clock: Clock
) -> None:
    channel = channel_at(1, recording, tmp_path, clock)
    page = await channel.poll(None)
    clock.move(-500)
    page = await channel.poll(page.state)
    assert json.loads(page.state) == {"position_s": 0.0}


async def test_replies_go_to_the_log_once(recording: Recording, tmp_path: Path, clock: Clock) -> None:
    channel = channel_at(1, recording, tmp_path, clock)
    reply = OutgoingReply(1, "key", "hi", Visibility.PUBLIC, "a", "ana", 0)
    assert await channel.find_reply(reply) is None
    assert await channel.send(reply) == Sent("key")
    assert await channel.send(reply) == Sent("key")
    assert await channel.find_reply(reply) == "key"
    assert len((tmp_path / "sent" / "care.jsonl").read_text().splitlines()) == 1
    assert (await channel.recheck(["a"])).items == ()
    await channel.aclose()


@pytest.mark.parametrize("speed", [0, -1, float("nan"), float("inf")])
def test_a_speed_that_is_none(recording: Recording, tmp_path: Path, clock: Clock, speed: float) -> None:
    with pytest.raises(ValueError, match="speed"):
        channel_at(speed, recording, tmp_path, clock)


def test_accounts_and_duration_of_a_recording(recording: Recording, tmp_path: Path) -> None:
    assert recording.accounts == ("care", "shop")
    assert recording.duration_s == 80
    path = tmp_path / "r.jsonl"
    path.write_text(text_of(HEADER, *LINES))
    assert load_recording(path) == recording


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ([], "line 1: a recording begins with"),
        ([{"recording": 2}], "line 1: a recording begins with"),
        ([HEADER, said(0, "")], 'line 2: "id" is empty'),
        ([HEADER, {**said(0, "a"), "t": "0"}], 'line 2: "t" must be a number of seconds'),
        ([HEADER, {**said(0, "a"), "t": True}], 'line 2: "t" must be a number of seconds'),
        (
            [HEADER, {"t": 1, "edit_of": "a", "account": "care", "text": "x"}],
            'line 2: "edit_of" names a message',
        ),
        (
            [HEADER, said(0, "a"), {"t": 1, "delete_of": "a", "account": "shop"}],
            'line 3: "delete_of" names a message',
        ),
        ([HEADER, said(0, "a"), {"t": 1, "edit_of": "a", "account": "care"}], 'line 3: "text" is missing'),
        ([HEADER, [1]], "line 2: the line is not a JSON object"),
    ],
)
def test_a_faulty_recording_names_the_line(lines: list[object], fault: str) -> None:
    with pytest.raises(ChannelError) as caught:
        load_recording(text_of(*lines))
    assert fault in str(caught.value)


def test_a_missing_recording_is_named(tmp_path: Path) -> None:
    with pytest.raises(ChannelError, match=r"There is no file .*none\.jsonl\."):
        load_recording(tmp_path / "none.jsonl")
