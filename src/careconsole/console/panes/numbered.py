"""Links and attachments of a thread, numbered in their order; a number once given stays with what it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from careconsole.model.links import Link, link_to, links_in
from careconsole.model.message import Attachment
from careconsole.model.text_gate import MAX_CHARS, safe_line
from careconsole.store.rows import ThreadEntry

LONG_HOST = 40
"""Of a longer host the end, which says whose it is, is shown first."""
ALT_CHARS = 600


@dataclass(frozen=True, slots=True)
class Numbered:
    """A link or an attachment with its number in the thread."""

    number: int
    link: Link | None
    """Where it leads; None for an attachment without an address that can be opened."""
    attachment: Attachment | None = None

    @property
    def words(self) -> str:
        """What it is, on one line, safe to print; our own words first."""
        return f"[{self.number}] {_link_words(self.link) if self.attachment is None else _attachment_words(self.attachment)}"


class Numbers:
    """The numbers of one thread."""

    def __init__(self) -> None:
        self._of_entry: dict[str, dict[object, int]] = {}
        self._last = 0

    def open(self, entries: Sequence[ThreadEntry]) -> None:
        """Another thread: count from 1, from its beginning."""
        self._of_entry, self._last = {}, 0
        self.take_in(entries)

    def take_in(self, entries: Sequence[ThreadEntry]) -> None:
        """What is new gets the next numbers."""
        for entry in entries:
            if entry.attachments or "://" in entry.text:
                known = self._of_entry.setdefault(entry.key, {})
                for name, _, _ in _named(entry):
                    if name not in known:
                        self._last += 1
                        known[name] = self._last

    def of(self, entry: ThreadEntry) -> tuple[Numbered, ...]:
        """What there is to open beside an entry."""
        known = self._of_entry.get(entry.key)
        if known is None:
            return ()
        return tuple(
            Numbered(known[name], link, attachment)
            for name, link, attachment in _named(entry)
            if name in known
        )


def _named(entry: ThreadEntry) -> Iterator[tuple[object, Link | None, Attachment | None]]:
    """What stands beside an entry, each with a name that it keeps through edits: attachments, then links."""
    for place, attachment in enumerate(entry.attachments):
        yield (place, attachment.type, attachment.alt), link_to(attachment.url), attachment
    for link in links_in(entry.text[:MAX_CHARS]):
        yield link.address, link, None


def _link_words(link: Link | None) -> str:
    if link is None:
        return ""
    host = f"on \u2026{link.host[-LONG_HOST:]}: " if len(link.host) > LONG_HOST else ""
    written = (
        f"written {safe_line(link.written, max_chars=LONG_HOST).text}, leads to " if link.written else ""
    )
    return f"{written}{host}{link.address}"


def _attachment_words(attachment: Attachment) -> str:
    kind = safe_line(attachment.type, max_chars=40).text.strip() or "attachment"
    sizes = [*_pixels(attachment), *_bytes(attachment)]
    size = f" ({', '.join(sizes)})" if sizes else ""
    alt = safe_line(attachment.alt, max_chars=ALT_CHARS)
    return f"{kind}{size}: {alt.text}" if alt.text.strip() else f"{kind}{size}, no alt text"


def _pixels(attachment: Attachment) -> Iterator[str]:
    if attachment.width and attachment.height:
        yield f"{attachment.width}x{attachment.height}"


def _bytes(attachment: Attachment) -> Iterator[str]:
    size = attachment.bytes
    if size is not None:
        unit, word = next((each for each in _UNITS if size >= each[0]), (1, "bytes"))
        yield (
            f"{size / unit:,.1f} {word}"
            if unit > 1_000 and size < 10 * unit
            else f"{size / unit:,.0f} {word}"
        )


_UNITS = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB"))
