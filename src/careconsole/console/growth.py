"""What a reply answers, and what to say when the thread is another one than its writer has seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from careconsole.console.letter import Letter, mode_for
from careconsole.model.message import Direction
from careconsole.model.reply import Growth, Mode, ReplyTo, ThreadGrew
from careconsole.store.rows import Draft, ThreadEntry


def newest_standing(entries: Sequence[ThreadEntry]) -> ThreadEntry | None:
    """The customer's newest message that is not deleted; None if there is none."""
    standing = [
        entry
        for entry in entries
        if entry.direction is Direction.IN and entry.message_id is not None and entry.deleted_us is None
    ]
    return max(standing, key=lambda entry: (entry.at_us, entry.message_id), default=None)


def aim_of(entries: Sequence[ThreadEntry], draft: Draft | None) -> tuple[ThreadEntry | None, ReplyTo | None]:
    """The message to answer and the version that was read: that of the draft if it has one, else the newest."""
    if draft is not None and draft.reply_to_id is not None:
        reply_to = ReplyTo(draft.reply_to_id, draft.reply_to_version)
        return entry_of(entries, reply_to), reply_to
    entry = newest_standing(entries)
    return entry, reply_to_entry(entry)


def entry_of(entries: Sequence[ThreadEntry], reply_to: ReplyTo | None) -> ThreadEntry | None:
    """The message that a reply answers, as the thread has it now."""
    if reply_to is None:
        return None
    return next((entry for entry in entries if entry.message_id == reply_to.message_id), None)


def reply_to_entry(entry: ThreadEntry | None) -> ReplyTo | None:
    """A message of the thread as what a reply answers."""
    return None if entry is None or entry.message_id is None else ReplyTo(entry.message_id, entry.version)


def aimed(letter: Letter, reply_to: ReplyTo | None, entry: ThreadEntry | None) -> Letter:
    """The letter as an answer to this message, for no more eyes than that one; without one it cannot be sent."""
    if letter.mode is Mode.NOTE or letter.visibility is None:
        return letter
    if reply_to is None or entry is None:
        return replace(letter, reply_to=reply_to, can_answer=reply_to is not None)
    seen = letter.visibility if letter.is_wider else letter.visibility.narrowed_to(entry.visibility)
    return replace(
        letter,
        reply_to=reply_to,
        can_answer=True,
        answered=entry.visibility,
        visibility=seen,
        mode=mode_for(seen),
    )


def aimed_at_newest(letter: Letter, entries: Sequence[ThreadEntry], seen_seq: int) -> Letter:
    """The letter as an answer to the customer's newest message, if its writer has seen one that came after the one
    they began to answer: else that one would go on waiting though it was read. A deleted aim is left to the send,
    unless no message is left to answer: then it cannot be sent."""
    answered = entry_of(entries, letter.reply_to)
    if answered is not None and answered.deleted_us is not None and newest_standing(entries) is None:
        return aimed(letter, None, None)
    newest = newest_standing([entry for entry in entries if entry.seq <= seen_seq])
    if answered is None or answered.deleted_us is not None or newest is None:
        return letter
    is_newer = (newest.at_us, newest.message_id) > (answered.at_us, answered.message_id)
    return aimed(letter, reply_to_entry(newest), newest) if is_newer else letter


def draft_words(entry: ThreadEntry | None, reply_to: ReplyTo | None) -> str:
    """What to say where a draft is opened whose message is another one by now; empty if it is the same."""
    if entry is None or reply_to is None:
        return ""
    if entry.deleted_us is not None:
        return "The customer deleted the message you answer: the review shows what is left to answer."
    if entry.version > reply_to.version:
        return "The customer edited the message you answer: read it again."
    return ""


def growth_words(grew: ThreadGrew, *, answers_newest: bool = False) -> str:
    """One sentence: what happened since the thread was read, and what sending now would answer."""
    answered = f"m{grew.reply_to.message_id}" if grew.reply_to and grew.answered is Growth.EDITED else ""
    told = [] if grew.answered is None else [f"the message you answer was {grew.answered.value}"]
    others = Counter((change.key[:1], change.what) for change in grew.changes if change.key != answered)
    if grew.answered is Growth.DELETED:
        others["m", Growth.DELETED] -= 1
    told += [_count(others["m", Growth.NEW], "new message")]
    told += [_count(others["n", Growth.NEW], "new note")]
    told += [
        f"{_count(others['m', what], 'message')} {what.value}"
        for what in (Growth.EDITED, Growth.DELETED)
        if others["m", what] > 0
    ]
    parts = ", ".join(each for each in told if each)
    sentence = f"Since you read the thread: {parts}, shown here first"
    if answers_newest:
        return f"{sentence}; sending now answers the newest message."
    if grew.answered is not Growth.DELETED:
        return f"{sentence}."
    if grew.reply_to is None:
        return f"{sentence}; nothing is left to answer."
    return f"{sentence}; sending now answers the newest message that is left, shown last of these."


def came_while_writing(entries: Sequence[ThreadEntry], begun_seq: int, agent: str) -> list[ThreadEntry]:
    """What others said here since a reply was begun at this event; edits and deletions stop it at sending."""
    return [
        entry
        for entry in entries
        if entry.seq > begun_seq
        and not entry.place
        and entry.version == 1
        and entry.deleted_us is None
        and entry.author != agent
        and (entry.direction is Direction.IN or entry.is_note or entry.elsewhere)
    ]


def while_writing_words(came: Sequence[ThreadEntry]) -> str:
    """One sentence: what came while a reply was written, which may have been in view for a moment only."""
    notes = sum(entry.is_note for entry in came)
    told = (_count(len(came) - notes, "new message"), _count(notes, "new note"))
    return f"While you wrote: {', '.join(filter(None, told))}, shown here first."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number > 1)}" if number > 0 else ""
