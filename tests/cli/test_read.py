"""`careconsole read -`: one JSON object a line of input, without a desk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).parents[1]
KEYS = ["language", "kind", "mood", "urgency", "terms", "findings"]


def read(lines: bytes, home: Path) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "careconsole", "read", "-"],
        input=lines,
        capture_output=True,
        check=True,
        env={**os.environ, "CARECONSOLE_HOME": str(home)},
    )
    assert not done.stderr and not home.exists()
    return [json.loads(line) for line in done.stdout.decode("ascii").split("\n")[:-1]]


def test_every_line_has_its_object(tmp_path: Path) -> None:
    told = read(
        b'My flight was cancelled, nobody answers!\n\n"Vielen Dank,\\nalles gut"\r\n{"a": 1}\x0b\x85\nno line feed',
        tmp_path / "home",
    )
    assert [list(one) for one in told] == [KEYS] * 5
    assert [one["language"] for one in told[:3]] == ["en", "unknown", "de"]
    assert [one["kind"] for one in told[:3]] == ["complaint", "question", "praise"]
    assert told[0]["mood"] < 0 < told[2]["mood"] and told[0]["urgency"] > 1 > told[2]["urgency"] >= 0
    assert {"term": "a message", "score": 1.0, "for": "urgency"} in told[1]["terms"]
    assert all(set(term) == {"term", "score", "for"} for one in told for term in one["terms"])


def test_private_data_is_found_where_it_stands(tmp_path: Path) -> None:
    text = "Karte 4111 1111 1111 1111, danke"
    (told,) = read(f"{text}\n".encode(), tmp_path / "home")
    (finding,) = told["findings"]
    assert finding["what"] == "card" and text[finding["start"] : finding["end"]] == finding["text"]


def test_a_thousand_lines_are_soon_read(tmp_path: Path) -> None:
    rows = (HERE / "language" / "ordinary_sentences.txt").read_text("utf-8").splitlines()
    texts = [row.split("\t")[1] for row in rows]
    started = time.monotonic()
    told = read("\n".join((texts * 2)[:1000]).encode(), tmp_path / "home")
    assert len(told) == 1000 and time.monotonic() - started < 6
