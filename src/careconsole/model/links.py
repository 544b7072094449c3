"""Links in a text: where each one really leads, in plain ASCII, whatever the text around it says.

An address is taken apart once and put together anew, so that what is shown is what a browser gets: the host in
punycode, no name or password before it, nothing but printable ASCII behind it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

MAX_LINKS = 20
"""Of one text; the others are read in the text itself."""
MAX_ADDRESS = 2_000
"""Characters of an address; a longer one is no link of ours."""

_SAFE = "!$&'()*+,;=:@/?~%-._[]"
_ADDRESS = re.compile(
    r"https?://[^\s<>\"\\^`{|}\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u206f]+", re.I
)
_TAIL = ".,;:!?'\u2019\u201d\u00bb\u3002\uff0c\u3001\uff01\uff1f\uff09\u300d\u300f\u2026*_~"
_SENTENCE = re.compile("[\u3001\u3002\uff01\uff08\uff09\uff0c\uff1b\uff1f\u300c-\u300f]")
"""Behind an address in a script without blanks the sentence goes on at these signs."""
_PAIRS = {")": "(", "]": "["}
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_IPV6 = re.compile(r"[0-9a-f:.]{2,45}")


@dataclass(frozen=True, slots=True)
class Link:
    """An address that can be opened: http or https, in ASCII."""

    address: str
    host: str
    """Of the address, in punycode."""
    written: str = ""
    """The host as the text writes it, where that is something else."""


def links_in(text: str) -> tuple[Link, ...]:
    """The links of a text in their order, each address once, at most MAX_LINKS."""
    found: dict[str, Link] = {}
    if "://" not in text:
        return ()
    for match in _ADDRESS.finditer(text):
        link = link_to(_without_tail(match.group()))
        if link is not None:
            found.setdefault(link.address, link)
        if len(found) == MAX_LINKS:
            break
    return tuple(found.values())


def link_to(address: str) -> Link | None:
    """The link of an address; None if it is no http or https address with a host, or longer than MAX_ADDRESS."""
    address = address.strip()
    if len(address) > MAX_ADDRESS or not _ADDRESS.fullmatch(address):
        return None
    try:
        parts = urlsplit(address)
        port = parts.port
        host = _ascii_host(parts.hostname or "")
        path, query, fragment = (
            quote(part, safe=_SAFE) for part in (parts.path, parts.query, parts.fragment)
        )
    except ValueError:
        return None
    if not host:
        return None
    place = f"[{host}]" if ":" in host else host
    rest = f"{path or '/'}{'?' + query if query else ''}{'#' + fragment if fragment else ''}"
    whole = f"{parts.scheme.lower()}://{place}{'' if port is None else f':{port}'}{rest}"
    return Link(whole, host, _written(parts, host)) if len(whole) <= 3 * MAX_ADDRESS else None


def _written(parts: SplitResult, host: str) -> str:
    """What stands where the host should, if a reader could take it for another one."""
    before_path = parts.netloc
    plain = before_path.rpartition("@")[2].partition(":")[0].lower().rstrip(".")
    return "" if "@" not in before_path and (plain == host or ":" in host) else before_path


def _ascii_host(host: str) -> str:
    """A host name in punycode, as browsers read it; empty if it is none."""
    host = unicodedata.normalize("NFKC", host).lower().replace("\u3002", ".").rstrip(".")
    if ":" in host:
        return host if _IPV6.fullmatch(host) else ""
    labels = [_ascii_label(label) for label in host.split(".")]
    return ".".join(labels) if all(labels) and len(host) <= 253 else ""


def _ascii_label(label: str) -> str:
    if not label.isascii():
        if any(unicodedata.category(char)[0] in "CZ" for char in label):
            return ""
        label = f"xn--{label.encode('punycode').decode('ascii')}"
    return label if _LABEL.fullmatch(label) else ""


def _without_tail(address: str) -> str:
    """An address without the sentence that goes on behind it; a bracket stays if it was opened inside."""
    if sentence := _SENTENCE.search(address, address.find("/", len("https://")) + 1 or len(address)):
        address = address[: sentence.start()]
    while address:
        last = address[-1]
        closes = last in _PAIRS and address.count(last) > address.count(_PAIRS[last])
        if not (last in _TAIL or closes):
            break
        address = address[:-1]
    return address
