"""Questions that one key answers: why resolved, why skipped, what to do with what is held, who holds it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import partial
from string import ascii_lowercase

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Static

from careconsole.console.choosing import HELP_BINDING, Choosing
from careconsole.console.hand_clock import hand_s
from careconsole.console.panes.lined import Quoted
from careconsole.console.panes.message_block import HEADER, Line
from careconsole.console.said_keys import asking_keys
from careconsole.console.text import age_text, wrap
from careconsole.model.conversation import Disposition, HeldBy, SkipReason
from careconsole.model.instant import from_us, to_us
from careconsole.model.text_gate import safe_line
from careconsole.store.rows import QueueRow


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its key, what it stands for, and its words."""

    key: str
    value: str
    label: str


RESOLVE_CHOICES = (
    Choice("a", Disposition.ANSWERED, "answered"),
    Choice("n", Disposition.NO_REPLY, "no reply needed"),
    Choice("s", Disposition.NOISE, "noise or spam"),
    Choice("p", Disposition.PROVOCATION, "provocation"),
    Choice("d", Disposition.DUPLICATE, "duplicate"),
)
SKIP_CHOICES = (
    Choice("1", SkipReason.NOT_MY_SKILL, "I do not know enough about it"),
    Choice("2", SkipReason.NOT_MY_LANGUAGE, "not my language"),
    Choice("3", SkipReason.NEEDS_SENIOR, "needs somebody senior"),
    Choice("4", SkipReason.WAITING_FOR_SOMEBODY, "waits for somebody else"),
    Choice("5", SkipReason.CONFLICT, "I have had a conflict with the customer"),
    Choice("6", SkipReason.BREAK, "I take a break"),
)
TYPING_S = 1.0
"""So long behind a letter that answers nothing no letter answers: whoever types meant another place."""
QUITTING = ("list.quit", "app.quit")
SEND, DRAFTS, RELEASE, KEEP, HAND, STAY = "send", "drafts", "release", "keep", "hand", "stay"
NOTE = "note"


class Question(Choosing[str]):
    """A question with one key for each answer. Its result is the value of the answer, None for Escape."""

    BINDINGS = [HELP_BINDING, Binding("escape", "leave", "Back")]

    DEFAULT_CSS = """
    Question > Vertical { height: auto; max-height: 100%; background: $surface; }
    Question .question--said { height: auto; padding: 0 2; }
    """

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        facts: Sequence[str] = (),
        asked_by: Sequence[str] = (),
        in_a_run: bool = False,
    ) -> None:
        """`facts` stand below the title, each on its own row, through the gate.

        `asked_by`: the commands that ask it. Who presses a key of theirs twice is not typing, and it never answers.
        `in_a_run`: other letters came right before the one that asked: it may be typing that goes on.
        """
        super().__init__()
        self._title = title
        self._choices = choices
        self._facts = facts
        self._asked_by = asked_by
        self._typing_until_s = hand_s() + TYPING_S if in_a_run else float("-inf")

    def compose(self) -> ComposeResult:
        """The question and its answers."""
        self._said = Static("", classes="question--said", markup=False)
        with Vertical(classes="question--box"):
            yield Quoted(self._lines)
            yield self._said

    def say(self, sentence: str) -> None:
        """Show a sentence of ours below the answers."""
        self._said.update(safe_line(sentence).text)

    def meaning(self, character: str) -> Callable[[], None] | None:
        """The answer that a letter gives; none while the letters before it were typing."""
        answers = self._answers()
        now_s = hand_s()
        if character in answers and now_s >= self._typing_until_s:
            return partial(self._answer, answers[character])
        if character not in asking_keys(self, *self._asked_by):
            self._typing_until_s = now_s + TYPING_S
            self._guard.drop()
        return None

    def action_leave(self) -> None:
        """Back, without an answer."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Say how to answer."""
        self.say("One of the keys above answers. Esc goes back and changes nothing.")

    def _answers(self) -> dict[str, str]:
        """The answers by their keys: one whose key is that of the command which asks has another one."""
        taken = asking_keys(self, *self._asked_by) | {choice.key for choice in self._choices}
        asking = asking_keys(self, *self._asked_by)
        answers: dict[str, str] = {}
        for choice in self._choices:
            spare = (key for key in choice.key.upper() + ascii_lowercase if key not in taken | answers.keys())
            answers[next(spare) if choice.key in asking else choice.key] = choice.value
        return answers

    def _answer(self, value: str) -> None:
        self.dismiss(value)

    def _lines(self, width: int) -> list[Line]:
        lines = [_line(text, "header") for text in wrap(safe_line(self._title), width)]
        lines += [_line(text, "head") for fact in self._facts for text in wrap(safe_line(fact), width)]
        labels = {choice.value: choice.label for choice in self._choices}
        for key, value in self._answers().items():
            # The words go on below themselves, not below the key.
            first, *more = wrap(safe_line(labels[value]), max(1, width - 3))
            lines += [_line(f"{key}  {first}", "ours"), *(_line(f"   {text}", "ours") for text in more)]
        return [*lines, _line("Esc  back", "quiet")]


def _line(text: str, look: str) -> Line:
    return Line(HEADER, ((text, look),))


def resolve_question(row: QueueRow, *, has_draft: bool = False, in_a_run: bool = False) -> Question:
    """Why is it done? The result is a `Disposition`. `has_draft`: the agent has written an answer and not sent it."""
    draft = (
        ["You have a draft for it that was not sent: it is kept, but nobody sends it."] if has_draft else []
    )
    asking = ("list.resolve", "list.resolve_next")
    facts = [*draft, _customer(row)]
    return Question(
        "Resolve: why is it done?", RESOLVE_CHOICES, facts=facts, asked_by=asking, in_a_run=in_a_run
    )


def skip_question(row: QueueRow) -> Question:
    """Why is it handed back? The result is a `SkipReason`."""
    return Question("Hand it back: why?", SKIP_CHOICES, facts=[_customer(row)], asked_by=("list.skip",))


def quit_question(held: int, claimed: int, *, may_hand: bool = True) -> Question:
    """What to do with what is held or claimed: SEND or DRAFTS, with nothing held RELEASE or KEEP, HAND, or STAY.

    HAND sends what is held, and hands over what is claimed; who may not give work away is not asked that.
    """
    stay = Choice("t", STAY, "stay")
    claims = f"{claimed} claimed conversation{'s' * (claimed != 1)}"
    if not held:
        release = Choice("r", RELEASE, "release and quit: back to the queue")
        keep = Choice(
            "k", KEEP, "quit and keep: yours again if you come back within two minutes, else free by itself"
        )
        hand = Choice("h", HAND, "hand to somebody and quit: asks to whom")
        ways = "release, keep, or hand to somebody" if may_hand else "release or keep"
        choices = (release, keep, *([hand] if may_hand else []), stay)
        return Question(f"{claimed} yours: {ways}?", choices, asked_by=QUITTING)
    title = f"{held} {'replies are' if held != 1 else 'reply is'} still held and not sent"
    release_too = f", release {'it' if claimed == 1 else 'all of them'}" if claimed else ""
    send = Choice("s", SEND, f"send now{release_too} and quit")
    drafts = Choice("d", DRAFTS, f"back to drafts{release_too} and quit")
    hand = Choice("h", HAND, "send now, hand what you hold to somebody and quit: asks to whom")
    title += f"; you hold {claims}." if claimed else "."
    choices = (send, drafts, *([hand] if claimed and may_hand else []), stay)
    return Question(title, choices, asked_by=QUITTING)


def holder_notice(
    held: HeldBy, now: datetime, *, presence: str | None = None, zone: tzinfo | None = None
) -> Question:
    """Somebody else has it: who, since when. The result is NOTE, or None."""
    since = from_us(held.since_us).astimezone(zone)
    age = age_text((to_us(now) - held.since_us) / 1_000_000)
    doing = f", {presence}" if presence else ""
    # What the holder is called is not ours to trust in front of other words.
    fact = f"since {since:%H:%M} ({age}){doing}: @{held.agent}"
    note = Choice("n", NOTE, "write a note for the team")
    return Question("Somebody else has it", (note,), facts=[fact], asked_by=("list.claim", "list.reply"))


def _customer(row: QueueRow) -> str:
    return f"@{row.handle} {row.customer_name}".strip()
