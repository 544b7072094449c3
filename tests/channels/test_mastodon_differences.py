"""Where real servers differ from the one that the tests run: each line of that table, and damaged answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest
from tests.channels.other_server import ME, START, OtherServer

from careconsole.channels.contract import (
    AccountDown,
    NotReachable,
    Page,
    PollBudget,
    TooManyRequests,
)
from careconsole.channels.mastodon import client as client_module
from careconsole.channels.mastodon import listing
from careconsole.channels.mastodon.channel import MastodonChannel
from careconsole.model.instant import to_us
from careconsole.model.message import Attachment, Author, Direction, ParentPost, Visibility
from careconsole.model.reply import Ambiguous, Limits, OutgoingReply, Rejected, Retry, Sent


def ids(page: Page) -> list[str]:
    return [item.external_id for item in page.items]


def reply_to(status_id: str | None, text: str = "on it", handle: str = "ana", **more: Any) -> OutgoingReply:
    fields = {"visibility": Visibility.PUBLIC, "queued_us": to_us(START), **more}
    return OutgoingReply(1, "key-1", text, reply_to=status_id, handle=handle, **fields)


def only(path: str, response: httpx.Response, method: str = "GET") -> Callable[[httpx.Request], Any]:
    """Answers one path in its own way."""

    def answer(request: httpx.Request) -> httpx.Response | None:
        matches = request.method == method and request.url.path.endswith(path)
        return response if matches else None

    return answer


# --- ids -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status_form", "notification_form"),
    [("01HQ0Z3K{:018d}", "01NOTE{:020d}"), ("{}", "{}"), ("zz-{}", "9{:03d}"), ("a/../{}", "b?c=#{}")],
)
async def test_ids_are_opaque(
    status_form: str, notification_form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    server = OtherServer(id_form=status_form, notification_form=notification_form)
    channel = server.channel()
    first = server.mention("ana", "<p>one</p>")
    page = await channel.poll(None)
    assert ids(page) == [first["id"]]
    later = [server.mention("ana", f"<p>{number}</p>")["id"] for number in range(7)]
    page = await channel.poll(page.state)
    assert [each for each in ids(page) if each in later] == later
    server.statuses.pop(later[0])
    rechecked = await channel.recheck([first["id"], later[0]])
    assert ids(rechecked) == [first["id"]]
    assert [each.external_id for each in rechecked.gone] == [later[0]]
    await channel.aclose()


async def test_ids_that_are_numbers_become_text() -> None:
    server = OtherServer()
    status = server.mention("ana", "<p>one</p>", id=17)
    server.notifications[0]["id"] = 3
    channel = server.channel()
    page = await channel.poll(None)
    assert ids(page) == ["17"]
    assert json.loads(page.state)["mentions"]["entries"][0][0] == "3"
    assert status["id"] == 17


# --- the idempotency key ----------------------------------------------------------------------------------


async def test_a_server_that_ignores_the_key_has_one_copy_if_we_read_back() -> None:
    server = OtherServer()
    asked = server.mention("ana", "<p>hello?</p>")

    def lose(request: httpx.Request) -> httpx.Response | None:
        if request.method == "POST":
            server._post(request)
            raise httpx.ReadTimeout("lost", request=request)
        return None

    server.special.append(lose)
    channel = server.channel()
    assert channel.has_working_key is False
    assert isinstance(await channel.send(reply_to(asked["id"])), Ambiguous)
    server.special.clear()
    found = await channel.find_reply(reply_to(asked["id"]))
    assert found is not None
    assert server.statuses[found]["in_reply_to_id"] == asked["id"]
    [request] = server.asked("/statuses", "POST")
    assert request.headers["Idempotency-Key"] == "key-1"


# --- rate limits ------------------------------------------------------------------------------------------


async def test_a_reset_in_iso_form_is_counted_down() -> None:
    server = OtherServer()
    server.headers = {
        "X-RateLimit-Limit": "300",
        "X-RateLimit-Remaining": "280",
        "X-RateLimit-Reset": (START + timedelta(seconds=200)).isoformat(),
    }
    channel = server.channel()
    await channel.poll(None)
    assert channel.budget == PollBudget(300, 280, 200)
    server.monotonic += 50
    assert channel.budget == PollBudget(300, 280, 150)
    server.monotonic += 500
    assert channel.budget == PollBudget(300, 300, 300)


async def test_without_headers_what_mastodon_allows_is_reckoned_with() -> None:
    server = OtherServer()
    channel = server.channel()
    assert channel.budget == PollBudget(300, 300, 300, is_told=False)
    await channel.poll(None)
    spent = len(server.requests)
    server.monotonic += 100
    assert channel.budget == PollBudget(300, 300 - spent, 200, is_told=False)
    await channel.send(reply_to(None))
    assert channel.budget.remaining == 300 - spent, "a send is not intake"
    server.monotonic += 200
    assert channel.budget == PollBudget(300, 300, 300, is_told=False)
    server.headers = {"X-RateLimit-Limit": "60", "X-RateLimit-Remaining": "50", "X-RateLimit-Reset": "9"}
    await channel.recheck(["1"])
    assert channel.budget == PollBudget(60, 50, 9)


async def test_what_a_send_tells_is_not_the_budget_of_reads() -> None:
    server = OtherServer()
    server.headers = {"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "280", "X-RateLimit-Reset": "200"}
    channel = server.channel()
    await channel.recheck(["1"])
    server.headers = {"X-RateLimit-Limit": "10", "X-RateLimit-Remaining": "1", "X-RateLimit-Reset": "3000"}
    await channel.send(reply_to(None))
    assert channel.budget == PollBudget(300, 279, 200, sent=1)


async def test_the_length_of_the_window_is_learnt_from_its_resets() -> None:
    server = OtherServer()
    channel = server.channel()
    seen = []
    for passed, remaining, reset in ((0, 50, 20), (10, 40, 10), (15, 59, 55), (5, 50, 50), (60, 59, 58)):
        server.monotonic += passed
        server.headers = {
            "X-RateLimit-Limit": "60",
            "X-RateLimit-Remaining": str(remaining),
            "X-RateLimit-Reset": str(reset),
        }
        await channel.recheck(["1"])
        seen.append(channel.budget.window_s)
    assert seen == [300, 300, 55, 55, 58]


@pytest.mark.parametrize(
    ("headers", "after_s"),
    [({"X-RateLimit-Reset": "2026-03-01T12:03:00.000Z"}, 180), ({"Retry-After": "9"}, 9), ({}, 60)],
)
async def test_too_many_requests_with_and_without_a_time(headers: dict[str, str], after_s: float) -> None:
    server = OtherServer()
    limited = httpx.Response(429, json={"error": "rate limit reached"}, headers=headers)
    server.special.append(lambda request: limited)
    channel = server.channel()
    with pytest.raises(TooManyRequests) as caught:
        await channel.poll(None)
    assert caught.value.after_s == after_s
    outcome = await channel.send(reply_to("1"))
    assert isinstance(outcome, Retry)
    assert outcome.after_s == after_s


# --- conversations ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["stable", "changing", "none"])
async def test_direct_messages_arrive_once_however_conversations_are_named(form: str) -> None:
    server = OtherServer(conversations=form)
    channel = server.channel()
    first = server.mention("ana", "<p>my code</p>", visibility="direct")
    page = await channel.poll(None)
    assert ids(page) == [first["id"]]
    second = server.mention("ana", "<p>4711</p>", visibility="direct")
    page = await channel.poll(page.state)
    assert [each for each in ids(page) if each != first["id"]] == [second["id"]]
    assert page.items[-1].visibility is Visibility.DIRECT
    server.at += timedelta(minutes=10)
    page = await channel.poll(page.state)
    assert ids(page) == []


@pytest.mark.parametrize("form", ["stable", "changing"])
async def test_direct_messages_that_no_notification_tells_of_arrive_all(form: str) -> None:
    server = OtherServer(conversations=form)
    channel = server.channel()
    state = (await channel.poll(None)).state
    first = server.status("ana", "<p>one</p>", mentions=("care",), visibility="direct")
    second = server.status(
        "ana", "<p>two</p>", mentions=("care",), visibility="direct", in_reply_to_id=first["id"]
    )
    page = await channel.poll(state)
    assert ids(page) == [first["id"], second["id"]]
    asked = len(server.asked("/context"))
    await channel.poll(page.state)
    assert len(server.asked("/context")) == asked


async def test_a_server_without_conversations_still_brings_mentions() -> None:
    server = OtherServer()
    server.special.append(only("/conversations", httpx.Response(404, text="<html></html>")))
    status = server.mention("ana", "<p>hi</p>")
    page = await server.channel().poll(None)
    assert ids(page) == [status["id"]]
    assert len(page.notices) == 1


# --- edits and deletions ----------------------------------------------------------------------------------


async def test_an_update_notification_brings_the_new_text_of_what_concerns_us() -> None:
    server = OtherServer()
    channel = server.channel()
    status = server.mention("ana", "<p>first</p>")
    foreign = server.status("ben", "<p>we liked this once</p>")
    page = await channel.poll(None)
    status.update(content="<p>second</p>", edited_at="2026-03-01T12:30:00.000Z")
    server.at += timedelta(hours=1)
    server.notify(status, "update")
    server.notify(foreign, "update")
    page = await channel.poll(page.state)
    assert [(item.external_id, item.text) for item in page.items] == [(status["id"], "second")]
    assert page.items[0].edited_at == START + timedelta(minutes=30)


@pytest.mark.parametrize("takes_many", [True, False])
@pytest.mark.parametrize(
    "gone",
    [
        httpx.Response(404, json={"error": "Record not found"}),
        httpx.Response(404, html="<h1>404</h1>"),
        httpx.Response(410),
    ],
)
async def test_a_deleted_status_is_gone_whatever_its_page_looks_like(
    takes_many: bool, gone: httpx.Response
) -> None:
    server = OtherServer(takes_many=takes_many)
    stays, goes = server.mention("ana", "<p>a</p>"), server.mention("ana", "<p>b</p>")
    server.statuses.pop(goes["id"])
    server.special.append(only(goes["id"], gone))
    page = await server.channel().recheck([stays["id"], goes["id"]])
    assert ids(page) == [stays["id"]]
    assert [(each.external_id, each.deleted_at) for each in page.gone] == [(goes["id"], server.at)]


async def test_a_deleted_status_that_still_shows_for_a_moment_is_gone_the_next_time() -> None:
    server = OtherServer(takes_many=False)
    channel = server.channel()
    status = server.mention("ana", "<p>a</p>")
    server.notifications.clear()
    page = await channel.recheck([status["id"]])
    assert (ids(page), page.gone) == ([status["id"]], [])
    server.statuses.clear()
    page = await channel.recheck([status["id"]])
    assert (ids(page), [each.external_id for each in page.gone]) == ([], [status["id"]])


@pytest.mark.parametrize("status", [500, 502, 503, 429, 401])
async def test_trouble_is_never_taken_for_a_deletion(status: int) -> None:
    server = OtherServer()
    asked = server.mention("ana", "<p>a</p>")
    channel = server.channel()
    await channel.poll(None)
    server.special.append(lambda request: httpx.Response(status, html="<h1>trouble</h1>"))
    with pytest.raises((NotReachable, TooManyRequests, AccountDown)):
        await channel.recheck([asked["id"]])


async def test_a_forbidden_status_is_neither_there_nor_gone() -> None:
    server = OtherServer(takes_many=False)
    asked = server.mention("ana", "<p>a</p>")
    server.special.append(
        only(asked["id"], httpx.Response(403, json={"error": "This action is not allowed"}))
    )
    page = await server.channel().recheck([asked["id"]])
    assert (ids(page), page.gone) == ([], [])


async def test_a_server_that_knows_no_batches_is_asked_for_each_in_turn() -> None:
    server = OtherServer(takes_many=False)
    channel = server.channel()
    known = [server.mention("ana", f"<p>{number}</p>")["id"] for number in range(30)]
    first, second = await channel.recheck(known), await channel.recheck(known)
    assert len(first.items) == len(second.items) == 20
    assert {*ids(first), *ids(second)} == set(known)
    assert first.gone == second.gone == []
    assert len([each for each in server.requests if each.url.path == "/api/v1/statuses"]) == 1


async def test_a_server_that_answers_batches_with_nothing_deletes_nothing() -> None:
    server = OtherServer()
    server.special.append(only("/statuses", httpx.Response(200, json=[])))
    channel = server.channel()
    known = [server.mention("ana", f"<p>{number}</p>")["id"] for number in range(3)]
    page = await channel.recheck(known)
    assert (sorted(ids(page)), page.gone) == (sorted(known), [])


async def test_with_little_room_statuses_are_asked_for_in_turn_and_one_that_is_gone_is_found() -> None:
    server = OtherServer()
    channel = server.channel()
    known = [server.mention("ana", f"<p>{number}</p>")["id"] for number in range(50)]
    gone = known[45]
    server.statuses.pop(gone)
    await channel.verify()
    seen, missing, costs = set(), [], []
    for _ in range(3):
        server.requests.clear()
        page = await channel.recheck(known, 1)
        seen |= set(ids(page))
        missing += [each.external_id for each in page.gone]
        costs.append(len(server.requests))
    assert seen == set(known) - {gone} and missing == [gone]
    assert sorted(costs) == [1, 1, 2]
    server.requests.clear()
    assert await channel.recheck(known, 0) == Page("")
    assert server.requests == []


async def test_with_little_room_single_statuses_are_asked_for_in_turn() -> None:
    server = OtherServer(takes_many=False)
    channel = server.channel()
    known = [server.mention("ana", f"<p>{number}</p>")["id"] for number in range(12)]
    await channel.recheck(known[:1])
    server.requests.clear()
    for _ in range(4):
        await channel.recheck(known, 3)
    asked = [each.url.path.rpartition("/")[2] for each in server.requests]
    assert sorted(asked) == sorted(known)


# --- refusals ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [400, 422])
async def test_too_long_is_a_refusal_by_either_status(status: int) -> None:
    server = OtherServer()
    said = {"error": "Validation failed: Text\tcharacter limit of 500\nexceeded"}
    server.special.append(only("/statuses", httpx.Response(status, json=said), "POST"))
    outcome = await server.channel().send(reply_to("1", "x" * 501))
    assert isinstance(outcome, Rejected)
    assert not outcome.account_down
    assert outcome.reason.endswith("Validation failed: Text character limit of 500 exceeded")


@pytest.mark.parametrize(
    ("response", "account_down"),
    [
        (httpx.Response(401, json={"error": "The access token is invalid"}), True),
        (httpx.Response(401), True),
        (httpx.Response(400, text="Invalid Bearer token"), True),
        (httpx.Response(400, json={"error": "invalid_token"}), True),
        (httpx.Response(403, json={"error": "This action is outside the authorized scopes"}), True),
        (httpx.Response(403, json={"error": "Your login is currently disabled"}), True),
        (httpx.Response(403, json={"error": "This action is not allowed"}), False),
        (httpx.Response(400, html="<h1>Bad token request</h1>"), False),
        (httpx.Response(404, json={"error": "Record not found"}), False),
        (httpx.Response(410), False),
        (httpx.Response(413), False),
        (httpx.Response(422, json={"error": 5}), False),
        (httpx.Response(301, headers={"Location": "https://elsewhere.test/"}), True),
    ],
)
async def test_what_is_refused_for_good(response: httpx.Response, account_down: bool) -> None:
    server = OtherServer()
    server.special.append(lambda request: response)
    outcome = await server.channel().send(reply_to("1"))
    assert isinstance(outcome, Rejected)
    assert outcome.account_down is account_down
    assert outcome.reason.startswith("account care: the server https://care.test ")
    assert "\n" not in outcome.reason
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(500),
        httpx.Response(502, html="<h1>"),
        httpx.Response(503, headers={"Retry-After": "5"}),
        httpx.Response(504),
        httpx.Response(408),
        httpx.Response(200, content=b'{"id": "1'),
        httpx.Response(200, json={}),
        httpx.Response(200, json={"id": ""}),
        httpx.Response(200, json=["1"]),
        httpx.Response(204),
    ],
)
async def test_what_cannot_be_told(response: httpx.Response) -> None:
    server = OtherServer()
    server.special.append(lambda request: response)
    outcome = await server.channel().send(reply_to("1"))
    assert isinstance(outcome, Ambiguous)
    assert outcome.after_s == (5 if "Retry-After" in response.headers else 0)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (httpx.ConnectError, Retry),
        (httpx.ConnectTimeout, Retry),
        (httpx.PoolTimeout, Retry),
        (httpx.ReadTimeout, Ambiguous),
        (httpx.ReadError, Ambiguous),
        (httpx.WriteTimeout, Ambiguous),
        (httpx.WriteError, Ambiguous),
        (httpx.CloseError, Ambiguous),
        (httpx.RemoteProtocolError, Ambiguous),
        (httpx.DecodingError, Ambiguous),
        (httpx.LocalProtocolError, Rejected),
    ],
)
async def test_what_a_silence_means(error: type[httpx.RequestError], kind: type) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise error("x", request=request)

    server = OtherServer()
    server.special.append(fail)
    channel = server.channel()
    assert isinstance(await channel.send(reply_to("1")), kind)
    with pytest.raises(NotReachable):
        await channel.poll(None)


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(401),
        httpx.Response(400, text="Invalid Bearer token"),
        httpx.Response(400, text="invalid token"),
    ],
)
async def test_a_dead_token_by_any_status_stops_the_account(response: httpx.Response) -> None:
    server = OtherServer()
    server.special.append(lambda request: response)
    channel = server.channel()
    for attempt in (
        channel.poll(None),
        channel.verify(),
        channel.recheck(["1"]),
        channel.find_reply(reply_to("1")),
    ):
        with pytest.raises(AccountDown, match="log in again"):
            await attempt


async def test_a_token_that_dies_in_the_middle_of_a_poll_stops_the_account() -> None:
    server = OtherServer()
    server.special.append(only("/conversations", httpx.Response(401)))
    with pytest.raises(AccountDown):
        await server.channel().poll(None)


# --- a reply to a missing post ----------------------------------------------------------------------------


async def test_a_reply_to_a_missing_post_is_refused_where_the_server_says_so() -> None:
    outcome = await OtherServer().channel().send(reply_to("gone"))
    assert isinstance(outcome, Rejected)
    assert "does not know the message answered" in outcome.reason


async def test_a_reply_that_lost_its_parent_is_found_among_our_own() -> None:
    server = OtherServer(keeps_reply_to_missing=False)
    channel = server.channel()
    outcome = await channel.send(reply_to("gone"))
    assert isinstance(outcome, Sent)
    assert server.statuses[outcome.remote_id]["in_reply_to_id"] is None
    assert await channel.find_reply(reply_to("gone")) == outcome.remote_id


async def test_the_copy_below_the_message_is_preferred() -> None:
    server = OtherServer()
    asked = server.mention("ana", "<p>?</p>")
    server.status("care", "<p>@ana on it</p>")
    below = server.status("care", "<p>@ana on it</p>", in_reply_to_id=asked["id"])
    assert await server.channel().find_reply(reply_to(asked["id"])) == below["id"]


async def test_somebody_elses_words_are_not_our_reply() -> None:
    server = OtherServer()
    asked = server.mention("ana", "<p>?</p>")
    server.status("ben", "<p>@ana on it</p>", in_reply_to_id=asked["id"])
    assert await server.channel().find_reply(reply_to(asked["id"])) is None


async def test_an_older_copy_is_not_this_reply() -> None:
    server = OtherServer()
    asked = server.mention("ana", "<p>?</p>")
    server.status("care", "<p>@ana on it</p>", in_reply_to_id=asked["id"])
    late = to_us(server.at + timedelta(minutes=5))
    assert await server.channel().find_reply(reply_to(asked["id"], queued_us=late)) is None


async def test_a_server_whose_clock_is_behind_does_not_hide_a_reply() -> None:
    server = OtherServer()
    asked = server.mention("ana", "<p>?</p>")
    queued_us = to_us(server.at)
    server.at -= timedelta(hours=1)
    server.headers = {"Date": format_datetime(server.at, usegmt=True)}
    sent = server.status("care", "<p>@ana on it</p>", in_reply_to_id=asked["id"])
    server.at += timedelta(hours=1)
    assert await server.channel().find_reply(reply_to(asked["id"], queued_us=queued_us)) == sent["id"]


async def test_marks_that_the_server_changed_do_not_hide_a_reply() -> None:
    server = OtherServer()
    asked = server.mention("bob@other.example", "<p>?</p>")
    content = (
        '<p><span class="h-card"><a href="https://other.example/@bob" class="u-url mention">@<span>bob</span></a>'
        "</span> It\u2019s <strong>here</strong>: "
        '<a href="https://a.example/x"><span class="invisible">https://</span>a.example/x</a> 👍</p>'
    )
    sent = server.status("care", content, mentions=("bob@other.example",), in_reply_to_id=asked["id"])
    reply = reply_to(asked["id"], "It's **here**:  https://a.example/x 👍", handle="bob@other.example")
    assert await server.channel().find_reply(reply) == sent["id"]


async def test_too_many_statuses_of_ours_cannot_be_told_apart() -> None:
    server = OtherServer()
    for number in range(10):
        server.status("care", f"<p>{number}</p>")
    page = httpx.Response(200, json=list(server.statuses.values()))
    numbers = iter(range(100))

    def endless(request: httpx.Request) -> httpx.Response | None:
        if not request.url.path.endswith(f"{ME}/statuses"):
            return None
        fresh = [{**each, "id": f"{each['id']}-{next(numbers)}"} for each in page.json()]
        return httpx.Response(200, json=fresh)

    server.special.append(endless)
    with pytest.raises(NotReachable, match="too many statuses"):
        await server.channel().find_reply(reply_to(None))


# --- limits -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("v2", "v1", "limits"),
    [
        (
            {"configuration": {"statuses": {"max_characters": 5000, "characters_reserved_per_url": 25}}},
            None,
            Limits(5000, 25, True),
        ),
        (
            None,
            {"uri": "care.test", "configuration": {"statuses": {"max_characters": 700}}},
            Limits(700, 23, True),
        ),
        (None, {"uri": "https://care.test", "max_toot_chars": 900}, Limits(900, 23, True)),
        ({}, None, Limits(500, 23, True)),
        ({"configuration": {"statuses": {"max_characters": -1}}}, {}, Limits(500, 23, True)),
        (None, None, Limits(500, 23, True)),
    ],
)
async def test_limits_from_either_version_of_the_instance(
    v2: dict[str, Any] | None, v1: dict[str, Any] | None, limits: Limits
) -> None:
    server = OtherServer()
    for path, told in (("/api/v2/instance", v2), ("/api/v1/instance", v1)):
        response = (
            httpx.Response(500, html="<h1>500</h1>") if told is None else httpx.Response(200, json=told)
        )
        server.special.append(only(path, response))
    channel = server.channel()
    await channel.poll(None)
    assert channel.limits == limits
    await channel.poll(None)
    assert len(server.asked("/api/v2/instance")) == 1
    verified = await channel.verify()
    assert verified.full_handle == "care@care.test"


async def test_a_server_that_did_not_tell_its_limits_is_asked_again_later() -> None:
    server = OtherServer()
    server.special.append(only("/instance", httpx.Response(500)))
    channel = server.channel()
    await channel.poll(None)
    server.special.clear()
    told = {"domain": "care.test", "configuration": {"statuses": {"max_characters": 1000}}}
    server.special.append(only("/api/v2/instance", httpx.Response(200, json=told)))
    server.monotonic += 599
    await channel.poll(None)
    assert channel.limits.max_chars == 500
    server.monotonic += 2
    await channel.poll(None)
    assert channel.limits.max_chars == 1000


# --- people and their words -------------------------------------------------------------------------------


@pytest.mark.parametrize("local_acct", ["{}", "{}@care.test"])
async def test_local_people_have_no_server_in_their_handle(local_acct: str) -> None:
    server = OtherServer(local_acct=local_acct)
    server.mention("ana", "<p>hi</p>")
    server.mention("bob@other.example", "<p>hi</p>")
    channel = server.channel()
    page = await channel.poll(None)
    assert [item.author for item in page.items] == [
        Author("ana", "Ana", 7, "ana@care.test"),
        Author("bob@other.example", "Bob", 7, "bob@other.example"),
    ]
    verified = await channel.verify()
    assert (verified.handle, verified.full_handle) == ("care", "care@care.test")


async def test_the_domain_of_handles_may_differ_from_the_address() -> None:
    server = OtherServer()
    server.special.append(only("/api/v2/instance", httpx.Response(200, json={"domain": "brand.example"})))
    server.mention("ana", "<p>hi</p>")
    page = await server.channel().poll(None)
    assert page.items[0].author.full_handle == "ana@brand.example"


async def test_cards_of_mentions_read_as_handles() -> None:
    server = OtherServer(local_acct="{}@care.test")
    card = '<span class="h-card"><a href="https://{}/@{}" class="u-url mention">@<span>{}</span></a></span>'
    content = (
        f"<p>{card.format('care.test', 'care', 'care')} ask {card.format('other.example', 'bob', 'bob')}</p>"
    )
    server.mention("ana", content)
    server.notifications[0]["status"]["mentions"].append(server.account("bob@other.example"))
    page = await server.channel().poll(None)
    assert page.items[0].text == "@care ask @bob@other.example"


async def test_a_warning_is_part_of_the_text_and_attachments_stand_beside_it() -> None:
    server = OtherServer()
    size = {"original": {"width": 640, "height": 480, "size": "640x480"}, "small": {}}
    media = [
        {
            "id": "1",
            "type": "image",
            "description": "the torn\nbag",
            "url": "https://x.example/1.png",
            "meta": size,
        },
        {
            "type": "video",
            "url": None,
            "remote_url": "https://y.example/2",
            "meta": {"original": {"width": "?"}},
        },
        {"type": "unknown", "meta": []},
    ]
    server.mention("ana", "<p>look</p>", spoiler_text="luggage", media_attachments=media)
    page = await server.channel().poll(None)
    assert page.items[0].text == "luggage\n\nlook"
    assert page.items[0].attachments == (
        Attachment("image", "the torn\nbag", "https://x.example/1.png", None, 640, 480),
        Attachment("video", "", "https://y.example/2"),
        Attachment("unknown"),
    )


@pytest.mark.parametrize(
    ("word", "visibility"),
    [("limited", Visibility.DIRECT), ("local", Visibility.FOLLOWERS), ("", Visibility.FOLLOWERS)],
)
async def test_a_visibility_of_another_server_is_never_taken_for_a_wider_one(
    word: str, visibility: Visibility
) -> None:
    server = OtherServer()
    server.mention("ana", "<p>hi</p>", visibility=word)
    page = await server.channel().poll(None)
    assert page.items[0].visibility is visibility


async def test_a_time_to_come_is_now() -> None:
    server = OtherServer()
    server.mention("ana", "<p>hi</p>", created_at="2026-04-01T00:00:00Z")
    page = await server.channel().poll(None)
    assert page.items[0].at == server.at


# --- our own account --------------------------------------------------------------------------------------


async def test_our_own_statuses_become_answers_only_if_they_answer_a_customer() -> None:
    server = OtherServer()
    channel = server.channel()
    state = (await channel.poll(None)).state
    asked = server.status("ana", "<p>?</p>")
    post = server.status("care", "<p>news</p>")
    server.status("care", "<p>more news</p>", in_reply_to_id=post["id"])
    server.status("care", "<p>with @ben</p>", mentions=("ben",))
    server.status("care", "", reblog=asked)
    named = server.status("care", "<p>@ana yes</p>", mentions=("ana",), in_reply_to_id=asked["id"])
    part = server.status("care", "<p>@ana and</p>", mentions=("ana",), in_reply_to_id=named["id"])
    unnamed = server.status("care", "<p>indeed</p>", in_reply_to_id=asked["id"])
    private = server.status("care", "<p>@ben hi</p>", mentions=("ben",), visibility="direct")
    server.monotonic += 61
    page = await channel.poll(state)
    assert ids(page) == [named["id"], part["id"], unnamed["id"], private["id"]]
    assert {item.direction for item in page.items} == {Direction.OUT}
    assert [item.author.handle for item in page.items] == ["ana", "ana", "ana", "ben"]
    assert [item.reply_to for item in page.items] == [asked["id"], named["id"], asked["id"], None]


async def test_a_comment_with_our_handle_shows_the_post_it_hangs_under() -> None:
    server = OtherServer()
    post = server.status("care", "<p>A <b>new</b> shop</p>")
    comment = server.mention("ana", "<p>@care when?</p>", in_reply_to_id=post["id"])
    answer = server.status("care", "<p>@ana soon</p>", mentions=("ana",), in_reply_to_id=comment["id"])
    again = server.mention("ana", "<p>@care thanks</p>", in_reply_to_id=answer["id"])
    page = await server.channel().poll(None)
    parents = {item.external_id: item.parent for item in page.items}
    assert parents[comment["id"]] == ParentPost(post["id"], "A new shop")
    assert parents[again["id"]] == ParentPost(post["id"], "A new shop")


async def test_old_posts_and_threads_beyond_the_budget_are_left_alone() -> None:
    server = OtherServer()
    old = server.status("care", "<p>long ago</p>", created_at="2026-02-01T00:00:00Z")
    server.status("ben", "<p>late comment</p>", in_reply_to_id=old["id"])
    post = server.status("care", "<p>news</p>")
    comment = server.status("ben", "<p>where?</p>", in_reply_to_id=post["id"])
    server.headers = {
        "X-RateLimit-Limit": "300",
        "X-RateLimit-Remaining": "149",
        "X-RateLimit-Reset": "300",
    }
    channel = server.channel()
    page = await channel.poll(None)
    assert ids(page) == []
    server.headers["X-RateLimit-Remaining"] = "290"
    server.monotonic += 61
    page = await channel.poll(page.state)
    server.monotonic += 61
    page = await channel.poll(page.state)
    assert ids(page) == [comment["id"]]


@pytest.mark.parametrize("takes_many", [True, False])
async def test_watched_posts_are_looked_at_in_turn(takes_many: bool) -> None:
    server = OtherServer(takes_many=takes_many)
    posts = [server.status("care", f"<p>post {number}</p>", replies_count=0) for number in range(8)]
    channel = server.channel()
    state = (await channel.poll(None)).state
    comment = server.status("ben", "<p>where?</p>", in_reply_to_id=posts[6]["id"])
    posts[6]["replies_count"] = 1
    found: list[str] = []
    turns = 0
    while comment["id"] not in found and turns < 8:
        turns += 1
        server.monotonic += 61
        page = await channel.poll(state)
        state, found = page.state, found + ids(page)
    assert comment["id"] in found
    assert turns <= (1 if takes_many else 3)
    server.statuses.pop(posts[6]["id"])
    for _ in range(8):
        server.monotonic += 61
        state = (await channel.poll(state)).state
    assert posts[6]["id"] not in [each[0] for each in json.loads(state)["watched"]]


async def test_our_replies_are_watched_for_comments_that_dropped_our_handle() -> None:
    server = OtherServer()
    asked = server.mention("ana", "<p>@care where is it?</p>", replies_count=0)
    answer = server.status(
        "care", "<p>@ana on its way</p>", mentions=("ana",), in_reply_to_id=asked["id"], replies_count=0
    )
    channel = server.channel()
    state = (await channel.poll(None)).state
    follow_up = server.status("ana", "<p>since Monday?</p>", in_reply_to_id=answer["id"])
    deeper = server.status("ben", "<p>same here</p>", in_reply_to_id=follow_up["id"])
    server.status("ben", "<p>@ana good luck</p>", in_reply_to_id=asked["id"])
    answer["replies_count"] = 1
    server.monotonic += 61
    page = await channel.poll(state)
    assert ids(page) == [follow_up["id"], deeper["id"]], "talk that is not below our words is left alone"
    assert [item.parent for item in page.items] == [None, None]
    [watched] = json.loads(page.state)["watched"]
    assert watched[3] == asked["id"]


async def test_one_request_covers_all_our_posts_of_a_thread() -> None:
    server = OtherServer()
    post = server.status("care", "<p>news</p>", replies_count=1)
    comment = server.mention("ana", "<p>@care when?</p>", in_reply_to_id=post["id"])
    answers = [
        server.status("care", f"<p>@ana {n}</p>", in_reply_to_id=comment["id"], replies_count=0)
        for n in range(3)
    ]
    channel = server.channel()
    state = (await channel.poll(None)).state
    for _ in range(2):  # the first looks learn where the thread begins
        server.monotonic += 61
        state = (await channel.poll(state)).state
    assert {each[3] for each in json.loads(state)["watched"]} == {post["id"]}
    dropped = [
        server.status("ana", f"<p>{n}?</p>", in_reply_to_id=each["id"]) for n, each in enumerate(answers)
    ]
    for each in answers:
        each["replies_count"] = 1
    server.requests.clear()
    server.monotonic += 61
    page = await channel.poll(state)
    assert {each["id"] for each in dropped} <= set(ids(page))
    assert {item.parent for item in page.items} == {ParentPost(post["id"], "news")}
    assert len(server.asked("/context")) == 1


async def test_a_reply_whose_message_was_deleted_is_watched_by_itself() -> None:
    server = OtherServer()
    asked = server.mention("ana", "<p>@care where is it?</p>")
    answer = server.status("care", "<p>@ana on its way</p>", in_reply_to_id=asked["id"], replies_count=0)
    channel = server.channel()
    state = (await channel.poll(None)).state
    server.statuses.pop(asked["id"])
    comment = server.status("ana", "<p>since Monday?</p>", in_reply_to_id=answer["id"])
    answer["replies_count"] = 1
    found: list[str] = []
    for _ in range(2):
        server.monotonic += 61
        page = await channel.poll(state)
        state, found = page.state, found + ids(page)
    assert comment["id"] in found
    server.statuses.pop(answer["id"])
    for _ in range(2):
        server.monotonic += 61
        state = (await channel.poll(state)).state
    assert json.loads(state)["watched"] == []


async def test_many_posts_of_ours_cost_no_more_than_a_few_requests_a_turn() -> None:
    server = OtherServer()
    for number in range(120):
        asked = server.status("ana", f"<p>@care {number}</p>")
        server.status("care", f"<p>@ana {number}</p>", in_reply_to_id=asked["id"], replies_count=1)
    channel = server.channel()
    state = (await channel.poll(None)).state
    assert len(json.loads(state)["watched"]) == 120
    server.requests.clear()
    server.monotonic += 61
    await channel.poll(state)
    assert len(server.asked("/context")) == 3
    assert len([each for each in server.requests if each.url.path == "/api/v1/statuses"]) <= 3


# --- what arrives at all ----------------------------------------------------------------------------------


async def test_the_first_poll_looks_back_seven_days_and_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE", 3)
    server = OtherServer(at=START - timedelta(days=9))
    server.mention("ana", "<p>too old</p>")
    server.at = START - timedelta(days=6)
    recent = [server.mention("ana", f"<p>{number}</p>")["id"] for number in range(8)]
    server.at = START
    page = await server.channel().poll(None)
    assert ids(page) == recent


async def test_an_account_with_only_old_mentions_starts_after_them() -> None:
    server = OtherServer(at=START - timedelta(days=30))
    server.mention("ana", "<p>old</p>")
    server.at = START
    channel = server.channel()
    page = await channel.poll(None)
    assert ids(page) == []
    new = server.mention("ana", "<p>new</p>")
    assert ids(await channel.poll(page.state)) == [new["id"]]


async def test_what_the_server_lists_late_arrives_all_the_same() -> None:
    server = OtherServer()
    channel = server.channel()
    server.mention("ana", "<p>one</p>")
    server.mention("ana", "<p>two</p>")
    page = await channel.poll(None)
    late = server.status("ben", "<p>late</p>", mentions=("care",))
    server.notify(late)
    server.notifications.insert(1, server.notifications.pop())
    page = await channel.poll(page.state)
    assert late["id"] in ids(page)


async def test_the_cursor_is_the_links_parameter_but_never_its_host() -> None:
    server = OtherServer()
    channel = server.channel()
    server.mention("ana", "<p>one</p>")
    page = await channel.poll(None)
    server.at += timedelta(minutes=10)
    two = server.mention("ana", "<p>two</p>")
    link = '<https://evil.example/api/v1/notifications?limit=40&min_id=the-link>; rel="prev"'
    last = server.notifications[-1]
    answers = iter([httpx.Response(200, json=[last], headers={"Link": link}), httpx.Response(200, json=[])])
    server.special.append(
        lambda request: next(answers) if request.url.path.endswith("/notifications") else None
    )
    assert ids(await channel.poll(page.state)) == [two["id"]]
    assert server.asked("/notifications")[-1].url.params["min_id"] == "the-link"
    assert {request.url.host for request in server.requests} == {"care.test"}


@pytest.mark.parametrize(
    "damage",
    [
        {"status": {"id": "x"}},
        {"status": "no object"},
        {"created_at": "yesterday"},
        {"type": None, "status": [1]},
        {"id": {}, "status": {"id": 5}},
    ],
)
async def test_one_damaged_entry_is_set_aside_and_the_others_arrive(damage: dict[str, Any]) -> None:
    server = OtherServer()
    posted = [server.mention("ana", f"<p>{number}</p>")["id"] for number in range(5)]
    server.notifications[2].update(damage)
    channel = server.channel()
    page = await channel.poll(None)
    assert [each for each in ids(page) if each != posted[2]] == [*posted[:2], *posted[3:]]
    [poisoned] = page.poisoned
    assert json.loads(poisoned.raw) == server.notifications[2]
    assert poisoned.reason


async def test_a_damaged_entry_is_reported_once() -> None:
    server = OtherServer()
    server.mention("ana", "<p>1</p>")
    server.mention("ana", "<p>2</p>")
    server.notifications[0]["status"] = {"id": "x"}
    server.notifications[1]["status"] = {"id": "y"}
    channel = server.channel()
    first = await channel.poll(None)
    second = await channel.poll(first.state)
    assert (len(first.poisoned), len(second.poisoned)) == (2, 0)


async def test_half_characters_and_control_bytes_in_json_do_not_stop_a_poll() -> None:
    server = OtherServer()
    server.mention("ana", "<p>a\ud800b\x00\x1b[2J</p>")
    body = json.dumps(server.notifications).encode()
    server.special.append(only("/notifications", httpx.Response(200, content=body)))
    page = await server.channel().poll(None)
    assert page.items[0].text == "a\ufffdb\x00\x1b[2J"


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"null", b'"text"', b"[" * 100_000, b"\xff\xfe", b"<html>", b"[1" * 3]
)
async def test_answers_that_make_no_sense_fail_the_poll(body: bytes) -> None:
    server = OtherServer()
    server.special.append(only("/notifications", httpx.Response(200, content=body)))
    with pytest.raises(NotReachable):
        await server.channel().poll(None)


async def test_an_endless_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "ANSWER_LIMIT", 1000)
    server = OtherServer()
    server.special.append(only("/notifications", httpx.Response(200, content=b"x" * 1001)))
    with pytest.raises(NotReachable):
        await server.channel().poll(None)


async def test_a_redirect_is_not_followed() -> None:
    server = OtherServer()
    moved = httpx.Response(302, headers={"Location": "https://evil.example/api/v1/notifications"})
    server.special.append(only("/notifications", moved))
    with pytest.raises(NotReachable, match="another address"):
        await server.channel().poll(None)
    assert {request.url.host for request in server.requests} == {"care.test"}


async def test_the_token_is_in_no_sentence_and_no_repr() -> None:
    server = OtherServer()
    channel = server.channel()
    server.special.append(lambda request: httpx.Response(500))
    with pytest.raises(NotReachable) as caught:
        await channel.poll(None)
    shown = f"{caught.value} {caught.value.__cause__} {channel!r} {vars(channel)} {vars(channel._client)}"
    assert "tok" not in shown.replace("_token", "").replace("our token", "")
    assert server.requests[0].headers["Authorization"] == "Bearer tok"


@pytest.mark.parametrize("state", ["", "null", "[]", "{}", '{"mentions": 5}', "not json"])
async def test_a_state_that_is_not_ours_starts_anew(state: str) -> None:
    server = OtherServer()
    status = server.mention("ana", "<p>hi</p>")
    channel: MastodonChannel = server.channel()
    assert ids(await channel.poll(state)) == [status["id"]]


async def test_a_post_that_is_gone_is_asked_for_once() -> None:
    server = OtherServer()
    channel = server.channel()
    state = (await channel.poll(None)).state
    asked = server.mention("ana", "<p>?</p>", in_reply_to_id="gone", in_reply_to_account_id=ME)
    page = await channel.poll(state)
    assert (ids(page), page.items[0].parent) == ([asked["id"]], None)
    await channel.poll(page.state)
    await channel.recheck([asked["id"]])
    assert len(server.asked("/statuses/gone")) == 1


async def test_what_is_looked_at_again_keeps_its_post() -> None:
    server = OtherServer()
    post = server.status("care", "<p>news</p>")
    comment = server.mention("ana", "<p>?</p>", in_reply_to_id=post["id"])
    page = await server.channel().recheck([comment["id"]])
    assert page.items[0].parent == ParentPost(post["id"], "news")
