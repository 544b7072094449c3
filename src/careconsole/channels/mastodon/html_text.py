"""The HTML of a status as plain text: paragraphs, lines, whole links, whole handles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

HTML_LIMIT = 50_000
"""Characters of HTML that are read; a status has a few thousand. The rest is marked as cut."""
CUT_MARK = "\n[...]"

_PARAGRAPHS = frozenset(
    "p div blockquote ul ol dl pre table section article header footer h1 h2 h3 h4 h5 h6".split()
)
_LINES = frozenset("li tr dt dd".split())
_HIDDEN = frozenset("script style template head title iframe object noscript rp".split())
_VOID = frozenset("br img hr wbr input meta link source area base col embed track".split())
_TAG = re.compile(r"""<(?:/?[a-zA-Z](?:[^<>"']++|"[^"]*+"|'[^']*+')*|[!?][^<>]*+)>""")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_DEPTH_LIMIT = 64


def html_to_text(html: str, handles: Mapping[str, str] | None = None) -> str:
    """The text that a reader of the HTML sees, with links in full; never raises.

    `handles` maps the address of a mention to its handle without @, so that `@bob` of another server reads
    `@bob@other.example`. A link whose words are something else than its address shows both.
    """
    reader = _Reader(handles or {})
    for is_tag, token in _tokens(html[:HTML_LIMIT]):
        if is_tag:
            reader.feed_tag(token)
        else:
            reader.handle_data(unescape(token))
    return reader.text() + (CUT_MARK if len(html) > HTML_LIMIT else "")


def _tokens(html: str) -> Iterator[tuple[bool, str]]:
    """The HTML cut into tags and text in linear time; comments are left out, a lone `<` is text.

    The standard parser, given all at once, spends minutes on a hundred thousand characters of unclosed tags.
    """
    text_from = position = 0
    last_comment_end = html.rfind("-->")
    while (start := html.find("<", position)) >= 0:
        if html.startswith("<!--", start) and start + 4 <= last_comment_end:
            end = html.find("-->", start + 4) + 3
        elif found := _TAG.match(html, start):
            end = found.end()
        else:
            position = start + 1
            continue
        yield False, html[text_from:start]
        yield True, html[start:end]
        text_from = position = end
    yield False, html[text_from:]


@dataclass(slots=True)
class _Link:
    """An anchor while it is open."""

    href: str
    is_name: bool
    """A mention or a hashtag: its words count, not its address."""
    whole: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Gathers text; knows which tags are open, but only down to a bounded depth."""

    def __init__(self, handles: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self._handles = handles
        self._parts: list[str] = []
        self._open: list[tuple[str, bool]] = []
        """Open tags, each with whether it hides what is inside."""
        self._hidden = 0
        self._pre = 0
        self._link: _Link | None = None
        self._numbers: list[int | None] = []
        """Next number of each open list; None in one with dashes."""

    def feed_tag(self, tag: str) -> None:
        """Read one whole tag; what the standard parser does not take for one is passed over."""
        if tag[1] not in "!?":
            self.feed(tag)
            self.rawdata = ""

    def text(self) -> str:
        """What was gathered, with at most one empty line between paragraphs."""
        self._close_link()
        lines = [line.rstrip(" \t") for line in "".join(self._parts).split("\n")]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        classes = values.get("class", "").split()
        if tag in _VOID:
            self._void(tag, values)
            return
        if tag == "a":
            self._close_link()
            self._link = _Link(values.get("href", ""), bool({"mention", "hashtag"} & set(classes)))
        hides = tag in _HIDDEN or (tag != "a" and "invisible" in classes)
        if len(self._open) < _DEPTH_LIMIT:
            self._open.append((tag, hides))
            self._hidden += hides
        self._begin(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A closing slash means nothing in HTML."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not any(name == tag for name, _ in self._open):
            return
        while self._open:
            name, hides = self._open.pop()
            self._hidden -= hides
            self._end(name)
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        text = data if self._pre else _SPACES.sub(" ", data)
        if self._link is not None:
            self._link.whole.append(text)
            if not self._hidden:
                self._link.shown.append(text)
        elif not self._hidden:
            self._put(text)

    def _put(self, text: str) -> None:
        """Add text; a space at the beginning of a line is none."""
        last = self._parts[-1] if self._parts else "\n"
        if text.startswith(" ") and not self._pre and last.endswith(("\n", " ")):
            text = text[1:]
        if text:
            self._parts.append(text)

    def _void(self, tag: str, values: dict[str, str]) -> None:
        if self._hidden:
            return
        if tag == "br":
            self._put("\n")
        elif tag == "hr":
            self._put("\n\n")
        elif tag == "img":
            self.handle_data(values.get("alt") or values.get("title", ""))

    def _begin(self, tag: str) -> None:
        self._break(self._end_of_line(tag))
        if tag in ("ul", "ol"):
            self._numbers.append(1 if tag == "ol" else None)
        elif tag == "pre":
            self._pre += 1
        elif tag == "li":
            self._put(self._bullet())

    def _end(self, tag: str) -> None:
        if tag == "a":
            self._close_link()
        if tag in ("ul", "ol") and self._numbers:
            self._numbers.pop()
        self._break(self._end_of_line(tag))
        if tag == "pre" and self._pre:
            self._pre -= 1

    def _end_of_line(self, tag: str) -> str:
        """What stands before and after a block; a list in a list has no empty line around it."""
        if tag in ("ul", "ol") and self._numbers:
            return "\n"
        return "\n\n" if tag in _PARAGRAPHS else "\n" if tag in _LINES else ""

    def _bullet(self) -> str:
        if not self._numbers or self._numbers[-1] is None:
            return "- "
        self._numbers[-1] += 1
        return f"{self._numbers[-1] - 1}. "

    def _break(self, end: str) -> None:
        if not end:
            return
        self._close_link()
        if self._parts and not self._hidden and not self._parts[-1].endswith(end):
            self._parts.append(end)

    def _close_link(self) -> None:
        link, self._link = self._link, None
        if link is not None and not self._hidden:
            self._put(_link_text(link, self._handles))


def _link_text(link: _Link, handles: Mapping[str, str]) -> str:
    shown, whole = "".join(link.shown), "".join(link.whole)
    if link.is_name or link.href in handles:
        handle = handles.get(link.href)
        return f"@{handle}" if handle and shown.lstrip().startswith("@") else shown
    if _scheme(link.href) not in ("http", "https", "mailto"):
        return shown
    if _names(whole, link.href) or _names(shown, link.href):
        return link.href
    return f"{shown} ({link.href})" if shown.strip() else link.href


def _scheme(href: str) -> str:
    try:
        return urlsplit(href.strip()).scheme
    except ValueError:
        return ""


def _names(words: str, href: str) -> bool:
    """Whether the words of a link are its address, perhaps shortened at its end."""
    bare, target = _bare(words), _bare(href)
    if bare.endswith(("\u2026", "...")):
        start = bare.rstrip("\u2026.")
        return "/" in start and target.startswith(start)
    return bare == target


def _bare(address: str) -> str:
    """An address without scheme, www and closing slash, for comparing."""
    text = address.strip().casefold()
    for prefix in ("https://", "http://", "mailto:", "www."):
        text = text.removeprefix(prefix)
    return text.rstrip("/")
