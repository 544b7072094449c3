"""A snippet: a prepared answer, and where in a text something stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

Origin = Literal["built-in", "own"]


class Span(NamedTuple):
    """A stretch of a text: from `start` up to, not including, `end`, counted in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """A prepared answer, as its file has it. Its texts hold no control characters but line ends."""

    id: str
    """The file's name without `.toml`."""
    title: str
    body: str
    tags: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    """Words and phrases of customers that this answers."""
    language: str = ""
    """Code of its language, such as `en`; empty where it fits any."""
    short: str = ""
    """A shorter body for a narrow network; empty where there is none."""
    path: Path = Path()
    origin: Origin = "built-in"


@dataclass(frozen=True, slots=True)
class BrokenSnippet:
    """A file that is not a snippet, and why; the others work."""

    path: Path
    line: int
    """Counted from 1."""
    reason: str

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}: {self.reason}"
