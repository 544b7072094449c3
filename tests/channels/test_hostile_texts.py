"""The corpus of hostile texts on the two ways in: nothing stops, nothing honest changes."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

from careconsole.channels.import_line import NAME_LIMIT, parse_import_line
from careconsole.channels.mastodon.html_text import html_to_text

CORPUS = Path(__file__).parents[1] / "hostile_corpus.jsonl"


def texts() -> list[tuple[dict[str, Any], str]]:
    """Each entry with its text; entries that describe a long text by its parts are built, those of bytes left out."""
    found = []
    for line in CORPUS.read_text("utf-8").splitlines():
        entry = json.loads(line)
        made = entry.get("gen", {})
        if "text" in entry:
            found.append((entry, entry["text"]))
        elif "unit" in made:
            found.append((entry, made["unit"] * min(made["times"], 20_000) + made.get("suffix", "")))
    return found


def whole(text: str) -> str:
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def test_every_text_arrives_by_import_as_body_name_and_handle() -> None:
    assert len(texts()) > 300
    for entry, text in texts():
        bare = text.strip().removeprefix("@")
        handle = text if 0 < len(bare) <= 256 else "ana"
        record = {
            "id": entry["id"],
            "author": {"handle": handle, "name": text},
            "text": text,
            "at": "2026-03-01T12:00:00Z",
        }
        for line in (json.dumps(record), json.dumps(record, ensure_ascii=False)):
            item = parse_import_line(line).item
            assert item.text == whole(text), entry["id"]
            assert item.author.name == whole(text)[:NAME_LIMIT]
            f"{item.text}{item.author.handle}{item.author.name}".encode()


def test_every_text_survives_as_html_escaped_or_raw() -> None:
    for entry, text in texts():
        html_to_text(text)
        shown = html_to_text(f"<p>{html.escape(text)}</p>")
        if entry.get("expect") == "preserve":
            assert shown.split() == text.split(), entry["id"]
