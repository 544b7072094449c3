"""The thread pane: what it says, that it does not move, and that nothing of it can be forged (F07, T8, T11)."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.console.harness import NOON, CountingDriver, FixedClock, Stage, queue_row
from tests.console.threads import entry, hostile_texts
from textual.strip import Strip

from careconsole.console.panes import message_block
from careconsole.console.panes.message_block import GUTTERS, Block, build_block
from careconsole.console.panes.story import Story
from careconsole.console.panes.thread import ThreadPane
from careconsole.console.reason_screen import resolve_question
from careconsole.model.instant import to_us
from careconsole.model.message import Direction, ParentPost, Visibility
from careconsole.model.reply import OutboxState
from careconsole.store.rows import MessageVersion, ThreadEntry

LONG = "word " * 60


def lines_of(pane: ThreadPane) -> list[str]:
    return [pane.render_line(y).text.rstrip() for y in range(pane.size.height)]


def build(entry: ThreadEntry, width: int, pages: int) -> Block:
    return build_block(entry, width, pages, today=NOON, zone=UTC)


def block_text(one: ThreadEntry, width: int = 90) -> str:
    return "\n".join(
        f"{line.gutter} {''.join(text for text, _ in line.pieces)}".rstrip()
        for line in build(one, width, 1).lines
    )


# ---- one message ------------------------------------------------------------------------------------------------


def test_a_customers_message_says_when_for_whose_eyes_and_last_who() -> None:
    assert block_text(entry(5, "Where is it?")) == "┌ 05:05 PUBLIC · @anak Ana K.\n│ Where is it?\n"


def test_times_of_another_day_carry_the_date() -> None:
    old = entry(5, at_us=entry(5).at_us - 24 * 3_600_000_000)
    older = entry(5, at_us=entry(5).at_us - 400 * 24 * 3_600_000_000)
    assert "03-03 05:05" in block_text(old)
    assert "2025-01-28 05:05" in block_text(older)


@pytest.mark.parametrize(
    ("visibility", "word"),
    [
        (Visibility.PUBLIC, " PUBLIC · "),
        (Visibility.UNLISTED, " PUBLIC unlisted · "),
        (Visibility.FOLLOWERS, " PUBLIC followers · "),
        (Visibility.DIRECT, " PRIVATE · "),
    ],
)
def test_the_visibility_is_a_word(visibility: Visibility, word: str) -> None:
    assert word in block_text(entry(1, visibility=visibility))


@pytest.mark.parametrize("state", list(OutboxState))
def test_the_state_of_our_reply_is_a_word(state: OutboxState) -> None:
    ours = entry(1, "On its way.", direction=Direction.OUT, author="ben", outbox_state=state)
    text = block_text(ours)
    assert text.startswith(f"┏ 05:01 PUBLIC · {state.value} · ben\n┃ ")
    assert ("not known whether it arrived - checking" in text) is (state is OutboxState.UNKNOWN)


def test_a_failed_reply_says_why() -> None:
    ours = entry(1, direction=Direction.OUT, outbox_state=OutboxState.FAILED, reason="422 too long")
    assert "┃ failed: 422 too long\n" in block_text(ours)


def test_notes_edits_deletions_and_foreign_clients_are_marked() -> None:
    edited = entry(1, "new", versions=(MessageVersion("old", entry(3).at_us),))
    assert (
        block_text(edited) == "┌ 05:01 PUBLIC · edited 05:03 · @anak Ana K.\n│ was until 05:03: old\n│ new\n"
    )
    gone = block_text(entry(1, "gone", deleted_us=entry(9).at_us))
    assert " · deleted 05:09 · @anak" in gone and "│ gone" in gone
    assert " · deleted 1970-01-01 00:00 · " in block_text(entry(1, "gone", deleted_us=5))
    before = block_text(entry(1, "new", edited_us=entry(4).at_us))
    assert before == "┌ 05:01 PUBLIC · edited 05:04 · @anak Ana K.\n│ new\n", "edited before it came here"
    elsewhere = entry(1, direction=Direction.OUT, author="support", elsewhere=True)
    assert " · answered elsewhere · support" in block_text(elsewhere)
    assert block_text(entry(1, "psst", is_note=True, author="ben")).startswith("┄ 05:01 NOTE · ben\n┆ psst")


def test_earlier_and_deleted_texts_are_struck_through() -> None:
    deleted = entry(1, "new", versions=(MessageVersion("old", 0),), deleted_us=1)
    assert [line.pieces[0][1] for line in build(deleted, 80, 1).lines[1:3]] == ["struck", "struck"]


def test_hidden_and_control_characters_are_counted_on_the_head_line() -> None:
    text = block_text(entry(1, "a\u202eb\u200bc\x1b[31md", author_name="An\u202ea"))
    assert " · 3 hidden characters · 1 control character · @anak Ana" in text
    assert " · 1 hidden character · @" in block_text(entry(1, "a\u202eb"))


def test_a_thousand_edits_show_the_newest_and_count_the_rest() -> None:
    versions = tuple(MessageVersion(f"try {n} " * 5000, n) for n in range(1000))
    block = build(entry(1, versions=versions), 80, 1)
    text = "\n".join(line.pieces[0][0] for line in block.lines if line.pieces)
    assert "try 999 " in text and "try 997 " in text and "try 996 " not in text
    assert "(997 earlier versions: O shows more)" in text
    assert len(block.lines) < 120


# ---- scrolling ------------------------------------------------------------------------------------------------------


def story_of(entries: list[ThreadEntry], width: int = 40, height: int = 10) -> Story:
    story = Story(build)
    story.resize(width, height)
    story.open(entries)
    return story


@given(st.integers(19, 60), st.integers(2, 12))
def test_of_a_thread_whose_end_came_first_the_rest_moves_and_announces_nothing(
    known: int, height: int
) -> None:
    entries = [entry(n, LONG[: 7 * n % 200] or "x", is_answered=n != 58) for n in range(1, 61)]
    early, whole = story_of(entries[-known:], height=height), story_of(entries, height=height)
    early.open(entries[-known:], skipped=60 - known)
    lines, first = early.view.lines, early.number(early.view.first)
    assert (lines, first) == (whole.view.lines, whole.number(whole.view.first))
    early.update(entries)
    assert (early.view.lines, early.number(early.view.first)) == (lines, first)
    assert (early.fresh_above(), early.fresh_below(), early.count) == ((0, 0), (0, 0), 60)
    assert early.note_seen() == 60
    early.update([*entries, entry(61)])
    assert early.fresh_below() == (1, 0)


def test_every_line_comes_by_once_from_the_first_to_the_last() -> None:
    entries = [entry(n, LONG[: 7 * n % 200] or "x") for n in range(1, 60)]
    everything = [line for one in entries for line in build(one, 40, 1).lines]
    story = story_of(entries)
    story.to_start()
    seen = list(story.view.lines)
    while story.move(1):
        seen.append(story.view.lines[-1])
    assert seen == everything
    assert story.is_at_end
    back = list(story.view.lines)
    while story.move(-1):
        back.insert(0, story.view.lines[0])
    assert back == everything


def test_pages_and_single_steps_lead_to_the_same_places() -> None:
    entries = [entry(n, LONG[: 7 * n % 200] or "x") for n in range(1, 60)]
    by_page, by_line = story_of(entries), story_of(entries)
    for story in (by_page, by_line):
        story.to_start()
    for page in (7, 9, 23, -4, -30, 100, 1000, -17):
        by_page.move(page)
        for _ in range(abs(page)):
            by_line.move(1 if page > 0 else -1)
        assert by_page.view == by_line.view


def test_it_opens_at_the_first_unanswered_message_when_that_is_near_the_end() -> None:
    entries = [entry(n) for n in range(1, 50)]
    entries += [entry(50 + n, LONG, is_answered=False) for n in range(3)]
    assert story_of(entries).view.lines[0].pieces[0][0].startswith("05:50")
    unread = [entry(n, is_answered=False) for n in range(1, 400)]
    assert story_of(unread).view.last == 398


def test_it_opens_at_the_head_of_a_newest_message_longer_than_the_window() -> None:
    story = story_of([entry(1), entry(2, LONG * 5)])
    assert story.view.lines[0].at_us == entry(2).at_us


def test_opening_5000_messages_wraps_only_what_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    wrapped = []
    real = message_block.wrap
    monkeypatch.setattr(message_block, "wrap", lambda safe, width: wrapped.append(1) or real(safe, width))
    entries = [entry(n, LONG[: n % 300] or "x") for n in range(1, 5001)]
    story = story_of(entries, 80, 40)
    assert len(story.view.lines) == 40
    assert len(wrapped) <= 60
    story.to_start()
    assert story.view.lines[0].at_us == entries[0].at_us
    assert len(wrapped) <= 120
    story.update([*entries, entry(5001)])
    assert len(wrapped) <= 180


# ---- arrivals ---------------------------------------------------------------------------------------------------------


def test_an_arrival_does_not_move_what_is_read_and_is_counted() -> None:
    entries = [entry(n, LONG) for n in range(1, 10)]
    story = story_of(entries)
    story.move(-5)
    before = story.view.lines
    story.update([*entries, entry(10), entry(11)])
    assert story.view.lines == before
    assert (story.fresh_above(), story.fresh_below()) == ((0, 0), (2, 0))
    story.update([*entries[:1], entry(12)._replace(at_us=entry(1).at_us), *entries[1:], entry(10), entry(11)])
    assert story.view.lines == before
    assert (story.fresh_above(), story.fresh_below()) == ((1, 0), (2, 0))
    story.to_end()
    story.note_seen()
    assert (story.fresh_above(), story.fresh_below()) == ((1, 0), (0, 0))


def test_who_reads_the_end_goes_on_reading_it_in_a_smaller_window_and_sees_the_own_reply() -> None:
    entries = [entry(n, LONG) for n in range(1, 10)]
    story = story_of(entries)
    story.to_end()
    story.resize(40, 6)
    assert story.is_at_end and story.view.last == 8
    story.resize(40, 10)
    assert story.is_at_end
    queued = entry(
        10, LONG, key="o7", message_id=None, direction=Direction.OUT, outbox_state=OutboxState.HELD
    )
    story.update([*entries, queued])
    assert story.is_at_end and story.view.last == 9
    story.move(-3)
    first = story.view.lines[0]
    story.resize(40, 6)
    assert story.view.lines[0] == first and not story.is_at_end


def test_our_own_reply_is_no_news_and_may_change_its_key_while_it_is_read() -> None:
    queued = entry(3, LONG, key="o7", message_id=None, direction=Direction.OUT, outbox_state=OutboxState.HELD)
    sent = queued._replace(key="m9", message_id=9, outbox_state=OutboxState.SENT)
    story = story_of([entry(1, LONG), entry(2, LONG)])
    story.update([entry(1, LONG), entry(2, LONG), queued])
    assert story.fresh_below() == (0, 0)
    story.to_end()
    story.update([entry(1, LONG), entry(2, LONG), sent])
    assert story.view.first == 1
    assert story.note_seen() == 3


def test_an_edit_or_a_deletion_out_of_view_is_unseen_until_it_comes_into_view() -> None:
    entries = [entry(n, LONG) for n in range(1, 10)]
    story = story_of(entries)
    assert story.note_seen() == 9
    edited = entry(1, "Forget it.")._replace(seq=10, version=2)
    gone = entry(9, LONG)._replace(seq=11, deleted_us=entry(9).at_us)
    story.update([edited, *entries[1:8], gone])
    story.note_seen()
    assert (story.fresh_above(), story.fresh_below()) == ((0, 1), (0, 0))
    assert story.note_seen() == 8, "the deletion is in view, the edit before it is not"
    story.to_start()
    assert story.note_seen() == 11
    assert story.fresh_above() == (0, 0)


def test_what_was_shown_elsewhere_is_seen_and_what_came_after_an_earlier_sitting_is_not() -> None:
    entries = [entry(n, LONG) for n in range(1, 10)]
    story = story_of(entries)
    story.count_as_unseen(1)
    assert story.note_seen() == 1
    assert story.fresh_above()[0] > 0
    story.count_as_seen(4)
    assert (story.note_seen() or 0) >= 4


def test_an_edit_is_shown_where_it_stands() -> None:
    entries = [entry(n, LONG) for n in range(1, 10)]
    story = story_of(entries)
    story.move(-3)
    top = story.view.lines[0]
    entries[8] = entries[8]._replace(text="short", versions=(MessageVersion(LONG, 0),))
    story.update(entries)
    assert any("edited" in text for line in story.view.lines for text, _ in line.pieces)
    assert story.view.lines[0] == top


def test_what_is_unseen_limits_what_counts_as_seen() -> None:
    entries = [entry(n, LONG) for n in range(1, 10)]
    story = story_of(entries)
    assert story.note_seen() == 9
    late = entry(12)._replace(at_us=entry(1).at_us)
    story.update([*entries[:1], late, *entries[1:], entry(13)])
    story.to_end()
    assert story.note_seen() == 9
    story.to_start()
    story.move(5)
    assert story.note_seen() == 13


def test_a_head_line_alone_is_not_seen() -> None:
    story = story_of([entry(1, "short")], height=3)
    story.update([entry(1, "short"), entry(2, "short")])
    story.move(1)
    assert story.view.lines[-1].at_us == entry(2).at_us
    assert story.note_seen() == 1
    story.move(1)
    assert story.note_seen() == 2


# ---- cut texts ------------------------------------------------------------------------------------------------------------


def test_a_key_shows_a_cut_text_page_by_page_to_its_end() -> None:
    text = "".join(f"{n:06d} " for n in range(9000))
    story = story_of([entry(1, text)], width=70)
    shown = 0
    while story.unfold():
        assert shown < 10
        shown += 1
        story.to_end()
    assert shown == 3
    story.to_start()
    words = []
    while True:
        words += [
            word for text, look in story.view.lines[0].pieces if look == "customer" for word in text.split()
        ]
        if not story.move(1):
            break
    words += [word for line in story.view.lines[1:] for text, _ in line.pieces for word in text.split()]
    assert words[0] == "000000" and words[-1] == "008999"
    assert len([word for word in words if word.isdigit() and len(word) == 6]) == 9000


def test_a_cut_text_says_how_much_is_missing() -> None:
    assert "│ (30,000 more characters: O shows more)" in block_text(entry(1, "x" * 50_000))


# ---- on the screen ---------------------------------------------------------------------------------------------------------


async def test_the_header_says_whose_eyes_who_holds_it_who_and_under_what() -> None:
    pane = ThreadPane(agent="ben", zone=UTC)
    row = queue_row(
        1, handle="anak", customer_name="Ana K.", is_vip=True, tier=0, claimed_by="ben", presence="writing"
    )
    row = replace(row, claimed_since_us=to_us(NOON))
    parent = ParentPost("p1", "Our new shoes", is_paid=True, is_dark=True)
    async with Stage(pane).run_test(size=(110, 20)):
        pane.show(row, [entry(1, parent=parent)], NOON, vip_note="writes for the paper")
        assert lines_of(pane)[:6] == [
            "║ PUBLIC · held by you since 12:00 (writing) · mastodon on mastodon",
            "║ EMERGENCY, tier 0 · question · @anak Ana K.",
            "║ VIP: writes for the paper",
            "║ under a paid dark post: Our new shoes",
            "┌   6h 05:01 PUBLIC · @anak Ana K.",
            "│ Message 1",
        ]
        pane.update([entry(1, parent=parent)], replace(row, claimed_by="eva", presence=None))
        assert "held by @eva since 12:00" in lines_of(pane)[0]
        pane.update([entry(1)], replace(row, claimed_by=None, visibility=Visibility.DIRECT, is_vip=False))
        assert lines_of(pane)[0] == "║ PRIVATE · free · mastodon on mastodon"
        pane.clear()
        assert not any(lines_of(pane))


async def test_5000_messages_open_at_the_newest() -> None:
    pane = ThreadPane(zone=UTC)
    entries = [entry(n, LONG[: n % 300] or "x") for n in range(1, 5001)]
    async with Stage(pane).run_test(size=(100, 50)):
        pane.show(queue_row(1), entries, NOON)
        lines = lines_of(pane)
    assert "of 5,000" in lines[-1]


async def test_arrivals_below_are_announced_and_seen_when_they_are_read() -> None:
    pane = ThreadPane(zone=UTC)
    seen: list[int] = []
    entries = [entry(n, LONG) for n in range(1, 20)]
    app = Stage(pane)
    hook = lambda message: isinstance(message, ThreadPane.SeenTo) and seen.append(message.seq)  # noqa: E731
    async with app.run_test(size=(80, 24), message_hook=hook) as pilot:
        pane.show(queue_row(1), entries, NOON)
        pane.update([*entries, entry(20), entry(21)])
        assert lines_of(pane)[-1].endswith("of 21 · +2 new below")
        assert pane.seen_to == 19
        pane.focus()
        await pilot.press("G")
        assert pane.seen_to == 21
        assert "new" not in lines_of(pane)[-1]
    assert list(dict.fromkeys(seen)) == [19, 21]


async def test_what_arrives_behind_a_question_is_not_seen_before_it_is_closed() -> None:
    pane = ThreadPane(zone=UTC)
    app = Stage(pane)
    async with app.run_test(size=(80, 24)) as pilot:
        pane.show(queue_row(1), [entry(1)], NOON)
        await app.push_screen(resolve_question(queue_row(1)))
        pane.update([entry(1), entry(2)])
        assert pane.seen_to == 1
        await pilot.press("escape")
        pane.look()
        assert pane.seen_to == 2


async def test_a_pane_that_is_not_shown_sees_nothing() -> None:
    pane = ThreadPane(zone=UTC)
    async with Stage(pane).run_test(size=(80, 24)) as pilot:
        pane.show(queue_row(1), [entry(1)], NOON)
        pane.display = False
        await pilot.pause()
        pane.update([entry(1), entry(2)])
        assert pane.seen_to == 1
        pane.display = True
        await pilot.pause()
        assert pane.seen_to == 2


async def test_an_age_step_repaints_only_its_own_cell() -> None:
    pane, clock = ThreadPane(zone=UTC), FixedClock()
    entries = [entry(n) for n in range(1, 6)] + [entry(400, at_us=to_us(NOON) - 14_000_000)]
    async with Stage(pane, counting=True).run_test(size=(120, 40), headless=False) as pilot:
        pane.show(queue_row(1), entries, clock.now)
        await pilot.pause()
        assert pane.next_step_s == pytest.approx(1.0, abs=0.01)
        CountingDriver.forget()
        clock.forward(0.5)
        pane.tick(clock.now)
        await pilot.pause()
        assert CountingDriver.sent_bytes() == 0
        clock.forward(0.6)
        pane.tick(clock.now)
        await pilot.pause()
        assert "15s" in CountingDriver.sent()
        assert CountingDriver.sent_bytes() <= 60


async def test_a_state_of_our_reply_repaints_its_own_line_and_an_arrival_below_only_the_foot() -> None:
    pane = ThreadPane(zone=UTC)
    ours = entry(30, direction=Direction.OUT, author="ben", outbox_state=OutboxState.QUEUED)
    entries = [*(entry(n, LONG) for n in range(1, 20)), ours]
    async with Stage(pane, counting=True).run_test(size=(120, 40), headless=False) as pilot:
        pane.show(queue_row(1), entries, NOON)
        await pilot.pause()
        CountingDriver.forget()
        pane.update([*entries[:-1], ours._replace(outbox_state=OutboxState.SENT)])
        await pilot.pause()
        assert "sent" in CountingDriver.sent()
        assert CountingDriver.sent_bytes() <= 300
        CountingDriver.forget()
        pane.update([*entries[:-1], ours._replace(outbox_state=OutboxState.SENT), entry(31, LONG)])
        await pilot.pause()
        assert "+1 new below" in CountingDriver.sent()
        assert CountingDriver.sent_bytes() <= 300
        CountingDriver.forget()
        pane.update([*entries[:-1], ours._replace(outbox_state=OutboxState.SENT), entry(31, LONG)])
        await pilot.pause()
        assert CountingDriver.sent_bytes() == 0


async def test_keys_scroll_unfold_and_leave() -> None:
    pane, app = ThreadPane(zone=UTC), Stage()
    left = []
    app = Stage(pane)
    hook = lambda message: isinstance(message, ThreadPane.Left) and left.append(1)  # noqa: E731
    async with app.run_test(size=(80, 20), message_hook=hook) as pilot:
        pane.show(queue_row(1), [entry(n, LONG) for n in range(1, 30)], NOON)
        pane.focus()
        end = lines_of(pane)
        await pilot.press("g")
        assert lines_of(pane)[2].startswith("┌   6h 05:01")
        await pilot.press("j", "pagedown", "k")
        assert lines_of(pane)[2:] != end[2:]
        await pilot.press("end")
        assert lines_of(pane) == end
        await pilot.press("escape")
    assert left


# ---- hostile texts -----------------------------------------------------------------------------------------------------------


def check_strip(strip: Strip, width: int) -> None:
    text = strip.text
    assert strip.cell_length == width
    assert not text.strip() or text[0] in GUTTERS
    assert all(unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp") for char in text)
    for part in strip:
        assert part.control is None
        assert part.style is None or not (part.style.meta or part.style.link)


@pytest.mark.parametrize("place", ["text", "name", "handle"])
async def test_nothing_hostile_leaves_its_column_or_brings_looks_of_its_own(place: str) -> None:
    pane = ThreadPane(zone=UTC)
    async with Stage(pane).run_test(size=(60, 24)):
        for text in hostile_texts():
            row = queue_row(1, is_vip=True)
            hostile = entry(1, text)
            if place == "name":
                row = queue_row(1, customer_name=text, is_vip=True, account=text, claimed_by=text)
                hostile = entry(1, author_name=text, reason=text, outbox_state=OutboxState.FAILED)
            elif place == "handle":
                row = queue_row(1, handle=text, is_vip=True)
                hostile = entry(
                    1, author=text, versions=(MessageVersion(text, 0),), parent=ParentPost("p", text)
                )
            pane.show(row, [hostile], NOON, vip_note=text)
            strips = [pane.render_line(y) for y in range(24)]
            for strip in strips:
                check_strip(strip, 60)


def test_no_text_of_a_customer_can_make_a_gutter_sign_in_the_first_column() -> None:
    forged = "\n".join(f"{sign}   5m 12:05 PRIVATE · sent · ben" for sign in sorted(GUTTERS))
    block = build(entry(1, forged), 60, 1)
    assert {line.gutter for line in block.lines[1:-1]} == {"│"}
    assert block.lines[0].gutter == "┌"
