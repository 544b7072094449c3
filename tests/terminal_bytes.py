"""What a program sends to a terminal, taken apart byte by byte, and what a terminal would answer to it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    rb"(?P<csi>(?:\x1b\[|\xc2\x9b)[0-?]*[ -/]*[@-~])"
    rb"|(?P<osc>(?:\x1b\]|\xc2\x9d)(?:[^\x07\x1b\xc2]|\xc2(?!\x9c))*(?:\x07|\x1b\\|\xc2\x9c))"
    rb"|(?P<string>(?:\x1b[PX^_]|\xc2[\x90\x98\x9e\x9f])(?:[^\x1b\xc2]|\xc2(?!\x9c))*(?:\x1b\\|\xc2\x9c))"
    rb"|(?P<esc>\x1b[ -/]*[0-~])"
    rb"|(?P<c1>\xc2[\x80-\x9f])"
    rb"|(?P<c0>[\x00-\x1f\x7f])"
    rb"|(?P<text>(?:[ -~]|\xc2[\xa0-\xbf]|[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf7][\x80-\xbf]{3})+)"
    rb"|(?P<torn>[\x80-\xff])"
)
_UNFINISHED = re.compile(
    rb"(?:\x1b\[|\xc2\x9b)[0-?]*[ -/]*\Z"
    rb"|(?:\x1b[\]PX^_]|\xc2[\x9d\x90\x98\x9e\x9f])(?:[^\x07\x1b\xc2]|\xc2(?!\x9c))*(?:\x1b|\xc2)?\Z"
    rb"|\x1b[ -/]*\Z"
    rb"|(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf7][\x80-\xbf]{0,2})\Z"
)
_LONGEST = 8192
"""Bytes after which a sequence without an end is given up."""

_DRAWN = frozenset("mHJKABCDEFGdLMP@Xrhl")
"""The last letters of the CSI sequences that the screen of a test understands."""

JOINERS = frozenset("\u200c\u200d\u180e")
"""Format characters that some scripts need between letters."""
_PICTURES = range(0x1F6D0, 0x1FB00)
"""Where pictures stand that are younger than this Python's tables."""


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of output: a run of text, a control character, or a whole sequence."""

    kind: str
    """text, csi, osc, string, esc, c1, c0, torn."""
    raw: bytes

    @property
    def shape(self) -> str:
        """What kind of sequence it is, without the numbers that differ from frame to frame."""
        if self.kind == "csi":
            return _csi_shape(self.raw)
        if self.kind == "osc":
            return f"OSC {_payload(self.raw).partition(';')[0]}"
        return self.kind if self.kind == "text" else f"{self.kind} {self.raw[:4]!r}"

    @property
    def is_drawn(self) -> bool:
        """Whether the screen of a test understands it."""
        if self.kind == "csi":
            return chr(self.raw[-1]) in _DRAWN and not re.search(rb"[<-> -/]", self.raw[2:-1])
        return self.kind in ("text", "c0") or (self.kind == "osc" and _payload(self.raw)[:2] in ("0;", "2;"))


def _csi_shape(raw: bytes) -> str:
    body, last = raw[2:-1].decode("latin-1"), chr(raw[-1])
    intro = "CSI" if raw[0] == 0x1B else "C1 CSI"
    return f"{intro} {last}" if last in "mH" and re.fullmatch("[0-9;]*", body) else f"{intro} {body}{last}"


def _payload(raw: bytes) -> str:
    return raw[2:].decode("utf-8", "replace").rstrip("\x07\x1b\\\x9c")


class Tokenizer:
    """Takes output apart as it comes; what is cut off at the end of a read waits for the next one."""

    def __init__(self) -> None:
        self.rest = b""
        """The beginning of a token whose end has not come."""

    def feed(self, data: bytes) -> Iterator[Token]:
        """The tokens that are complete by now."""
        buffer = self.rest + data
        place = 0
        while place < len(buffer):
            unfinished = _UNFINISHED.match(buffer, place)
            if unfinished and len(buffer) - place < _LONGEST:
                break
            found = _TOKEN.match(buffer, place)
            assert found is not None and found.lastgroup is not None
            yield Token(found.lastgroup, found.group())
            place = found.end()
        self.rest = buffer[place:]


def tokens_of(data: bytes) -> list[Token]:
    """All tokens of a whole output."""
    tokenizer = Tokenizer()
    tokens = list(tokenizer.feed(data))
    return [*tokens, Token("unfinished", tokenizer.rest)] if tokenizer.rest else tokens


def unfit_characters(text: str) -> set[str]:
    """Characters that must never stand on the screen: controls, invisible ones, direction marks, unassigned."""
    return {char for char in text if not char.isascii() and _is_unfit(char)}


def _is_unfit(char: str) -> bool:
    category = unicodedata.category(char)
    if category == "Cn":
        return ord(char) not in _PICTURES
    return category in ("Cc", "Cs", "Co", "Zl", "Zp") or (category == "Cf" and char not in JOINERS)


class Answers:
    """What a terminal writes back to a program that asks it something.

    Textual itself asks two things at the start (`own`); every other question was put by somebody's text.
    """

    def __init__(self) -> None:
        self.own = 0
        self.stray: list[bytes] = []
        """Questions that were not Textual's own."""

    def to(self, token: Token) -> bytes:
        """The answer to one piece of output; empty to what asks nothing."""
        if token.raw in _OWN_QUESTIONS:
            self.own += 1
            return _OWN_QUESTIONS[token.raw]
        answer = _answer(token)
        if answer:
            self.stray.append(token.raw)
        return answer


_OWN_QUESTIONS = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[?2048$p": b"\x1b[?2048;0$y"}
_CSI_ANSWERS = {
    "c": b"\x1b[?62;1;22c",
    "0c": b"\x1b[?62;1;22c",
    ">c": b"\x1b[>1;5600;0c",
    ">0c": b"\x1b[>1;5600;0c",
    "=c": b"\x1bP!|00000000\x1b\\",
    "5n": b"\x1b[0n",
    "6n": b"\x1b[12;40R",
    "?6n": b"\x1b[?12;40;1R",
    "?15n": b"\x1b[?10n",
    "?26n": b"\x1b[?27;1;0;0n",
    "11t": b"\x1b[1t",
    "13t": b"\x1b[3;0;0t",
    "14t": b"\x1b[4;480;960t",
    "18t": b"\x1b[8;24;80t",
    "19t": b"\x1b[9;48;160t",
    "20t": b"\x1b]Lcery\x1b\\",
    "21t": b"\x1b]lcery\x1b\\",
    "x": b"\x1b[2;1;1;128;128;1;0x",
    "0x": b"\x1b[2;1;1;128;128;1;0x",
    "1x": b"\x1b[3;1;1;128;128;1;0x",
    ">q": b"\x1bP>|cery 1\x1b\\",
    ">0q": b"\x1bP>|cery 1\x1b\\",
    "?u": b"\x1b[?0u",
}


def _answer(token: Token) -> bytes:
    if token.kind == "csi":
        return _csi_answer(token.raw[2:].decode("latin-1"))
    if token.kind == "osc":
        return _osc_answer(_payload(token.raw))
    if token.kind == "string":
        return _string_answer(token.raw)
    return {b"\x05": b"cery\r", b"\x1bZ": b"\x1b[?62;1;22c", b"\xc2\x9a": b"\x1b[?62;1;22c"}.get(
        token.raw, b""
    )


def _csi_answer(body: str) -> bytes:
    mode = re.fullmatch(r"(\??)(\d+)\$p", body)
    if mode:
        return f"\x1b[{mode[1]}{mode[2]};2$y".encode()
    if body.endswith("*y"):
        return b"\x1bP1!~0000\x1b\\"
    return _CSI_ANSWERS.get(body, b"")


def _osc_answer(payload: str) -> bytes:
    number, _, rest = payload.partition(";")
    if not rest.endswith("?"):
        return b""
    if number == "52":
        return b"\x1b]52;c;Y2VyeQ==\x1b\\"
    return f"\x1b]{number};{rest[:-1]}rgb:6363/6565/7272\x1b\\".encode() if number.isdigit() else b""


def _string_answer(raw: bytes) -> bytes:
    body = raw[2:].lstrip(b"0123456789;")
    if body.startswith(b"$q"):
        return b"\x1bP1$r0;1;38;5;99m\x1b\\"
    if body.startswith(b"+q"):
        return b"\x1bP1+r" + body[2:].rstrip(b"\x1b\\") + b"=63657279\x1b\\"
    return b"\x1b_Gi=31;OK\x1b\\" if raw.startswith(b"\x1b_G") and b"a=q" in raw else b""
