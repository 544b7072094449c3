"""Faces: emoji, `:(`, and the bare brackets of Russian messages, with the mood they show."""

from __future__ import annotations

import re
from collections.abc import Iterator

_EMOJI_POINTS = {
    -2.2: "😡🤬😠👿💩🖕🤮🤢😤👎💀☠",
    -1.6: "😢😭😞😔😒🙄😩😫😖😣☹🙁😟😕😾😿💔😨😰😱😥😓🤦😑😐😪🥺🤕🤒😷🥵🥶😵🤯😬🆘🚫❌⛔⚠",
    -0.5: "🤔😳🤨😶🤷🙃😅🤡⏰⏳⌛",
    1.2: "🙂😉😌😏🤗😎😜😝😛🤩🥳🎉🎊✈☀🌞🌈🌸🌹🌺✨⭐🌟🔥💪👌✌🤞🙌👋🍀😂🤣😆😹",
    2.0: "😀😃😄😁😊☺😇😍🥰😘😗😙😚❤♥💕💖💗💓💞💘💛💚💙💜🧡🤍👍👏🙏💯🤝🏆🥇😻💝",
}
_EMOJI = {face: points for points, faces in _EMOJI_POINTS.items() for face in faces}
_ANY_EMOJI = re.compile("[" + "".join(_EMOJI) + "]")
_SAD = re.compile(r"(?<![\w:])[:;=8]['’]?[-o^]?[(\[{\\/|@<](?![/\w])|\bD:|>:\(|\b[Tt]_[Tt]\b|-_-|<\\3|</3|=/")
_GLAD = re.compile(r"[:;=8xX]['’]?[-o^]?[)\]}Dp*](?!\w)|\b[xX]D+\b|<3|\^_*\^|\(:")
_SAD_BRACKETS, _GLAD_BRACKETS = re.compile(r"(?<![:;=8\-'])\({2,}"), re.compile(r"\){2,}")
_CYRILLIC = re.compile("[а-яё]")


def faces_of(raw: str) -> Iterator[tuple[str, float]]:
    """The faces of a text, each once, with their points."""
    if not raw.isascii():
        for face in sorted(set(_ANY_EMOJI.findall(raw))):
            yield face, _EMOJI[face]
    if _SAD.search(raw):
        yield ":(", -1.6
    if _GLAD.search(raw):
        yield ":)", 1.5
    if not raw.isascii() and _CYRILLIC.search(raw):
        opened, closed = raw.count("("), raw.count(")")
        if opened > closed and not _SAD.search(raw):
            yield "(", -1.6 if _SAD_BRACKETS.search(raw) else -1.0
        elif closed > opened and not _GLAD.search(raw):
            yield ")", 1.6 if _GLAD_BRACKETS.search(raw) else 1.0
