"""How a screen reports that it crashed: without local variables, which hold what customers wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import App

from careconsole.model.text_gate import safe_line

if TYPE_CHECKING:
    from rich.segment import Segment


class CrashReporting(App[Any], inherit_bindings=False):
    """An app whose crash report holds no local variables; its message may quote a customer too: it is gated."""

    def _fatal_error(self) -> None:  # private in Textual: a test guards it
        from rich.segment import Segments
        from rich.traceback import Traceback  # 2 MB, for the console that crashes

        self.bell()
        report = Traceback(show_locals=False, width=None, suppress=["textual"])
        self._exit_renderables.append(
            Segments(map(_gated, self.console.render(report, self.console.options)))
        )
        self._close_messages_no_wait()


def _gated(segment: Segment) -> Segment:
    """A piece of a report with nothing in it that a terminal obeys; lines and blanks stay."""
    parts = (safe_line(part, max_chars=max(8, len(part))).text for part in segment.text.split("\n"))
    return segment if segment.control else segment._replace(text="\n".join(parts))
