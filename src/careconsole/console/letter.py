"""What is in the agent's hand before it is sent: the text, to whom, by which account, for whose eyes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from careconsole.desk.hand_over import PrivateWay, private_way
from careconsole.model import open_hole
from careconsole.model.message import Visibility
from careconsole.model.reply import Limits, Mode, ReplyTo, with_handle
from careconsole.snippets.fitting import is_han
from careconsole.store.rows import QueueRow

TWO_CHOICES = (Visibility.PUBLIC, Visibility.DIRECT)
"""What a network offers that knows only public and private."""
FOUR_CHOICES = tuple(Visibility)
_ENDS_A_WORD = frozenset(".,;:!?)]}…”»")
PUBLIC_ALONE = (Visibility.PUBLIC,)
"""What a network offers where no private message can be begun."""


def open_holes(text: str, mode: Mode = Mode.PUBLIC) -> list[tuple[int, int]]:
    """Where holes of a prepared answer still stand, braces included; in a note no broken ones."""
    return open_hole.whole_holes(text) if mode is Mode.NOTE else open_hole.open_holes(text)


def holes_are(number: int) -> str:
    """`1 hole is`, `2 holes are`."""
    return _count(number, "hole is", "holes are")


def choices_of(network: str) -> Sequence[Visibility]:
    """For whose eyes a reply can be written on a network."""
    if private_way(network) is PrivateWay.NONE:
        return PUBLIC_ALONE
    return FOUR_CHOICES if network == "mastodon" else TWO_CHOICES


def private_words(network: str) -> str:
    """What becomes of a private reply to a public message there: said before anything is sent."""
    way = private_way(network)
    if way is PrivateWay.MARKED:
        return "It leaves marked private: replies here go into a file, for somebody to take them there."
    if way is PrivateWay.NONE:
        return "This network opens no private message: ask the customer in public to write to you in private."
    return "Private: as a direct message, that the customer alone sees."


def mode_for(visibility: Visibility) -> Mode:
    """The mode of a reply with this visibility."""
    return Mode.PUBLIC if visibility.is_public else Mode.PRIVATE


def visibility_word(visibility: Visibility | None) -> str:
    """PUBLIC, PRIVATE or (None) NOTE; with the network's own word where that is narrower than public."""
    if visibility is None:
        return "NOTE"
    if visibility is Visibility.UNLISTED:
        return "PUBLIC unlisted"
    if visibility is Visibility.FOLLOWERS:
        return "PUBLIC followers"
    return "PUBLIC" if visibility.is_public else "PRIVATE"


@dataclass(frozen=True, slots=True)
class Letter:
    """A reply or a note as it would go out if the agent confirmed now."""

    row: QueueRow
    mode: Mode
    visibility: Visibility | None
    """None for a note."""
    answered: Visibility
    """Of the message answered: a reply is never wider without its own key."""
    choices: Sequence[Visibility]
    """What the network offers."""
    text: str
    limits: Limits
    reply_to: ReplyTo | None = None
    """The message answered, fixed when the writing began; None for a note, or for the newest."""
    can_answer: bool = True
    """False where every message of the customer is deleted."""
    line: str = ""
    """What is to be said in public once this is sent; it counts only in private, below a public message."""

    @property
    def outgoing(self) -> str:
        """The text as the network will get it, with the customer's @handle where that must be named."""
        if self.mode is Mode.NOTE or not self.limits.names_the_customer:
            return self.text
        return with_handle(self.text, self.row.handle)

    @property
    def length(self) -> int:
        """Its length as the network counts it; a note in characters."""
        return len(self.text) if self.mode is Mode.NOTE else self.limits.length(self.text, self.row.handle)

    @property
    def length_words(self) -> str:
        """The length beside what the network takes: `212/500`, `512/500, 12 too long`."""
        limit = self.limits.max_chars
        if self.mode is Mode.NOTE or limit is None:
            return str(self.length)
        return f"{self.length}/{limit}" + (f", {self.too_long_by} too long" if self.too_long_by else "")

    @property
    def too_long_by(self) -> int:
        """How many characters are too many; 0 if it fits."""
        if self.mode is Mode.NOTE or self.limits.max_chars is None:
            return 0
        return max(0, self.length - self.limits.max_chars)

    @property
    def is_wider(self) -> bool:
        """Whether more eyes would see it than the message it answers."""
        return self.visibility is not None and self.visibility.wider_than(self.answered)

    @property
    def obstacles(self) -> list[str]:
        """Sentences that say why it cannot be sent; empty if it can."""
        found = []
        if not self.text.strip():
            found.append("Nothing is written yet.")
        if not self.can_answer:
            found.append("No message of the customer is left to answer.")
        if holes := open_holes(self.text, self.mode):
            one, many = "hole is open: fill it", "holes are open: fill them"
            found.append(f"{_count(len(holes), one, many)} first.")
        if self.too_long_by:
            limit = self.limits.max_chars
            found.append(f"{self.length} characters, the network takes {limit}: {self.too_long_by} too long.")
        if half := self.public_half():
            found += [f"The public line: {obstacle}" for obstacle in half.obstacles]
        return found

    @property
    def may_have_line(self) -> bool:
        """Whether a public line can go with it: it is private, and answers a public message."""
        return self.mode is Mode.PRIVATE and self.answered.is_public

    def public_half(self) -> Letter | None:
        """The public line as a letter of its own, to those that saw the message answered; None without one."""
        if not self.may_have_line or not self.line.strip():
            return None
        return replace(self, mode=Mode.PUBLIC, visibility=self.answered, text=self.line.strip(), line="")

    def narrower(self) -> Visibility | None:
        """The next narrower visibility on offer; None if there is none, or for a note."""
        steps = self._steps()
        if self.visibility is None or self.visibility not in steps[:-1]:
            return None
        return steps[steps.index(self.visibility) + 1]

    def wider(self) -> Visibility | None:
        """The next wider visibility, up to that of the message answered; None if there is none."""
        steps = self._steps()
        if self.visibility is None or self.visibility not in steps[1:]:
            return None
        return steps[steps.index(self.visibility) - 1]

    def across(self) -> Visibility | None:
        """The other side of public and private: the customer alone, or those that saw the message answered.

        None for a note, where the message answered is private itself, and where the network has no other side.
        """
        if self.visibility is None:
            return None
        if self.mode is Mode.PRIVATE:
            return self.answered if self.answered.is_public else None
        return Visibility.DIRECT if Visibility.DIRECT in self._steps() else None

    def beyond(self) -> Visibility | None:
        """The next visibility wider than the message answered; None for a note or where none is on offer."""
        if self.visibility is None or self.answered.wider_than(self.visibility):
            return None
        above = [choice for choice in sorted_widest_first(self.choices) if choice.wider_than(self.visibility)]
        return above[-1] if above else None

    def _steps(self) -> list[Visibility]:
        below = {choice for choice in self.choices if not choice.wider_than(self.answered)}
        return sorted_widest_first({*below, self.answered})


def opening_visibility(mode: Mode, wanted: Visibility | None, answered: Visibility) -> Visibility:
    """With what a reply begins: as wanted, else the widest of its mode; never wider than the message answered."""
    if wanted is None and mode is Mode.PRIVATE:
        return Visibility.DIRECT
    return answered if wanted is None else wanted.narrowed_to(answered)


def sorted_widest_first(choices: Sequence[Visibility] | set[Visibility]) -> list[Visibility]:
    """Visibilities in the order of how many eyes they reach."""
    return [visibility for visibility in Visibility if visibility in choices]


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def set_apart(text: str, before: str, after: str) -> str:
    """A text to put between two others, with a blank where it would run into a word; Chinese writes none."""
    left = " " if _run_together(before[-1:], text[:1]) else ""
    right = " " if _run_together(text[-1:], after[:1]) else ""
    return f"{left}{text}{right}"


def _run_together(left: str, right: str) -> bool:
    ends = left.isalnum() or left in _ENDS_A_WORD
    begins = right.isalnum() or right == "{"
    return bool(left and right) and ends and begins and not is_han(left + right)
