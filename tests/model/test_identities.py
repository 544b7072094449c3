"""Whether two customers may be one person: the reasons, and what is none."""

from __future__ import annotations

import pytest

from careconsole.model.identities import SOON_US, Signs, reasons, said_in, signs_of


def signs(
    handle: str = "dana", name: str = "Dana Doe", place: str = "mastodon", text: str = "", at_us: int = 0
) -> Signs:
    return signs_of([handle], [name], [place], [text], at_us)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (signs("Dana@b.example", "DANA DOE", "account:shop", at_us=2 * SOON_US),
         ("same name and same handle on two networks: dana",)),
        (signs(name="", place="account:shop", at_us=SOON_US), ("same handle on two networks within 72 hours: dana",)),
        (signs(name="", place="account:shop", at_us=SOON_US + 1), ()),
        (signs(), ()),
        (signs("emil", "Dana Doe", "account:shop"), ()),
        (signs("emil", "E", text="Mine is 12345678, dana.doe@mail.example"),
         ("both said the same number: 12345678", "both said the same e-mail address: dana.doe@mail.example")),
    ],
)  # fmt: skip
def test_the_reasons(other: Signs, why: tuple[str, ...]) -> None:
    mine = signs(text="Order 12345678; write to Dana.Doe@mail.example.")
    assert reasons(mine, other) == why
    assert reasons(other, mine) == why


def test_a_short_handle_names_nobody() -> None:
    assert reasons(signs("al"), signs("al", place="account:shop")) == ()


def test_what_is_said_is_found_in_bounded_time() -> None:
    assert said_in("a@b.example A-123456 1234 12:30 2026-03-04 123456,") == [
        "a@b.example",
        "a-123456",
        "123456",
    ]
    assert said_in("@" * 20_000 + "a" * 50_000) == []
    assert len(said_in("a@" * 20_000 + "1234567 " * 9)) <= 1
