"""An answer that was given to somebody else, made fit to begin the next one with: whoever it named becomes a hole.

What cannot be told from something of theirs is not offered at all: a handle that nobody knows, a long number, an
address with a code in it.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from careconsole.snippets.holes import unfill
from careconsole.snippets.terms import without_names

_HANDLE = re.compile(r"(?<![\w./-])[@＠][\w.-]*\w(?:@[\w.-]*\w)?")
_HOLE = re.compile(r"\{\{\w+\}\}")
_NAMES = re.compile(r"\{\{name\}\}(?:[ .-]{0,2}\{\{name\}\})+")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_NUMBER = re.compile(r"\d(?:[^\S\n]?[-./]?\d){3,}|(?<!\w)(?=\w*\d)(?=\w*[^\W\d_])\w{5,}")
"""Four digits or more, however they are grouped, or letters and digits mixed."""
_CODE_IN_LINK = re.compile(r"[?#=@]|\d{4}|[^/]{25}")
_NAME = r"[^\W\d_a-zа-яёčćđšžäöüõß][\w'’.-]*"
_GREETING = re.compile(
    r"^(?P<before>\W*(?:\{\{handle\}\}\W*)?(?i:hi|hello|hey|dear|good (?:morning|day|afternoon|evening)"
    r"|hallo|guten (?:tag|morgen|abend)|liebe[rs]?|sehr geehrte[rs]?|moin|servus|grüezi"
    r"|здравствуйте|привет|добрый (?:день|вечер)|доброе утро|уважаем(?:ый|ая)|дорог(?:ой|ая)"
    r"|bok|pozdrav|zdravo|dobar dan|dobro jutro|dobra večer|poštovan[aei]?|drag[ai]"
    r"|tere|tervist|kallis|lugupeetud)(?: (?i:mr|mrs|ms|herr|frau|gospodine|gospođo|господин|госпожа)\.?)?,? )"
    rf"{_NAME}(?: {_NAME})?(?=\s*(?:[,!.:;–—-]|\n|$))"
)
_HAN_NAME = re.compile(r"^(?P<before>\W*)[\u3400-\u9fff]{1,3}(?=先生|女士|小姐)")


def made_reusable(
    text: str, *, names: Collection[str], handles: Collection[str], own_handles: Collection[str], agent: str
) -> str | None:
    """The answer with holes for the customer's names and handle and for the agent; None if it cannot be offered.

    `own_handles` are ours, which may be named.
    """
    left = _without_handles(text, {_bare(one) for one in handles}, {_bare(one) for one in own_handles})
    if left is None:
        return None
    left = _NAMES.sub("{{name}}", without_names(left, names, hole="{{name}}"))
    left = _HAN_NAME.sub(r"\g<before>{{name}}", _GREETING.sub(r"\g<before>{{name}}", left))
    left = unfill(left, {agent: "me"})
    links = _LINK.findall(left)
    if any(_CODE_IN_LINK.search(link.partition("://")[2].partition("/")[2]) for link in links):
        return None
    bare = _LINK.sub(" ", _HOLE.sub(" ", left))
    return None if _NUMBER.search(bare) else left.strip() or None


def _without_handles(text: str, theirs: Collection[str], ours: Collection[str]) -> str | None:
    """The text with a hole for the customer's handle; None if it names one of somebody else."""
    is_strange = False

    def put(found: re.Match[str]) -> str:
        nonlocal is_strange
        bare = _bare(found[0])
        if bare in theirs or bare.partition("@")[0] in theirs:
            return "{{handle}}"
        is_strange |= bare not in ours and bare.partition("@")[0] not in ours
        return found[0]

    left = _HANDLE.sub(put, text)
    return None if is_strange else left


def _bare(handle: str) -> str:
    return handle.lstrip("@＠").casefold()
