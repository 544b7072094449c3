"""The wallboard: tiles, the last hours, who is here, how fresh every account is, and one line that says what to do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from rich.cells import cell_len
from textual import work
from textual.app import ComposeResult
from textual.containers import Grid
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from careconsole.console.commands import bindings, may_use
from careconsole.console.help_screen import HelpScreen
from careconsole.console.line_pane import LinePane
from careconsole.console.said_keys import remapped_keys, said_key
from careconsole.console.text import age_text, fit
from careconsole.console.wallboard.definition import DefinitionScreen
from careconsole.console.wallboard.tiles import TILES, Tile
from careconsole.desk.reporting.advice import advise, is_silent
from careconsole.desk.reporting.watching import AgentNow, Sight, Watched, watch
from careconsole.model.instant import from_us
from careconsole.model.rights import Role
from careconsole.model.text_gate import safe_line
from careconsole.store.contract import StoreError

LIVE_S, TROUBLE_S = 1.0, 10.0
WINDOW_MOVES_US = 22 * 3_600_000_000
"""When the window should begin so much later than it does, the log is read anew: what is over is let go.

At midnight of a `today`, also of one that has 23 hours.
"""
RATES_US = 60_000_000
"""What is counted over the window is shown anew so often."""
_BARS = " ▁▂▃▄▅▆▇█"
_WARN = {"tier0_share": (0.02, "emergencies"), "vip_share": (0.05, "VIPs")}


class WallboardScreen(Screen[None]):
    """Looks, never touches: the record is open for reading only."""

    BINDINGS = bindings("wallboard")

    def __init__(
        self, watched: Watched, targets: Mapping[str, float], begins_us: Callable[[int], int] | None = None
    ) -> None:
        """`begins_us`: when the window of a moment begins; without it, it stays where it is."""
        super().__init__()
        self.watched = watched
        self._begins_us = begins_us
        self.sight: Sight | None = None
        self._targets = targets
        self._tiles = [Tile(kind, targets) for kind in TILES]
        self._chosen = 0
        self._rates_us = 0
        self._people_words = ""
        self._title, self._flow, self._shares = (
            LinePane(id="wall-title"),
            LinePane(id="wall-flow"),
            LinePane(id="wall-shares"),
        )
        self._people = Static(id="wall-people", markup=False)
        self._accounts, self._advice = LinePane(id="wall-accounts"), LinePane(id="wall-advice")

    def compose(self) -> ComposeResult:
        """Title, tiles, lines."""
        yield self._title
        with Grid(id="wall-tiles"):
            yield from self._tiles
        yield from (self._flow, self._shares, self._people, self._accounts, self._advice)

    def on_mount(self) -> None:
        """Begin to watch."""
        self._show_chosen()
        self._title.show_line(Content.styled(" careconsole wallboard · reading the event log ...", "bold"))
        self.look_for_ever()

    def on_resize(self) -> None:
        """Fit into the new size."""
        if self.sight is not None:
            self._show_lines(self.sight)

    @work(group="watching", exclusive=True, exit_on_error=False)
    async def look_for_ever(self) -> None:
        """Read on, show, rest; a record that cannot be read is said and tried again."""
        while True:
            rest_s = LIVE_S
            try:
                self.show_sight(await self.watched.look())
                self.move_window()
            except StoreError as error:
                self._say_trouble(str(error))
                rest_s = TROUBLE_S
            await asyncio.sleep(rest_s)

    def move_window(self) -> None:
        """A day has passed: the next look reads the log for a window that begins later."""
        if self._begins_us is None or self.sight is None:
            return
        begins_us = self._begins_us(self.sight.now_us)
        if begins_us - self.watched.board.since_us >= WINDOW_MOVES_US:
            self.watched = watch(self.watched.store, begins_us)
            self._rates_us = 0

    def _say_trouble(self, sentence: str) -> None:
        """Nothing is shown that may not be true any more but this."""
        words = Content.styled(f" ! {safe_line(sentence).text}", "bold $error")
        self._people_words = ""
        self._people.styles.height = 3
        self._people.update(words)
        self._advice.show_line(
            Content.styled(" ! The numbers above stand still: see the sentence.", "bold $error")
        )

    def show_sight(self, sight: Sight) -> None:
        """Show how things stand."""
        self.sight = sight
        shows_rates = sight.now_us - self._rates_us >= RATES_US
        if shows_rates:
            self._rates_us = sight.now_us
        for tile in self._tiles:
            if shows_rates or not tile.kind.is_rate:
                tile.show_figure(sight.figures[tile.kind.measure])
        self._show_lines(sight)

    # The lines

    def _show_lines(self, sight: Sight) -> None:
        width = self.size.width
        self._title.show_line(self._title_line(sight, width))
        self._flow.show_line(Content(fit(_flow_words(sight, width), width)))
        self._shares.show_line(_shares_line(sight, width))
        self._show_people(sight)
        self._accounts.show_line(_accounts_line(sight, width))
        advice = advise(sight, self._targets)
        look = "bold reverse $warning" if advice.is_urgent else "bold"
        words = f" {'! ' if advice.is_urgent else ''}{safe_line(advice.words).text}"
        self._advice.show_line(Content.styled(fit(words, width), look))

    def _title_line(self, sight: Sight, width: int) -> Content:
        defines, quits = said_key(self, "wallboard.define"), said_key(self, "wallboard.quit")
        times = f"since {_local(sight.since_us):%a %H:%M} · now {_local(sight.now_us):%H:%M}"
        right = f" {times} · {defines} defines · {quits} quits "
        left = fit(" wallboard · read-only ", max(0, width - len(right)))
        return Content.styled(left + right[:width], "bold")

    def _show_people(self, sight: Sight) -> None:
        room = max(1, min(5, self.size.height // 12 - 1))
        words = "\n".join(
            fit(line, self.size.width) for line in people_lines(sight.agents, self.size.width, room)
        )
        if words != self._people_words:
            self._people_words = words
            self._people.styles.height = words.count("\n") + 1
            self._people.update(Content(words))

    # Keys

    def action_next(self) -> None:
        """The next tile."""
        self._choose(1)

    def action_previous(self) -> None:
        """The tile before."""
        self._choose(-1)

    def _choose(self, by: int) -> None:
        self._chosen = (self._chosen + by) % len(self._tiles)
        self._show_chosen()

    def _show_chosen(self) -> None:
        for place, tile in enumerate(self._tiles):
            tile.show_chosen(place == self._chosen)

    def action_define(self) -> None:
        """What the chosen number means, and what it was counted from."""
        if self.sight is not None:
            tile = self._tiles[self._chosen]
            self.app.push_screen(DefinitionScreen(tile.kind, tile.figure, self.watched.store, self.sight))

    def action_help(self) -> None:
        """The keys."""
        self.app.push_screen(HelpScreen("wallboard", _may_look, remapped_keys(self)))

    def action_quit(self) -> None:
        """Close the wallboard."""
        self.app.exit(0)


def _local(us: int) -> datetime:
    return from_us(us).astimezone()


def _flow_words(sight: Sight, width: int) -> str:
    arrived, said = sight.hours[-1]
    words = f" in {sight.figures['arrivals'].value}, out {sight.figures['answers'].value}; this hour {arrived} in, {said} out"
    lines = f" · {len(sight.hours)}h in {bars([hour[0] for hour in sight.hours])} out {bars([hour[1] for hour in sight.hours])}"
    return words + lines


def bars(values: Sequence[int]) -> str:
    """One block a value, the highest one full; nothing is a blank, anything else at least a line."""
    most = max(values, default=0)
    return "".join(_BARS[-(-value * 8 // most) if most else 0] for value in values)


def _shares_line(sight: Sight, width: int) -> Content:
    parts = []
    for measure, (limit, word) in _WARN.items():
        figure = sight.figures[measure]
        share = float(figure.value or 0)
        look = "bold $warning" if share > limit else "$foreground"
        mark = "! " if share > limit else ""
        parts.append(Content.styled(f"{mark}{share * 100:.1f} % {word} (≤ {limit * 100:.0f})", look))
    old = sight.figures["backlog_over_72h"].value or 0
    parts.append(
        Content.styled(f"{'! ' if old else ''}{old} over 72h", "bold $warning" if old else "$foreground")
    )
    line = Content(" ") + Content(" · ").join(parts)
    if sight.oldest is not None:
        room = width - line.cell_length
        longest = f" · oldest #{sight.oldest.conversation_id} @{safe_line(sight.oldest.handle).text}"
        line += Content(fit(longest, room).rstrip() if room > 0 else "")
    return line if line.cell_length <= width else Content(fit(line.plain, width))


def people_lines(agents: Sequence[AgentNow], width: int, most: int) -> list[str]:
    """Who is here and what they do, in at most so many lines; who does not fit is counted."""
    if not agents:
        return [" Nobody is at the desk."]
    words = []
    for agent in sorted(agents, key=lambda each: (not each.is_writing, not each.is_here, each.name)):
        state = "writing" if agent.is_writing else "here" if agent.is_here else "gone"
        held = f", holds {agent.held}" if agent.held else ""
        words.append(f"{safe_line(agent.name).text} {state}{held}, {agent.answers} sent")
    lines = [""]
    for place, each in enumerate(words):
        rest = len(words) - place - 1
        more = f" · and {rest} more" if rest else ""
        joined = f"{lines[-1]} · {each}" if lines[-1] else f" {each}"
        is_last_line = len(lines) == most
        if cell_len(joined) + (cell_len(more) if is_last_line else 0) <= width or not lines[-1]:
            lines[-1] = joined
        elif not is_last_line:
            lines.append(f" {each}")
        else:
            lines[-1] += f" · and {rest + 1} more"
            break
    return lines


def _accounts_line(sight: Sight, width: int) -> Content:
    parts = []
    for account in sight.accounts:
        name = safe_line(account.name).text
        if account.last_good_us is None:
            parts.append(
                Content.styled(f"{name} not polled", "bold $warning" if account.failures else "$muted")
            )
            continue
        age = age_text(max(0.0, (sight.now_us - account.last_good_us) / 1_000_000))
        late = is_silent(account, sight.now_us)
        parts.append(
            Content.styled(
                f"{'! ' if late else ''}{name} {age}{' ago' * late}",
                "bold $warning" if late else "$foreground",
            )
        )
    line = Content(" fresh: ") + Content(" · ").join(parts) if parts else Content(" There are no accounts.")
    return line if line.cell_length <= width else Content(fit(line.plain, width))


def _may_look(command_id: str) -> bool:
    """What may be done at a wall: whoever stands before it looks, whatever else they may do at the desk."""
    return may_use(command_id, Role.SUPERVISOR)
