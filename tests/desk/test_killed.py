"""Twenty times kill -9 at a random moment while answering: nothing that was taken on is lost, nothing doubled."""

from __future__ import annotations

import random
import time
from pathlib import Path

from tests.desk import offspring
from tests.desk.desk_at_hand import sitting, until
from tests.nursery import nursery
from tests.store.record_at_hand import FakeClock, said

from careconsole.desk.opening import NOT_SENT
from careconsole.store import events

KILLS = 20


async def wait_for_more(taken_on: Path) -> None:
    """Wait until another reply was taken on."""
    before = taken_on.stat().st_size if taken_on.exists() else 0
    await until(lambda: taken_on.exists() and taken_on.stat().st_size > before)


async def test_nothing_is_lost_and_nothing_is_doubled(home: Path, clock: FakeClock, tmp_path: Path) -> None:
    net, chance = tmp_path / "network", random.Random(7)
    async with sitting(home, clock) as ana:
        await ana.take_in(*[said(f"m{n}", f"c{n}", minute=-n) for n in range(600)])
    with nursery("tests.desk.offspring") as children:
        for life in range(KILLS):
            words = (str(home), str(net), life, 130.0 * life, False)
            pid = children.start("tests.desk.offspring", "answer_until_killed", *words)
            await wait_for_more(net.with_name("taken-on"))
            time.sleep(0.04 * chance.random())
            assert children.kill(pid) == -9
        words = (str(home), str(net), 99, 130.0 * KILLS, True)
        pid = children.start("tests.desk.offspring", "answer_until_killed", *words)
        assert children.wait(pid) == 0
    posts = offspring.posts(net)
    answered = list(posts.values())
    assert len(set(answered)) == len(answered), "a message was answered twice"
    async with sitting(home, clock) as ana:
        await ana.check()
        rows = await ana.ask(
            "SELECT o.id, o.state, o.idempotency_key, m.external_id, o.reason, o.conversation_id FROM outbox o "
            "JOIN message m ON m.id = o.reply_to_id ORDER BY o.id"
        )
        drafts = dict(await ana.ask("SELECT conversation_id, not_sent FROM draft"))
        for _, state, key, external_id, reason, conversation in rows:
            if state == "sent":
                assert posts.pop(key) == external_id
            else:
                has_crashed = state == "failed" and "the program ended" in reason
                assert has_crashed or (state, reason) == ("cancelled", NOT_SENT)
                assert key not in posts
                assert conversation in drafts or external_id in answered
        assert posts == {}, "posted without being written down"
        taken_on = [int(line) for line in net.with_name("taken-on").read_text("ascii").splitlines()]
        assert set(taken_on) <= {row[0] for row in rows}
        assert len(taken_on) >= KILLS
        assert await ana.store.read(events.first_fault) == ""
