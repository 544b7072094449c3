"""The status line: whether every account is fresh, what is held, and one sentence for the agent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from textual import events
from textual.content import Content

from careconsole.console.line_pane import LinePane
from careconsole.console.text import age_text, fit, next_age_step_s
from careconsole.model.instant import to_us
from careconsole.model.text_gate import safe_line
from careconsole.store.rows import Account, OutboxRow

LATE_INTERVALS = 3
"""After so many poll intervals without a good poll an account shows its age."""


HELD_CELLS = 46
"""How much of the line, at its right end, tells what is held."""


class StatusLine(LinePane):
    """Left a sentence or the accounts, right what is held with its countdown."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._accounts = Content("")
        self._accounts_counted = Content("")
        """The same in fewer words: what is late or silent first, the fresh ones as a number."""
        self._held = Content("")
        self._sentence = Content("")
        self.warning = ""
        """A lasting sentence of our own that stands before the accounts, such as a limit of the record."""

    @property
    def addressed_columns(self) -> tuple[int, ...]:
        """Where what is held begins: a disputed width in the sentence does not move it."""
        return (self.size.width - HELD_CELLS,)

    def show_accounts(self, accounts: Iterable[Account], now: datetime) -> None:
        """Every account: ok, or how old its last good poll is."""
        everything = list(accounts)
        fresh = [each for each in everything if _is_fresh(each, now)]
        others = [each for each in everything if not _is_fresh(each, now)]
        self._accounts = _in_a_row([_account_words(each, now) for each in everything])
        counted = Content.styled(f"{len(fresh)} accounts ok", "$muted")
        self._accounts_counted = _in_a_row(
            [*(_account_words(each, now) for each in others), *([counted] if fresh else [])]
        )
        self.look_again()

    def show_held(self, held: Sequence[OutboxRow], now: datetime) -> None:
        """What waits for its undo window: the newest with its countdown, and how many others."""
        self._held = _held_words(held, now)
        self.look_again()

    def say(self, sentence: str, *, is_error: bool = False) -> None:
        """Show a sentence until the next one, or until `be_silent`; names in it pass the text gate here."""
        words = f"{'! ' if is_error else ''}{safe_line(sentence).text}"
        self._sentence = Content.styled(words, "bold $error" if is_error else "bold")
        self.look_again()

    def be_silent(self) -> None:
        """Take the sentence away; the accounts show again."""
        self._sentence = Content("")
        self.look_again()

    @property
    def sentence(self) -> str:
        """The sentence that stands there; empty if none does."""
        return self._sentence.plain

    def on_resize(self, event: events.Resize) -> None:
        """Fit into the new width."""
        self.look_again()

    def look_again(self) -> None:
        """Write the line anew."""
        room = max(0, self.size.width - 1 - (HELD_CELLS + 1 if self._held.plain else 0))
        left = self._sentence or self._with_warning(self._accounts)
        if not self._sentence and left.cell_length > room:
            left = self._with_warning(self._accounts_counted)
        if left.cell_length > room:
            left = Content.styled(fit(left.plain, room), "bold" if self._sentence else "")
        gap = Content(" " * (room - left.cell_length + bool(self._held.plain)))
        self.show_line(Content(" ") + left + gap + self._held)

    def _with_warning(self, accounts: Content) -> Content:
        return _in_a_row(
            [Content.styled(self.warning, "$warning") if self.warning else Content(""), accounts]
        )


def _in_a_row(parts: Sequence[Content]) -> Content:
    return Content(" · ").join(part for part in parts if part)


def _is_fresh(account: Account, now: datetime) -> bool:
    return account.last_good_us is not None and late_s(account, now) is None


def late_s(account: Account, now: datetime) -> float | None:
    """How old the last good poll of an account is if that is too old; None if it is fresh."""
    if account.last_good_us is None:
        return None
    age_s = (to_us(now) - account.last_good_us) / 1_000_000
    return age_s if age_s > LATE_INTERVALS * account.poll_every_s else None


def next_look_s(accounts: Iterable[Account], now: datetime) -> float:
    """In how many seconds the words about the accounts can change by time alone; at most an hour."""
    steps = [3600.0]
    for account in accounts:
        if account.last_good_us is None:
            continue
        age_s = (to_us(now) - account.last_good_us) / 1_000_000
        limit_s = LATE_INTERVALS * account.poll_every_s
        steps.append(next_age_step_s(age_s) if age_s > limit_s else limit_s - age_s + 0.01)
    return max(0.05, min(steps))


def _account_words(account: Account, now: datetime) -> Content:
    name = safe_line(account.name).text
    if account.last_good_us is None:
        word, look = ("no answer yet!", "$error") if account.failures else ("not yet", "$muted")
        return Content.assemble((f"{name} ", "$muted"), (word, look))
    age_s = late_s(account, now)
    if age_s is None:
        return Content.styled(f"{name} ok", "$muted")
    return Content.assemble((f"{name} ", "$foreground"), (f"{age_text(age_s)}!", "bold $error"))


def _held_words(held: Sequence[OutboxRow], now: datetime) -> Content:
    windows = [row for row in held if row.held_until_us is not None]
    if not windows:
        return Content("")
    newest = max(windows, key=lambda row: row.id)
    left_s = max(0, -(-((newest.held_until_us or 0) - to_us(now)) // 1_000_000))
    others = f", {len(windows) - 1} more" if len(windows) > 1 else ""
    head = f"{left_s:2} s, F4 withdraws{others} · to @"
    # The handle is the customer's own: it stands last.
    return Content.styled(
        head + fit(safe_line(newest.handle).text, HELD_CELLS - len(head)), "bold $held-countdown"
    )
