"""What became of a reply: every answer of a server, and every silence, is one of four outcomes."""

from __future__ import annotations

from datetime import datetime

import httpx
from pydantic import ValidationError

from careconsole.channels.mastodon.client import WAIT_UNTOLD_S, Answer, MastodonClient, NotJson
from careconsole.channels.mastodon.items import WORDS
from careconsole.channels.mastodon.models import Posted
from careconsole.channels.rate_limit import wait_s
from careconsole.model.reply import Ambiguous, Outcome, OutgoingReply, Rejected, Retry, Sent, with_handle

_BEFORE_SENDING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
"""Failures after which the server has surely seen nothing."""
_OUR_FAULT = (httpx.LocalProtocolError, httpx.UnsupportedProtocol)


def text_to_post(reply: OutgoingReply) -> str:
    """The words of a reply with the customer's handle, without which nobody would be told."""
    return with_handle(reply.text, reply.handle) if reply.handle else reply.text


async def post_reply(client: MastodonClient, reply: OutgoingReply, now: datetime) -> Outcome:
    """Post a reply once. What cannot be told for sure is ambiguous."""
    form = {"status": text_to_post(reply), "visibility": WORDS[reply.visibility]}
    if reply.reply_to is not None:
        form["in_reply_to_id"] = reply.reply_to
    headers = {"Idempotency-Key": reply.idempotency_key}
    try:
        answer = await client.request("POST", "/api/v1/statuses", form=form, headers=headers)
    except _BEFORE_SENDING as error:
        what = client.untrusted(error) or f"cannot be reached ({type(error).__name__})"
        return Retry(None, client.sentence(what))
    except _OUR_FAULT as error:
        return Rejected(client.sentence(f"cannot be asked this ({type(error).__name__})"))
    except (httpx.HTTPError, TimeoutError) as error:
        return Ambiguous(client.sentence(f"did not answer ({type(error).__name__})"))
    return outcome_of(client, answer, now)


def outcome_of(client: MastodonClient, answer: Answer, now: datetime) -> Outcome:
    """What an answer to a post means. The server's own words are part of a reason as they are."""
    if answer.is_success:
        return _posted(client, answer)
    said = f": {answer.words}" if answer.words else ""
    if answer.status == 429:
        after_s = wait_s(answer.headers, answer.body, now) or WAIT_UNTOLD_S
        return Retry(after_s, client.sentence("asks us to wait"))
    if answer.refuses_the_token:
        again = "refuses our token; log in again and replace the token file"
        return Rejected(client.sentence(again + said), account_down=True)
    if 300 <= answer.status < 400:
        moved = "sends us to another address; check the URL of the account"
        return Rejected(client.sentence(moved), account_down=True)
    if answer.status == 408 or not 400 <= answer.status < 500:
        trouble = client.sentence(f"has trouble of its own (status {answer.status})")
        return Ambiguous(trouble, client.rest_after(answer))
    return Rejected(client.sentence(f"{_refusal(answer)}{said}"))


def _posted(client: MastodonClient, answer: Answer) -> Outcome:
    try:
        posted = Posted.model_validate(answer.json())
        return Sent(posted.id, posted.created_at)
    except (NotJson, ValidationError):
        return Ambiguous(client.sentence("took the reply, but its answer makes no sense"))


def _refusal(answer: Answer) -> str:
    if answer.status in (404, 410):
        return "does not know the message answered; it may be deleted"
    if answer.status == 403:
        return "does not allow this reply"
    if answer.status in (400, 413, 422):
        return f"does not take the reply as it is (status {answer.status})"
    return f"refuses the reply (status {answer.status})"
