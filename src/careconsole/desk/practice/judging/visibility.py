"""Visibility: was every reply for the right eyes?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from careconsole.desk.practice.judging.answers import Sent, wants_of
from careconsole.desk.practice.judging.kept_run import KeptRun
from careconsole.desk.practice.judging.marks import Mark, Mistake, Named
from careconsole.desk.practice.judging.order import named_by
from careconsole.desk.practice.judging.rules import MarkName
from careconsole.desk.practice.scenario import Want
from careconsole.language.drafts import PRIVATE_WORDS
from careconsole.language.private_data import GuardRules, PrivateFinding, find_private, masked

_HOW = (
    "Of the replies that had to be public or had to be private, the share that was: private where the scenario says so "
    "or private data stands in the customer's message or in the reply, public where the scenario says so."
)


def visibility_mark(
    kept: KeptRun, sent: Sequence[Sent], wants: Mapping[str, Want], guard: GuardRules | None = None
) -> Mark:
    """Judge every reply for which one of both is right."""
    mistakes: list[Mistake] = []
    judged = either = 0
    for one in sent:
        known = wants_of(one.answered, wants)
        theirs = [found for message in one.answered for found in find_private(message.text, guard)]
        ours = find_private(one.reply.text, guard)
        if one.line is not None:
            ours_in_public = find_private(one.line.text, guard)
        else:
            ours_in_public = ours if one.reply.is_public else []
        is_data = bool(theirs or ours or ours_in_public)
        must_be_private = is_data or any(want.visibility == "private" for want in known)
        must_be_public = not must_be_private and any(want.visibility == "public" for want in known)
        if not (must_be_private or must_be_public) or (must_be_public and not _is_in_public(one)):
            either += 1
            continue
        judged += 1
        is_new = not {_bare(found) for found in ours_in_public} <= _given(kept, one, guard)
        mistake = (
            _in_public(kept, one, known, theirs, ours_in_public, is_new)
            if must_be_private
            else _in_private(kept, one, known)
        )
        if mistake is not None:
            mistakes.append(mistake)
    left_out = (("either would do", either),) if either else ()
    return Mark(MarkName.VISIBILITY, judged - len(mistakes), judged, _HOW, tuple(mistakes), left_out)


def _is_in_public(one: Sent) -> bool:
    """Whether the customer asked in public, so that there was a choice."""
    return any(message.is_public for message in one.answered)


def _in_public(
    kept: KeptRun,
    one: Sent,
    known: Sequence[Want],
    theirs: Sequence[PrivateFinding],
    ours: Sequence[PrivateFinding],
    is_new: bool,
) -> Mistake | None:
    if ours and not is_new:
        said = f"Your public reply repeated {in_words(ours)}, which the customer had given."
        return Mistake("do-not-repeat-data", one.at_us, _named(kept, one), said)
    if ours:
        said = f"Your public reply held {in_words(ours)}."
        return Mistake("no-data-in-public", one.at_us, _named(kept, one), said)
    if not one.reply.is_public:
        return None
    if theirs:
        said = f"The customer's message held {in_words(theirs)}, and you answered in public."
    else:
        said = f"You answered in public. {_why(known, 'private')}".strip()
    return Mistake("private-matter", one.at_us, _named(kept, one), said)


def _given(kept: KeptRun, one: Sent, guard: GuardRules | None) -> set[str]:
    """What the customer had given away before the reply."""
    before = [each for each in kept.of(one.conversation_id) if not each.is_ours and each.at_us <= one.at_us]
    return {_bare(found) for message in before for found in find_private(message.text, guard)}


def _bare(found: PrivateFinding) -> str:
    return "".join(sign for sign in found.text if sign.isalnum()).casefold()


def _in_private(kept: KeptRun, one: Sent, known: Sequence[Want]) -> Mistake | None:
    if one.reply.is_public:
        return None
    said = f"You answered in private. {_why(known, 'public')}".strip()
    return Mistake("public-answer", one.at_us, _named(kept, one), said)


def _why(known: Sequence[Want], visibility: str) -> str:
    return next((want.why for want in known if want.visibility == visibility and want.why), "")


def _named(kept: KeptRun, one: Sent) -> Named:
    return named_by(kept, [message.id for message in one.answered], one.conversation_id)


def in_words(found: Sequence[PrivateFinding]) -> str:
    """What was found, masked: `a card number (**** 1111)`."""
    named = dict.fromkeys(f"{PRIVATE_WORDS[one.what]} ({masked(one.what, one.text)})" for one in found)
    return " and ".join(named)
