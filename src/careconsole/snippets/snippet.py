"""A snippet: a prepared answer, and where in a text something stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple, get_args

Origin = Literal["built-in", "own"]
Scope = Literal["brand", "team", "mine"]
"""Who uses it: whoever answers for certain accounts, everybody at the desk, or its owner alone."""
SCOPES: tuple[Scope, ...] = get_args(Scope)


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
    scope: Scope = "team"
    owner: str = ""
    """The agent who answers for its words; with the scope `mine` the only one who sees it."""
    accounts: tuple[str, ...] = ()
    """Our accounts that it is for, with the scope `brand`; without any it is for all."""
    review: date | None = None
    """The day from which it is expired, until somebody looks at it again."""
    variant_of: str = ""
    """What its other languages say too, where the file's name does not tell."""
    imported: bool = False
    """Whether an import wrote it, and nobody has changed it in the console since: the next import may update it."""
    mark: str = field(default="", compare=False, repr=False)
    """Names the content of its file when that was read; empty where it is of no file."""

    @property
    def base(self) -> str:
        """What is the same for all its languages: `variant_of`, else the id without its language."""
        ending = f"-{self.language}"
        if self.variant_of or not self.language:
            return self.variant_of or self.id
        return self.id[: -len(ending)] if self.id.endswith(ending) and self.id != ending else self.id

    def is_expired(self, today: date) -> bool:
        """Whether its day of review has come."""
        return self.review is not None and self.review <= today

    def is_for(self, agent: str, account: str) -> bool:
        """Whether this agent may use it for this account; an empty name stands for anybody, for any."""
        if self.scope == "mine":
            return not agent or not self.owner or self.owner == agent
        return self.scope != "brand" or not account or not self.accounts or account in self.accounts


@dataclass(frozen=True, slots=True)
class BrokenSnippet:
    """A file that is not a snippet, and why; the others work."""

    path: Path
    line: int
    """Counted from 1."""
    reason: str

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}: {self.reason}"
