"""suggest --answered-before: what was sent before to messages like those on standard input."""

from __future__ import annotations

import argparse
import json
from typing import Any

from careconsole.cli.printing import DONE, put, say
from careconsole.cli.seat import Seat, Wrong, standard_input
from careconsole.cli.text_lines import PIPE, text_lines
from careconsole.desk.answered_before import AnsweredBefore, answered_before
from careconsole.desk.desk import Desk
from careconsole.desk.reading import accounts
from careconsole.desk.vectors import Encoder, EncoderError, opener
from careconsole.model.instant import rfc3339
from careconsole.model.voice import VOICE_FILE
from careconsole.settings.voice import read_voices, voice_of

_DIGITS = 4


def encoder_here() -> Encoder | None:
    """The encoder, where the extra is installed; one that does not work is named, and words alone are gone by."""
    opens = opener()
    try:
        return None if opens is None else opens()
    except EncoderError as error:
        say(f"Going by words alone: {error}")
        return None


async def look_back(seat: Seat, options: argparse.Namespace) -> int:
    """For each line print what the account answered before. Raises Wrong, StoreError without a desk."""
    voices = read_voices(seat.home / VOICE_FILE)
    encoder = None if options.words else encoder_here()
    async with seat.reading() as desk:
        account = options.account or await _only_account(desk)
        if account not in {each.name for each in await accounts(desk)}:
            raise Wrong(f"There is no account {account}. careconsole accounts list names them.")
        for query in text_lines(standard_input(PIPE)):
            found = await answered_before(
                desk,
                account,
                [query],
                is_public=not options.private,
                brand=voice_of(voices, account),
                encoder=encoder,
            )
            put(json.dumps({"query": query, "answered_before": [_as_json(one) for one in found]}))
    return DONE


async def _only_account(desk: Desk) -> str:
    names = [each.name for each in await accounts(desk)]
    if len(names) != 1:
        raise Wrong(f"Name one of the accounts with --account: {', '.join(names) or 'there is none yet'}.")
    return names[0]


def _as_json(one: AnsweredBefore) -> dict[str, Any]:
    return {
        "reply": one.outbox_id,
        "asked": one.asked,
        "text": one.text,
        "language": one.language,
        "visibility": "private" if one.is_private else "public",
        "agent": one.agent,
        "sent": rfc3339(one.sent_at),
        "score": round(one.score, _DIGITS),
        "by": one.by,
    }
