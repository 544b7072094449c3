"""How often the coach's notes are right on sentences that are labelled with what is to be noted of them."""

from __future__ import annotations

from pathlib import Path

from careconsole.language.coach import Occasion, coach
from careconsole.model.message import Kind
from evaluate.own_sentences import LANGUAGES

GOAL = 0.95
_LISTS = Path(__file__).parents[1] / "tests" / "language"


def judged(language: str) -> tuple[int, int, int, int]:
    """Of the labelled sentences of a language: right notes, all notes; sentences with a right one, those that want one."""
    rows = [line.split("\t") for line in (_LISTS / f"tone_{language}.txt").read_text("utf-8").splitlines()]
    pairs = [(label, note.what) for label, text in rows for note in coach(text, Occasion(language)).notes]
    right = sum(label == what for label, what in pairs)
    wanted = [(label, text) for label, text in rows if label != "none"]
    found = sum(
        label in {note.what for note in coach(text, Occasion(language)).notes} for label, text in wanted
    )
    return right, len(pairs), found, len(wanted)


ANSWER_NOTES = ("no acknowledgement", "no next step")
"""What is noted of a whole answer to a complaint."""


def judged_answers(language: str, half: str, what: str) -> tuple[int, int, int]:
    """Of the labelled answers of one half ("made with" or "kept back"): right notes, all notes, answers that want one."""
    right = noted = wanted = 0
    for line in (_LISTS / f"tone_answers_{language}.txt").read_text("utf-8").splitlines():
        listed, label, text = line.split("\t")
        if listed != half:
            continue
        is_wanted = label in (what, "both")
        is_noted = what in {note.what for note in coach(text, Occasion(language, Kind.COMPLAINT)).notes}
        right += is_wanted and is_noted
        noted += is_noted
        wanted += is_wanted
    return right, noted, wanted


def evaluate(data: Path | None) -> bool:
    """Print precision and recall of each language; False if a goal was missed."""
    met = True
    for language in LANGUAGES:
        right, noted, found, wanted = judged(language)
        is_met = right >= GOAL * noted
        met = met and is_met
        print(
            f"tones: {language}, {right} of {noted} notes right (goal {GOAL:.0%}), {found} of {wanted} found, on "
            f"sentences that the lists were made with: {'met' if is_met else 'MISSED'}"
        )
        met = _evaluate_answers(language) and met
    return met


def _evaluate_answers(language: str) -> bool:
    met = True
    for what in ANSWER_NOTES:
        told = []
        for half in ("made with", "kept back"):
            right, noted, wanted = judged_answers(language, half, what)
            met = met and right >= GOAL * noted
            told.append(f"{half}: {right} of {noted} notes right, {right} of {wanted} found")
        print(
            f"tones: {language}, {what}, answers that the lists were {told[0]}; {told[1]} (goal {GOAL:.0%})"
        )
    return met
