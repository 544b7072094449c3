"""The gate for text from outside: what leaves it is safe to print on any terminal.

The store keeps what arrived; the gate runs once, over the final text, when it is shown. Every character is
judged on its own or with its neighbours, never as part of an escape sequence: a pattern that removes whole
sequences can be tricked by nesting, one that replaces every control character cannot.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import final

MAX_CHARS = 20_000
MAX_LINES = 400
MAX_LINE_CHARS = 500
LINE_MARK = "\u23ce"
"""Stands for a line end in text that must stay on one line."""

_TAB = "    "
_UNREADABLE = "\N{REPLACEMENT CHARACTER}"
_NO_BASE = "\N{DOTTED CIRCLE}"
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_ODD_LINE_END = re.compile("[\r\x85\u2028\u2029]")
_BACK_STEPS = 32  # how far a page end moves back to keep a character and its marks together

# Text made only of these needs no work: one letter, one place, and NFC leaves it alone. A test walks the class.
_CLEAN = re.compile(
    "[\n -~\xa0-\xac\xae-\u02ff\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u0482\u048a-\u052f"
    "\u0531-\u0556\u0561-\u0587\u05d0-\u05ea\u060c\u061b\u061f\u0621-\u063a\u0641-\u064a\u0660-\u066c"
    "\u066e\u066f\u0671-\u06d3\u10d0-\u10fa\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u2328\u232b-\u2426"
    "\u2500-\u27bf\u3000-\u3029\u3041-\u3096\u30a1-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff9f\uffe0-\uffe6"
    "\ufffd\U0001f1e6-\U0001f1ff\U0001f300-\U0001f3fa\U0001f400-\U0001f64f\U0001f680-\U0001f6c5"
    "\U0001f900-\U0001f9ff]*"
)


@final
@dataclass(frozen=True, slots=True, init=False)
class SafeText:
    """Text that may be printed: made by `safe_block` and `safe_line` alone.

    `text` holds no control character but the line feed. `hidden` counts what was taken out because it does
    not show (direction marks, invisible and tag characters, joiners out of place, marks beyond the fourth),
    `controls` the control characters that became visible signs, `cut` the characters of the original that
    come after this page: the next page starts at `len(raw) - cut`.
    """

    text: str
    hidden: int
    controls: int
    cut: int

    def __init__(self) -> None:
        raise TypeError(
            "SafeText is made by safe_block() and safe_line() only: pass the text through one of them."
        )

    def __str__(self) -> str:
        return self.text


def safe_block(
    raw: str, *, start: int = 0, max_chars: int = MAX_CHARS, max_lines: int = MAX_LINES
) -> SafeText:
    """A text of several lines, at most `max_chars` characters and `max_lines` lines of it from `start` on.

    Line feeds stay, a tab becomes four spaces. Work is bound by `max_chars`, not by the length of `raw`.
    Raises ValueError for `max_chars` under 8 or `max_lines` under 1.
    """
    if max_chars < 8 or max_lines < 1:
        raise ValueError(
            "A page of text needs at least 8 characters and 1 line: raise max_chars or max_lines."
        )
    if not start and len(raw) <= max_chars and _CLEAN.fullmatch(raw) and raw.count("\n") < max_lines:
        return _seal(raw, 0, 0, 0)
    return _page(raw, start, max_chars, max_lines, one_line=False)


def safe_line(raw: str, *, max_chars: int = MAX_LINE_CHARS) -> SafeText:
    """A text on one line, at most `max_chars` characters of it.

    Line ends at either end are dropped; inside, each run of them, with the blanks around it, becomes a
    visible mark with one blank on each side. Raises ValueError for `max_chars` under 8.
    """
    if max_chars < 8:
        raise ValueError("A line of text needs at least 8 characters: raise max_chars.")
    if len(raw) <= max_chars and "\n" not in raw and _CLEAN.fullmatch(raw):
        return _seal(raw, 0, 0, 0)
    return _page(raw, 0, max_chars, max_chars, one_line=True)


def _seal(text: str, hidden: int, controls: int, cut: int) -> SafeText:
    safe = object.__new__(SafeText)
    for name, value in (("text", text), ("hidden", hidden), ("controls", controls), ("cut", cut)):
        object.__setattr__(safe, name, value)
    return safe


# ---- pages: the caps come before the work --------------------------------------------------------------------


def _page(raw: str, start: int, max_chars: int, max_lines: int, *, one_line: bool) -> SafeText:
    start = max(start, 0)
    end, kept = _page_end(raw, start, start + max_chars, max_lines)
    text, hidden, controls = _clean(raw[start:kept], one_line)
    if len(text) > max_chars:  # tabs, and the few characters that NFC writes longer
        end, kept = _page_end(raw, start, _affordable(raw, start, end, max_chars), max_lines)
        text, hidden, controls = _clean(raw[start:kept], one_line)
    return _seal(text, hidden, controls, len(raw) - end)


def _page_end(raw: str, start: int, end: int, max_lines: int) -> tuple[int, int]:
    """Where the page ends, and where its text ends (before the line end that fell on the last line)."""
    if end < len(raw):
        if raw[end - 1] == "\r" and raw[end] == "\n":
            end += 1
        end = _between_characters(raw, start, end)
    end = min(end, len(raw))
    if end - start > max_lines - 1:
        for number, found in enumerate(_LINE_END.finditer(raw, start, end), 1):
            if number == max_lines:
                return found.end(), found.start()
    return end, end


def _between_characters(raw: str, start: int, end: int) -> int:
    """The last place at or before `end` that parts no character from its marks; `end` where marks flood."""
    for place in range(end, max(start, end - _BACK_STEPS), -1):
        if place >= len(raw):
            return place
        if _KINDS[ord(raw[place])] not in "MmvyJFkh" and _KINDS[ord(raw[place - 1])] != "J":
            return place
    return end


def _affordable(raw: str, start: int, end: int, max_chars: int) -> int:
    """The end of the longest part whose text cannot pass `max_chars`, whatever its characters become."""
    left = max_chars - 1  # one for a base in front of a mark that has none
    for place in range(start, end):
        char = raw[place]
        left -= 4 if char in "\t\n\r\x85\u2028\u2029" else len(unicodedata.normalize("NFD", char))
        if left < 0:
            return place
    return end


# ---- kinds: one letter for each character ---------------------------------------------------------------------
#
# a plain   s blank or punctuation   p picture   H Han   d keycap base   L letter of a script that needs joiners
# M mark   m mark of such a script   v its virama   y mark of a script that stacks more than four
# J joiner   F Mongolian variation selector   k variation selector, skin tone, keycap mark   h hidden
# o braille blank   b braille   c control   x unreadable; a line feed stands for itself

_FIXED_KINDS = (
    ("\n", (0x0A,)),
    ("d", map(ord, "0123456789#*")),
    ("J", (0x200C, 0x200D, 0x180E)),
    ("F", (0x180B, 0x180C, 0x180D, 0x180F)),
    ("k", (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), *range(0x1F3FB, 0x1F400), 0x20E3)),
    # fillers: letters and marks by name, nothing to the eye
    ("h", (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0)),
    # number signs: format characters by name, yet they show, and terminals disagree how wide
    ("x", (*range(0x0600, 0x0606), 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD)),
    # the second and third part of a Hangul syllable have no width of their own, like marks
    ("M", (*range(0x1161, 0x1200), *range(0xD7B0, 0xD7C7), *range(0xD7CB, 0xD7FC))),
    ("o", (0x2800,)),
    ("b", range(0x2801, 0x2900)),
    # pictures younger than the Unicode data of the oldest Python we run on
    ("p", (0x1F6D8, 0x1F6DC, *range(0x1FA75, 0x1FA78), *range(0x1FA87, 0x1FA8B), 0x1FA8E, 0x1FA8F)),
    ("p", (*range(0x1FAAD, 0x1FAB0), *range(0x1FABB, 0x1FAC0), 0x1FAC6, 0x1FAC8, *range(0x1FACD, 0x1FAD0))),
    ("p", (0x1FADA, 0x1FADB, 0x1FADC, 0x1FADF, 0x1FAE8, 0x1FAE9, 0x1FAEA, 0x1FAEF, 0x1FAF7, 0x1FAF8)),
)
# Bounds, first and one past the last by turns, so that bisect finds on which side a character is.
_PICTURES = (0xA9, 0xAA, 0xAE, 0xAF, 0x203C, 0x203D, 0x2049, 0x204A, 0x2100, 0x27C0, 0x2900, 0x2980, 0x2B00, 0x2C00,
             0x3030, 0x3031, 0x303D, 0x303E, 0x3297, 0x3298, 0x3299, 0x329A, 0x1F000, 0x1FB00)  # fmt: skip
_HAN = (0x3400, 0x4DC0, 0x4E00, 0xA000, 0xF900, 0xFB00, 0x20000, 0x40000)
_STACKING = (0x0F00, 0x10A0, 0x1A20, 0x1AB0, 0xAA60, 0xAA80)  # Tibetan, Burmese, Tai Tham
_JOINING = (0x0600, 0x0780, 0x07C0, 0x0800, 0x0840, 0x0E00, 0x1000, 0x10A0, 0x1780, 0x18B0, 0x1A20, 0x1AB0,
            0x1B00, 0x1C50, 0xA840, 0xA900, 0xA930, 0xAA80, 0xAAE0, 0xAB00, 0xABC0, 0xAC00, 0x10A00, 0x10B00,
            0x10D00, 0x10D40, 0x10F30, 0x10F70, 0x11000, 0x11D00, 0x1E900, 0x1E960)  # fmt: skip


def _within(code: int, bounds: tuple[int, ...]) -> bool:
    return bisect_right(bounds, code) % 2 == 1


def _kind(code: int) -> str:
    char = chr(code)
    category = unicodedata.category(char)
    if category[0] == "C":
        return {"Cc": "c", "Cf": "h"}.get(category, "x")
    if category[0] == "M":
        if _within(code, _STACKING):
            return "y"
        if not _within(code, _JOINING):
            return "M"
        return "v" if unicodedata.combining(char) == 9 else "m"
    if _within(code, _PICTURES):
        return "p"
    if category in ("Lo", "Lm"):
        return "H" if _within(code, _HAN) else "L" if _within(code, _JOINING) else "a"
    return "s" if category[0] in "ZP" else "a"


class _Kinds(dict[int, str]):
    """The table for str.translate; it fills itself, up to a size that no flood of odd characters can pass."""

    def __missing__(self, code: int) -> str:
        kind = _kind(code)
        if len(self) < 16_384:
            self[code] = kind
        return kind


_KINDS = _Kinds({code: kind for kind, codes in _FIXED_KINDS for code in codes})

# ---- cleaning: patterns run over the kinds, cuts are made in the text ------------------------------------------

_WORK = re.compile("[hkocxJF]|^[Mmvy]|[Mmvy]{5}", re.MULTILINE)
_MARKS_WORK = re.compile("[JF]|^[Mmvy]|[Mmvy]{5}", re.MULTILINE)
# What a picture, a keycap or a Han character carries is honest in small numbers: dropped, not counted.
_QUIET = re.compile("[kJ](?:(?<=p[kJ])[kJ]{0,3}|(?<=dk)k?|(?<=Hk))(?![kJ])")
_IDLE_BLANKS = re.compile("(?<![ob])o+(?![ob])")
_HIDDEN = re.compile("[hk]+")
_UNFIT = re.compile("[cx]")
# Before NFC, whose sorting of marks takes the square of their number.
_LONG_RUN = re.compile("(?<=[MmvyJF]{32})[MmvyJF]+")
_RUN = re.compile("[MmvyJF]+")
_FLOOD = re.compile("(?<![Mmvy])(?>y{5,6}|[Mmvy]{4})([Mmvy]+)")
_ORPHAN = re.compile("^(?=[Mmvy])", re.MULTILINE)
_LINE_ENDS_IN_LINE = re.compile(" *\n[ \n]*")


def _clean(text: str, one_line: bool) -> tuple[str, int, int]:
    """The cleaned text, how many characters were taken out as hidden, how many controls became visible."""
    if _ODD_LINE_END.search(text):
        text = _LINE_END.sub("\n", text)
    text = text.replace("\t", _TAB)
    kinds = text.translate(_KINDS)
    hidden = controls = 0
    if _WORK.search(kinds):
        controls = kinds.count("c")
        text, kinds, _ = _strike(text, kinds, _spans(_QUIET, kinds))
        for pattern in (_IDLE_BLANKS, _HIDDEN, _LONG_RUN):
            text, kinds, struck = _strike(text, kinds, _spans(pattern, kinds))
            hidden += struck
        if _UNFIT.search(kinds):
            text = "".join(map(_sign, text, kinds))
    text, kinds = _composed(text, kinds)
    if _MARKS_WORK.search(kinds):
        text, struck = _tend_marks(text, kinds)
        hidden += struck
    if one_line and "\n" in text:
        text = _LINE_ENDS_IN_LINE.sub(f" {LINE_MARK} ", text.strip("\n"))
    return text, hidden, controls


def _sign(char: str, kind: str) -> str:
    """The character, or the sign for one that must not pass: a control picture where there is one."""
    if kind == "c" and char < "\x80":
        return "\u2421" if char == "\x7f" else chr(0x2400 + ord(char))
    return _UNREADABLE if kind in "cx" else char


def _composed(text: str, kinds: str) -> tuple[str, str]:
    composed = unicodedata.normalize("NFC", text)
    return (text, kinds) if composed == text else (composed, composed.translate(_KINDS))


def _tend_marks(text: str, kinds: str) -> tuple[str, int]:
    """Joiners only where letters need them, few marks on a base, no mark without one; `text` is in NFC."""
    text, kinds, joiners = _strike(text, kinds, _idle_joiners(text, kinds))
    if joiners:
        text, kinds = _composed(text, kinds)
    text, kinds, flood = _strike(text, kinds, _spans(_FLOOD, kinds))
    orphans = [found.start() for found in _ORPHAN.finditer(kinds)]
    if orphans:
        ends = [*orphans[1:], len(text)]
        parts = [_NO_BASE + text[start:end] for start, end in zip(orphans, ends, strict=True)]
        text = text[: orphans[0]] + "".join(parts)
    return text, joiners + flood


def _spans(pattern: re.Pattern[str], kinds: str) -> list[tuple[int, int]]:
    """Where the last group of a pattern was found, or all of it if it has none."""
    group = pattern.groups
    return [found.span(group) for found in pattern.finditer(kinds)]


def _strike(text: str, kinds: str, spans: list[tuple[int, int]]) -> tuple[str, str, int]:
    """Text and kinds without the spans (in order), and how many characters that took."""
    if not spans:
        return text, kinds, 0
    kept_text, kept_kinds, last = [], [], 0
    for start, end in spans:
        kept_text.append(text[last:start])
        kept_kinds.append(kinds[last:start])
        last = end
    left = "".join(kept_text) + text[last:]
    return left, "".join(kept_kinds) + kinds[last:], len(text) - len(left)


def _idle_joiners(text: str, kinds: str) -> list[tuple[int, int]]:
    """The joiners of every run of marks that has one its letters do not need."""
    idle: list[tuple[int, int]] = []
    for run in _RUN.finditer(kinds):
        tail, start = run.group(), run.start()
        if "J" not in tail and "F" not in tail:
            continue
        base, after = text[start - 1 : start], kinds[run.end() : run.end() + 1]
        if start and kinds[start - 1] == "L" and _joined(base, tail, after):
            continue
        idle.extend((place, place + 1) for place, kind in enumerate(tail, start) if kind in "JF")
    return idle


def _joined(base: str, tail: str, after: str) -> bool:
    """Whether a letter of a joining script has use for the joiners among its marks.

    Yes between two letters or before a mark of the script (Bengali RA, joiner, virama), and after a virama
    that ends a word (the older spelling of a Malayalam final consonant).
    """
    if "F" in tail:
        return "\u1820" <= base <= "\u18aa" and tail in ("F", "JF", "FJ")
    if "M" in tail or "JJ" in tail or len(tail) - tail.count("J") > 4:
        return False
    return tail[-1] != "J" or after == "L" or (tail.endswith("vJ") and after in ("", "s", "\n"))


# ---- look-alikes ---------------------------------------------------------------------------------------------

_ALIKE = str.maketrans(
    # Cyrillic, Greek and Armenian capitals, then small letters, small capitals, digits and bars
    "АВЕЗКМНОРСТУХЅІЈԌԚԜ"
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"
    "авекмнорстухѕіјԁԛԝһӏ"
    "αβγεηικνορτυχωϲϳ"
    "ոսօցհ"
    "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ"
    "ıłƖǀ01|",
    "abe3kmhopctyxsijgqw"
    "abezhikmnoptyx"
    "abekmhopctyxsijdqwhl"
    "abyenikvoptuxwcj"
    "nuogh"
    "abcdefghijklmnoprstuvwyz"
    "illlol"
    "l",
)
_NEGATIVE_SQUARES = {0x1F150 + n: chr(97 + n) for n in range(26)} | {
    0x1F170 + n: chr(97 + n) for n in range(26)
}


def skeleton(handle: str) -> str:
    """What a handle looks like: two handles with equal skeletons can be taken for one another.

    A small table, not the whole of Unicode's: Cyrillic, Greek, a few Armenian letters, small capitals,
    squared, circled, wide and mathematical letters, accents, I, l, 1, and 0, rn and vv. Equal skeletons are
    a reason to look twice, different ones prove nothing. Never shown, never stored as a name. Only the first
    200 characters count.
    """
    text = unicodedata.normalize("NFKD", handle[:200]).translate(_NEGATIVE_SQUARES).translate(_ALIKE)
    text = unicodedata.normalize("NFKD", text.casefold()).translate(_ALIKE)
    text = "".join(char for char in text if _KINDS[ord(char)] not in "MmvyJFkhoc")
    return text.replace("rn", "m").replace("vv", "w").replace("i", "l")
