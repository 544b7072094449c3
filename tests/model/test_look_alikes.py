"""Names that look alike share a skeleton, names that do not have their own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careconsole.model.text_gate import skeleton


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bank_Help", "bank_help"),
        ("support", "su\u0440\u0440\u043ert"),
        ("HELP", "\u041d\u0415L\u0420"),
        ("Office", "\u039fffice"),
        ("desk", "\uff44\uff45\uff53\uff4b"),
        ("desk", "\U0001d41d\U0001d41e\U0001d42c\U0001d424"),
        ("desk", "\U0001f173\U0001f174\U0001f182\U0001f17a"),
        ("desk", "\u1d05\u1d07\ua731\u1d0b"),
        ("desk", "d\u0323e\u0301s\u200bk"),
        ("helpdesk", "he1pdesk"),
        ("paypal", "paypaI"),
        ("b00king", "booking"),
        ("manager", "rnanager"),
        ("wave", "vvave"),
        ("intranet", "\u0131ntranet"),
        ("kelvin", "\u212aelvin"),
    ],
)
def test_look_alikes_share_a_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


def test_different_names_have_different_skeletons() -> None:
    names = [
        "vera",
        "wera",
        "verna",
        "iris",
        "anna",
        "ana",
        "Вера",
        "Νίκος",
        "王芳",
        "desk",
        "disk",
        "bank",
        "bark",
    ]
    assert len({skeleton(name) for name in names}) == len(names)


@settings(max_examples=200, deadline=None, database=None)
@given(st.text(st.characters()))
def test_a_skeleton_can_be_made_of_anything(raw: str) -> None:
    assert skeleton(raw) == skeleton(raw.swapcase()) or not raw.isascii()
    assert len(skeleton(raw * 1000)) <= 200 * 18
