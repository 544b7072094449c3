"""The states of a reply, how long it is, and whom it names."""

from __future__ import annotations

import pytest

from careconsole.model.message import Visibility, visibility_of
from careconsole.model.reply import ANSWERING, LEGAL_MOVES, Limits, OutboxState, with_handle

STATES = OutboxState
MOVES = {
    STATES.HELD: "queued cancelled",
    STATES.QUEUED: "sending cancelled sent",
    STATES.SENDING: "sent waiting unknown failed queued",
    STATES.WAITING: "sending cancelled failed sent",
    STATES.UNKNOWN: "sent queued failed",
    STATES.SENT: "",
    STATES.FAILED: "",
    STATES.CANCELLED: "",
}


@pytest.mark.parametrize("state", list(OutboxState))
def test_the_legal_moves_are_these_and_no_others(state: OutboxState) -> None:
    assert {each.value for each in LEGAL_MOVES[state]} == set(MOVES[state].split())


def reachable(start: OutboxState) -> set[OutboxState]:
    found: set[OutboxState] = set()
    ahead = [start]
    while ahead:
        for state in LEGAL_MOVES[ahead.pop()] - found:
            found.add(state)
            ahead.append(state)
    return found


def test_no_reply_is_stuck_and_none_leaves_before_it_is_let_go() -> None:
    ends = {state for state in OutboxState if not LEGAL_MOVES[state]}
    assert ends == {STATES.SENT, STATES.FAILED, STATES.CANCELLED}
    for state in set(OutboxState) - ends:
        assert reachable(state) >= {STATES.SENT, STATES.FAILED}
    assert STATES.SENDING not in LEGAL_MOVES[STATES.HELD]
    assert all(STATES.HELD not in moves for moves in LEGAL_MOVES.values())


def test_what_may_have_left_cannot_be_cancelled() -> None:
    may_cancel = {state for state in OutboxState if STATES.CANCELLED in LEGAL_MOVES[state]}
    assert may_cancel == {STATES.HELD, STATES.QUEUED, STATES.WAITING}


def test_held_and_unknown_replies_answer_nothing_yet() -> None:
    assert ANSWERING == {STATES.QUEUED, STATES.SENDING, STATES.WAITING, STATES.SENT}


@pytest.mark.parametrize(
    ("text", "handle", "result"),
    [
        ("Hello", "cara", "@cara Hello"),
        ("@cara Hello", "cara", "@cara Hello"),
        ("Hello @CARA, thanks", "cara", "Hello @CARA, thanks"),
        ("Thanks @cara.", "cara", "Thanks @cara."),
        ("(@cara)", "cara", "(@cara)"),
        ("@cara", "cara", "@cara"),
        ("@carat Hello", "cara", "@cara @carat Hello"),
        ("mail to me@cara today", "cara", "@cara mail to me@cara today"),
        ("see https://x.example/@cara", "cara", "@cara see https://x.example/@cara"),
        ("@@cara", "cara", "@cara @@cara"),
        ("@cara@shop.example Hello", "cara", "@cara @cara@shop.example Hello"),
        ("@cara@shop.example Hello", "cara@shop.example", "@cara@shop.example Hello"),
        ("@cara Hello", "cara@shop.example", "@cara@shop.example @cara Hello"),
        (
            "@cara@shop.example.net Hello",
            "cara@shop.example",
            "@cara@shop.example @cara@shop.example.net Hello",
        ),
        ("@c.a Hello", "c.a", "@c.a Hello"),
        ("@cxa Hello", "c.a", "@c.a @cxa Hello"),
        ("@Žana Hello", "žana", "@Žana Hello"),
        ("", "cara", "@cara "),
    ],
)
def test_the_customer_is_named_once(text: str, handle: str, result: str) -> None:
    assert with_handle(text, handle) == result


@pytest.mark.parametrize(
    ("limits", "text", "length"),
    [
        (Limits(), "Hello", 5),
        (Limits(500), "Zdravo 😀", 8),
        (Limits(500, None, True), "Hello", 11),
        (Limits(500, None, True), "@cara Hello", 11),
        (Limits(500, 23), "see https://shop.example/a/very/long/way/to/say/it ok", 4 + 23 + 3),
        (Limits(500, 23), "http://a.b https://c.d", 23 + 1 + 23),
        (Limits(500, 23), "no link here", 12),
        (Limits(500, 23, True), "https://a.b", 6 + 23),
    ],
)
def test_a_text_is_as_long_as_the_network_counts_it(limits: Limits, text: str, length: int) -> None:
    assert limits.length(text, "cara") == length


WIDEST_FIRST = [Visibility.PUBLIC, Visibility.UNLISTED, Visibility.FOLLOWERS, Visibility.DIRECT]


@pytest.mark.parametrize("one", WIDEST_FIRST)
@pytest.mark.parametrize("other", WIDEST_FIRST)
def test_visibilities_are_ordered_by_who_can_see(one: Visibility, other: Visibility) -> None:
    assert one.wider_than(other) == (WIDEST_FIRST.index(one) < WIDEST_FIRST.index(other))
    assert one.narrowed_to(other) == WIDEST_FIRST[max(WIDEST_FIRST.index(one), WIDEST_FIRST.index(other))]


def test_only_direct_is_private() -> None:
    assert [each.word for each in WIDEST_FIRST] == ["public", "public", "public", "private"]
    assert [visibility_of(word) for word in ("public", "private", "unlisted", "direct")] == [
        Visibility.PUBLIC,
        Visibility.DIRECT,
        Visibility.UNLISTED,
        Visibility.DIRECT,
    ]
    with pytest.raises(ValueError):
        visibility_of("secret")
