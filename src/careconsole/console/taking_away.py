"""Taking a prepared answer away: what is asked before, and what is said of it afterwards."""

from __future__ import annotations

from collections.abc import Sequence

from careconsole.console.reason_screen import Choice, Question
from careconsole.console.text import fit
from careconsole.model.text_gate import safe_line
from careconsole.snippets.snippet import Snippet
from careconsole.snippets.writing import TAKEN_AWAY, ChangedMeanwhile, TakenAway

TAKE = "take"
_TITLE_CELLS = 40


def take_away_question(
    snippet: Snippet, variants: Sequence[Snippet], built_in: Snippet | None, *, has_unsaved: bool = False
) -> Question:
    """Is it to go? The result is TAKE, or None.

    `variants` say the same in any language; `built_in` is the one in whose place the snippet stands, if any;
    `has_unsaved` is whether a form with changes is open on it.
    """
    facts = [f"Its file goes to {snippet.path.parent.name}/{TAKEN_AWAY}; moved back it is offered again."]
    if built_in is not None:
        facts.append("It stands in the place of a built-in answer, which is offered again then.")
    if others := sorted({other.language for other in variants if other.id != snippet.id and other.language}):
        facts.append(f"The same in {', '.join(others)} stays.")
    if has_unsaved:
        facts.append("What you changed here and did not save is lost.")
    choices = (Choice("t", TAKE, "take it away"),)
    return Question(
        f"Take away '{shown_title(snippet)}'?", choices, facts=facts, asked_by=("snippets.take_away",)
    )


def taken_words(taken: TakenAway, built_in: Snippet | None) -> str:
    """What is said once it is gone: where the file lies, and what stands in its place."""
    back = "; the built-in answer is offered again" if built_in is not None else ""
    return f"Taken away, the file lies in {taken.path} now{back}: {shown_title(taken.snippet)}"


def not_taken_words(changed: ChangedMeanwhile) -> str:
    """What is said where the file is not what was read."""
    if not changed.mark:
        return "Not taken away: the file is gone."
    return "Not taken away: the file was changed outside meanwhile. Look at what is there now."


def shown_title(snippet: Snippet) -> str:
    """As much of its title as a sentence has room for."""
    return fit(safe_line(snippet.title).text, _TITLE_CELLS).rstrip()
