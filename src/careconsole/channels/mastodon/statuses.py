"""Fetching statuses by id: many at once where the server can, else one by one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from pydantic import ValidationError

from careconsole.channels.contract import NotReachable
from careconsole.channels.mastodon.client import MastodonClient
from careconsole.channels.mastodon.models import Context, Status
from careconsole.model.message import Poisoned

BATCH = 20
"""Ids of one request; Mastodon refuses more."""
SINGLES = 20
"""Requests for single statuses that one call may cost."""
REMEMBERED = 2000
"""Ids of which we know when they were asked for."""


@dataclass(slots=True)
class Found:
    """What the server shows of some ids; one that is in no part could not be asked for this time."""

    statuses: list[Status] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    """Surely gone: the server said so of each by itself."""
    poisoned: list[Poisoned] = field(default_factory=list)


def status_path(status_id: str, rest: str = "") -> str:
    """The path of a status; its id is opaque and may hold anything."""
    return f"/api/v1/statuses/{quote(status_id, safe='').replace('.', '%2E')}{rest}"


def read_status(raw: Any) -> Status | Poisoned:
    """A decoded status, or what could not be read of it."""
    try:
        return Status.model_validate(raw)
    except ValidationError as error:
        return poisoned(raw, error)


def poisoned(raw: Any, error: ValidationError) -> Poisoned:
    """An entry that cannot be read, with the field at fault."""
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(map(str, first["loc"])) or "the entry"
    return Poisoned(json.dumps(raw), f"{place}: {first['msg']}")


class Statuses:
    """The statuses of a server; remembers whether it knows the request for many."""

    def __init__(self, client: MastodonClient) -> None:
        self._client = client
        self._asked_for: dict[str, int] = {}
        """When each id was last asked for alone, counted in requests."""
        self._in_batch: dict[str, int] = {}
        """When each id was last asked for in a batch, counted in requests."""
        self._count = 0
        self._doubted: set[str] = set()
        """A batch of which the server showed none: if one of them is there, it does not know batches."""
        self.takes_many = True
        """Whether the server takes several ids at once, as far as known."""

    @property
    def reads(self) -> int:
        """Reads that the server was asked so far."""
        return self._client.reads

    async def fetch(self, ids: Sequence[str], most: int | None = None) -> Found:
        """The statuses with these ids. Raises ChannelError if the server does not answer.

        With `most`, about so many requests are made, for those that have not been asked for the longest; one more
        may tell whether what a batch did not show is gone.
        """
        found, seen, asked, batches = Found(), set[str](), set[str](), 0
        wanted = list(dict.fromkeys(ids))
        if most is not None and self.takes_many:
            wanted.sort(key=lambda each: self._in_batch.get(each, 0))
        for start in range(0, len(wanted), BATCH):
            if self.takes_many and (most is None or batches < most):
                batch = wanted[start : start + BATCH]
                seen |= await self._many(batch, found)
                asked.update(batch)
                batches += 1
        rest = [each for each in wanted if each not in seen and (each in asked or not self.takes_many)]
        rest.sort(key=lambda each: self._asked_for.get(each, 0))
        singles = SINGLES if most is None else min(SINGLES, max(1 if batches else 0, most - batches))
        for status_id in rest[:singles]:
            await self._one(status_id, found)
        return found

    async def descendants(self, status_id: str) -> list[Any] | None:
        """What was answered below a status, undecoded; None if it is gone."""
        context = await self.context(status_id)
        return None if context is None else context.descendants

    async def around(self, status_id: str) -> list[Any]:
        """What stands before and after a status, undecoded."""
        context = await self.context(status_id)
        return [] if context is None else [*context.ancestors, *context.descendants]

    async def _many(self, batch: list[str], found: Found) -> set[str]:
        """Ask for a batch; the ids that the answer had something to say about."""
        answer = await self._client.get("/api/v1/statuses", {"id": batch})
        self._remember(self._in_batch, batch)
        if not answer.is_success:
            self.takes_many = answer.status not in (404, 405)
            return set()
        value = self._client.read_json(answer, "/api/v1/statuses")
        if not isinstance(value, list):
            self.takes_many = False
            return set()
        seen = set()
        for raw in value:
            status_id = str(raw.get("id")) if isinstance(raw, dict) else ""
            if status_id in batch:
                seen.add(status_id)
                _take(raw, found)
        self._doubted = set(batch) if len(batch) > 1 and not seen else set()
        return seen

    async def _one(self, status_id: str, found: Found) -> None:
        path = status_path(status_id)
        answer = await self._client.get(path)
        self._remember(self._asked_for, [status_id])
        if answer.status in (404, 410):
            found.missing.append(status_id)
        elif answer.is_success:
            if status_id in self._doubted:
                self.takes_many = False
            _take(self._client.read_json(answer, path), found)

    def _remember(self, when: dict[str, int], ids: Sequence[str]) -> None:
        self._count += 1
        for each in ids:
            when.pop(each, None)
            when[each] = self._count
        while len(when) > REMEMBERED:
            del when[next(iter(when))]

    async def context(self, status_id: str) -> Context | None:
        """What stands above and below a status; None if it is gone. Raises ChannelError."""
        path = status_path(status_id, "/context")
        answer = await self._client.get(path)
        if answer.status in (404, 410):
            return None
        if not answer.is_success:
            raise NotReachable(self._client.sentence(f"refuses to show {path} (status {answer.status})"))
        try:
            return Context.model_validate(self._client.read_json(answer, path))
        except ValidationError as error:
            raise NotReachable(self._client.sentence(f"answers {path} with something else")) from error


def _take(raw: Any, found: Found) -> None:
    read = read_status(raw)
    if isinstance(read, Status):
        found.statuses.append(read)
    else:
        found.poisoned.append(read)
