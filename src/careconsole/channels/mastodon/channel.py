"""One account of ours on a server that speaks the Mastodon API."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

import httpx
from pydantic import ValidationError

from careconsole.channels.contract import NotReachable, Page, PollBudget
from careconsole.channels.mastodon.client import TIMEOUT_S, MastodonClient
from careconsole.channels.mastodon.cursor import PollState
from careconsole.channels.mastodon.items import OurAccount
from careconsole.channels.mastodon.models import Account, Instance
from careconsole.channels.mastodon.read_back import ReadBack
from careconsole.channels.mastodon.reading import Gathered, Reading
from careconsole.channels.mastodon.sending import post_reply
from careconsole.channels.mastodon.statuses import Statuses
from careconsole.channels.secret import Secret
from careconsole.model.message import Gone
from careconsole.model.reply import Limits, Outcome, OutgoingReply

OWN_EVERY_S = 60.0
"""Seconds between two looks at our own statuses and what stands below them."""
INSTANCE_AGAIN_S = 600.0
"""Seconds until a server that did not tell its limits is asked again."""
DEFAULT_LIMITS = Limits(500, 23, names_the_customer=True)


@dataclass(frozen=True, slots=True)
class Verified:
    """Whom a token belongs to."""

    handle: str
    full_handle: str
    name: str
    remote_id: str


class MastodonChannel:
    """Mentions, direct messages and comments come in; replies go out as statuses that answer them.

    `transport` takes the place of the network in tests; `now` is the wall clock, `monotonic` counts seconds;
    `token_again` reads a token anew that was refused.
    """

    network = "mastodon"
    poll_every_s = 15.0
    requests_per_poll = 2

    def __init__(
        self,
        account_name: str,
        url: str,
        token: Secret,
        *,
        now: Callable[[], datetime],
        transport: httpx.AsyncBaseTransport | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        timeout_s: float = TIMEOUT_S,
        token_again: Callable[[], Secret] | None = None,
    ) -> None:
        self.has_working_key = False
        """Many servers ignore the key; it counts only where it has been seen to work."""
        self._client = MastodonClient(
            account_name,
            url,
            token,
            transport=transport,
            now=now,
            token_again=token_again,
            monotonic=monotonic,
            timeout_s=timeout_s,
        )
        self._statuses = Statuses(self._client)
        self._now = now
        self._monotonic = monotonic
        self._limits = DEFAULT_LIMITS
        self._instance_due_s = -1.0
        self._own_due_s = -1.0
        self._me: Account | None = None
        self._instance: Instance | None = None
        self._ours: OurAccount | None = None
        self._reading: Reading | None = None

    @property
    def limits(self) -> Limits:
        """What the server told, else 500 characters of which a link takes 23."""
        return self._limits

    @property
    def budget(self) -> PollBudget:
        """What the server told last, counted down to now; where it tells none, what Mastodon allows by itself."""
        return self._client.budget

    async def verify(self) -> Verified:
        """Whom the token belongs to; raises AccountDown if the server refuses it, NotReachable, ChannelError."""
        ours = await self._who()
        return Verified(ours.handle, ours.full_handle, ours.name, ours.id)

    async def poll(self, state: str | None) -> Page:
        """Mentions and direct messages since the state; once a minute also answers by other clients of our
        account and comments below our posts. At the first time what the last 7 days brought."""
        now, progress, gathered = self._now(), PollState.of(state), Gathered()
        reading = await self._reader()
        await reading.mentions(progress, gathered, now)
        await reading.aside(reading.direct_messages(progress, gathered, now), gathered)
        if self._monotonic() >= self._own_due_s:
            await reading.aside(reading.own_statuses(progress, gathered, now), gathered)
            await reading.aside(reading.comments(progress, gathered), gathered)
            self._own_due_s = -1.0 if gathered.more else self._monotonic() + OWN_EVERY_S
        items = await reading.items(gathered, now)
        return Page(
            progress.text(),
            items,
            poisoned=gathered.poisoned,
            more=gathered.more,
            notices=gathered.notices,
        )

    async def send(self, reply: OutgoingReply) -> Outcome:
        """Post the reply once, naming the customer."""
        return await post_reply(self._client, reply, self._now())

    async def find_reply(self, reply: OutgoingReply) -> str | None:
        """The status that is this reply: below the message answered, else among our own statuses."""
        return await ReadBack(self._client, self._statuses, await self._who()).find(reply)

    async def recheck(self, external_ids: Sequence[str], most: int | None = None) -> Page:
        """Present versions of statuses, and those that are gone. Where the server must be asked for each
        alone, 20 at a time, in turn; with `most`, so many requests, in turn too. Raises ChannelError."""
        if not external_ids or most == 0:
            return Page("")
        reading, now, gathered = await self._reader(), self._now(), Gathered()
        found = await self._statuses.fetch(external_ids, most)
        for status in found.statuses:
            gathered.add(status)
        items = await reading.items(gathered, now)
        return Page("", items, [Gone(each, now) for each in found.missing], found.poisoned)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _reader(self) -> Reading:
        ours = await self._who()
        if self._reading is None:
            self._reading = Reading(self._client, self._statuses, ours)
        return self._reading

    async def _who(self) -> OurAccount:
        """Our account; asked for once in a process, as are the server's limits."""
        if self._me is None:
            self._me = await self._ask_me()
        if self._monotonic() >= self._instance_due_s:
            await self._ask_instance()
        if self._ours is None:
            me, domain = self._me, _domain_of(self._me, self._instance, self._client.address)
            ours = OurAccount(me.id, me.acct, domain, me.display_name)
            self._ours = replace(ours, handle=ours.handle_of(me.acct))
        return self._ours

    async def _ask_me(self) -> Account:
        path = "/api/v1/accounts/verify_credentials"
        try:
            return Account.model_validate(await self._client.get_json(path))
        except ValidationError as error:
            what = "does not say whose token ours is; is it a server that speaks the Mastodon API?"
            raise NotReachable(self._client.sentence(what)) from error

    async def _ask_instance(self) -> None:
        """The limits and the domain, from version 2 of the request or, where that fails, version 1."""
        self._instance_due_s = self._monotonic() + INSTANCE_AGAIN_S
        for path in ("/api/v2/instance", "/api/v1/instance"):
            try:
                found = Instance.model_validate(await self._client.get_json(path))
            except (NotReachable, ValidationError):
                continue
            self._instance, self._limits = found, _limits_of(found)
            self._instance_due_s = math.inf
            self._ours = self._reading = None
            return


def _limits_of(instance: Instance) -> Limits:
    told = instance.configuration.statuses
    return replace(
        DEFAULT_LIMITS,
        max_chars=told.max_characters or instance.max_toot_chars or DEFAULT_LIMITS.max_chars,
        chars_per_url=told.characters_reserved_per_url or DEFAULT_LIMITS.chars_per_url,
    )


def _domain_of(me: Account, instance: Instance | None, address: str) -> str:
    """The domain of our server's handles: not always the host of its address."""
    told = [me.acct.partition("@")[2]]
    if instance is not None:
        told += [instance.domain, _host(instance.uri)]
    return next(domain for domain in (*told, _host(me.url), _host(address)) if domain)


def _host(address: str) -> str:
    """The host of a URL, or the text itself if it is a bare host."""
    try:
        return urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
