"""What the tests of thread, composer and questions share: entries of a thread, the corpus, the screen as text."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.console.harness import NOON
from textual.app import App
from textual.pilot import Pilot

from careconsole.model.instant import to_us
from careconsole.model.message import Direction, Visibility
from careconsole.store.rows import ThreadEntry

CORPUS = Path(__file__).parents[1] / "hostile_corpus.jsonl"


def entry(number: int, text: str = "", **changes: object) -> ThreadEntry:
    """A customer's message that came `number` minutes after five in the morning, answered already."""
    made = ThreadEntry(
        key=f"m{number}",
        message_id=number,
        external_id=str(number),
        direction=Direction.IN,
        is_note=False,
        author="anak",
        author_name="Ana K.",
        at_us=to_us(NOON - timedelta(hours=7) + timedelta(minutes=number)),
        text=text or f"Message {number}",
        visibility=Visibility.PUBLIC,
        versions=(),
        deleted_us=None,
        is_answered=True,
        outbox_id=None,
        outbox_state=None,
        reason="",
        elsewhere=False,
        parent=None,
        seq=number,
    )
    return made._replace(**changes)  # type: ignore[arg-type]


def hostile_texts() -> list[str]:
    """Every text of the corpus, the bombs at full size."""
    return [_text(json.loads(line)) for line in CORPUS.read_text("ascii").splitlines()]


def _text(record: dict[str, Any]) -> str:
    if "text" in record:
        return str(record["text"])
    if "b64" in record["gen"]:
        return base64.b64decode(record["gen"]["b64"]).decode("utf-8", "surrogateescape")
    gen = record["gen"]
    return str(gen["unit"]) * int(gen["times"]) + str(gen["suffix"])


def screen_text(app: App[None]) -> str:
    """What stands on the screen, without looks, blank lines left out."""
    rows = ["".join(part.text for part in strip).rstrip() for strip in app.screen._compositor.render_strips()]
    return "\n".join(row for row in rows if row)


async def shown(app: App[Any], pilot: Pilot[Any], words: str) -> bool:
    """Whether words stand on the screen, in time: a busy machine paints later than the pilot believes."""
    for _ in range(100):
        if words in screen_text(app):
            return True
        await pilot.pause(0.02)
    return False
