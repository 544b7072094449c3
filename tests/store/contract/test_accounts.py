"""Our accounts, where their polling goes on, and how it fares."""

from __future__ import annotations

from tests.store.record_at_hand import Record, at_us, said

from careconsole.model.reply import Limits
from careconsole.store import accounts


async def test_an_account_is_kept_as_it_was_added(record: Record) -> None:
    limits = Limits(500, 23, True)
    added = await record.act(
        accounts.add,
        name="toot",
        network="mastodon",
        url="https://social.example",
        token_file="/etc/token",
        handle="shop@social.example",
        limits=limits,
        poll_every_s=15.0,
    )
    [shop, toot] = await record.store.read(accounts.all_accounts)
    assert (shop.name, toot.name, toot.id) == ("shop", "toot", added)
    assert (toot.network, toot.url, toot.token_file) == ("mastodon", "https://social.example", "/etc/token")
    assert (toot.handle, toot.limits, toot.poll_every_s) == ("shop@social.example", limits, 15.0)
    assert (toot.last_good_us, toot.failures, toot.last_error, toot.keeps_keys) == (None, 0, "", False)
    assert await record.store.read(lambda tx: accounts.find(tx, "toot")) == (added, "mastodon")
    assert await record.store.read(lambda tx: accounts.find(tx, "tooth")) is None


async def test_a_name_is_given_once(record: Record) -> None:
    assert await record.act(accounts.add, name="shop", network="mastodon") is None
    assert len(await record.store.read(accounts.all_accounts)) == 1


async def test_how_the_polling_fares_is_written_where_all_can_see(record: Record, other: Record) -> None:
    account_id = await record.account()
    await record.act(accounts.poll_failed, account_id, "no answer")
    await record.act(accounts.poll_failed, account_id, "still no answer")
    [seen] = await other.store.read(accounts.all_accounts)
    assert (seen.failures, seen.last_error, seen.last_good_us) == (2, "still no answer", None)
    record.clock.pass_s(60)
    await record.act(accounts.poll_worked, account_id, Limits(300), 5.0)
    [seen] = await other.store.read(accounts.all_accounts)
    assert (seen.failures, seen.last_error, seen.last_good_us) == (0, "", at_us(1))
    assert (seen.limits, seen.poll_every_s) == (Limits(300), 5.0)


async def test_the_cursor_goes_with_what_it_brought(record: Record) -> None:
    account_id = await record.account()
    assert await record.store.read(lambda tx: accounts.cursor(tx, account_id)) is None
    for state in ('{"min_id": "1"}', '{"min_id": "2"}'):
        await record.act(accounts.move_cursor, account_id, state)
    assert await record.store.read(lambda tx: accounts.cursor(tx, account_id)) == '{"min_id": "2"}'


async def test_what_waits_on_an_account_is_counted(record: Record) -> None:
    await record.arrive(said("m1"), said("m2", "dan"))
    await record.account("other")
    found = await record.store.read(accounts.all_accounts)
    assert {each.name: each.open_conversations for each in found} == {"shop": 2, "other": 0}
