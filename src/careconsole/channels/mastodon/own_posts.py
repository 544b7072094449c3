"""Our own posts of the last 7 days, replies too, watched for comments that dropped our handle.

One request for what stands around a status brings a whole thread. So posts of one thread are looked at together, from
the highest status above them that is known: at first that is the message a post answers, after one look the thread's
beginning.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from careconsole.channels.mastodon.cursor import PollState, Watched
from careconsole.channels.mastodon.items import OurAccount, visibility_of_status
from careconsole.channels.mastodon.listing import DAYS_BACK
from careconsole.channels.mastodon.models import Context, Status
from careconsole.channels.mastodon.statuses import BATCH, Statuses

WATCHED = 500
"""So many posts are watched at most, the newest ones."""
LOOKS = 3
"""Threads that one turn may read."""
NEAR = 20
"""So many of the newest posts have the number of their replies read at each turn, the older ones in turn."""


@dataclass(frozen=True, slots=True)
class Comments:
    """What stands below posts of ours in one thread, undecoded."""

    raw: Sequence[Any]
    post_id: str
    """The post of ours that begins the thread; empty if somebody else began it."""


class OwnPosts:
    """Takes turns: threads in which the number of replies to us changed first, then one after the other."""

    def __init__(self, statuses: Statuses, ours: OurAccount) -> None:
        self._statuses = statuses
        self._ours = ours
        self._turn = 0

    def note(self, state: PollState, written: list[Status], now: datetime) -> None:
        """Watch posts that we wrote, and no longer those that are old."""
        tops = {each.post_id: each.top for each in state.watched}
        for post in sorted(written, key=lambda post: post.created_at):
            public = visibility_of_status(post).is_public and post.reblog is None
            if self._ours.wrote(post) and public and post.id not in tops:
                answered = post.in_reply_to_id
                tops[post.id] = post.id if answered is None else tops.get(answered, answered)
                state.watched.append(Watched(post.id, post.created_at, 0, tops[post.id]))
        state.watched = [each for each in state.watched if each.at >= now - DAYS_BACK]
        state.watched.sort(key=lambda each: each.at)
        del state.watched[:-WATCHED]

    async def comments(self, state: PollState, most: int | None = None) -> list[Comments]:
        """What stands below our posts in the threads whose turn it is; the state's numbers move on.

        With `most`, so many requests are made. Raises ChannelError; then the state is as it was.
        """
        if not state.watched:
            return []
        replies, spent = await self._replies(state, most)
        looks = LOOKS if most is None else max(1, min(LOOKS, most - spent))
        found, watched = [], list(state.watched)
        for top in self._chosen(state, replies, looks):
            context = await self._statuses.context(top)
            watched = _after_look(watched, top, context, replies)
            if context is not None:
                found.append(self._below_ours(top, context, {each.post_id for each in state.watched}))
        self._turn += 1
        state.watched = watched
        return found

    async def _replies(self, state: PollState, most: int | None) -> tuple[dict[str, int], int]:
        """The number of replies to the newest posts and to some older ones, where the server tells many at once;
        and how many requests that cost."""
        if not self._statuses.takes_many:
            return {}, 0
        ids = [each.post_id for each in reversed(state.watched)]
        older = ids[NEAR:]
        start = self._turn * BATCH % max(1, len(older))
        before = self._statuses.reads
        some = None if most is None else max(1, most - 2)
        found = await self._statuses.fetch([*ids[:NEAR], *older[start : start + BATCH]], some)
        told = {status.id: status.replies_count for status in found.statuses}
        return told, self._statuses.reads - before

    def _chosen(self, state: PollState, replies: dict[str, int], looks: int) -> list[str]:
        """The tops of threads to look at: where something changed, then those whose turn it is."""
        newest_first = state.watched[::-1]
        changed = (
            each.top for each in newest_first if replies.get(each.post_id, each.replies) != each.replies
        )
        chosen = list(dict.fromkeys(changed))[:looks]
        tops = list(dict.fromkeys(each.top for each in newest_first))
        near = tops[:NEAR]
        for number in range(1 if replies else looks):
            # The last one goes round among all threads, those before it among the newest.
            among = near if number < looks - 1 and not replies else tops
            place = self._turn * (looks - 1) + number if among is near else self._turn
            top = among[place % len(among)]
            if len(chosen) < looks and top not in chosen:
                chosen.append(top)
        return chosen

    def _below_ours(self, top: str, context: Context, watched: set[str]) -> Comments:
        """What others wrote below a post of ours, however deep; their other talk is none of our business."""
        everything = [*context.ancestors, *context.descendants]
        above = {_text(raw, "id"): _text(raw, "in_reply_to_id") for raw in everything}
        mine = {_text(raw, "id") for raw in everything if self._is_ours(raw)} | watched
        raw = [each for each in context.descendants if _hangs_below(_text(each, "id"), above, mine)]
        root = _text(context.ancestors[0], "id") if context.ancestors else top
        return Comments(raw, root if root in mine else "")

    def _is_ours(self, raw: Any) -> bool:
        return isinstance(raw, dict) and _text(raw.get("account"), "id") == self._ours.id


def _after_look(
    watched: Iterable[Watched], top: str, context: Context | None, replies: dict[str, int]
) -> list[Watched]:
    """The posts as they are watched after a look at one thread."""
    kept = []
    root = _text(context.ancestors[0], "id") if context is not None and context.ancestors else ""
    for each in watched:
        if each.top != top:
            kept.append(each)
        elif context is not None:
            seen = replies.get(each.post_id, each.replies)
            kept.append(replace(each, replies=seen, top=root or top))
        elif each.post_id != top:
            kept.append(replace(each, top=each.post_id))  # what it answered is gone: it stands alone now
    return kept


def _hangs_below(status_id: str, above: dict[str, str], mine: set[str]) -> bool:
    passed: set[str] = set()
    while status_id and status_id not in passed:
        passed.add(status_id)
        status_id = above.get(status_id, "")
        if status_id in mine:
            return True
    return False


def _text(raw: Any, name: str) -> str:
    """A field of an undecoded entry as text; empty if it has none."""
    value = raw.get(name) if isinstance(raw, dict) else None
    return "" if value is None else str(value)
