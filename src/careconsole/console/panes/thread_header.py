"""The header of a thread: for whose eyes, on which account, who holds it, who the customer is, where it hangs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from careconsole.console.letter import visibility_word
from careconsole.console.panes.card_lines import header_words, reach_words
from careconsole.console.panes.message_block import HEADER, Line
from careconsole.model.instant import from_us
from careconsole.model.message import Direction, ParentPost
from careconsole.model.text_gate import safe_line
from careconsole.store.person import ELSEWHERE, Card
from careconsole.store.rows import QueueRow, ThreadEntry


def header_lines(
    row: QueueRow,
    entries: Sequence[ThreadEntry],
    *,
    agent: str,
    vip_note: str,
    zone: tzinfo | None,
    is_alone: bool = False,
    card: Card | None = None,
    now: datetime | None = None,
    is_tall: bool = False,
    mark: str = "",
) -> list[Line]:
    """The lines above the thread. What the customer wrote or is called is the last thing on each.

    `is_alone`: other conversations of the person are left out.

    Of the card stands there what must not be missed, with `is_tall` its five lines. `mark` is that of a language
    which is not the agent's.
    """
    word = visibility_word(row.visibility)
    # Whether somebody else has it must never be what a narrow pane cuts off.
    about = [
        _holder_words(row, agent, zone),
        *(["resolved"] if row.state == "resolved" else []),
        f"{_safe(row.account)} on {_safe(row.network)}",
        *(["only this conversation"] if is_alone else []),
    ]
    kind = [*(["EMERGENCY, tier 0"] if row.tier == 0 else []), row.kind.value.replace("_", " ")]
    kind += [mark] if mark else []
    kind += [*([reach_words(card)] if card and card.reach else []), ""]
    lines = [
        Line(HEADER, ((word, word.partition(" ")[0].lower()), (f" · {' · '.join(about)}", "header"))),
        Line(HEADER, ((" · ".join(kind), "header"), (_customer_words(row), "head"))),
    ]
    if row.is_vip:
        lines.append(Line(HEADER, ((f"VIP: {_safe(vip_note)}" if vip_note else "VIP", "warn"),)))
    if card is not None and now is not None:
        told = header_words(card, now, zone, is_tall=is_tall)
        lines += [Line(HEADER, ((words, look),)) for words, look in told]
    if card is not None and not is_alone and card.other_conversations > ELSEWHERE:
        told_of = f"of {card.other_conversations:,} other conversations the {ELSEWHERE} newest are shown"
        lines.append(Line(HEADER, ((told_of, "quiet"),)))
    if parent := parent_of(entries):
        lines.append(Line(HEADER, ((_parent_words(parent), "quiet"),)))
    return lines


def parent_of(entries: Sequence[ThreadEntry]) -> ParentPost | None:
    """The post that the customer's newest comment hangs under."""
    return next(
        (entry.parent for entry in reversed(entries) if entry.parent and entry.direction is Direction.IN),
        None,
    )


def _customer_words(row: QueueRow) -> str:
    safe = safe_line(f"@{row.handle} {row.customer_name}")
    odd = safe.hidden + safe.controls
    badge = f"{odd} hidden character{'s' * (odd > 1)} in the name · " if odd else ""
    return badge + safe.text.strip()


def _holder_words(row: QueueRow, agent: str, zone: tzinfo | None) -> str:
    if row.claimed_by is None:
        return f"free{_for_words(row, agent)}"
    who = "you" if row.claimed_by == agent else f"@{_safe(row.claimed_by)}"
    words = [f"held by {who}"]
    if row.claimed_since_us is not None:
        words.append(f"since {from_us(row.claimed_since_us).astimezone(zone):%H:%M}")
    if row.presence:
        words.append(f"({_safe(row.presence)})")
    return " ".join(words)


def _for_words(row: QueueRow, agent: str) -> str:
    """For whom it is, and how often it was moved, if it was."""
    if not row.is_for:
        return ""
    whose = ", for you" if row.owner == agent else f", for {_safe(row.is_for)}"
    return whose + (f", moved {row.moves} times" if row.moves > 1 else "")


def _parent_words(parent: ParentPost) -> str:
    kind = " ".join([*(["paid"] if parent.is_paid else []), *(["dark"] if parent.is_dark else []), "post"])
    return f"under a {kind}: {_safe(parent.text)}" if parent.text.strip() else f"under a {kind}"


def _safe(text: str) -> str:
    return safe_line(text).text
