"""Who may come in: the name under which we are reached, the token in the address, and whose page asks."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field

from careconsole.model.web_address import WebAddress

TOKEN_BYTES = 32
SOCKET = "ws"
"""What the page calls to have the wall shown."""
NOT_HERE = (
    "This wallboard answers only under the address at which it was started. Open the address that it printed."
)
NO_TOKEN = "This wallboard wants the token in the address. Open the whole address that it printed when it was started."
NOT_OURS = "This wallboard talks to its own page only."


@dataclass(frozen=True, slots=True)
class Refused:
    """Nobody gets in; a sentence says why."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the page is asked for, without the token: empty for the page itself, None where its `/` is missing."""

    name: str | None


def new_token() -> str:
    """A token that nobody can guess, made of letters that an address may hold."""
    return secrets.token_urlsafe(TOKEN_BYTES)


@dataclass(frozen=True, slots=True)
class Door:
    """The address that is served, and the token without which nobody is let in; empty on loopback."""

    address: WebAddress
    token: str = field(default="", repr=False)
    own_name: str = ""
    """What this machine is called."""

    def ask(self, path: str, host: str | None, origin: str | None) -> Asked | Refused:
        """What a request gets, by the path it asks for and its Host and Origin headers.

        A browser says the Origin of every page that opens a socket, and a name that was pointed at this machine
        to get round that stands in Host.
        """
        if host is None or not self.address.is_reached_as(host, self.own_name):
            return Refused(NOT_HERE)
        name = self._behind_token(path)
        if isinstance(name, Refused):
            return name
        if origin is None:
            return Refused(NOT_OURS) if name == SOCKET else Asked(name)
        if origin.lower() not in (f"http://{host.lower()}", f"https://{host.lower()}"):
            return Refused(NOT_OURS)
        return Asked(name)

    def _behind_token(self, path: str) -> str | Refused | None:
        rest = path.removeprefix("/")
        if not self.token:
            return rest
        given, slash, name = rest.partition("/")
        if not hmac.compare_digest(given.encode("utf-8", "replace"), self.token.encode()):
            return Refused(NO_TOKEN)
        return name if slash else None
