"""Which addresses we speak to: https everywhere, http only with this machine."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from careconsole.channels.contract import ChannelError


def server_address(url: str) -> str:
    """The address of a server as `scheme://host[:port]`; raises ChannelError with what is wrong.

    http is accepted for loopback addresses only. A path other than `/`, a user name, a query or a fragment is
    refused.
    """
    fault = _fault(url)
    if fault:
        raise ChannelError(f"{ascii(url)[1:-1][:200]} cannot be the address of a server: {fault}")
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def is_this_machine(url: str) -> bool:
    """Whether a URL names this machine: 127.0.0.0/8, ::1 or localhost."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _fault(url: str) -> str:
    if not url.isprintable() or " " in url or "\\" in url:
        return "it holds a space or a character that no address has"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "it is not a URL"
    if parts.scheme not in ("http", "https"):
        return "it must begin with https://"
    if not parts.hostname or port == 0:
        return "the name of the server is missing"
    if parts.username is not None or parts.password is not None:
        return "it must not hold a user name; the token has its own file"
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        return "only the server is named, as in https://social.example"
    if parts.scheme == "http" and not is_this_machine(url):
        return "http is for this machine only; use https://"
    return ""
