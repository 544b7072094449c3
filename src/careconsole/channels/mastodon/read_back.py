"""Finding a reply of ours again, when the answer to sending it never came."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from careconsole.channels.contract import NotReachable
from careconsole.channels.mastodon.client import MastodonClient
from careconsole.channels.mastodon.html_text import html_to_text
from careconsole.channels.mastodon.items import OurAccount
from careconsole.channels.mastodon.listing import PAGE
from careconsole.channels.mastodon.models import Status
from careconsole.channels.mastodon.sending import text_to_post
from careconsole.channels.mastodon.statuses import Statuses, read_status
from careconsole.model.instant import from_us
from careconsole.model.reply import OutgoingReply

SKEW = timedelta(minutes=2)
"""By so much the clocks of a server and of what wrote its dates may differ."""
PAGES = 10
"""Pages of our own statuses that are looked through."""
_DOMAIN_OF_HANDLE = re.compile(r"(@\w[\w.-]*)@[\w.-]*\w")


class ReadBack:
    """Looks below the message answered, then among our own statuses: some servers lose what is answered."""

    def __init__(self, client: MastodonClient, statuses: Statuses, ours: OurAccount) -> None:
        self._client = client
        self._statuses = statuses
        self._ours = ours

    async def find(self, reply: OutgoingReply) -> str | None:
        """The id of the status that is this reply; None if the server surely has none.

        Raises ChannelError if that cannot be told.
        """
        queued_at = from_us(reply.queued_us)
        if reply.reply_to is not None:
            below = await self._statuses.descendants(reply.reply_to)
            found = self._match(reply, _readable(below or []), self._since(queued_at))
            if found is not None:
                return found
        own = await self._own_since(queued_at)
        return self._match(reply, own, self._since(queued_at))

    def _since(self, queued_at: datetime) -> datetime:
        """When the server's clock showed, at the earliest, that the reply was queued."""
        return queued_at - SKEW - self._client.clock_lag

    async def _own_since(self, queued_at: datetime) -> list[Status]:
        path = f"/api/v1/accounts/{quote(self._ours.id, safe='')}/statuses"
        found: list[Status] = []
        before: dict[str, str | int] = {}
        for _ in range(PAGES):
            raw, _answer = await self._client.get_list(path, {**before, "limit": PAGE})
            page = _readable(raw)
            if raw and not page:
                break
            found += page
            if not page or min(status.created_at for status in page) < self._since(queued_at):
                return found
            if before.get("max_id") == page[-1].id:
                return found
            before = {"max_id": page[-1].id}
        raise NotReachable(
            self._client.sentence("shows too many statuses of ours to tell whether the reply is among them")
        )

    def _match(self, reply: OutgoingReply, statuses: Iterable[Status], since: datetime) -> str | None:
        """The status that answers what the reply answers, with its words; one that lost the answered message
        counts if there is no better one."""
        words = _folded(text_to_post(reply))
        same = [
            status
            for status in statuses
            if self._ours.wrote(status)
            and status.id not in reply.others
            and status.created_at >= since
            and self._words(status) == words
        ]
        for answered in (reply.reply_to, None):
            for status in sorted(same, key=lambda each: each.created_at):
                if status.in_reply_to_id == answered:
                    return status.id
        return None

    def _words(self, status: Status) -> str:
        handles = {each.url: self._ours.handle_of(each.acct) for each in status.mentions if each.url}
        return _folded(html_to_text(status.content, handles))


def _readable(raw: list[Any]) -> list[Status]:
    return [read for each in raw if isinstance(read := read_status(each), Status)]


def _folded(text: str) -> str:
    """The letters, digits and pictures of a text: servers change marks, spaces and the form of handles."""
    bare = _DOMAIN_OF_HANDLE.sub(r"\1", unicodedata.normalize("NFKC", text))
    return "".join(filter(_counts, bare.casefold()))


def _counts(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char) in ("So", "Sc")
