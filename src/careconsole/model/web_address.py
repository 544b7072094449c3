"""Where a page is served: the address as it is typed, and which names a browser may reach it under."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

DEFAULT_PORT = 8730
LOOPBACK = "127.0.0.1"
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?")
_LARGEST_PORT = 65535


class WebAddressError(ValueError):
    """It is no address to serve at; the sentence says why."""


@dataclass(frozen=True, slots=True)
class WebAddress:
    """A host and a port to serve at; port 0 lets the machine choose."""

    host: str = LOOPBACK
    port: int = DEFAULT_PORT

    @property
    def is_loopback(self) -> bool:
        """Whether nobody but this machine can reach it."""
        number = _number(self.host)
        return number is not None and number.is_loopback

    @property
    def is_everywhere(self) -> bool:
        """Whether it stands for every address of this machine."""
        number = _number(self.host)
        return number is not None and number.is_unspecified

    def is_reached_as(self, host: str, own_name: str) -> bool:
        """Whether the Host header of a request names this address, and not a name that somebody else points at it.

        The port is not looked at: a tunnel has another one. `own_name`: what this machine is called.
        """
        name = _host_of(host)
        number = _number(name)
        if name == self.host.lower():
            return True
        if self.is_loopback:
            return name == "localhost" or (number is not None and number.is_loopback)
        return self.is_everywhere and (number is not None or name in ("localhost", own_name.lower()))

    def page(self, token: str = "", own_name: str = "") -> str:
        """What is typed into a browser; `own_name` stands for this machine where it serves at every address."""
        host = own_name if self.is_everywhere and own_name else self.host
        bracketed = f"[{host}]" if ":" in host else host
        return f"http://{bracketed}:{self.port}/{token}{'/' if token else ''}"


def read_web_address(text: str) -> WebAddress:
    """An address typed as HOST:PORT, HOST or PORT. Raises WebAddressError."""
    if text.isascii() and text.isdigit():
        return WebAddress(port=_port(text))
    if text.startswith("["):
        host, closed, rest = text[1:].partition("]")
        if not closed or (rest and not rest.startswith(":")):
            raise WebAddressError(f"{text!a} is not HOST:PORT, such as [::1]:{DEFAULT_PORT}")
        return WebAddress(_host(host, text, in_brackets=True), _port(rest[1:]) if rest else DEFAULT_PORT)
    if text.count(":") > 1:
        return WebAddress(_host(text, text, in_brackets=True))
    host, colon, port = text.partition(":")
    return WebAddress(_host(host, text), _port(port) if colon else DEFAULT_PORT)


def _host(host: str, typed: str, *, in_brackets: bool = False) -> str:
    name = host.lower()
    number = _number(name)
    if number is not None and (number.version == 6) is in_brackets:
        return str(number)
    if in_brackets or not _NAME.fullmatch(name) or name.rpartition(".")[2].isdigit():
        raise WebAddressError(
            f"{typed!a} is not HOST:PORT, such as {LOOPBACK}:{DEFAULT_PORT}; 0.0.0.0 is every address"
        )
    return LOOPBACK if name == "localhost" else name


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6) or int(text) > _LARGEST_PORT:
        raise WebAddressError(f"{text!a} is not a port, which is a number from 0 to {_LARGEST_PORT}")
    return int(text)


def _host_of(header: str) -> str:
    """The name in a Host header, without port and brackets."""
    if header.startswith("["):
        return header[1:].partition("]")[0].lower()
    return header.partition(":")[0].lower()


def _number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return None if "%" in host else ipaddress.ip_address(host)
    except ValueError:
        return None
