"""Requests to one server: bounded in time and size, never redirected, every failure named."""

from __future__ import annotations

import asyncio
import json
import re
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import httpx

from careconsole import __version__
from careconsole.channels.contract import (
    REFUSES_TOKEN,
    AccountDown,
    ChannelError,
    NotReachable,
    PollBudget,
    TooManyRequests,
)
from careconsole.channels.mastodon.address import server_address
from careconsole.channels.rate_limit import budget_in, http_date, wait_s
from careconsole.channels.secret import Secret
from careconsole.channels.surrogates import without_surrogates

TIMEOUT_S = 20.0
"""For a whole request, from the first byte to the last."""
ANSWER_LIMIT = 16 * 1024 * 1024
"""Bytes of an answer after unpacking."""
WAIT_UNTOLD_S = 60.0
"""How long we wait after "too many requests" that names no time."""
UNTOLD = PollBudget(300, 300, 300.0, is_told=False)
"""What is reckoned with where a server tells no budget: what Mastodon allows by itself."""
NEW_WINDOW_S = 5.0
"""If the reset moves away by more than this, a new window has begun."""

Parameters = Mapping[str, str | int | Sequence[str]]

_TOKEN_WORDS = re.compile(
    r"token|bearer|unauthori[sz]ed|not authenticated|credential|login|authori[sz]ed scope|\bscope",
    re.IGNORECASE,
)


class NotJson(Exception):
    """An answer that should have been JSON and is not."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, whatever it was."""

    status: int
    headers: httpx.Headers
    body: bytes

    @property
    def is_success(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status < 300

    def json(self) -> Any:
        """The body as JSON, without lone surrogates; raises NotJson."""
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise NotJson from error
        return without_surrogates(value) if b"\\u" in self.body else value

    @property
    def words(self) -> str:
        """What the server says about an error, on one line, at most 200 characters; empty for a web page.

        Words of somebody else: to be shown, never to be trusted.
        """
        try:
            record = self.json()
        except NotJson:
            text = self.body[:2000].decode("utf-8", "replace")
            text = "" if "<" in text else text
        else:
            error = record.get("error") if isinstance(record, dict) else record
            text = error if isinstance(error, str) else ""
        return " ".join(text.split())[:200]

    @property
    def refuses_the_token(self) -> bool:
        """Whether it is our token, not our request, that the server dislikes: 401 is not the only way."""
        if self.status == 401:
            return True
        return self.status in (400, 403) and _TOKEN_WORDS.search(self.words) is not None


class MastodonClient:
    """The server of one account.

    `transport` takes the place of the network in tests. The connections are opened at the first request.
    A token that was refused is read anew with `token_again` before the next one: a person may have replaced it.
    """

    def __init__(
        self,
        account: str,
        url: str,
        token: Secret,
        *,
        transport: httpx.AsyncBaseTransport | None,
        now: Callable[[], datetime],
        token_again: Callable[[], Secret] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        self.account = account
        self.address = server_address(url)
        self._told: tuple[PollBudget, float] | None = None
        """The budget that the last read told, and when, in seconds of `monotonic`."""
        self._counted: tuple[PollBudget, float] | None = None
        """What we have counted ourselves, and when its window began."""
        self._has_seen_reset = False
        self.reads = 0
        """Reads that were asked so far, by this process."""
        self.clock_lag = timedelta()
        """By how much the server's clock was behind ours at the last answer; never less than nothing."""
        self._monotonic = monotonic
        self._token = token
        self._token_again = token_again
        self._was_refused = False
        self._transport = transport
        self._now = now
        self._timeout_s = timeout_s
        self._http: httpx.AsyncClient | None = None

    @property
    def budget(self) -> PollBudget:
        """The budget that the last read told, counted down to now, else our own count; full after its reset."""
        told = self._told or self._counted
        if told is None:
            return UNTOLD
        budget, at_s = told
        left_s = budget.reset_in_s - (self._monotonic() - at_s)
        if left_s <= 0:
            return replace(budget, remaining=budget.limit, reset_in_s=budget.window_s, sent=0)
        return replace(budget, reset_in_s=left_s)

    @property
    def _is_past_reset(self) -> bool:
        """Whether the window of which the server told last is over."""
        return self._told is not None and self._monotonic() - self._told[1] >= self._told[0].reset_in_s

    async def get(self, path: str, parameters: Parameters | None = None) -> Answer:
        """The answer to a read, whatever its status; raises NotReachable, AccountDown, TooManyRequests."""
        try:
            answer = await self.request("GET", path, parameters=parameters)
        except (httpx.HTTPError, TimeoutError) as error:
            what = self.untrusted(error) or f"does not answer ({type(error).__name__})"
            raise NotReachable(self.sentence(what)) from error
        if answer.refuses_the_token:
            raise AccountDown(self.sentence(f"{REFUSES_TOKEN}; log in again and replace the token file"))
        if answer.status == 429:
            after_s = wait_s(answer.headers, answer.body, self._now()) or WAIT_UNTOLD_S
            raise TooManyRequests(self.sentence(f"asks us to wait {after_s:.0f} s"), after_s)
        if answer.status >= 500 and (rest_s := self.rest_after(answer)):
            trouble = f"has trouble of its own (status {answer.status}) and asks us to wait {rest_s:.0f} s"
            raise TooManyRequests(self.sentence(trouble), rest_s)
        if 300 <= answer.status < 400:
            raise NotReachable(self.sentence("sends us to another address; check the URL of the account"))
        if answer.status >= 500:
            raise NotReachable(self.sentence(f"has trouble of its own (status {answer.status})"))
        return answer

    def rest_after(self, answer: Answer) -> float:
        """Seconds that a server in trouble asks us to wait in its Retry-After; 0 if it does not ask."""
        if "retry-after" not in answer.headers:
            return 0.0
        return wait_s(answer.headers, b"", self._now()) or 0.0

    async def get_json(self, path: str, parameters: Parameters | None = None) -> Any:
        """The JSON that a read brings; raises as `get`, and NotReachable for any status but 2xx."""
        answer = await self.get(path, parameters)
        if not answer.is_success:
            raise NotReachable(self.sentence(f"refuses to show {path} (status {answer.status})"))
        return self.read_json(answer, path)

    async def get_list(self, path: str, parameters: Parameters | None = None) -> tuple[list[Any], Answer]:
        """The list that a read brings, and its answer; raises as `get_json`."""
        answer = await self.get(path, parameters)
        if not answer.is_success:
            raise NotReachable(self.sentence(f"refuses to show {path} (status {answer.status})"))
        value = self.read_json(answer, path)
        if not isinstance(value, list):
            raise NotReachable(self.sentence(f"answers {path} with something that is no list"))
        return value, answer

    def read_json(self, answer: Answer, path: str) -> Any:
        """The JSON of an answer; raises NotReachable if it is none."""
        try:
            return answer.json()
        except NotJson as error:
            raise NotReachable(self.sentence(f"answers {path} with something that is no JSON")) from error

    async def request(
        self,
        method: str,
        path: str,
        *,
        parameters: Parameters | None = None,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One request; raises what httpx raises, or TimeoutError when all of it took too long."""
        more = {**(headers or {}), "Authorization": f"Bearer {self._present_token().reveal()}"}
        async with asyncio.timeout(self._timeout_s):
            async with self._client().stream(
                method, path, params=_pairs(parameters), data=form, headers=more
            ) as response:
                body = await _bounded_body(response)
        answer = Answer(response.status_code, response.headers, body)
        self._was_refused = self._was_refused or answer.refuses_the_token
        theirs = http_date(answer.headers.get("date"))
        if theirs is not None:
            self.clock_lag = max(timedelta(), self._now() - theirs)
        self._count(method, budget_in(answer.headers, self._now()))
        return answer

    def _count(self, method: str, told: PollBudget | None) -> None:
        """Note what a request cost, and the budget that its answer told.

        What the answer to a send tells may be another budget: that of sends.
        """
        before, now_s = self.budget, self._monotonic()
        self.reads += method == "GET"
        if method != "GET":
            if self._told is not None:
                self._told = (replace(before, remaining=before.remaining - 1, sent=before.sent + 1), now_s)
        elif told is not None:
            self._told = (self._in_window(told, before), now_s)
        elif self._told is None or self._is_past_reset:
            self._told = None
            mine = UNTOLD if before.is_told else before
            self._counted = (replace(mine, remaining=mine.remaining - 1), now_s)

    def _in_window(self, told: PollBudget, before: PollBudget) -> PollBudget:
        """The budget with the length of its window, and what was sent in it."""
        if self._told is None:
            return replace(told, window_s=max(UNTOLD.window_s, told.reset_in_s))
        is_new = self._is_past_reset or told.reset_in_s > before.reset_in_s + NEW_WINDOW_S
        window_s = max(before.window_s, told.reset_in_s)
        if is_new and not self._has_seen_reset:
            self._has_seen_reset, window_s = True, told.reset_in_s
        return replace(told, window_s=window_s, sent=0 if is_new else before.sent)

    def untrusted(self, error: BaseException) -> str:
        """What is wrong if no connection was made because the server did not prove who it is; else empty."""
        cause: BaseException | None = error
        while cause is not None and not isinstance(cause, ssl.SSLError):
            cause = cause.__cause__ or cause.__context__
        if cause is None:
            return ""
        why = getattr(cause, "verify_message", "") or getattr(cause, "reason", "") or "no reason told"
        return (
            f"cannot prove who it is: its certificate or its https is not valid ({ascii(why)[1:-1][:100]}). Nothing was "
            "sent to it; check the URL of the account, or ask whoever runs the server to mend its certificate"
        )

    def sentence(self, what: str) -> str:
        """A sentence about the server, naming the account."""
        return f"account {self.account}: the server {self.address} {what}"

    async def aclose(self) -> None:
        """Close the connections."""
        client, self._http = self._http, None
        if client is not None:
            await client.aclose()

    def _present_token(self) -> Secret:
        """The token; if one was ever refused, what its file holds by now. A file that cannot be read changes nothing.

        That another request works says nothing: some are answered whatever the token.
        """
        if self._was_refused and self._token_again is not None:
            with suppress(ChannelError):
                self._token = self._token_again()
        return self._token

    def _client(self) -> httpx.AsyncClient:
        if self._http is None:
            quick = min(5.0, self._timeout_s)
            self._http = httpx.AsyncClient(
                base_url=self.address,
                headers={
                    "Accept": "application/json",
                    "User-Agent": f"careconsole/{__version__}",
                },
                timeout=httpx.Timeout(self._timeout_s, connect=quick, pool=quick),
                limits=httpx.Limits(max_connections=4, max_keepalive_connections=2, keepalive_expiry=4.0),
                follow_redirects=False,
                trust_env=False,
                transport=self._transport,
            )
        return self._http


def _pairs(parameters: Parameters | None) -> httpx.QueryParams:
    """Query parameters; a list is spelled `name[]=a&name[]=b`."""
    pairs: list[tuple[str, str | int | float | bool | None]] = []
    for name, value in (parameters or {}).items():
        if isinstance(value, str | int):
            pairs.append((name, str(value)))
        else:
            pairs.extend((f"{name}[]", each) for each in value)
    return httpx.QueryParams(pairs)


async def _bounded_body(response: httpx.Response) -> bytes:
    parts, size = [], 0
    async for part in response.aiter_bytes():
        parts.append(part)
        size += len(part)
        if size > ANSWER_LIMIT:
            raise httpx.DecodingError("the answer is too long", request=response.request)
    return b"".join(parts)
