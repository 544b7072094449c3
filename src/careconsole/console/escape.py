"""What the terminal sends, read so that Escape is always Escape and a paste is never keys."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.drivers import linux_driver
from textual.message import Message

ESCAPE = "\x1b"
SIGN_OF_ESCAPE = "\N{SYMBOL FOR ESCAPE}"
_OPENERS = frozenset("[OPNX]^_\\")
"""What begins a longer sequence of the terminal; such a letter stands for itself only if nothing follows it."""
_WORD_STEPS = frozenset("fb")
"""What terminals send behind Escape for a word to the right and to the left."""


class EscapeParser(XTermParser):
    """Textual's parser with two differences.

    Escape with another key right behind it is Escape and then that key: Textual makes one Alt key of both, or
    forgets the Escape. And an Escape within a paste stays in the paste: Textual makes keys of what follows it.
    """

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._is_paste = False
        self._recent = ""
        self._held = ""

    def feed(self, data: str) -> Iterable[Message]:
        """The messages that the next characters complete; no characters are the end."""
        kept = self._with_plain_pastes(data)
        return super().feed(kept) if kept or not data else ()

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        if alt:  # Textual has waited in vain for the rest of a sequence.
            return [events.Key("escape", ESCAPE), *super()._sequence_to_key_events(sequence)]
        if len(sequence) == 2 and sequence[0] == ESCAPE and sequence[1].isprintable():
            if sequence[1] in _OPENERS:
                return ()
            if sequence[1] not in _WORD_STEPS:
                return [events.Key("escape", ESCAPE), *super()._sequence_to_key_events(sequence[1])]
        return super()._sequence_to_key_events(sequence)

    def _with_plain_pastes(self, data: str) -> str:
        """The characters with every Escape within a paste shown as a sign, also where a read ends within it."""
        data, self._held = self._held + data, ""
        out: list[str] = []
        while data:
            if self._is_paste:
                words, end, data = data.partition(BRACKETED_PASTE_END)
                if not end:
                    words, self._held = _without_beginning(words, BRACKETED_PASTE_END)
                out += (words.replace(ESCAPE, SIGN_OF_ESCAPE), end)
                self._is_paste = not end
            else:
                before, start, _ = (self._recent + data).partition(BRACKETED_PASTE_START)
                taken = len(before) + len(start) - len(self._recent)
                out.append(data[:taken])
                data = data[taken:]
                self._is_paste = bool(start)
                self._recent = "" if start else before[1 - len(BRACKETED_PASTE_START) :]
        return "".join(out)


def _without_beginning(text: str, mark: str) -> tuple[str, str]:
    """A text without what may be the beginning of a mark at its end, and that."""
    for length in range(len(mark) - 1, 0, -1):
        if text.endswith(mark[:length]):
            return text[:-length], text[-length:]
    return text, ""


def part_escape() -> None:
    """From now on terminals are read with this parser. Textual offers no place for it: a test guards this one."""
    vars(linux_driver)["XTermParser"] = EscapeParser
