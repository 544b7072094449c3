"""What one poll reads: mentions, direct messages, our own statuses, comments below our posts."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

from pydantic import ValidationError

from careconsole.channels import pacing
from careconsole.channels.contract import AccountDown, ChannelError
from careconsole.channels.mastodon.client import MastodonClient
from careconsole.channels.mastodon.cursor import Cursor, PollState
from careconsole.channels.mastodon.items import (
    OurAccount,
    customer_answered,
    item_of,
    parent_post_of,
    visibility_of_status,
)
from careconsole.channels.mastodon.listing import DAYS_BACK, Listing
from careconsole.channels.mastodon.models import Conversation, Notification, Status
from careconsole.channels.mastodon.own_posts import OwnPosts
from careconsole.channels.mastodon.statuses import BATCH, Statuses, poisoned, read_status
from careconsole.model.message import Author, Item, ParentPost, Poisoned, Visibility

THREADS_PER_POLL = 5
"""Conversations whose earlier messages one poll fetches because no notification told of them."""
OWN_PART = 1 / 4
"""Of the requests that can be spared, the part that one look at what stands below our posts may cost."""
LEARNT_BY = 4
"""Requests by which one poll learns what its messages answer; the rest is learnt when they are seen again."""
_KNOWN_STATUSES = 2000

_MENTIONS = Listing("/api/v1/notifications", {"types": ("mention", "update")})
_CONVERSATIONS = Listing("/api/v1/conversations", {}, inside="last_status")


@dataclass(slots=True)
class Gathered:
    """Statuses of one poll, each once, in the version that was edited last."""

    statuses: dict[str, Status] = field(default_factory=dict)
    posts_above: dict[str, str] = field(default_factory=dict)
    """Of comments found below a post of ours: the id of that post."""
    poisoned: list[Poisoned] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    more: bool = False

    def add(self, status: Status) -> None:
        """Keep a status unless a later version of it is here."""
        known = self.statuses.get(status.id)
        written = status.edited_at or status.created_at
        if known is None or written > (known.edited_at or known.created_at):
            self.statuses[status.id] = status


@dataclass(frozen=True, slots=True)
class _Known:
    """What is worth knowing of a status that others answer."""

    author: Author
    post: ParentPost | None
    """Set if it is a post of ours that is no answer itself."""


class Reading:
    """Reads for one account; remembers, while the process runs, what answered statuses were."""

    def __init__(self, client: MastodonClient, statuses: Statuses, ours: OurAccount) -> None:
        self._client = client
        self._statuses = statuses
        self._ours = ours
        self._own_posts = OwnPosts(statuses, ours)
        self._own = Listing(
            f"/api/v1/accounts/{quote(ours.id, safe='')}/statuses", {"exclude_reblogs": "true"}
        )
        self._known: dict[str, _Known] = {}

    async def mentions(self, state: PollState, gathered: Gathered, now: datetime) -> None:
        """Notifications: the main source, without which a poll has failed. Raises ChannelError."""
        entries = await _MENTIONS.read(self._client, state.mentions, now)
        for raw in entries.raw:
            try:
                self._take(Notification.model_validate(raw), gathered)
            except ValidationError as error:
                if not _is_known(raw, state.mentions):
                    gathered.poisoned.append(poisoned(raw, error))
        gathered.more = gathered.more or entries.more
        state.mentions.advance(entries.places, is_behind=entries.more)

    def _take(self, notification: Notification, gathered: Gathered) -> None:
        """Mentions, and edits of what concerns us: some servers tell of edits, of anything we ever touched."""
        status = notification.status
        if status is None or self._ours.wrote(status):
            return
        told = notification.type == "update" and self._ours.concerned_by(status)
        if notification.type == "mention" or told:
            gathered.add(status)

    async def direct_messages(self, state: PollState, gathered: Gathered, now: datetime) -> None:
        """Conversations: direct messages of which no notification told. Raises ChannelError."""
        entries = await _CONVERSATIONS.read(self._client, state.conversations, now)
        untold = [
            status
            for raw in entries.raw
            if (status := self._last_status(raw, state, gathered)) and status.id not in gathered.statuses
        ]
        for status in [each for each in untold if not self._ours.wrote(each)][:THREADS_PER_POLL]:
            for raw in await self._statuses.around(status.id):
                earlier = read_status(raw)
                if isinstance(earlier, Status) and _is_recent_and_direct(earlier, now):
                    gathered.add(earlier)
        for status in untold:
            gathered.add(status)
        gathered.more = gathered.more or entries.more
        state.conversations.advance(entries.places, is_behind=entries.more)

    def _last_status(self, raw: Any, state: PollState, gathered: Gathered) -> Status | None:
        """The last status of a conversation unless the cursor knows it."""
        inner = raw.get("last_status") if isinstance(raw, dict) else None
        if _is_known(inner, state.conversations):
            return None
        try:
            return Conversation.model_validate(raw).last_status
        except ValidationError as error:
            gathered.poisoned.append(poisoned(raw, error))
            return None

    async def own_statuses(self, state: PollState, gathered: Gathered, now: datetime) -> None:
        """What our account wrote, here or elsewhere. Raises ChannelError."""
        entries = await self._own.read(self._client, state.own, now)
        written = []
        for raw in entries.raw:
            read = read_status(raw)
            if isinstance(read, Status):
                written.append(read)
                gathered.add(read)
                self._remember(read)
            elif not _is_known(raw, state.own):
                gathered.poisoned.append(read)
        self._own_posts.note(state, written, now)
        gathered.more = gathered.more or entries.more
        state.own.advance(entries.places, is_behind=entries.more)

    async def comments(self, state: PollState, gathered: Gathered) -> None:
        """What stands below our own posts, if the budget allows to look. Raises ChannelError."""
        most = pacing.most(self._client.budget, OWN_PART)
        if most is not None and most < 2:
            return
        for comments in await self._own_posts.comments(state, most):
            for raw in comments.raw:
                status = read_status(raw)
                if isinstance(status, Status):
                    gathered.add(status)
                    if comments.post_id:
                        gathered.posts_above[status.id] = comments.post_id

    async def aside(self, reading: Awaitable[None], gathered: Gathered) -> None:
        """Read a source without which the others still count: its failure becomes a notice."""
        try:
            await reading
        except AccountDown:
            raise
        except ChannelError as error:
            gathered.notices.append(str(error))

    async def items(self, gathered: Gathered, now: datetime) -> list[Item]:
        """The gathered statuses as messages, in the order in which they were written."""
        for status in gathered.statuses.values():
            self._remember(status)
        await self.aside(self._learn(gathered), gathered)
        found = []
        for status in gathered.statuses.values():
            item = self._item(status, gathered, now)
            found += [] if item is None else [item]
            await asyncio.sleep(0)
        return sorted(found, key=lambda item: item.at)

    def _item(self, status: Status, gathered: Gathered, now: datetime) -> Item | None:
        above = self._known.get(self._asked_above(status, gathered) or "")
        item = item_of(status, self._ours, now, None if above is None else above.post)
        if item is not None and not item.author.handle and above is not None:
            return None if above.post is not None else replace(item, author=above.author)
        return item

    def _asked_above(self, status: Status, gathered: Gathered) -> str | None:
        """The id of what we must know to make a message of a status: its post, or whom we answered in it."""
        if status.id in gathered.posts_above:
            return gathered.posts_above[status.id]
        if self._ours.wrote(status):
            answered = customer_answered(status, self._ours)
            return status.in_reply_to_id if answered is not None and not answered.handle else None
        return status.in_reply_to_id if status.in_reply_to_account_id == self._ours.id else None

    async def _learn(self, gathered: Gathered) -> None:
        """Fetch what the gathered statuses hang under, as far as one request brings it."""
        asked = {self._asked_above(status, gathered) for status in gathered.statuses.values()}
        unknown = sorted(each for each in asked if each is not None and each not in self._known)
        if unknown and self._statuses.takes_many:
            found = await self._statuses.fetch(unknown[:BATCH], LEARNT_BY)
            for status in found.statuses:
                self._remember(status)
            for status_id in found.missing:
                self._know(status_id, _Known(Author(""), None))

    def _remember(self, status: Status) -> None:
        author = self._ours.author(
            status.account.acct, status.account.display_name, status.account.followers_count
        )
        self._know(status.id, _Known(author, parent_post_of(status, self._ours)))

    def _know(self, status_id: str, known: _Known) -> None:
        self._known[status_id] = known
        if len(self._known) > _KNOWN_STATUSES:
            del self._known[next(iter(self._known))]


def _is_known(raw: Any, cursor: Cursor) -> bool:
    """Whether an undecoded entry was read lately: it is there again because of the overlap."""
    return isinstance(raw, dict) and cursor.knows(str(raw.get("id")))


def _is_recent_and_direct(status: Status, now: datetime) -> bool:
    recent = status.created_at >= now - DAYS_BACK
    return recent and visibility_of_status(status) is Visibility.DIRECT
