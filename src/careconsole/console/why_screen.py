"""Why a conversation stands where it does: the sum behind its rank, term by term, which always adds up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll

from careconsole.console.choosing import Choosing
from careconsole.console.commands import BY_ID, keys_of, with_cyrillic
from careconsole.console.panes.lined import Quoted
from careconsole.console.panes.message_block import HEADER, Line
from careconsole.console.text import wrap
from careconsole.desk.reading import Why
from careconsole.model.instant import from_us
from careconsole.model.priority import CLEARLY_NEGATIVE, Rank, Term
from careconsole.model.text_gate import safe_line
from careconsole.store.rows import QueueRow

_TERM_WORDS = {
    "vip": "VIP",
    "reach": "reach of the customer",
    "repeat": "wrote again",
    "mood": "mood",
    "paid": "under a paid or dark post",
    "second channel": "waits on a second account too",
    "cap": "boosts are capped",
    "closed hours": "closed hours do not count",
}


def why_sentences(why: Why, zone: tzinfo | None = None) -> list[str]:
    """The sum, one line for each term, then what the terms rest on. Times in `zone` (None: the machine's)."""
    rank = why.rank
    if rank is None:
        return [_no_rank(why.row, zone), *_grounds(why, zone)]
    return [
        f"{'waiting since':>14}  {_time(rank.waiting_since_us, zone)}",
        *(f"{term.said:>14}  {_term_words(term, rank)}" for term in rank.terms),
        f"{'= due':>14}  {_time(rank.effective_due_us, zone)}, its place in the queue",
        f"{'promised by':>14}  {_time(rank.due_us, zone)}",
        "",
        f"Times are in {_zones((rank.waiting_since_us, rank.due_us, rank.effective_due_us), zone)}",
        *_grounds(why, zone),
    ]


def _no_rank(row: QueueRow, zone: tzinfo | None) -> str:
    if row.asleep_until_us is None:
        return "It waits for nothing from us, so it has no rank."
    until = _time(row.asleep_until_us, zone)
    return f"It sleeps until {until}; then, or when the customer writes, it has its place in the queue again."


def _grounds(why: Why, zone: tzinfo | None) -> list[str]:
    """What people and word lists said, in sentences; what was quoted stands last in each."""
    row = why.row
    found = [f"Kind {row.kind.value.replace('_', ' ')}{_set_by(why.kind_by)}"]
    if row.tier == 0:
        found.append(f"Tier 0{_set_by(why.tier_by)}")
    elif why.tier_by:
        found.append(f"Tier 0{_lifted_by(why.tier_by)}")
    if row.language:
        found.append(f"Language by its words: {row.language}")
    if why.mood_by:
        is_bad = " is bad and counts" if why.mood <= CLEARLY_NEGATIVE else ""
        points = ", ".join(f"{term} {score:+.2f}" for term, score in why.mood_by)
        found.append(f"Mood {why.mood:+.2f}{is_bad}, of -1 upset to 1 pleased: {points}")
    if row.is_vip or why.vip_by:
        found.append(_vip(why))
    found.append(f"Calendar: {why.calendar}")
    if why.first_for is not None:
        found.append(
            f"First for {why.first_for.name} until {_time(why.first_for.until_us, zone)}, then for all"
        )
    return found


def _set_by(source: str) -> str:
    """Who or what decided, as the end of a sentence."""
    origin, _, what = source.partition(":")
    if origin == "agent":
        return f", set by @{what}"
    if origin in ("cue", "word") and what:
        return f", found by its words: {what}"
    return ", as it was delivered" if origin == "given" else ", as no word says otherwise"


def _lifted_by(source: str) -> str:
    """Who took something away, as the end of a sentence."""
    who = source.partition(":")[2]
    return f" lifted by @{who}" if who else " lifted by hand"


def _vip(why: Why) -> str:
    """Who or what made the customer a VIP, with the note on them; or who lifted that."""
    origin, _, who = why.vip_by.partition(":")
    if not why.row.is_vip:
        return f"VIP{_lifted_by(why.vip_by)}"
    by_hand = f" set by @{who}" if who else " set by hand"
    source = " by the settings" if origin == "settings" else by_hand
    return f"VIP{source}: {why.vip_note}" if why.vip_note else f"VIP{source}"


def _term_words(term: Term, rank: Rank) -> str:
    if term.name == "target":
        if rank.is_own_target:
            return "target of this message"
        return (
            "target of an emergency" if rank.tier == 0 else f"target of a {rank.kind.value.replace('_', ' ')}"
        )
    return _TERM_WORDS.get(term.name, term.name)


def _zones(times_us: Sequence[int], zone: tzinfo | None) -> str:
    """The zone of the times as it is called then, and how far it is from UTC; both names in a night of change."""
    return ", then ".join(dict.fromkeys(_zone_words(at_us, zone) for at_us in sorted(times_us)))


def _zone_words(at_us: int, zone: tzinfo | None) -> str:
    at = from_us(at_us).astimezone(zone)
    name, offset = at.tzname() or "", f"{at:%z}"
    if name == "UTC":
        return name
    ahead = f"UTC{offset[:3]}:{offset[3:5]}"
    return f"{name} ({ahead})" if name[:1].isalpha() and not name.startswith("UTC") else ahead


def _time(at_us: int, zone: tzinfo | None) -> str:
    """Exact, so that the sum can be checked by hand: seconds and their fraction only where there are any."""
    at = from_us(at_us).astimezone(zone)
    text = f"{at:%Y-%m-%d %H:%M:%S}" if at.second or at.microsecond else f"{at:%Y-%m-%d %H:%M}"
    return f"{text}.{at.microsecond:06d}".rstrip("0") if at.microsecond else text


def each_leaves(command_id: str) -> Binding:
    """The keys of a command, wherever they were moved, as keys that close a screen."""
    return Binding(",".join(with_cyrillic(keys_of(BY_ID[command_id]))), "leave", show=False, id=command_id)


class WhyScreen(Choosing[None]):
    """Shows the sum; any of Escape and the key that asked for it closes it."""

    BINDINGS = [
        Binding("escape,q,й", "leave", "Back"),
        *(each_leaves(id) for id in ("list.why", "app.help")),
        Binding("up,k", "scroll_text(-1)", show=False),
        Binding("down,j", "scroll_text(1)", show=False),
    ]

    DEFAULT_CSS = """
    WhyScreen > Vertical { height: auto; max-height: 100%; background: $surface; }
    WhyScreen VerticalScroll { height: auto; }
    """

    def __init__(self, why: Why, *, zone: tzinfo | None = None) -> None:
        super().__init__()
        self._why = why
        self._zone = zone

    def compose(self) -> ComposeResult:
        """The sum and its grounds."""
        self._scroll = VerticalScroll(Quoted(self._lines), can_focus=False)
        with Vertical(classes="question--box"):
            yield self._scroll

    def action_leave(self) -> None:
        """Back to the desk."""
        self.dismiss(None)

    def action_scroll_text(self, lines: int) -> None:
        """Go on reading."""
        self._scroll.scroll_relative(y=lines, animate=False)

    def _lines(self, width: int) -> list[Line]:
        row = self._why.row
        who = safe_line(f"Why is it here? @{row.handle} {row.customer_name}")
        lines = [_line(text, "header") for text in wrap(who, width)]
        for sentence in why_sentences(self._why, self._zone):
            lines += [_line(text, "ours") for text in wrap(safe_line(sentence), width)]
        return [*lines, _line("Esc  back", "quiet")]


def _line(text: str, look: str) -> Line:
    return Line(HEADER, ((text, look),))
