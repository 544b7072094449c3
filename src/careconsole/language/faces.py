"""Faces: emoji, `:(`, and the bare brackets of Russian messages, with the mood they show."""

from __future__ import annotations

import re
from collections.abc import Iterator

_EMOJI_POINTS = {
    -2.2: "😡🤬😠👿💩🖕🤮🤢😤👎💀☠",
    -1.6: "🙃😢😭😞😔😒🙄😩😫😖😣☹🙁😟😕😾😿💔😨😰😱😥😓🤦😑😐😪🥺🤕🤒😷🥵🥶😵🤯😬🆘🚫❌⛔⚠",
    -0.5: "🤔😳🤨😶🤷😅🤡⏰⏳⌛",
    0.4: "😂🤣😆",
    1.2: "🙂😉😌😏🤗😎😜😝😛🤩🥳🎉🎊✈☀🌞🌈🌸🌹🌺✨⭐🌟🔥💪👌✌🤞🙌👋🍀😹",
    2.0: "😀😃😄😁😊☺😇😍🥰😘😗😙😚❤♥💕💖💗💓💞💘💛💚💙💜🧡🤍👍👏🙏💯🤝🏆🥇😻💝",
}
_EMOJI = {face: points for points, faces in _EMOJI_POINTS.items() for face in faces}
_FACES = frozenset(_EMOJI)
_EYES = frozenset(":;=<^")
_BRACKETS = frozenset("()")
# A class of characters comes first, so that the search skips to where a face can begin.
_SAD = re.compile(
    r"[:;=<>](?:(?<=[:;=])(?<![\w:].)['’]?[-o^]?[(\[{\\/|@<](?![/\w])|(?<=>):\(|(?<=<)\\3|(?<=<)/3)",
    re.DOTALL,
)
_GLAD = re.compile(r"[:;=<(^](?:(?<=[:;=])['’]?[-o^]?[)\]}Dp*](?!\w)|(?<=<)3|(?<=\^)_*\^|(?<=\():)")
_SAD_BRACKETS, _GLAD_BRACKETS = re.compile(r"(?<![:;=8\-'])\({2,}"), re.compile(r"\){2,}")
_CLOSED = re.compile(r"(?<!\d)\)")
_CYRILLIC = re.compile("[а-яё]")


def faces_of(raw: str, met: frozenset[str]) -> Iterator[tuple[str, float]]:
    """The faces of a text, each once, with their points; `met` are its characters."""
    if not raw.isascii():
        for face in sorted(_FACES & met):
            yield face, _EMOJI[face]
    has_eyes = not _EYES.isdisjoint(met)
    is_sad = has_eyes and bool(_SAD.search(raw))
    is_glad = has_eyes and bool(_GLAD.search(raw))
    if is_sad:
        yield ":(", -1.6
    if is_glad:
        yield ":)", 1.5
    if not _BRACKETS.isdisjoint(met) and not raw.isascii() and _CYRILLIC.search(raw):
        opened, closed = raw.count("("), len(_CLOSED.findall(raw))
        if opened > closed and not is_sad:
            yield "(", -1.6 if _SAD_BRACKETS.search(raw) else -1.0
        elif closed > opened and not is_glad:
            yield ")", 1.6 if _GLAD_BRACKETS.search(raw) else 1.0
