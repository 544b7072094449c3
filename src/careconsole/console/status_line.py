"""The status line: whether every account is fresh, what is held, and one sentence for the agent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from math import ceil

from textual import events
from textual.content import Content
from textual.signal import Signal

from careconsole.channels.contract import REFUSES_TOKEN
from careconsole.console.line_pane import LinePane
from careconsole.console.said_keys import said_key
from careconsole.console.text import age_text, fit, next_age_step_s, wrap
from careconsole.model.instant import to_us
from careconsole.model.text_gate import safe_line
from careconsole.store.rows import LATE_INTERVALS, Account, OutboxRow

DOCTOR = "careconsole doctor"
"""The command that says what ails an account, and what to do."""
MOST_LINES = 3
"""So tall may the line become for a sentence that must be read to its end."""
SHORT_WARNING = "rollback journal: see doctor"
"""What stands for a warning of the record where there is no room for all of it."""
HELD_CELLS = 46
"""How much of the line, at its right end, tells what is held."""


class StatusLine(LinePane):
    """Left a sentence or the accounts, right what is held with its countdown."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._accounts: Sequence[Content] = ()
        """The accounts in more and in fewer words; what matters stands in the last of them too."""
        self._held = Content("")
        self._sentence = Content("")
        self._wraps = False
        self._calls = Content("")
        self.is_error = False
        """Whether the sentence that stands there is of a kind that a mere notice must not push away."""
        self.changed: Signal[Content] = Signal(self, "the line is another one")
        self.warning = ""
        self.short_warning = SHORT_WARNING
        """A lasting sentence of our own that stands before the accounts, such as a limit of the record."""

    @property
    def addressed_columns(self) -> tuple[int, ...]:
        """Where what is held begins: a disputed width in the sentence does not move it."""
        return (self.size.width - HELD_CELLS,)

    def show_accounts(self, accounts: Iterable[Account], now: datetime) -> None:
        """Every account: ok, or how old its last good poll is."""
        self._accounts = account_forms(list(accounts), now)
        self.look_again()

    def show_held(self, held: Sequence[tuple[OutboxRow, float]]) -> None:
        """What is held, each with the seconds left of its undo window: the newest, and how many others."""
        self._held = _held_words(held, said_key(self, "app.withdraw"))
        self.look_again()

    def show_calls(self, number: int) -> None:
        """In how many conversations a note calls the agent, who has not looked since."""
        calls = Content.styled(f"{number} @you ", "bold $warning") if number else Content("")
        if calls != self._calls:
            self._calls = calls
            self.look_again()

    def say(self, sentence: str, *, is_error: bool = False, wraps: bool = False) -> None:
        """Show a sentence until the next one, or until `be_silent`; names in it pass the text gate here.

        With `wraps` it is not cut: where it is too long the line takes up to three.
        """
        self._wraps, self.is_error = wraps, is_error
        words = f"{'! ' if is_error else ''}{safe_line(sentence).text}"
        self._sentence = Content.styled(words, "bold $error" if is_error else "bold")
        self.look_again()

    def be_silent(self) -> None:
        """Take the sentence away; the accounts show again."""
        self._sentence = Content("")
        self._wraps = self.is_error = False
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
        room = max(0, room - self._calls.cell_length)
        left, *more = self._left(room)
        height = 1 + len(more)
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
        gap = Content(" " * (room - left.cell_length + bool(self._held.plain)))
        first = Content(" ") + self._calls + left + gap + self._held
        line = Content("\n").join([first, *(Content(" ") + line for line in more)])
        self.show_line(line)
        self.changed.publish(line)

    def _left(self, room: int) -> list[Content]:
        """What stands left, in one line, or in some more for a sentence that must not be cut."""
        if not self._sentence:
            return [self._accounts_in(room)]
        if self._sentence.cell_length <= room:
            return [self._sentence]
        look = "bold $error" if self.is_error else "bold"
        lines = wrap(safe_line(self._sentence.plain), room) if self._wraps else [self._sentence.plain]
        kept = [*lines[: MOST_LINES - 1], " ".join(lines[MOST_LINES - 1 :])] if self._wraps else lines
        return [Content.styled(fit(line, room), look) for line in kept if line]

    def _accounts_in(self, room: int) -> Content:
        warnings = [Content.styled(words, "$warning") for words in (self.warning, self.short_warning)]
        if not self.warning:
            warnings = [Content("")]
        accounts = self._accounts or [Content("")]
        forms = [_in_a_row([warning, form]) for warning in warnings for form in accounts]
        # Where even the fewest words and the short warning do not fit, what ails an account goes before it.
        forms += [form for form in self._accounts[-1:] if self.warning]
        chosen = next((form for form in forms if form.cell_length <= room), forms[-1])
        return chosen if chosen.cell_length <= room else Content(fit(chosen.plain, room))


class StatusBelow(LinePane):
    """The status line of the desk once more, at the lower edge of a question that covers it; no line without a desk."""

    DEFAULT_CSS = """
    StatusBelow { dock: bottom; height: 1; display: none; }
    """

    def __init__(self, on_height: Callable[[], None]) -> None:
        """`on_height` is told when it takes another number of rows."""
        super().__init__()
        self._on_height = on_height

    @property
    def addressed_columns(self) -> tuple[int, ...]:
        """As in the line that it follows."""
        return (self.size.width - HELD_CELLS,)

    def on_mount(self) -> None:
        """Follow the line of the desk."""
        desk = self.app.screen_stack[0]
        for line in desk.query(StatusLine):
            line.changed.subscribe(self, self._follow, immediate=True)
            self.display = True
            self._follow(line.line)

    def _follow(self, line: Content) -> None:
        height = line.plain.count("\n") + 1
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
            self.call_after_refresh(self._on_height)
        self.show_line(line)


def _in_a_row(parts: Sequence[Content]) -> Content:
    return Content(" · ").join(part for part in parts if part)


def account_forms(accounts: Sequence[Account], now: datetime) -> list[Content]:
    """The accounts in a row: all of them by name, then in fewer and fewer words where those do not fit.

    Where one is refused or does not answer, what to do stands in all of them.
    """
    fresh = [each for each in accounts if _is_fresh(each, now)]
    others = [each for each in accounts if not _is_fresh(each, now)]
    every = [_account_words(each, now) for each in accounts]
    counted = Content.styled(f"{len(fresh)} account{'s' * (len(fresh) != 1)} ok", "$muted")
    few = [*(_account_words(each, now) for each in others), *([counted] if fresh else [])]
    failing = [each for each in others if each.failures]
    if not failing:
        return [_in_a_row(every), _in_a_row(few)]
    hint = Content.styled(f"see {DOCTOR}", "bold")
    why = Content(safe_line(failing[0].last_error).text)
    refused = sum(_is_refused(each) for each in failing)
    number = f"{refused} refused" if refused else f"{len(failing)} silent"
    shortest = Content.styled(f"{number}: {DOCTOR}", "bold $error")
    return [
        *(_in_a_row([*words, hint, *said]) for words, said in ((every, [why]), (every, []), (few, []))),
        shortest,
    ]


def _is_refused(account: Account) -> bool:
    """Whether the network takes our token no longer: no waiting will help."""
    return bool(account.failures) and REFUSES_TOKEN in account.last_error


def _is_fresh(account: Account, now: datetime) -> bool:
    return account.last_good_us is not None and late_s(account, now) is None and not _is_refused(account)


def late_s(account: Account, now: datetime) -> float | None:
    """How old the last good poll of an account is if that is too old; None if it is fresh."""
    if account.last_good_us is None:
        return None
    age_s = (to_us(now) - account.last_good_us) / 1_000_000
    return age_s if age_s > LATE_INTERVALS * account.poll_every_s else None


FIRST_POLL_S, LATE_POLL_S = 2.0, 5.0
"""How often it is looked whether the first poll has come, and whether a late one has."""


def next_look_s(accounts: Iterable[Account], now: datetime) -> float:
    """In how many seconds the words about the accounts can change by time alone; at most an hour.

    A poll that brings nothing tells nobody: where one is awaited, it is looked for every few seconds.
    """
    steps = [3600.0]
    for account in accounts:
        if account.last_good_us is None:
            steps.append(FIRST_POLL_S)
            continue
        age_s = (to_us(now) - account.last_good_us) / 1_000_000
        limit_s = LATE_INTERVALS * account.poll_every_s
        steps.append(min(LATE_POLL_S, next_age_step_s(age_s)) if age_s > limit_s else limit_s - age_s + 0.01)
    return max(0.05, min(steps))


def _account_words(account: Account, now: datetime) -> Content:
    name = safe_line(account.name).text
    if _is_refused(account):
        return Content.assemble((f"{name} ", "$foreground"), ("refused!", "bold $error"))
    if account.last_good_us is None:
        word, look = ("no answer yet!", "$error") if account.failures else ("not yet", "$muted")
        return Content.assemble((f"{name} ", "$muted"), (word, look))
    age_s = late_s(account, now)
    if age_s is None:
        return Content.styled(f"{name} ok", "$muted")
    return Content.assemble((f"{name} ", "$foreground"), (f"{age_text(age_s)}!", "bold $error"))


def _held_words(held: Sequence[tuple[OutboxRow, float]], key: str) -> Content:
    if not held:
        return Content("")
    newest, left_s = max(held, key=lambda one: one[0].id)
    others = f", {len(held) - 1} more" if len(held) > 1 else ""
    head = f"{max(0, ceil(left_s)):2} s, {key} withdraws{others} · to @"
    # The handle is the customer's own: it stands last.
    return Content.styled(
        head + fit(safe_line(newest.handle).text, HELD_CELLS - len(head)), "bold $held-countdown"
    )
