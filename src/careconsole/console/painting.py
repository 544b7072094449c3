"""What is sent to the terminal for a frame: few bytes, and a column address before every piece.

Terminals quarrel over the width of some characters. Textual writes a whole screen line by line without
addresses, so one disputed character would shift everything right of it. Here every pane, and every column
that a pane names in `addressed_columns`, begins with an address, in whole frames too; and a line with a
disputed character is sent up to the right edge, so that what ran over is mended.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from textual._compositor import ChopsUpdate, Compositor, CompositorUpdate
from textual.geometry import Region
from textual.reactive import Reactive
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.widget import Widget

ResultT = TypeVar("ResultT")

_SGR_OF_BIT = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "21", "51", "52", "53")
_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "8": "28", "9": "29"}
_SEEN_ON_BLANKS = frozenset({"4", "7", "9", "21", "51", "52", "53"})
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Look:
    """A style as the numbers of the terminal's sequence."""

    attributes: frozenset[str] = _NONE
    front: str = ""
    back: str = ""


class Pen:
    """Writes style changes as short as they can be: only what differs and can be seen."""

    def __init__(self, colors: ColorSystem | None) -> None:
        """`colors` is what the terminal can show; None for no colours at all."""
        self._colors = colors
        self._now = _Look()

    def change_to(self, style: Style | None, text: str = "x") -> str:
        """The sequence that changes to this style before that text; empty if no difference would be seen."""
        was, wanted = self._now, _Look() if style is None else _look_of(style, self._colors)
        if text.isspace() and not (was.attributes | wanted.attributes) & _SEEN_ON_BLANKS:
            wanted = _Look(was.attributes, was.front, wanted.back)
        self._now = wanted
        off, on = was.attributes - wanted.attributes, wanted.attributes - was.attributes
        whole = ["0", *sorted(wanted.attributes), wanted.front, wanted.back]
        loses_color = (was.front and not wanted.front) or (was.back and not wanted.back)
        if wanted == was:
            return ""
        if loses_color or not off <= _OFF.keys():
            return _sequence(whole)
        ended = {_OFF[code] for code in off}
        # What ends bold ends faint too.
        kept = {code for code in wanted.attributes if _OFF.get(code) in ended}
        front = wanted.front if wanted.front != was.front else ""
        back = wanted.back if wanted.back != was.back else ""
        return min(_sequence(whole), _sequence([*sorted(ended), *sorted(on | kept), front, back]), key=len)


def _sequence(codes: Sequence[str]) -> str:
    text = ";".join(code for code in codes if code)
    return "\x1b[m" if text == "0" else f"\x1b[{text}m"


@lru_cache(maxsize=4096)
def _look_of(style: Style, colors: ColorSystem | None) -> _Look:
    bits = style._attributes & style._set_attributes
    front, back = (style.color, style.bgcolor) if colors is not None else (None, None)
    return _Look(
        frozenset(code for bit, code in enumerate(_SGR_OF_BIT) if bits & (1 << bit)),
        ";".join(front.downgrade(colors).get_ansi_codes()) if front and colors else "",
        ";".join(back.downgrade(colors).get_ansi_codes(foreground=False)) if back and colors else "",
    )


class LeanUpdate(ChopsUpdate):
    """The changed pieces of a frame, each with its address, cut exactly to what changed."""

    def render_segments(self, console: Console) -> str:
        """The bytes for the terminal."""
        # Textual makes greys of the colours, but who sets NO_COLOR wants none in the output.
        no_color = bool(os.environ.get("NO_COLOR"))
        pen = Pen(None if no_color else console._color_system or ColorSystem.TRUECOLOR)
        out: list[str] = []
        for y, x, strip in self._pieces():
            out.append(f"\x1b[{y + 1};{x + 1}H")
            for text, style, control in strip:
                if not control:
                    out += (pen.change_to(style, text), text)
        out.append(pen.change_to(None))
        return "".join(out)

    def _pieces(self) -> Iterator[tuple[int, int, Strip]]:
        for y, start, end in self.spans:
            for piece_end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                left, right = max(x, start), min(piece_end, end)
                if strip is not None and left < right:
                    yield y, left, strip.crop(left - x, right - x)


class AddressedCompositor(Compositor):
    """Textual's compositor with addresses in whole frames and inside panes."""

    @property
    def cuts(self) -> list[list[int]]:
        """The columns of every line at which a piece begins or ends."""
        if self._cuts is None:
            self._cuts = [
                sorted({*line, *more}) for line, more in zip(super().cuts, self._more(), strict=True)
            ]
        return self._cuts

    def _more(self) -> list[set[int]]:
        more: list[set[int]] = [set() for _ in range(self.size.height)]
        for widget, (region, clip) in self.visible_widgets.items():
            shown = region.intersection(clip)
            for column in getattr(widget, "addressed_columns", ()):
                if shown.x < region.x + column < shown.right:
                    for line in more[shown.y : shown.bottom]:
                        line.add(region.x + column)
        return more

    def render_full_update(self, simplify: bool = False) -> CompositorUpdate:  # type: ignore[override]
        """The whole screen; `simplify` is asked for by pictures of the screen, which need no addresses."""
        if simplify:
            return super().render_full_update(simplify)
        self._dirty_regions = {self.size.region}
        return self.render_partial_update() or super().render_full_update()

    def render_partial_update(self) -> LeanUpdate | None:
        """What changed since the last frame."""
        update = super().render_partial_update()
        if update is None or not update.spans:
            return None
        lean = LeanUpdate(update.chops, update.spans, update.chop_ends)
        disputed = sorted({y for y, _, strip in lean._pieces() if _is_disputed(strip)})
        if disputed and any(end < self.size.width for y, _, end in update.spans if y in disputed):
            return self._mended(update.spans, disputed)
        return lean

    def _mended(self, spans: Sequence[tuple[int, int, int]], disputed: Sequence[int]) -> LeanUpdate | None:
        width = self.size.width
        self._dirty_regions = {Region(x, y, end - x, 1) for y, x, end in spans} | {
            Region(x, y, width - x, 1) for y, x, _ in spans if y in disputed
        }
        update = super().render_partial_update()
        return None if update is None else LeanUpdate(update.chops, update.spans, update.chop_ends)


def _is_disputed(strip: Strip) -> bool:
    """Whether terminals may disagree about the width: marks that some of them give a cell of their own."""
    text = strip.text
    return not text.isascii() and any(unicodedata.category(character)[0] == "M" for character in text)


class AddressedScreen(Screen[ResultT]):
    """A screen whose frames carry addresses."""

    # Textual repaints the whole screen when the focus moves; the two that lose and get it repaint themselves.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name, id, classes)
        self._compositor = AddressedCompositor()


class AddressedModal(ModalScreen[ResultT]):
    """A question over the desk whose frames carry addresses."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name, id, classes)
        self._compositor = AddressedCompositor()
