"""Reading a list of the server from a cursor on, oldest first, until there is nothing more."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from careconsole.channels.mastodon.client import Answer, MastodonClient, Parameters
from careconsole.channels.mastodon.cursor import Cursor
from careconsole.model.instant import parse_rfc3339

PAGE = 40
"""Entries of a page."""
PAGES_PER_POLL = 5
"""Pages that one poll reads forward; what is left comes with the next one."""
PAGES_BACK = 25
"""Pages that the first poll reads backward."""
DAYS_BACK = timedelta(days=7)
"""How far the first poll looks back."""

_LINK = re.compile(r'<([^<>]*)>\s*;\s*rel="?([a-z]+)"?')


@dataclass(slots=True)
class Entries:
    """What was read of a list, oldest first, undecoded."""

    raw: list[Any] = field(default_factory=list)
    places: list[tuple[str, datetime]] = field(default_factory=list)
    """For the cursor: also of those that were too old to take."""
    more: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of the server, by path and parameters; `inside` names the part of an entry that has the id."""

    path: str
    parameters: Parameters
    inside: str = ""

    async def read(self, client: MastodonClient, cursor: Cursor, now: datetime) -> Entries:
        """What is new since the cursor, with some overlap; at the first time the last 7 days.

        The cursor is not moved: that is for whoever has understood the entries. Raises ChannelError.
        """
        start = cursor.start(now)
        return await (self._back(client, now) if start is None else self._forward(client, start, now))

    def place_of(self, raw: Any, now: datetime) -> tuple[str, datetime] | None:
        """The id and time of an entry; None if it has no id. A time that makes no sense is now."""
        if isinstance(raw, dict) and self.inside:
            raw = raw.get(self.inside)
        entry_id = raw.get("id") if isinstance(raw, dict) else None
        if isinstance(entry_id, bool) or not isinstance(entry_id, str | int) or entry_id == "":
            return None
        try:
            return str(entry_id), parse_rfc3339(str(raw.get("created_at")))
        except ValueError:
            return str(entry_id), now

    async def _forward(self, client: MastodonClient, start: str, now: datetime) -> Entries:
        found = Entries()
        for _ in range(PAGES_PER_POLL):
            page, answer = await self._page(client, {"min_id": start})
            if not page:
                return found
            found.raw += reversed(page)
            found.places += [place for raw in reversed(page) if (place := self.place_of(raw, now))]
            newest = _linked(answer, "prev", "min_id") or self._first_id(page, now)
            if newest is None or newest == start:
                return found
            start = newest
        found.more = True
        return found

    async def _back(self, client: MastodonClient, now: datetime) -> Entries:
        found, before = Entries(), ""
        for _ in range(PAGES_BACK):
            page, answer = await self._page(client, {"max_id": before} if before else {})
            recent = [raw for raw in page if self._is_recent(raw, now)]
            found.raw += recent
            found.places += [place for raw in page if (place := self.place_of(raw, now))]
            oldest = _linked(answer, "next", "max_id") or self._first_id(page[::-1], now)
            if len(recent) < len(page) or oldest is None or oldest == before:
                break
            before = oldest
        found.raw.reverse()
        found.places.reverse()
        return found

    async def _page(self, client: MastodonClient, more: Parameters) -> tuple[list[Any], Answer]:
        return await client.get_list(self.path, {**self.parameters, **more, "limit": PAGE})

    def _first_id(self, page: list[Any], now: datetime) -> str | None:
        return next((place[0] for raw in page if (place := self.place_of(raw, now))), None)

    def _is_recent(self, raw: Any, now: datetime) -> bool:
        place = self.place_of(raw, now)
        return place is None or place[1] >= now - DAYS_BACK


def _linked(answer: Answer, relation: str, parameter: str) -> str | None:
    """A parameter of the address that the Link header names; never the address itself, which may be another."""
    for address, found in _LINK.findall(answer.headers.get("link", "")):
        if found == relation:
            try:
                values = parse_qs(urlsplit(str(address)).query).get(parameter, [])
            except ValueError:
                return None
            return values[0] if values else None
    return None
