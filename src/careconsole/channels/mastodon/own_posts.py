"""Our own posts of the last 7 days, watched for comments that dropped our handle."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careconsole.channels.mastodon.cursor import PollState
from careconsole.channels.mastodon.items import OurAccount, visibility_of_status
from careconsole.channels.mastodon.listing import DAYS_BACK
from careconsole.channels.mastodon.models import Status
from careconsole.channels.mastodon.statuses import Statuses

WATCHED = 40
"""So many posts are watched, the newest ones."""
LOOKS = 3
"""Threads that one turn may read."""


class OwnPosts:
    """Takes turns: posts whose number of replies changed first, then one after the other."""

    def __init__(self, statuses: Statuses) -> None:
        self._statuses = statuses
        self._turn = 0

    def note(self, state: PollState, written: list[Status], ours: OurAccount, now: datetime) -> None:
        """Watch posts that we wrote, and no longer those that are old."""
        known = {post_id for post_id, _, _ in state.watched}
        for post in written:
            begins = post.in_reply_to_id is None and post.reblog is None
            public = visibility_of_status(post).is_public
            if ours.wrote(post) and begins and public and post.id not in known:
                state.watched.append((post.id, post.created_at, 0))
        state.watched = [each for each in state.watched if each[1] >= now - DAYS_BACK]
        state.watched.sort(key=lambda each: each[1])
        del state.watched[:-WATCHED]

    async def comments(self, state: PollState, looks: int = LOOKS) -> list[tuple[str, list[Any]]]:
        """Ids of posts with what stands below them, undecoded; the state's numbers move on.

        Raises ChannelError; then the state is as it was.
        """
        if not state.watched:
            return []
        replies = await self._replies(state)
        chosen = self._chosen(state, replies, looks)
        below = {post_id: await self._statuses.descendants(post_id) for post_id in chosen}
        state.watched = [
            (post_id, at, replies.get(post_id, seen) if post_id in below else seen)
            for post_id, at, seen in state.watched
            if below.get(post_id, []) is not None
        ]
        return [(post_id, found) for post_id, found in below.items() if found]

    async def _replies(self, state: PollState) -> dict[str, int]:
        """The number of replies of each watched post, where the server tells many at once."""
        if not self._statuses.takes_many:
            return {}
        found = await self._statuses.fetch([post_id for post_id, _, _ in state.watched])
        return {status.id: status.replies_count for status in found.statuses}

    def _chosen(self, state: PollState, replies: dict[str, int], looks: int) -> list[str]:
        changed = [post_id for post_id, _, seen in state.watched if replies.get(post_id, seen) != seen]
        chosen = changed[:looks]
        turns = 1 if replies else looks
        for _ in range(min(turns, len(state.watched))):
            post_id = state.watched[self._turn % len(state.watched)][0]
            if len(chosen) < looks and post_id not in chosen:
                chosen.append(post_id)
            self._turn += 1
        return chosen
