"""Whom a note calls, and who can be given something."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careconsole.model.assignment import Addressee, HandOver, ToKind, addressee_named, addressees
from careconsole.model.mention import MOST_CALLED, called, names_called
from careconsole.model.roster import OPEN, Person, Roster

GROUPS = {
    "ben": frozenset({"ben"}),
    "ben.w": frozenset({"ben.w"}),
    "josé.müller": frozenset({"josé.müller"}),
    "अनिता": frozenset({"अनिता"}),
    "王芳": frozenset({"王芳"}),
    "billing": frozenset({"cem", "dora"}),
    "senior": frozenset(),
}


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        ("@ben", {"ben"}),
        ("ask @ben.", {"ben"}),
        ("ask @ben.w.", {"ben.w"}),
        ("(@Ben), please", {"ben"}),
        ("@billing and @ben", {"cem", "dora", "ben"}),
        ("@senior", set()),
        ("@benny @", set()),
        ("mail cara@ben.example or x+@ben or @@ben", set()),
        ("@josé.müller-", {"josé.müller"}),
        (unicodedata.normalize("NFD", "@josé.müller"), {"josé.müller"}),
        ("@अनिता, @王芳。", {"अनिता", "王芳"}),
        ("", set()),
    ],
)
def test_whom_a_note_calls(text: str, agents: set[str]) -> None:
    assert called(text, GROUPS) == agents


def test_a_flood_of_names_is_not_all_looked_at() -> None:
    assert len(names_called(" ".join(f"@name{number}" for number in range(1000)))) == MOST_CALLED


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert called(text, GROUPS) <= {agent for agents in GROUPS.values() for agent in agents}


def test_who_can_be_given_something() -> None:
    roster = Roster({"ben": Person("ben", "b"), "Ana": Person("Ana", "a")}, ("billing", "ben"))
    everybody = addressees(roster, ["zoe"])
    assert [(each.kind.value, each.name) for each in everybody] == [
        ("person", "Ana"),
        ("person", "ben"),
        ("team", "billing"),
        ("team", "ben"),
        ("senior", "senior"),
    ]
    assert addressee_named("@ana", everybody) == Addressee(ToKind.PERSON, "Ana")
    assert addressee_named("ben", everybody) == Addressee(ToKind.PERSON, "ben")
    assert addressee_named("SENIOR", everybody) == Addressee(ToKind.SENIOR, "senior")
    assert addressee_named("zoe", everybody) is None
    assert addressees(OPEN, ["zoe"])[0] == Addressee(ToKind.PERSON, "zoe")


def test_the_note_of_a_hand_over() -> None:
    assert HandOver().note == HandOver(" ", "\t").note == ""
    assert HandOver("asked", next=" call ").note == "Done: asked\nNext: call"
