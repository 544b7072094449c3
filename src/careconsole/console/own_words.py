"""What may enter the editor from outside the keyboard: pastes, drafts, snippets, the text of another editor."""

from __future__ import annotations

import re
from dataclasses import dataclass

from careconsole.model.text_gate import MAX_CHARS, MAX_LINES, safe_block

_PICTURE = "[\u203c\u2049\u2100-\u27bf\u2b00-\u2bff\u3030\u303d\U0001f000-\U0001f3fa\U0001f400-\U0001faff]"
_LOOK = "[\ufe0f\U0001f3fb-\U0001f3ff]"
_JOINED_PICTURES = re.compile(
    f"(?:{_PICTURE}{_LOOK}?(?:\u200d{_PICTURE}{_LOOK}?){{1,7}}|{_PICTURE}{_LOOK}|[0-9#*]\ufe0f?\u20e3)"
)
"""Pictures with the skin tone, the variation selector or the joiners that make them what was chosen."""


PASTE_CHARS = 10_000
"""No paste and no snippet makes the text longer than this: beyond it the editor is no longer quick."""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A text that may stand in the editor, and how many characters of the original were left out for length."""

    text: str
    left_out: int


def own_words(raw: str, room: int = MAX_CHARS) -> OwnWords:
    """The text through the gate, at most `room` characters and MAX_LINES lines of it.

    The gate takes pictures apart because terminals quarrel over their width; in words of ours they are kept
    whole, since what stands in the editor is what will be sent.
    """
    page = raw[: max(0, room)]
    text = "".join(_parts(page))
    kept = "\n".join(text[: max(0, room)].split("\n")[:MAX_LINES])
    return OwnWords(kept, len(raw) - len(page) + len(text) - len(kept))


def _parts(page: str) -> list[str]:
    parts: list[str] = []
    last = 0
    for picture in _JOINED_PICTURES.finditer(page):
        parts += [_gated(page[last : picture.start()]), picture.group()]
        last = picture.end()
    return [*parts, _gated(page[last:])]


def _gated(text: str) -> str:
    # Tabs grow to four blanks in the gate, hence its cap is wider than ours.
    return safe_block(text, max_chars=4 * MAX_CHARS, max_lines=MAX_CHARS + 1).text if text else ""
