"""Tone: what the coach notes in every reply that was sent, and whether it speaks the customer's language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from careconsole.desk.practice.judging.answers import Sent
from careconsole.desk.practice.judging.kept_run import KeptRun
from careconsole.desk.practice.judging.marks import Mark, Mistake, Part
from careconsole.desk.practice.judging.order import named_by
from careconsole.desk.practice.judging.rules import RULES, MarkName
from careconsole.language.coach import Occasion, coach
from careconsole.language.detection import language_of
from careconsole.language.drafts import Circumstances, guard
from careconsole.model.message import Kind

_HOW = "Of the replies that you sent, the share in which the coach notes nothing and which is in the customer's language."


def tone_mark(kept: KeptRun, sent: Sequence[Sent]) -> Mark:
    """Judge every reply, its public line too."""
    mistakes: list[Mistake] = []
    by_language: dict[str, list[int]] = {}
    right = 0
    for one in sent:
        language = _language(one)
        found: dict[str, str] = {}
        for rule_id, said in _notes(one, language):  # one mistake a rule, however often the reply breaks it
            found[rule_id] = f"{found[rule_id]} {said}" if rule_id in found else said
        named = named_by(kept, [message.id for message in one.answered], one.conversation_id)
        mistakes += [Mistake(rule_id, one.at_us, named, said) for rule_id, said in found.items()]
        share = by_language.setdefault(language or "unknown", [0, 0])
        share[0] += not found
        share[1] += 1
        right += not found
    parts = tuple(Part(name, *share) for name, share in sorted(by_language.items()))
    return Mark(MarkName.TONE, right, len(sent), _HOW, tuple(mistakes), parts=parts)


def _language(one: Sent) -> str:
    """The reply's own language where that is sure, else the customer's."""
    found = language_of(one.reply.text)
    return found.code if found.is_sure else _customers(one)


def _customers(one: Sent) -> str:
    found = language_of("\n".join(message.text for message in one.answered))
    return found.code if found.is_sure else ""


def _notes(one: Sent, language: str) -> Iterator[tuple[str, str]]:
    """Rule and sentence of each note."""
    kinds = [Kind(message.kind) for message in one.answered]
    kind = Kind.COMPLAINT if Kind.COMPLAINT in kinds else kinds[0] if kinds else None
    occasion = Occasion(language, kind, any(message.is_upset for message in one.answered))
    texts = [one.reply.text] + ([one.line.text] if one.line is not None else [])
    for text in texts[:1]:
        for note in coach(text, occasion).notes:
            if note.what in RULES:
                yield note.what, note.reason
    for text in texts[1:]:  # a public line says where the answer is; it need not have a next step
        for note in coach(text, Occasion(language, Kind.QUESTION)).notes:
            if note.what in RULES:
                yield note.what, f"In the public line: {note.reason}"
    known = Circumstances(customer_language=_customers(one), language_of=_sure_language, is_public=False)
    for finding in guard(one.reply.text, known):
        if finding.what == "other language":
            yield "own-language", finding.reason.replace("the draft is", "your reply was")


def _sure_language(text: str) -> tuple[str, bool]:
    found = language_of(text)
    return found.code, found.is_sure
