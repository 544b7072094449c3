"""The kind that is proposed for a message, with the cue that speaks for it (F21).

Thanks are praise. A complaint outweighs everything, a question everything else, and what says nothing clear is a
question: the worse error is to let somebody who needs an answer wait as long as somebody who does not.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from careconsole.language.cue_index import Found, Text, cut
from careconsole.language.findings import Findings, find_cues
from careconsole.model.folding import fold
from careconsole.model.message import Kind

_THANKS = frozenset(
    map(
        fold,
        ("thanks", "thank you", "thx", "danke", "vielen dank", "спасибо", "谢谢", "hvala", "aitäh", "tänan"),
    )
)
_NUMBER = re.compile(r"\d{3}")
_REFERENCE = re.compile(r"\d{5}|\b(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{6}\b")
_ANGRY = re.compile("[😡🤬👎😠💩]")
_PLEASED = re.compile("[❤👍🙏😍🥰👏🎉💯😊💚💙💛]")
_LETTER = re.compile(r"[^\W_]")


class Proposal(NamedTuple):
    """A kind, and the cue that made it; an empty cue means that nothing spoke for another kind."""

    kind: Kind
    cue: str


def propose_kind(folded: str, raw: str) -> Proposal:
    """The kind to propose for a message, given folded and as it was written."""
    text = cut(folded)
    return kind_of(text, find_cues(text), raw)


def kind_of(text: Text, findings: Findings, raw: str) -> Proposal:
    """The same for a text that was cut and searched already."""
    if not findings:
        return Proposal(Kind.QUESTION, "?") if "?" in text.tokens else _by_signs(raw)
    complaint = _complaint(findings)
    if complaint is not None and complaint.cue.weight:
        return Proposal(Kind.COMPLAINT, complaint.told)
    if complaint is None and "asked_idea" in findings:
        return Proposal(Kind.IDEA, findings["asked_idea"][0].told)
    if "question" in findings:
        return Proposal(Kind.QUESTION, findings["question"][0].told)
    if "?" in text.tokens:
        return Proposal(Kind.QUESTION, "?")
    if "idea" in findings:
        return Proposal(Kind.IDEA, findings["idea"][0].told)
    if complaint is not None:
        return Proposal(Kind.COMPLAINT, complaint.told)
    if "complaint" in findings:
        return Proposal(Kind.QUESTION, "")
    return _of_no_hurry(text, findings) or _by_signs(raw)


def _complaint(findings: Findings) -> Found | None:
    """The heaviest complaint that is not taken back by a "not" before it."""
    heaviest: Found | None = None
    for found in findings.get("complaint", ()):
        if (heaviest is None or found.cue.weight > heaviest.cue.weight) and not found.negated:
            heaviest = found
    return heaviest


def _of_no_hurry(text: Text, findings: Findings) -> Proposal | None:
    """Noise, praise or brand talk, if one is clear and no booking or order number stands beside it."""
    if "noise" in findings:
        return Proposal(Kind.NOISE, findings["noise"][0].told)
    if "contrast" in findings:
        return Proposal(Kind.QUESTION, findings["contrast"][0].told)
    if _REFERENCE.search(text.folded):
        return None
    praise = [found for found in findings.get("praise", ()) if not found.negated]
    if praise and not _only_signs_off(text, praise):
        return Proposal(Kind.PRAISE, praise[0].told)
    if "brand_talk" in findings and not praise and not text.denies:
        return Proposal(Kind.BRAND_TALK, findings["brand_talk"][0].told)
    return None


def _only_signs_off(text: Text, praise: list[Found]) -> bool:
    """Whether the thanks merely end a message that gives a number, as requests do."""
    return (
        len(praise) == 1
        and praise[0].told in _THANKS
        and text.folded.rstrip(" .!,;。").endswith(praise[0].told)
        and bool(_NUMBER.search(text.folded))
    )


def _by_signs(raw: str) -> Proposal:
    """For a message without a cue: what its pictures say if it has no letters, else a question."""
    if not raw.isascii() and not _LETTER.search(raw):
        if angry := _ANGRY.search(raw):
            return Proposal(Kind.COMPLAINT, angry[0])
        if pleased := _PLEASED.search(raw):
            return Proposal(Kind.PRAISE, pleased[0])
    return Proposal(Kind.QUESTION, "")
