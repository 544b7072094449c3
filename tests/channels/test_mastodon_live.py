"""The Mastodon channel against a running server, when it works and when it is made to fail."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from tests.mastodon_server import MastodonServer, token_of

from careconsole.channels.contract import (
    AccountDown,
    Channel,
    ChannelError,
    NotReachable,
    Page,
    TooManyRequests,
)
from careconsole.channels.mastodon import listing, statuses
from careconsole.channels.mastodon.channel import MastodonChannel, Verified
from careconsole.channels.pacing import pause_s
from careconsole.channels.secret import Secret
from careconsole.model.instant import to_us
from careconsole.model.message import Direction, Item, ParentPost, Visibility
from careconsole.model.reply import Ambiguous, OutgoingReply, Rejected, Retry, Sent


def now() -> datetime:
    return datetime.now(UTC)


def channel_to(server: MastodonServer, username: str = "care", **more: Any) -> MastodonChannel:
    return MastodonChannel("care", server.url, Secret(token_of(username)), now=now, **more)


@pytest.fixture
async def channel(mastodon: MastodonServer) -> AsyncIterator[MastodonChannel]:
    opened = channel_to(mastodon)
    yield opened
    await opened.aclose()


def reply_to(
    status_id: str | None, text: str = "on it", handle: str = "ana", key: str = "key-1", **more: Any
) -> OutgoingReply:
    fields = {"visibility": Visibility.PUBLIC, "queued_us": to_us(now()), **more}
    return OutgoingReply(1, key, text, reply_to=status_id, handle=handle, **fields)


def ids(page: Page) -> list[str]:
    return [item.external_id for item in page.items]


async def catch_up(channel: MastodonChannel, state: str | None = None) -> tuple[list[Item], str]:
    """Every new item, once, and the state after them."""
    found: dict[str, Item] = {}
    more = True
    while more:
        page = await channel.poll(state)
        assert (list(page.poisoned), list(page.notices)) == ([], [])
        found |= {item.external_id: item for item in page.items}
        state, more = page.state, page.more
    assert state is not None
    return list(found.values()), state


async def test_a_token_names_its_account(mastodon: MastodonServer, channel: MastodonChannel) -> None:
    as_contract: Channel = channel
    assert as_contract.network == "mastodon"
    assert as_contract.limits.max_chars == 500
    verified = await channel.verify()
    assert verified == Verified("care", "care@mock.local", verified.name, verified.remote_id)
    assert channel.limits.chars_per_url == 23
    assert channel.limits.names_the_customer


async def test_a_mention_arrives_with_who_what_and_for_whose_eyes(
    mastodon: MastodonServer, channel: MastodonChannel
) -> None:
    words = {"public": "public", "unlisted": "unlisted", "private": "followers", "direct": "direct"}
    posted = {
        visibility: mastodon.post("ana", f"@care is it <late> & {visibility}?", visibility=visibility)
        for visibility in words
    }
    items, state = await catch_up(channel)
    assert [item.external_id for item in items] == [posted[each]["id"] for each in words]
    assert [item.visibility.value for item in items] == list(words.values())
    first = items[0]
    assert (first.author.handle, first.author.full_handle) == ("ana", "ana@mock.local")
    assert first.text == "@care is it <late> & public?"
    assert first.direction is Direction.IN
    assert abs(first.at - now()) < timedelta(minutes=1)
    again, _ = await catch_up(channel, state)
    assert {item.external_id for item in again} <= {item.external_id for item in items}


async def test_new_mentions_come_in_order_and_a_long_absence_is_caught_up(
    mastodon: MastodonServer, channel: MastodonChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    monkeypatch.setattr(listing, "PAGES_PER_POLL", 2)
    mastodon.post("ana", "@care before")
    _, state = await catch_up(channel)
    posted = [mastodon.post("ana", f"@care number {number}")["id"] for number in range(9)]
    items, state = await catch_up(channel, state)
    assert [item.external_id for item in items if item.external_id in posted] == posted
    assert len(json.loads(state)["mentions"]["entries"]) == 10


async def test_a_direct_message_is_one_item_though_two_lists_tell_of_it(
    mastodon: MastodonServer, channel: MastodonChannel
) -> None:
    _, state = await catch_up(channel)
    first = mastodon.post("ana", "@care my code is 4711", visibility="direct")
    second = mastodon.post("ana", "@care hello?", visibility="direct")
    page = await channel.poll(state)
    assert ids(page) == [first["id"], second["id"]]
    assert {item.visibility for item in page.items} == {Visibility.DIRECT}


async def test_a_reply_is_posted_below_the_message_and_names_the_customer(
    mastodon: MastodonServer, channel: MastodonChannel
) -> None:
    asked = mastodon.post("ana", "@care where is it?", visibility="private")
    outcome = await channel.send(reply_to(asked["id"], visibility=Visibility.FOLLOWERS))
    assert isinstance(outcome, Sent)
    posted = mastodon.call("GET", f"/api/v1/statuses/{outcome.remote_id}", "ana")
    assert posted["in_reply_to_id"] == asked["id"]
    assert posted["visibility"] == "private"
    assert posted["content"] == "<p>@ana on it</p>"
    assert [each["type"] for each in mastodon.call("GET", "/api/v1/notifications", "ana")] == ["mention"]


async def test_a_reply_is_found_again_and_only_that_reply(
    mastodon: MastodonServer, channel: MastodonChannel
) -> None:
    asked, other = mastodon.post("ana", "@care one?"), mastodon.post("ana", "@care two?")
    reply = reply_to(asked["id"], "**See** https://example.com/a?b=1&c=2, it's *there*\n\nBest, Mara")
    assert await channel.find_reply(reply) is None
    outcome = await channel.send(reply)
    assert isinstance(outcome, Sent)
    assert await channel.find_reply(reply) == outcome.remote_id
    assert await channel.find_reply(reply_to(asked["id"], "another text")) is None
    assert await channel.find_reply(reply_to(other["id"], reply.text)) is None
    later = to_us(now() + timedelta(minutes=10))
    assert await channel.find_reply(reply_to(asked["id"], reply.text, queued_us=later)) is None


async def test_a_reply_to_nothing_in_particular_is_found_among_our_own(
    mastodon: MastodonServer, channel: MastodonChannel
) -> None:
    reply = reply_to(None, "good news", visibility=Visibility.DIRECT)
    assert await channel.find_reply(reply) is None
    outcome = await channel.send(reply)
    assert isinstance(outcome, Sent)
    assert await channel.find_reply(reply) == outcome.remote_id


async def test_an_answer_given_by_another_client_is_recorded(
    mastodon: MastodonServer, channel: MastodonChannel
) -> None:
    asked = mastodon.post("ana", "@care hello?")
    mastodon.post("care", "A campaign with @ben, no answer")
    answered = mastodon.post("care", "@ana hello!", in_reply_to_id=asked["id"])
    items, _ = await catch_up(channel)
    assert [item.external_id for item in items] == [asked["id"], answered["id"]]
    out = items[1]
    assert (out.direction, out.author.handle, out.reply_to) == (Direction.OUT, "ana", asked["id"])
    assert out.idempotency_key is None


async def test_a_comment_that_dropped_our_handle_arrives_with_its_post(
    mastodon: MastodonServer, channel: MastodonChannel
) -> None:
    post = mastodon.post("care", "New shop opens on Monday")
    named = mastodon.post("ana", "@care when?", in_reply_to_id=post["id"])
    dropped = mastodon.post("ben", "and where?", in_reply_to_id=post["id"])
    below = mastodon.post("chloe", "@ben good question", in_reply_to_id=dropped["id"])
    items, _ = await catch_up(channel)
    assert [item.external_id for item in items] == [named["id"], dropped["id"], below["id"]]
    assert {item.parent for item in items} == {ParentPost(post["id"], "New shop opens on Monday")}
    assert [item.reply_to for item in items] == [post["id"], post["id"], dropped["id"]]


async def test_comments_are_looked_for_once_a_minute_and_after_a_restart(mastodon: MastodonServer) -> None:
    at = [0.0]
    channel = channel_to(mastodon, monotonic=lambda: at[0])
    post = mastodon.post("care", "New shop")
    _, state = await catch_up(channel)
    comment = mastodon.post("ben", "where?", in_reply_to_id=post["id"])
    page = await channel.poll(state)
    assert ids(page) == []
    at[0] = 61.0
    page = await channel.poll(page.state)
    assert ids(page) == [comment["id"]]
    later = channel_to(mastodon)
    second = mastodon.post("chloe", "when?", in_reply_to_id=post["id"])
    page = await later.poll(page.state)
    assert second["id"] in ids(page)
    assert {item.parent for item in page.items} == {ParentPost(post["id"], "New shop")}
    await channel.aclose()
    await later.aclose()


async def test_edits_and_deletions_are_found_by_looking_again(
    mastodon: MastodonServer, channel: MastodonChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statuses, "BATCH", 4)
    posted = [mastodon.post("ana", f"@care {number}")["id"] for number in range(7)]
    mastodon.edit("ana", posted[3], "@care three, or four")
    mastodon.delete("ana", posted[5])
    page = await channel.recheck([*posted, "no such id"])
    assert len(page.items) == 6
    edited = next(item for item in page.items if item.external_id == posted[3])
    assert (edited.text, edited.edited_at is not None) == ("@care three, or four", True)
    assert {each.external_id for each in page.gone} == {posted[5], "no such id"}
    assert page.state == ""


async def test_a_text_that_is_too_long_is_refused_for_good(
    mastodon: MastodonServer, channel: MastodonChannel
) -> None:
    asked = mastodon.post("ana", "@care hello?")
    outcome = await channel.send(reply_to(asked["id"], "x" * 501))
    assert isinstance(outcome, Rejected)
    assert not outcome.account_down
    assert "Text is too long (maximum is 500 characters)" in outcome.reason


async def test_a_dead_token_stops_the_account(mastodon: MastodonServer) -> None:
    channel = channel_to(mastodon, "nobody")
    with pytest.raises(AccountDown, match=r"account care: the server .* refuses our token"):
        await channel.poll(None)
    with pytest.raises(AccountDown):
        await channel.verify()
    outcome = await channel.send(reply_to("1"))
    assert isinstance(outcome, Rejected)
    assert outcome.account_down
    await channel.aclose()


async def test_a_token_that_was_refused_is_read_anew(mastodon: MastodonServer) -> None:
    kept = [Secret("revoked")]
    channel = channel_to(mastodon, "nobody", token_again=lambda: kept[-1])
    asked = mastodon.post("ana", "@care hello?")
    with pytest.raises(AccountDown):
        await channel.poll(None)
    kept.append(Secret("a typing error"))
    outcome = await channel.send(reply_to(asked["id"]))
    assert isinstance(outcome, Rejected) and outcome.account_down
    await channel._statuses.fetch([asked["id"]])  # this server answers it whatever the token
    kept.append(Secret(token_of("care")))
    assert ids(await channel.poll(None)) == [asked["id"]]
    await channel.aclose()


async def test_a_token_file_that_is_gone_changes_nothing(mastodon: MastodonServer) -> None:
    def gone() -> Secret:
        raise ChannelError("the token file is gone")

    channel = channel_to(mastodon, "nobody", token_again=gone)
    for _ in range(2):
        with pytest.raises(AccountDown):
            await channel.poll(None)
    await channel.aclose()


async def test_trouble_of_the_server_fails_a_poll_and_the_next_one_brings_everything(
    mastodon: MastodonServer, channel: MastodonChannel
) -> None:
    _, state = await catch_up(channel)
    asked = mastodon.post("ana", "@care hello?")
    mastodon.fault({"type": "status", "status": 503, "headers": {"Retry-After": "7"}}, path="*/notifications")
    with pytest.raises(TooManyRequests, match="503") as in_trouble:
        await channel.poll(state)
    assert in_trouble.value.after_s == 7
    mastodon.fault({"type": "status", "status": 503}, path="*/notifications")
    with pytest.raises(NotReachable, match="503"):
        await channel.poll(state)
    mastodon.fault({"type": "malformed"}, path="*/notifications")
    with pytest.raises(NotReachable, match="no JSON"):
        await channel.poll(state)
    mastodon.fault({"type": "ratelimit", "headers": {"Retry-After": "7"}}, path="*/notifications")
    with pytest.raises(TooManyRequests) as caught:
        await channel.poll(state)
    assert caught.value.after_s == 7
    assert ids(await channel.poll(state)) == [asked["id"]]


async def test_trouble_beside_the_mentions_is_a_notice_and_nothing_is_lost(
    mastodon: MastodonServer, channel: MastodonChannel
) -> None:
    _, state = await catch_up(channel)
    asked = mastodon.post("ana", "@care hello?")
    mastodon.fault({"type": "status", "status": 500}, path="*/conversations")
    page = await channel.poll(state)
    assert ids(page) == [asked["id"]]
    assert [notice.startswith("account care: the server") for notice in page.notices] == [True]
    assert (await channel.poll(page.state)).notices == []


async def test_a_post_told_to_wait_waits_as_long_as_it_is_told(
    mastodon: MastodonServer, channel: MastodonChannel
) -> None:
    asked = mastodon.post("ana", "@care hello?")
    mastodon.fault(
        {"type": "ratelimit", "headers": {"Retry-After": "7"}}, path="/api/v1/statuses", method="POST"
    )
    outcome = await channel.send(reply_to(asked["id"]))
    assert isinstance(outcome, Retry)
    assert outcome.after_s == 7
    assert mastodon.statuses_of("care") == []


@pytest.mark.parametrize(
    "effect",
    [
        {"type": "status", "status": 503, "headers": {"Retry-After": "1"}},
        {"type": "status", "status": 500},
        {"type": "malformed"},
    ],
)
async def test_an_answer_that_makes_no_sense_is_ambiguous(
    mastodon: MastodonServer, channel: MastodonChannel, effect: dict[str, Any]
) -> None:
    asked = mastodon.post("ana", "@care hello?")
    mastodon.fault(effect, path="/api/v1/statuses", method="POST")
    reply = reply_to(asked["id"])
    assert isinstance(await channel.send(reply), Ambiguous)
    assert await channel.find_reply(reply) is None
    assert isinstance(await channel.send(reply), Sent)
    assert len(mastodon.statuses_of("care")) == 1


class LosesAnswers(httpx.AsyncHTTPTransport):
    """A network that carries a post to the server, and loses what the server answers."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await super().handle_async_request(request)
        if request.method == "POST":
            await response.aread()
            await response.aclose()
            raise httpx.ReadTimeout("lost", request=request)
        return response


async def test_a_reply_whose_answer_was_lost_is_found_and_there_once(mastodon: MastodonServer) -> None:
    channel = channel_to(mastodon, transport=LosesAnswers())
    asked = mastodon.post("ana", "@care hello?")
    reply = reply_to(asked["id"])
    assert isinstance(await channel.send(reply), Ambiguous)
    [posted] = mastodon.statuses_of("care")
    assert await channel.find_reply(reply) == posted["id"]
    await channel.aclose()


async def test_a_slow_server_is_given_up_in_time_and_has_one_copy_in_the_end(
    mastodon: MastodonServer,
) -> None:
    hasty = channel_to(mastodon, timeout_s=0.3)
    asked = mastodon.post("ana", "@care hello?")
    reply = reply_to(asked["id"])
    mastodon.fault({"type": "latency", "delay_ms": 600}, path="/api/v1/statuses", method="POST")
    assert isinstance(await hasty.send(reply), Ambiguous)
    await hasty.aclose()
    channel = channel_to(mastodon)
    found = await channel.find_reply(reply)
    outcome = Sent(found) if found else await channel.send(reply)
    assert isinstance(outcome, Sent)
    assert [each["id"] for each in mastodon.statuses_of("care")] == [outcome.remote_id]
    await channel.aclose()


async def test_a_server_that_is_not_there(mastodon: MastodonServer) -> None:
    channel = MastodonChannel("care", "http://127.0.0.1:1", Secret("t"), now=now)
    with pytest.raises(NotReachable, match="does not answer"):
        await channel.poll(None)
    outcome = await channel.send(reply_to("1"))
    assert isinstance(outcome, Retry)
    assert outcome.after_s is None
    with pytest.raises(NotReachable):
        await channel.find_reply(reply_to("1"))
    await channel.aclose()


async def test_the_budget_that_the_server_tells_stretches_the_interval(
    mastodon: MastodonServer, channel: MastodonChannel
) -> None:
    assert not channel.budget.is_told
    await channel.poll(None)
    budget = channel.budget
    assert budget.is_told and budget.limit == 100_000
    assert 0 < budget.reset_in_s <= 300
    assert pause_s(budget, channel.poll_every_s, channel.requests_per_poll) == channel.poll_every_s
