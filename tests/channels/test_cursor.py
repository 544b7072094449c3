"""Where reading goes on: overlap, and what is remembered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from careconsole.channels.mastodon.cursor import KEPT_IDS, Cursor, PollState, Watched

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def at(minutes_ago: float) -> datetime:
    return NOW - timedelta(minutes=minutes_ago)


def test_nothing_read_starts_nowhere() -> None:
    assert Cursor().start(NOW) is None


def test_what_is_settled_is_not_read_again_and_the_rest_is() -> None:
    cursor = Cursor()
    cursor.advance([("c", at(30)), ("a", at(20)), ("b", at(2)), ("d", at(10)), ("e", at(1))])
    assert cursor.start(NOW) == "a"
    assert cursor.start(NOW + timedelta(minutes=3, seconds=1)) == "d"
    assert cursor.start(NOW + timedelta(hours=1)) == "e"


def test_while_behind_nothing_is_read_twice() -> None:
    cursor = Cursor()
    cursor.advance([("a", at(2)), ("b", at(1))], is_behind=True)
    assert cursor.start(NOW) == "b"
    cursor.advance([("c", at(0))])
    assert cursor.start(NOW) == "a"


def test_only_the_newest_are_kept_and_known_ones_keep_their_place() -> None:
    cursor = Cursor()
    cursor.advance([(f"n{number}", at(1)) for number in range(100)])
    assert len(cursor.entries) == KEPT_IDS
    assert cursor.start(NOW) == "n59"
    cursor.advance([("n70", at(0)), ("new", at(0))])
    assert [entry_id for entry_id, _ in cursor.entries][-2:] == ["n99", "new"]
    assert cursor.knows("new") and not cursor.knows("n58")


def test_a_state_is_text_and_back() -> None:
    state = PollState(watched=[Watched("p", at(5), 3, "top")])
    state.mentions.advance([("a", at(2))], is_behind=True)
    state.own.advance([("o", at(3))])
    assert PollState.of(state.text()) == state
    assert PollState.of(None) == PollState()
