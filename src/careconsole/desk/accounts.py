"""Connect an account of a network: check its token file and credentials first, save nothing if they fail."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from careconsole.desk.allowing import needs
from careconsole.desk.desk import Desk
from careconsole.model.reply import Limits
from careconsole.model.rights import Verb
from careconsole.store import accounts
from careconsole.store.contract import Tx


@dataclass(frozen=True, slots=True)
class Added:
    """The account is here."""

    name: str
    handle: str


@dataclass(frozen=True, slots=True)
class NameTaken:
    """There is an account of this name already; nothing was saved."""

    name: str


@dataclass(frozen=True, slots=True)
class ConnectedAlready:
    """The account at the network is connected under this name, and would bring every message twice."""

    name: str
    handle: str


@needs(Verb.ADD_ACCOUNT)
async def add_mastodon(
    desk: Desk, name: str, url: str, token_file: Path
) -> Added | NameTaken | ConnectedAlready:
    """Connect a Mastodon account. Raises ChannelError with a sentence; then nothing is saved."""
    from careconsole.channels.mastodon.address import server_address
    from careconsole.channels.mastodon.channel import MastodonChannel
    from careconsole.channels.secret import read_token

    channel = MastodonChannel(name, url, read_token(token_file), now=desk.now)
    try:
        verified = await channel.verify()
        limits: Limits = channel.limits
    finally:
        await channel.aclose()
    address = server_address(url)

    async def body(tx: Tx) -> Added | NameTaken | ConnectedAlready:
        for each in await accounts.all_accounts(tx):
            if each.name != name and (each.network, each.url) == ("mastodon", address):
                if each.handle.casefold() == verified.handle.casefold():
                    return ConnectedAlready(each.name, each.handle)
        added = await accounts.add(
            tx,
            name=name,
            network="mastodon",
            url=address,
            token_file=str(token_file.absolute()),
            handle=verified.handle,
            limits=limits,
        )
        return NameTaken(name) if added is None else Added(name, verified.handle)

    return await desk.store.write(body)
