"""The holes of a prepared answer in the editor: how many wait to be filled, and the way from one to the next."""

from __future__ import annotations

from careconsole.console.letter import open_holes
from careconsole.console.panes.coached import Coached


class Holed(Coached):
    """An editor in which `{{holes}}` can be gone through."""

    _told_of_holes = ""
    """The text for which a review was refused because of its holes."""
    _offered_at: int | None = None
    """Where the hole stands that was selected without a key: the first Tab has no other to go to."""

    def open_holes(self) -> int:
        """How many `{{holes}}` wait to be filled."""
        return len(self._holes())

    def _holes(self) -> list[tuple[int, int]]:
        letter = self.letter
        return open_holes(self._editor.text, letter.mode) if letter else open_holes(self._editor.text)

    def first_hole(self) -> None:
        """Select the first open hole, so that typing fills it."""
        if holes := self._holes():
            self.offer_hole(holes[0])

    def offer_hole(self, hole: tuple[int, int]) -> None:
        """Select a hole without a key: the first Tab stays at it."""
        self._editor.select_range(*hole)
        self._offered_at = hole[0]

    def next_hole(self) -> bool:
        """Select the next open hole and take the focus, so that typing fills it; False if there is none."""
        holes = open_holes(self._editor.text)
        if not holes:
            return False
        selected = self._editor.selection_index
        offered_at, self._offered_at = self._offered_at, None
        if self._editor.selected_text and offered_at == selected:
            self._editor.focus()
            return True
        is_at_it = any(start == selected and self._editor.selected_text for start, _ in holes)
        after = [hole for hole in holes if hole[0] > selected or (hole[0] == selected and not is_at_it)]
        self._editor.select_range(*(after or holes)[0])
        self._editor.focus()
        return True
