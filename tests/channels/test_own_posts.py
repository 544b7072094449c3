"""Our own posts are watched for comments for seven days, as far as the budget goes, and no longer."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from tests.channels.other_server import OtherServer

from careconsole.channels.contract import Page


def watched(page: Page) -> list[str]:
    return [each[0] for each in json.loads(page.state)["watched"]]


@pytest.mark.parametrize(("days", "is_watched"), [(6.9, True), (7.1, False)])
@pytest.mark.parametrize("takes_many", [True, False])
async def test_a_post_is_watched_for_seven_days(takes_many: bool, days: float, is_watched: bool) -> None:
    server = OtherServer(takes_many=takes_many)
    post = server.status("care", "<p>news</p>", replies_count=0)
    answered = server.mention("ana", "<p>@care hello</p>", replies_count=0)
    answer = server.status("care", "<p>@ana hi</p>", in_reply_to_id=answered["id"], replies_count=0)
    channel = server.channel()
    page = await channel.poll(None)
    assert watched(page) == [post["id"], answer["id"]]
    for number in range(3):  # from day to day, as a desk that runs all the time
        server.at += timedelta(days=days / 3)
        server.monotonic += 61
        if number == 2:
            comment = server.status("ben", "<p>where?</p>", in_reply_to_id=post["id"])
            post["replies_count"] = 1
            server.requests.clear()
        page = await channel.poll(page.state)
    found = [item.external_id for item in page.items]
    assert (watched(page) != [], comment["id"] in found) == (is_watched, is_watched)
    asked = [
        each for each in server.requests if "/statuses" in each.url.path and "accounts" not in each.url.path
    ]
    assert bool(asked) == is_watched


async def test_with_little_to_spare_fewer_threads_are_looked_at_and_all_get_their_turn() -> None:
    server = OtherServer(takes_many=False)
    posts = [server.status("care", f"<p>post {number}</p>", replies_count=0) for number in range(6)]
    channel = server.channel()
    page = await channel.poll(None)
    comments = [server.status("ben", "<p>where?</p>", in_reply_to_id=post["id"])["id"] for post in posts]
    server.headers = {"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "279", "X-RateLimit-Reset": "300"}
    found: set[str] = set()
    for _ in range(8):
        server.monotonic += 61
        server.requests.clear()
        page = await channel.poll(page.state)
        assert 1 <= len(server.asked("/context")) <= 2
        found |= {item.external_id for item in page.items}
    assert found == set(comments)
    server.headers["X-RateLimit-Remaining"] = "240"
    await channel.recheck([posts[0]["id"]])
    server.monotonic += 61
    server.requests.clear()
    await channel.poll(page.state)
    assert server.asked("/context") == [] and server.asked("/notifications"), "they come last"
