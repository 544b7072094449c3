"""Find conversations by the words of their messages and by filters."""

from __future__ import annotations

from dataclasses import dataclass

from careconsole.desk.desk import Desk
from careconsole.model.excerpt import excerpt
from careconsole.model.finding import Query, check_accounts
from careconsole.store import finding as kept_finding
from careconsole.store.accounts import all_accounts
from careconsole.store.contract import ReadTx
from careconsole.store.finding import Hits
from careconsole.store.rows import QueueRow


@dataclass(frozen=True, slots=True)
class Found:
    """A conversation that was found, and what of it."""

    row: QueueRow
    excerpt: str
    """The text with the words, around the first of them, as it arrived; without words, its preview."""
    said_in: str = ""
    """`message`, `reply` for one of ours, `note` or `card`; empty without words."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found: in rank order what waits, then the rest, newest first."""

    rows: tuple[Found, ...]
    """At most as many as were asked for."""
    waiting: int
    """How many of all that were found wait."""
    others: int
    is_more: bool = False
    """Whether there are more others than that, or may be if there are none."""
    is_more_waiting: bool = False
    """Whether more wait than that."""

    @property
    def hidden(self) -> bool:
        """Whether there is more than what was asked for."""
        return self.is_more or self.is_more_waiting or self.waiting + self.others > len(self.rows)

    @property
    def count_words(self) -> str:
        """How many there are: `3 waiting, 12 others`; `+` where it may be more."""
        waiting = f"{self.waiting:,}{'+' * self.is_more_waiting} waiting"
        if not self.others:
            return f"{waiting}, perhaps older ones" if self.is_more else waiting
        return (
            f"{waiting}, {self.others:,}{'+' * self.is_more} other{'s' * (self.others != 1 or self.is_more)}"
        )


async def find(desk: Desk, query: Query, limit: int) -> Findings:
    """The conversations that fit. Raises QueryFault if an account is named that there is not."""

    async def question(tx: ReadTx) -> Hits:
        if query.accounts:
            check_accounts(query, [account.name for account in await all_accounts(tx)])
        return await kept_finding.find(tx, desk.agent, query, limit)

    hits = await desk.store.read(question)
    rows = tuple(
        Found(hit.row, excerpt(hit.text or hit.row.text, query.terms), hit.said_in) for hit in hits.found
    )
    return Findings(rows, hits.waiting, hits.others, hits.is_more, hits.is_more_waiting)
