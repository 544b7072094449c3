"""A desk in a folder of its own, used through the command line as a person or a script would."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from careconsole.__main__ import main


@dataclass(frozen=True)
class Told:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed as JSON."""
        assert self.out.isascii()
        return json.loads(self.out)


class StandardInput:
    """Bytes on standard input."""

    def __init__(self, raw: bytes) -> None:
        self.buffer = io.BytesIO(raw)

    def isatty(self) -> bool:
        return False


@dataclass
class DeskAtHand:
    """Commands typed one after another, each by whoever is named."""

    home: Path
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    def type(self, *words: str, agent: str = "ana", given: bytes | None = None) -> Told:
        """Run one command with its words."""
        if given is not None:
            self.monkeypatch.setattr("sys.stdin", StandardInput(given))
        self.capsys.readouterr()
        code = main(["--home", str(self.home), "--agent", agent, *words])
        captured = self.capsys.readouterr()
        return Told(code, captured.out, captured.err)

    def take_in(self, messages: Iterable[Mapping[str, Any]]) -> Told:
        """Import messages from standard input."""
        return self.type("import", "-", given=b"".join(json.dumps(one).encode() + b"\n" for one in messages))

    def home_made(self) -> Path:
        """The home, as an empty folder."""
        self.home.mkdir(mode=0o700)
        return self.home

    async def until_told(self, words: str) -> None:
        """Wait until these words were said on standard error."""
        told = ""
        async with asyncio.timeout(8):
            while words not in told:
                await asyncio.sleep(0.01)
                told += self.capsys.readouterr().err

    def queue(self) -> list[dict[str, Any]]:
        """The queue as JSON."""
        told = self.type("queue", "--json")
        assert told.code == 0
        rows: list[dict[str, Any]] = told.json
        return rows


def message(number: int | str, text: str = "Where is my parcel?", **more: Any) -> dict[str, Any]:
    """A line of the import format; each message by a customer of its own unless told otherwise."""
    return {
        "id": f"m{number}",
        "author": {"handle": f"customer{number}", "name": "Some Body"},
        "text": text,
        "at": "2026-03-02T12:00:00Z",
        **more,
    }
