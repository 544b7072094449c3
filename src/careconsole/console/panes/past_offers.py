"""What was answered before, as the pane of prepared answers shows it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from careconsole.desk.answered_before import AnsweredBefore
from careconsole.snippets.snippet import Snippet


class PastOffer(NamedTuple):
    """An answer that was sent before, in the looks of a prepared one; it is in no library."""

    snippet: Snippet
    is_private: bool


def past_offers(found: Iterable[AnsweredBefore]) -> list[PastOffer]:
    """One of each: what was asked, by whom it was answered and when, and the answer as its text."""
    return [
        PastOffer(
            Snippet(f"answered-{one.outbox_id}", _title(one), one.text, language=one.language, origin="own"),
            one.is_private,
        )
        for one in found
    ]


def _title(one: AnsweredBefore) -> str:
    eyes = "private: " if one.is_private else ""
    return f"{eyes}{one.asked or '...'} · {one.agent} {one.sent_at:%Y-%m-%d}"
