"""What leaves the gate is safe on any terminal, honest texts pass unchanged, and no bomb makes it work long."""

import base64
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import FrozenInstanceError
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careconsole.model import text_gate
from careconsole.model.text_gate import SafeText, safe_block, safe_line

TESTS = Path(__file__).parents[1]
OWN_CORPUS = TESTS / "hostile_corpus.jsonl"
EXTRA_CORPUS = TESTS.parents[1] / "shared" / "data" / "hostile.jsonl"

JOINERS = "\u200c\u200d\u180e"
BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
SELECTORS = {
    chr(c) for c in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), *range(0x1F3FB, 0x1F400), 0x20E3)
}
FORBIDDEN = BIDI | SELECTORS | set("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
NEEDY = (
    "ADLAM ARABIC BALINESE BENGALI BRAHMI CHAM DEVANAGARI GRANTHA GUJARATI GURMUKHI JAVANESE KANNADA KHMER "
    "MALAYALAM MANDAIC MEETEI MONGOLIAN MYANMAR NKO ORIYA PHAGS-PA REJANG SAURASHTRA SHARADA SINHALA SUNDANESE "
    "SYRIAC TAI TAMIL TELUGU TIRHUTA VEDIC"
).split()


def entries(path: Path) -> Iterator[tuple[dict[str, object], str]]:
    for line in path.read_text("ascii").splitlines():
        entry = json.loads(line)
        yield entry, entry["text"] if "text" in entry else made(entry["gen"])


def made(gen: dict[str, object]) -> str:
    if "b64" in gen:
        return base64.b64decode(str(gen["b64"])).decode("utf-8", "replace")
    return str(gen["unit"]) * int(str(gen["times"])) + str(gen.get("suffix", ""))


OWN = list(entries(OWN_CORPUS))
HOSTILE = [text[:3_000] for _, text in OWN]


def faults(text: str, one_line: bool = False) -> list[str]:
    """What a terminal, or a reader, could be tricked by; written apart from the gate's own tables."""
    found = [fault for char in set(text) if (fault := fault_of(char))]
    if one_line and "\n" in text:
        found.append("a line end")
    found += [
        f"a joiner after {before!a}"
        for before, char in zip(" " + text, text, strict=False)
        if char in JOINERS and unicodedata.name(before, "-").split()[0] not in NEEDY
    ]
    found += [f"starts with a mark: {line[:4]!a}" for line in text.split("\n") if is_mark(line[:1])]
    for run in re.findall("[^ -~]{5,}", text):
        found += crowds(run)
    if not unicodedata.is_normalized("NFC", text):
        found.append("not NFC")
    return found


@cache
def fault_of(char: str) -> str:
    category = unicodedata.category(char)
    young_picture = category == "Cn" and 0x1F6D0 <= ord(char) <= 0x1FAFF
    bad = category in ("Cc", "Cs", "Co", "Cn", "Cf", "Zl", "Zp") or char in FORBIDDEN
    return f"{category} {char!a}" if bad and char not in ("\n", *JOINERS) and not young_picture else ""


def crowds(run: str) -> list[str]:
    found, crowd = [], 0
    for char in run:
        crowd = crowd + 1 if is_mark(char) else 0
        if crowd > (6 if is_stacking(char) else 4):
            found.append(f"mark number {crowd} on one base")
    return found


@cache
def is_mark(char: str) -> bool:
    return char != "" and unicodedata.category(char) in ("Mn", "Mc", "Me")


@cache
def is_stacking(char: str) -> bool:
    return any(word in unicodedata.name(char, "") for word in ("MYANMAR", "TIBETAN", "TAI THAM"))


def check(raw: str, **caps: int) -> None:
    """Everything that holds for any text, hostile or not."""
    block = safe_block(raw, **caps)
    line = safe_line(raw, **({"max_chars": caps["max_chars"]} if caps else {}))
    assert faults(block.text) == []
    assert faults(line.text, one_line=True) == []
    assert len(block.text) <= caps.get("max_chars", 20_000)
    assert block.text.count("\n") < caps.get("max_lines", 400)
    assert len(line.text) <= caps.get("max_chars", 500)
    again, line_again = safe_block(block.text, **caps), safe_line(line.text)
    assert (again.text, again.hidden, again.controls, again.cut) == (block.text, 0, 0, 0)
    assert (line_again.text, line_again.hidden, line_again.controls, line_again.cut) == (line.text, 0, 0, 0)


# ---- the corpora ----------------------------------------------------------------------------------------------


def corpora() -> list[Path]:
    return [OWN_CORPUS, *([EXTRA_CORPUS] if EXTRA_CORPUS.exists() else [])]


def test_every_entry_is_safe_as_body_name_and_handle() -> None:
    for path in corpora():
        for entry, text in entries(path):
            check(text)
            check("@" + text, max_chars=40, max_lines=3)
            assert entry["id"], path


def test_honest_texts_pass_unchanged() -> None:
    for path in corpora():
        honest = [(entry, text) for entry, text in entries(path) if entry.get("expect") == "preserve"]
        assert len(honest) >= 50
        for entry, text in honest:
            safe = safe_block(text)
            assert safe.text == unicodedata.normalize("NFC", text), entry["id"]
            assert (safe.hidden, safe.controls, safe.cut) == (0, 0, 0), entry["id"]
            if "\n" not in text:
                assert safe_line(text) == safe, entry["id"]


def test_every_hidden_character_class_is_flagged() -> None:
    for entry, text in OWN:
        if entry["class"] in ("zero-width", "bidi"):
            assert safe_block(text).hidden > 0, entry["id"]
        if entry["class"] in ("ansi-csi", "osc", "dcs-apc", "c1", "answerback", "esc-other"):
            assert safe_block(text).controls > 0, entry["id"]


def test_the_corpus_is_whole() -> None:
    languages = [entry for entry, _ in OWN if entry["class"] == "benign-script"]
    assert len(OWN) >= 200 and len(languages) >= 90
    assert len({entry["id"] for entry, _ in OWN}) == len(OWN)
    assert OWN_CORPUS.read_bytes().isascii()


# ---- one rule after the other ---------------------------------------------------------------------------------

CASES = [
    ("plain text", "See you at 9!", "See you at 9!", 0, 0),
    ("line ends", "a\r\nb\rc\x85d\u2028e\u2029f\ng", "a\nb\nc\nd\ne\nf\ng", 0, 0),
    ("return, return, feed", "a\r\r\nb", "a\n\nb", 0, 0),
    ("tab", "a\tb", "a    b", 0, 0),
    ("escape", "\x1b[31mx", "\u241b[31mx", 0, 1),
    ("nested sequences", "\x1b\x1b[2J[2J", "\u241b\u241b[2J[2J", 0, 2),
    ("every other C0", "\0\x07\x08\x0b\x0c\x1f", "\u2400\u2407\u2408\u240b\u240c\u241f", 0, 6),
    ("delete", "a\x7fb", "a\u2421b", 0, 1),
    ("C1", "a\x9b2Jb\x80", "a\ufffd2Jb\ufffd", 0, 2),
    ("lone surrogates", "a\ud800b\udc00", "a\ufffdb\ufffd", 0, 0),
    ("noncharacters", "\ufdd0\uffff\U0010ffff", "\ufffd\ufffd\ufffd", 0, 0),
    ("private use", "\ue000\U000f0000", "\ufffd\ufffd", 0, 0),
    ("unassigned", "\u0378x", "\ufffdx", 0, 0),
    ("Arabic number sign", "\u06dd5", "\ufffd5", 0, 0),
    ("bidi", "a\u202eb\u2066c\u2069\u200e", "abc", 4, 0),
    ("invisible", "re\u200bf\u00adu\u2060n\ufeffd", "refund", 4, 0),
    ("fillers", "\u3164\u115fa\uffa0", "a", 3, 0),
    ("tags", "a\U000e0061\U000e007f", "a", 2, 0),
    ("grapheme joiner, then a composition", "a\u034f\u0301", "\u00e1", 1, 0),
    ("NFC", "e\u0301 \u212b", "\u00e9 \u00c5", 0, 0),
    ("Hangul by parts", "\u1112\u1161\u11ab", "\ud55c", 0, 0),
    ("joiner between Latin letters", "a\u200db", "ab", 1, 0),
    ("joiner between two Arabic letters", "\u06cc\u200c\u062e", "\u06cc\u200c\u062e", 0, 0),
    ("joiner after an Arabic mark", "\u0628\u064e\u200c\u0628", "\u0628\u064e\u200c\u0628", 0, 0),
    ("joiner between Arabic and Latin", "\u0628\u200ca", "\u0628a", 1, 0),
    ("joiner between Latin and Arabic", "a\u200d\u0628", "a\u0628", 1, 0),
    ("joiner after a heap of marks", "\u0915" + "\u0947" * 5 + "\u200d\u0915", "\u0915" + "\u0947" * 4 + "\u0915", 2, 0),
    ("joiner before a blank", "\u0628\u200c \u0628", "\u0628 \u0628", 1, 0),
    ("two joiners", "\u0628\u200c\u200d\u0628", "\u0628\u0628", 2, 0),
    ("joiner after a foreign mark", "\u0628\u0301\u200c\u0628", "\u0628\u0301\u0628", 1, 0),
    ("virama and joiner", "\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937", 0, 0),
    ("virama and joiner at the end of a word", "\u0d28\u0d4d\u200d x", "\u0d28\u0d4d\u200d x", 0, 0),
    ("virama and joiner at the end", "\u0d28\u0d4d\u200d", "\u0d28\u0d4d\u200d", 0, 0),
    ("virama and joiner before a wide letter", "\u0d28\u0d4d\u200d\u6f22", "\u0d28\u0d4d\u6f22", 1, 0),
    ("joiner before a virama", "\u09b0\u200d\u09cd\u09af", "\u09b0\u200d\u09cd\u09af", 0, 0),
    ("Mongolian separator", "\u1820\u180e\u1820", "\u1820\u180e\u1820", 0, 0),
    ("Mongolian selector", "\u1820\u180b", "\u1820\u180b", 0, 0),
    ("two Mongolian selectors", "\u1820\u180b\u180b", "\u1820", 2, 0),
    ("Mongolian selector on Arabic", "\u0628\u180b", "\u0628", 1, 0),
    ("family", "\U0001f468\u200d\U0001f469\u200d\U0001f466", "\U0001f468\U0001f469\U0001f466", 0, 0),
    ("skin tone", "\U0001f44d\U0001f3fd!", "\U0001f44d!", 0, 0),
    ("skin tone on its own", "a\U0001f3fd", "a", 1, 0),
    ("red heart on fire", "\u2764\ufe0f\u200d\U0001f525", "\u2764\U0001f525", 0, 0),
    ("keycap", "1\ufe0f\u20e3 #\u20e3", "1 #", 0, 0),
    ("keycap on a letter", "a\u20e3", "a", 1, 0),
    ("selector on a Han letter", "\u845b\U000e0100", "\u845b", 0, 0),
    ("selectors that carry a message", "\U0001f600" + "\ufe01" * 9, "\U0001f600", 9, 0),
    ("younger picture", "\U0001fa77", "\U0001fa77", 0, 0),
    ("flags", "\U0001f1ea\U0001f1ea", "\U0001f1ea\U0001f1ea", 0, 0),
    ("four marks", "x" + "\u0323" * 4, "x" + "\u0323" * 4, 0, 0),
    ("five marks", "x" + "\u0323" * 5 + "y", "x" + "\u0323" * 4 + "y", 1, 0),
    ("many marks", "x" + "\u0323" * 500 + "y", "x" + "\u0323" * 4 + "y", 496, 0),
    ("five Burmese marks", "\u101c\u103b\u103e\u1031\u102c\u1037",
     "\u101c\u103b\u103e\u1031\u102c\u1037", 0, 0),
    ("seven Burmese marks", "\u101c" + "\u103b" * 7, "\u101c" + "\u103b" * 6, 1, 0),
    ("Burmese and foreign marks", "\u101c\u103b\u0323\u103b\u103b\u103b", "\u101c\u103b\u0323\u103b\u103b", 1, 0),
    ("mark first", "\u0323a", "\u25cc\u0323a", 0, 0),
    ("mark first on a line", "a\n\u0323\u0301b", "a\n\u25cc\u0323\u0301b", 0, 0),
    ("Hangul vowel first", "\u1161", "\u25cc\u1161", 0, 0),
    ("Braille blank between Braille", "\u280d\u2800\u280d", "\u280d\u2800\u280d", 0, 0),
    ("Braille blank after Braille", "\u280d\u2800 x", "\u280d\u2800 x", 0, 0),
    ("Braille blank before Braille", "x \u2800\u280d", "x \u2800\u280d", 0, 0),
    ("Braille blank elsewhere", "a\u2800b", "ab", 1, 0),
    ("markup is text", "[b]x[/b] [/]", "[b]x[/b] [/]", 0, 0),
]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "text", "hidden", "controls"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_rules(raw: str, text: str, hidden: int, controls: int) -> None:
    safe = safe_block(raw)
    assert (ascii(safe.text), safe.hidden, safe.controls, safe.cut) == (ascii(text), hidden, controls, 0)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("one\ntwo", "one \u23ce two"),
        ("one \r\n\r\n two", "one \u23ce two"),
        ("\n\none\n", "one"),
        ("one\u2028two\tthree", "one \u23ce two    three"),
        ("a\n\u0301b", "a \u23ce \u25cc\u0301b"),
        ("", ""),
        ("\n", ""),
    ],
)
def test_a_line_shows_line_ends_as_a_mark(raw: str, text: str) -> None:
    assert safe_line(raw).text == text


# ---- caps and pages -------------------------------------------------------------------------------------------


def test_caps_say_how_much_was_left_out() -> None:
    page = safe_block("x" * 25, max_chars=10)
    assert (page.text, page.cut) == ("x" * 10, 15)
    lines = safe_block("a\nb\nc\nd", max_lines=2)
    assert (lines.text, lines.cut) == ("a\nb", len("c\nd"))
    assert safe_block("a\nb\n", max_lines=2).cut == 0
    assert safe_line("x" * 600).cut == 100


def pages(raw: str, max_chars: int, max_lines: int) -> list[SafeText]:
    found, start = [], 0
    while True:
        page = safe_block(raw, start=start, max_chars=max_chars, max_lines=max_lines)
        found.append(page)
        if not page.cut:
            return found
        assert len(raw) - page.cut > start
        start = len(raw) - page.cut


def test_pages_together_show_all_of_it() -> None:
    words = " ".join(f"word{n}" for n in range(500))
    assert "".join(page.text for page in pages(words, 64, 400)) == words
    lines = "\n".join(f"line {n}" for n in range(50))
    assert "\n".join(page.text for page in pages(lines, 20_000, 7)) == lines


def test_a_page_ends_between_characters() -> None:
    first, second = pages("1234567e\u0301\u0323 end", 8, 9)[:2]
    assert (first.text, second.text[:3]) == ("1234567", "\u1eb9\u0301 ")
    split = pages("1234567\r\nx", 8, 9)
    assert [page.text for page in split] == ["1234567\n", "x"]


def test_a_start_outside_the_text_is_an_empty_page_or_the_first() -> None:
    assert safe_block("abc", start=9) == safe_block("")
    assert safe_block("abc", start=-1) == safe_block("abc")


def test_caps_too_small_to_show_anything_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 8 characters"):
        safe_block("x", max_chars=7)
    with pytest.raises(ValueError, match="1 line"):
        safe_block("x", max_lines=0)
    with pytest.raises(ValueError, match="at least 8 characters"):
        safe_line("x", max_chars=7)


# ---- bombs: how much work, not how long -----------------------------------------------------------------------

BOMBS = [(str(entry["id"]), text) for entry, text in OWN if entry["class"] == "bomb"]


@pytest.mark.parametrize("text", [text for _, text in BOMBS], ids=[name for name, _ in BOMBS])
def test_a_bomb_is_cut_before_the_work(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    worked_on: list[int] = []
    clean = text_gate._clean

    def watched(part: str, one_line: bool) -> tuple[str, int, int]:
        worked_on.append(len(part))
        return clean(part, one_line)

    monkeypatch.setattr(text_gate, "_clean", watched)
    block, line = safe_block(text), safe_line(text)
    assert len(text) > 20_000 and block.cut > 0 and line.cut > 0
    assert len(worked_on) <= 4 and sum(worked_on) <= 2 * 20_001 + 2 * 501
    assert len(block.text) <= 20_000 and block.text.count("\n") < 400 and len(line.text) <= 500


@pytest.mark.parametrize(
    "marks", ["\u0323", "\u0301\u0323", "\u200d\u0301\u0323", "\u094d\u200d", "\u180b\u0323"]
)
def test_floods_of_marks_never_reach_the_sorting_of_nfc(marks: str, monkeypatch: pytest.MonkeyPatch) -> None:
    longest = 0
    composed = text_gate._composed

    def watched(text: str, kinds: str) -> tuple[str, str]:
        nonlocal longest
        longest = max([longest, *(len(run) for run in text_gate._RUN.findall(kinds))])
        return composed(text, kinds)

    monkeypatch.setattr(text_gate, "_composed", watched)
    assert len(safe_block("e" + marks * 9_000).text) <= 5
    assert 0 < longest <= 32


def test_the_table_of_kinds_stays_small() -> None:
    safe_block("".join(map(chr, range(0x20000, 0x20000 + 19_999))))
    assert len(text_gate._KINDS) <= 16_384


# ---- the type -------------------------------------------------------------------------------------------------


def test_safe_text_cannot_be_made_by_hand() -> None:
    with pytest.raises(TypeError, match="safe_block"):
        SafeText()
    with pytest.raises(TypeError):
        SafeText("\x1b[2J", 0, 0, 0)  # type: ignore[call-arg]
    safe = safe_block("hi")
    with pytest.raises(FrozenInstanceError):
        safe.text = "\x1b"  # type: ignore[misc]
    assert (str(safe), f"{safe}", safe == safe_line("hi")) == ("hi", "hi", True)


def test_the_short_cut_takes_only_what_the_long_way_leaves_alone() -> None:
    taken = [chr(code) for code in range(0x20, 0x20000) if text_gate._CLEAN.fullmatch(chr(code))]
    assert len(taken) > 30_000 and text_gate._CLEAN.fullmatch("\n")
    for char in taken:
        assert text_gate._KINDS[ord(char)] in "aspHdLb", ascii(char)
        composed = unicodedata.normalize("NFC", f"\u1112{char}\u0915")  # and it composes with no neighbour
        assert composed == f"\u1112{char}\u0915", ascii(char)


# ---- properties -----------------------------------------------------------------------------------------------

ODD = st.sampled_from(
    "a1 #\n\t\r\x85\x00\x1b\x7f\x9b\u2028\u0301\u0323\u0327\u0344\u20e3\ufe0f\ufe01\U000e0100\U000e0061\u200b\u200c\u200d\u180e"
    "\u180b\u202e\u2069\ud800\udc00\ue000\u0378\uffff\u1e69\u0958\u0915\u094d\u093c\u0951\u09b0\u09cd\u09af\u0ccb\u0ddd\u0628"
    "\u0627\u0653\u064e\u0651\u101c\u103b\u103e\u1031\u0f40\u0f71\u0f72\u1100\u1161\u11a8\uac00\u1820\u2800\u280d\u6f22\u212b"
    "\u2764\U0001f44d\U0001f3fd\U0001f468\U0001f1ea\U0001d160\U0001fa77\u06dd\u3164\u2adc"
)
PARTS = st.one_of(
    ODD, st.text(st.characters(), max_size=6), st.sampled_from(HOSTILE).map(lambda text: text[:60])
)
MIXED = st.lists(PARTS, max_size=24).map("".join)


@settings(max_examples=400, deadline=None, database=None)
@given(MIXED)
def test_any_text_comes_out_safe_and_stays_as_it_is(raw: str) -> None:
    check(raw)


@settings(max_examples=300, deadline=None, database=None)
@given(MIXED, st.integers(8, 40), st.integers(1, 6))
def test_any_text_under_small_caps_and_page_by_page(raw: str, max_chars: int, max_lines: int) -> None:
    check(raw, max_chars=max_chars, max_lines=max_lines)
    for page in pages(raw, max_chars, max_lines):
        assert faults(page.text) == []
        assert len(page.text) <= max_chars and page.text.count("\n") < max_lines
