"""An answer to somebody else is only used again without them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careconsole.snippets.reusing import made_reusable


def again(text: str, agent: str = "ben") -> str | None:
    return made_reusable(
        text,
        names=["Dana Kranz", "Анна"],
        handles=["dana.k", "dana.k@example.social"],
        own_handles=["@shop"],
        agent=agent,
    )


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("@dana.k Hi Dana, it left today.", "{{handle}} Hi {{name}}, it left today."),
        ("@dana.k@example.social it left", "{{handle}} it left"),
        ("Dear Dana Kranz, sorry", "Dear {{name}}, sorry"),
        ("Thanks Dana! Danas parcel left.", "Thanks {{name}}! {{name}} parcel left."),
        ("Hi Jo, sorry for that.", "Hi {{name}}, sorry for that."),
        ("Hallo Frau Maier, das tut uns leid", "Hallo Frau {{name}}, das tut uns leid"),
        ("Здравствуйте, Анна! Посылка в пути.", "Здравствуйте, {{name}}! Посылка в пути."),
        ("张先生您好", "{{name}}先生您好"),
        ("Hi there, we look into it.", "Hi there, we look into it."),
        ("Hello, we look into it. ben", "Hello, we look into it. {{me}}"),
        ("Please write to @shop in private.", "Please write to @shop in private."),
        ("See https://shop.example/help/returns", "See https://shop.example/help/returns"),
        ("It takes 2 to 5 days.", "It takes 2 to 5 days."),
    ],
)
def test_who_was_named_is_a_hole(text: str, fit: str) -> None:
    assert again(text) == fit


@pytest.mark.parametrize(
    "text",
    [
        "Your order 48213 left today.",
        "Order DE-47-11 left.",
        "Code AB12C is yours.",
        "Call 12 34 56.",
        "@eve and you have the same trouble",
        "See https://shop.example/track/48213",
        "See https://shop.example/t?id=ab",
        "   ",
    ],
)
def test_what_may_be_somebodys_own_is_not_offered(text: str) -> None:
    assert again(text) is None


@given(st.text(st.sampled_from("ab D@.,!\nдА4{}"), max_size=30))
def test_never_a_name_a_handle_or_a_long_number(text: str) -> None:
    fit = again(f"{text} Dana @dana.k {text}")
    assert fit is None or ("Dana" not in fit and "dana.k" not in fit and "4444" not in fit)
