"""The text of a TOML file, and at which line something in it is wrong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

_AT_LINE = re.compile(r" ?\(at (?:line (\d+), column \d+|end of document)\)$")
_TABLE = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?$")
_LONG_STRING = re.compile(r'"""|' + "'''")


class TomlError(ValueError):
    """Something in a TOML file is wrong; `line` counts from 1, `reason` is a sentence's worth without place."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class TomlText:
    """What a TOML file says, and where it says it."""

    values: dict[str, object]
    lines: tuple[str, ...]

    @classmethod
    def parse(cls, raw: bytes) -> TomlText:
        """The file's bytes read as TOML; TomlError names the line where that fails."""
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            raise TomlError(line, "this is not UTF-8 text; save the file as UTF-8") from None
        lines = tuple(text.split("\n"))
        try:
            return cls(tomllib.loads(text), lines)
        except tomllib.TOMLDecodeError as error:
            said = str(error)
            place = _AT_LINE.search(said)
            line = int(place[1]) if place and place[1] else _last_line(lines)
            raise TomlError(line, f"this is not TOML: {_AT_LINE.sub('', said)}") from None
        except RecursionError:
            raise TomlError(1, "this is not TOML: it is nested too deeply") from None

    def line_of(self, key: str, table: str = "") -> int:
        """The line on which a key of a table is set; the table's own line, or 1, where it is not found."""
        found = 1
        pattern = re.compile(rf"""\s*(?:{re.escape(key)}|"{re.escape(key)}"|'{re.escape(key)}')\s*[=.]""")
        within = ""
        for number, line in self._outside_long_strings():
            if header := _TABLE.match(line):
                within = header[1].strip("\"'")
                if within == (table or key):
                    found = number
            elif within == table and pattern.match(line):
                return number
        return found

    def fault(self, reason: str, key: str, table: str = "") -> TomlError:
        """The error that names the line of a key."""
        return TomlError(self.line_of(key, table), reason)

    def refuse_unknown(self, values: Collection[str], known: Collection[str], table: str = "") -> None:
        """Raise TomlError for the first key that is not known, with the nearest known one."""
        for key in values:
            if key not in known:
                raise self.fault(unknown(key, known), key, table)

    def _outside_long_strings(self) -> Iterator[tuple[int, str]]:
        inside = False
        for number, line in enumerate(self.lines, start=1):
            if not inside:
                yield number, line
            inside ^= len(_LONG_STRING.findall(line)) % 2 == 1


def unknown(key: str, known: Collection[str], what: str = "key") -> str:
    """The words that refuse a key: `unknown key "tittle"; did you mean "title"?`."""
    near = get_close_matches(key, known, n=1, cutoff=0.5)
    if near:
        return f'unknown {what} "{_shown(key)}"; did you mean "{near[0]}"?'
    return f'unknown {what} "{_shown(key)}"; known are {", ".join(sorted(known))}'


def _shown(key: str) -> str:
    clean = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in key)
    return clean if len(clean) <= 60 else clean[:59] + "…"


def _last_line(lines: tuple[str, ...]) -> int:
    return max(1, len(lines) - (lines[-1] == ""))
