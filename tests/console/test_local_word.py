"""The title bar says LOCAL where an account speaks http to this machine."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.console.desk_at_hand import console_at_hand

from careconsole.store import accounts


@pytest.mark.parametrize(
    ("url", "is_local"),
    [("http://127.0.0.1:3000", True), ("http://[::1]:3000", True), ("https://social.example", False)],
)
async def test_the_title_bar_says_local_for_an_account_without_https(
    tmp_path: Path, url: str, is_local: bool
) -> None:
    async with console_at_hand(tmp_path) as at:
        assert "LOCAL" not in at.screen.title_bar.plain
        await at.desk.store.write(lambda tx: accounts.add(tx, name="care", network="mastodon", url=url))
        at.screen.look_around()
        await at.until(lambda: any(each.url == url for each in at.screen.accounts), "the account")
        await at.settle()
        await at.until(lambda: (" LOCAL " in at.screen.title_bar.plain) is is_local, "the word")
        assert at.screen.title_bar.plain.lstrip().startswith("careconsole · ana")
