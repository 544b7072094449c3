"""What is fuzzed: the text gate, HTML into text, and the JSON of channels; and how to play them with plain chance."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError
from tests.model.test_text_gate import check

from careconsole.channels.import_line import BadLine, parse_import_line
from careconsole.channels.mastodon.html_text import html_to_text
from careconsole.channels.mastodon.items import OurAccount, item_of, parent_post_of, text_of_status
from careconsole.channels.mastodon.models import Conversation, Notification, Status
from careconsole.model.text_gate import safe_line

_CORPUS = Path(__file__).parent.parent / "tests" / "hostile_corpus.jsonl"
_NOW = datetime(2026, 3, 1, tzinfo=UTC)
_OURS = OurAccount("7", "care", "care.test")


def gate(data: bytes) -> None:
    """Any text comes out safe, within its bounds, and as it is a second time."""
    raw = _text(data)
    check(raw)
    check(raw, max_chars=40, max_lines=3)


def html(data: bytes) -> None:
    """Any HTML becomes a text that the gate makes safe; nothing is raised, and nothing grows without end."""
    raw = _text(data)
    text = html_to_text(raw)
    assert len(text) <= 40 * len(raw) + 200, "it grew"
    check(text)


def channel_json(data: bytes) -> None:
    """Any JSON is a status, a notification or a conversation, or is refused; never anything else."""
    for model in (Status, Notification, Conversation):
        try:
            read = model.model_validate_json(data)
        except ValidationError:
            continue
        status = (
            read
            if isinstance(read, Status)
            else getattr(read, "status", None) or getattr(read, "last_status", None)
        )
        if isinstance(status, Status):
            item = item_of(status, _OURS, _NOW)
            parent_post_of(status, _OURS)
            check(text_of_status(status, _OURS))
            if item is not None:
                safe_line(item.author.handle)


def import_line(data: bytes) -> None:
    """Any line is a message or is refused with a sentence that is safe to show."""
    try:
        line = parse_import_line(data)
    except BadLine as error:
        assert safe_line(str(error)).text == str(error), "the sentence is not safe"
        return
    check(line.item.text)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "gate": gate,
    "html": html,
    "json": channel_json,
    "import": import_line,
}


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def seeds(target: str) -> list[bytes]:
    """What a target begins with."""
    texts = [json.loads(line).get("text", "") for line in _CORPUS.read_text("utf-8").splitlines()]
    words = [str(text) for text in texts if text][:400]
    if target == "gate":
        return [text.encode("utf-8", "surrogatepass") for text in words]
    if target == "html":
        wrapped = [
            f'<p>@<span><a href="https://a.test/@b?{n}">b</a></span> {text}</p>'
            for n, text in enumerate(words)
        ]
        return [text.encode("utf-8", "surrogatepass") for text in wrapped]
    records = [
        _status(text, number) if target == "json" else _line(text, number)
        for number, text in enumerate(words)
    ]
    return [json.dumps(record).encode("ascii") for record in records]


def _status(text: str, number: int) -> dict[str, object]:
    account = {
        "id": "9",
        "acct": "dana@b.test",
        "username": "dana",
        "display_name": text[:20],
        "url": "https://b.test/@dana",
    }
    status: dict[str, object] = {
        "id": str(number),
        "created_at": "2026-03-01T12:00:00.000Z",
        "edited_at": None,
        "account": account,
        "content": f"<p>{text}</p>",
        "visibility": "public",
        "in_reply_to_id": None,
        "in_reply_to_account_id": None,
        "mentions": [{"id": "7", "acct": "care", "username": "care", "url": "https://care.test/@care"}],
        "spoiler_text": "",
        "media_attachments": [],
        "reblog": None,
    }
    if number % 3 == 1:
        return {
            "id": "n1",
            "type": "mention",
            "created_at": status["created_at"],
            "account": account,
            "status": status,
        }
    if number % 3 == 2:
        return {"id": "c1", "unread": True, "accounts": [account], "last_status": status}
    return status


def _line(text: str, number: int) -> dict[str, object]:
    author = {"handle": f"dana{number}", "name": text[:30]}
    return {
        "account": "shop",
        "id": f"m{number}",
        "at": "2026-03-01T12:00:00Z",
        "author": author,
        "text": text,
    }


def try_some(target: str, times: int, seed: int) -> None:
    """A target with seeds that were changed by chance: bytes swapped, cut, doubled and put in. Raises what it finds."""
    chance, begin = random.Random(seed), seeds(target)
    for _ in range(times):
        data = bytearray(chance.choice(begin))
        for _ in range(chance.randrange(6)):
            at = chance.randrange(len(data) + 1)
            deed = chance.randrange(4)
            if deed == 0:
                data[at:at] = chance.randbytes(chance.randrange(1, 6))
            elif deed == 1:
                del data[at : at + chance.randrange(1, 9)]
            elif deed == 2:
                data[at:at] = data[at : at + chance.randrange(1, 30)]
            elif data:
                data[at % len(data)] = chance.randrange(256)
        TARGETS[target](bytes(data))
