"""What a tile's number means, the rows it was counted from, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import work
from textual.content import Content

from careconsole.console.help_screen import ReadingScreen
from careconsole.console.text import wrap
from careconsole.console.wallboard.tiles import TileKind, plain_digits, short_span
from careconsole.desk.reporting.behind import Behind, behind
from careconsole.desk.reporting.definitions import DEFINITIONS
from careconsole.desk.reporting.figures import Figure, Window
from careconsole.desk.reporting.watching import Sight
from careconsole.model.instant import from_us
from careconsole.model.text_gate import safe_line
from careconsole.store.contract import Store, StoreError

SHOWN = 200
"""So many rows at most; the others are counted."""


class DefinitionScreen(ReadingScreen):
    """The definition stands at once; the rows come when the log has been read again."""

    def __init__(self, kind: TileKind, figure: Figure, store: Store, sight: Sight) -> None:
        super().__init__()
        self._kind, self._figure, self._store, self._sight = kind, figure, store, sight
        self._behind: Behind | None = None
        self._trouble = ""

    def on_mount(self) -> None:
        """Show the definition; look for the rows."""
        super().on_mount()
        self._look()

    @work(group="questions", exit_on_error=False)
    async def _look(self) -> None:
        try:
            window = Window(self._sight.since_us, self._sight.now_us)
            self._behind = await behind(self._store, self._kind.measure, window, SHOWN)
        except StoreError as error:
            self._trouble = str(error)
        self.on_resize()

    def lines(self, room: int) -> list[Content]:
        """The definition, what was left out, and the rows as far as they are known."""
        definition = DEFINITIONS[self._kind.measure]
        lines = [
            Content.styled(
                f"{definition.title}: {plain_digits(self._kind, self._figure.value)}", "bold underline"
            )
        ]
        lines += [Content(line) for line in wrap(safe_line(definition.says), room)]
        since = from_us(self._sight.since_us).astimezone()
        when = f"From {since:%a %d %b %H:%M} until now" if self._kind.is_rate else "As it stands now"
        lines.append(Content(f"{when}; counted of {self._figure.of:,}."))
        if self._trouble:
            return [
                *lines,
                Content(""),
                *(Content.styled(line, "$error") for line in wrap(safe_line(self._trouble), room)),
            ]
        if self._behind is None:
            return [*lines, Content(""), Content("The rows are being looked for ...")]
        found = self._behind
        left_out = ", ".join(
            f"{name.replace('_', ' ')} {number:,}" for name, number in sorted(found.figure.left_out.items())
        )
        lines.append(Content(f"Left out: {left_out or 'nothing'}."))
        if found.figure.value != self._figure.value:
            lines.append(
                Content(
                    f"Counted again just now: {plain_digits(self._kind, found.figure.value)} of {found.figure.of:,}."
                )
            )
        lines += [Content(""), Content.styled(f"The rows ({len(found.rows):,} of {found.total:,})", "bold")]
        return [*lines, *_rows(found.rows)]


def _rows(rows: Sequence[tuple[int, int, str, str]]) -> Iterable[Content]:
    for conversation_id, span_us, words, handle in rows:
        span = short_span(round(span_us / 1_000_000))
        yield Content(f"#{conversation_id:<7} {span:>6}  {words:<22} @{safe_line(handle).text}")
