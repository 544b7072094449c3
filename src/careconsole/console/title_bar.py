"""The top line: whose desk it is, what kind of desk, and how much waits."""

from __future__ import annotations

from textual import events
from textual.content import Content

from careconsole.console.line_pane import LinePane
from careconsole.console.said_keys import said_key
from careconsole.model.text_gate import safe_line
from careconsole.store.rows import Counts


class TitleBar(LinePane):
    """careconsole, the agent, SAMPLE or LOCAL; right the counts, and an emergency before all of them."""

    def __init__(self, agent: str, *, word: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self._agent = safe_line(agent).text
        self._word = word
        self._counts: Counts | None = None
        self._new_emergencies = 0

    def show_word(self, word: str) -> None:
        """The word for the kind of desk: SAMPLE, LOCAL or nothing."""
        self._word = word
        self.look_again()

    def show_counts(self, counts: Counts, new_emergencies: int = 0) -> None:
        """How much waits; `new_emergencies` have arrived and are not in the list yet."""
        self._counts, self._new_emergencies = counts, new_emergencies
        self.look_again()

    def on_resize(self, event: events.Resize) -> None:
        """Fit into the new width."""
        self.look_again()

    def look_again(self) -> None:
        """Write the line anew."""
        left = Content.assemble((" careconsole ", "bold"), (f"· {self._agent} ", ""))
        if self._word:
            left += Content.styled(f" {self._word} ", "bold reverse $warning")
        room = self.size.width - left.cell_length
        right = Content("")
        for part in self._parts():
            if right.cell_length + part.cell_length > room:
                break
            right += part
        self.show_line(left + Content(" " * max(0, room - right.cell_length)) + right)

    def _parts(self) -> list[Content]:
        """The counts, what matters most first: where the line is short the last ones fall off."""
        counts = self._counts
        if counts is None:
            return []
        parts = []
        if self._new_emergencies:
            words = f" NEW EMERGENCY {self._new_emergencies}: press {said_key(self, 'queue.top')} "
            parts.append(Content.styled(words, "bold reverse $queue-emergency"))
        if counts.tier_zero:
            parts.append(Content.styled(f" {counts.tier_zero} emergency ", "bold $queue-emergency"))
        if counts.due_soon:
            parts.append(Content.styled(f" {counts.due_soon} due ", "bold $queue-due-soon"))
        return [*parts, Content(f" {counts.mine} mine "), Content(f" {counts.waiting:,} waiting ")]
