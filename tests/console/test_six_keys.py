"""From "next" to "sent and next" with a prepared answer: six keys, apart from letters of a search."""

from __future__ import annotations

from pathlib import Path

from tests.console.desk_at_hand import AtHand, console_at_hand, line

from careconsole.desk import reading
from careconsole.model.reply import OutboxState

ANSWER = 'title = "Where a parcel is"\nbody = "It comes on Friday, says the driver."\ntriggers = ["where is my parcel"]\n'
PARCELS = [line(f"m{n}", f"customer{n}", "Where is my parcel?", 60 - n) for n in range(1, 4)]
MOST = 6


async def counted(at: AtHand, *keys: str) -> int:
    """Press them; how many there were."""
    await at.press(*keys)
    return len(keys)


async def test_six_keys_from_next_to_sent_and_next(tmp_path: Path) -> None:
    (tmp_path / "snippets").mkdir()
    (tmp_path / "snippets" / "parcel.toml").write_text(ANSWER, encoding="utf-8")
    settings = "[snippets]\nbuiltin = false\n"
    async with console_at_hand(tmp_path, PARCELS, settings=settings) as at:
        keys = await counted(at, "p", "r", "f3")
        await at.until(lambda: "Where a parcel is" in at.picture, "the answer before a letter of a search")
        keys += await counted(at, "enter", "f2", "Y")
        assert keys <= MOST
        [row] = await reading.outbox(at.desk)
        assert (row.state, row.text) == (OutboxState.HELD, "It comes on Friday, says the driver.")
        mine = {handle for handle, row in (await at.rows()).items() if row.claimed_by == "ana"}
        assert "customer2" in mine, "the next one is open"
        assert at.screen.thread.conversation_id == (await at.row("customer2")).id
