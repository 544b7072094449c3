"""A small imitation of servers that differ from the running one, as far as each difference matters."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, unquote

import httpx

from careconsole.channels.mastodon.channel import MastodonChannel
from careconsole.channels.secret import Secret

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ULIDS = "01HQ0Z3K{:018d}"
ME = "01HQME0000000000000000CARE"

Answers = Callable[[httpx.Request], httpx.Response | None]


@dataclass
class OtherServer:
    """Statuses and lists in memory; each test says in which way it is special."""

    id_form: str = ULIDS
    """How ids of statuses look."""
    notification_form: str = "01NOTE{:020d}"
    local_acct: str = "{}"
    """How the server names its own people."""
    takes_many: bool = True
    conversations: str = "stable"
    """stable, changing or none."""
    keeps_reply_to_missing: bool = True
    special: list[Answers] = field(default_factory=list)
    """Asked first; the first answer counts."""
    headers: dict[str, str] = field(default_factory=dict)
    at: datetime = START
    monotonic: float = 0.0
    statuses: dict[str, dict[str, Any]] = field(default_factory=dict)
    notifications: list[dict[str, Any]] = field(default_factory=list)
    requests: list[httpx.Request] = field(default_factory=list)
    count: int = 0

    def account(self, name: str) -> dict[str, Any]:
        acct = name if "@" in name else self.local_acct.format(name)
        host = name.partition("@")[2] or "care.test"
        user = name.partition("@")[0]
        return {
            "id": ME if name == "care" else f"ID-{name}",
            "acct": acct,
            "username": user,
            "display_name": user.title(),
            "url": f"https://{host}/@{user}",
            "followers_count": 7,
        }

    def status(
        self, name: str, content: str, *, mentions: tuple[str, ...] = (), **more: Any
    ) -> dict[str, Any]:
        """Somebody writes; nobody is told."""
        self.count += 1
        self.at += timedelta(seconds=1)
        status = {
            "id": self.id_form.format(self.count),
            "created_at": self.at.isoformat().replace("+00:00", "Z"),
            "edited_at": None,
            "account": self.account(name),
            "content": content,
            "visibility": "public",
            "in_reply_to_id": None,
            "in_reply_to_account_id": None,
            "mentions": [self.account(each) for each in mentions],
            "spoiler_text": "",
            "media_attachments": [],
            "reblog": None,
            **more,
        }
        parent = self.statuses.get(status["in_reply_to_id"] or "")
        if parent is not None:
            status["in_reply_to_account_id"] = parent["account"]["id"]
        self.statuses[status["id"]] = status
        return status

    def notify(self, status: dict[str, Any] | None, kind: str = "mention") -> dict[str, Any]:
        """We are told."""
        self.count += 1
        notification = {
            "id": self.notification_form.format(self.count),
            "type": kind,
            "created_at": self.at.isoformat().replace("+00:00", "Z"),
            "account": self.account("ana"),
            "status": status,
        }
        self.notifications.append(notification)
        return notification

    def mention(self, name: str, content: str, **more: Any) -> dict[str, Any]:
        """Somebody writes to us, and we are told."""
        status = self.status(name, content, mentions=("care",), **more)
        self.notify(status)
        return status

    def channel(self, **more: Any) -> MastodonChannel:
        return MastodonChannel(
            "care",
            "https://care.test",
            Secret("tok"),
            transport=httpx.MockTransport(self.answer),
            now=lambda: self.at,
            monotonic=lambda: self.monotonic,
            **more,
        )

    def asked(self, path: str, method: str = "GET") -> list[httpx.Request]:
        """The requests that ended with a path."""
        return [each for each in self.requests if each.method == method and each.url.path.endswith(path)]

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        for special in self.special:
            found = special(request)
            if found is not None:
                return found
        response = self._answer(request, unquote(request.url.path).removeprefix("/api/v1"))
        response.headers.update(self.headers)
        return response

    def _answer(self, request: httpx.Request, path: str) -> httpx.Response:
        if request.method == "POST":
            return self._post(request)
        if path == "/accounts/verify_credentials":
            return httpx.Response(200, json=self.account("care"))
        if path == "/api/v2/instance":
            return httpx.Response(200, json={"domain": "care.test"})
        if path == "/notifications":
            types = request.url.params.get_list("types[]")
            return self._page(
                request, [each for each in self.notifications if each["type"] in (None, *types)]
            )
        if path == "/conversations":
            return self._page(request, self._conversations(), inside="last_status")
        if path == f"/accounts/{ME}/statuses":
            return self._page(
                request, [each for each in self.statuses.values() if each["account"]["id"] == ME]
            )
        if path == "/statuses":
            return self._many(request)
        return self._status(path)

    def _page(
        self, request: httpx.Request, entries: list[dict[str, Any]], inside: str = ""
    ) -> httpx.Response:
        """Lists grow at their end; what is after an id is a matter of places, never of comparing."""
        ids = [str((each[inside] if inside else each)["id"]) for each in entries]
        limit = int(request.url.params["limit"])
        after, before = request.url.params.get("min_id"), request.url.params.get("max_id")
        if after is not None:
            start = ids.index(after) + 1 if after in ids else 0
            entries = entries[start : start + limit]
        else:
            entries = entries[: ids.index(before)] if before is not None else entries
            entries = entries[-limit:]
        return httpx.Response(200, json=entries[::-1])

    def _conversations(self) -> list[dict[str, Any]]:
        if self.conversations == "none":
            return []
        last: dict[str, dict[str, Any]] = {}
        for status in self.statuses.values():
            if status["visibility"] == "direct":
                people = {status["account"]["acct"], *(each["acct"] for each in status["mentions"])}
                key = ",".join(sorted(people))
                last.pop(key, None)
                last[key] = status
        return [
            {
                "id": key if self.conversations == "stable" else status["id"],
                "last_status": status,
                "unread": True,
            }
            for key, status in last.items()
        ]

    def _many(self, request: httpx.Request) -> httpx.Response:
        if not self.takes_many:
            return httpx.Response(404, text="<html>no such page</html>")
        ids = request.url.params.get_list("id[]")
        return httpx.Response(200, json=[self.statuses[each] for each in ids if each in self.statuses])

    def _status(self, path: str) -> httpx.Response:
        status_id, _, rest = path.removeprefix("/statuses/").partition("/")
        if status_id not in self.statuses:
            return httpx.Response(404, json={"error": "Record not found"})
        if rest == "context":
            return httpx.Response(
                200, json={"ancestors": self._above(status_id), "descendants": self._below(status_id)}
            )
        return httpx.Response(200, json=self.statuses[status_id])

    def _above(self, status_id: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        above = self.statuses[status_id]["in_reply_to_id"]
        while above in self.statuses:
            found.insert(0, self.statuses[above])
            above = self.statuses[above]["in_reply_to_id"]
        return found

    def _below(self, status_id: str) -> list[dict[str, Any]]:
        below = {status_id}
        for each in self.statuses.values():
            if each["in_reply_to_id"] in below:
                below.add(each["id"])
        return [self.statuses[each] for each in below - {status_id}]

    def _post(self, request: httpx.Request) -> httpx.Response:
        """Ignores the idempotency key, as most servers do."""
        form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        answered = form.get("in_reply_to_id")
        if answered is not None and answered not in self.statuses:
            if self.keeps_reply_to_missing:
                return httpx.Response(404, json={"error": "Record not found"})
            answered = None
        status = self.status(
            "care", f"<p>{form['status']}</p>", visibility=form["visibility"], in_reply_to_id=answered
        )
        return httpx.Response(200, content=json.dumps(status))
