"""Who works here."""

from __future__ import annotations

from careconsole.model.rights import Role, Verb
from careconsole.model.roster import OPEN, SENIOR, USUAL_TEAMS, Person, Roster

ANA = Person("ana", "a.horvat", teams=frozenset({"billing"}), is_senior=True)
TIM = Person("tim", "tim", Role.TRAINEE, {"news": Role.AGENT}, teams=frozenset({"billing", "care"}))
HOUSE = Roster({"ana": ANA, "tim": TIM}, ("billing", "care"))


def test_a_desk_that_names_nobody_is_open() -> None:
    """Everybody may do everything there, and it has the usual teams."""
    assert OPEN.is_open and OPEN.teams == USUAL_TEAMS
    assert OPEN.person("ana") is None and OPEN.groups_of("ana") == frozenset()


def test_people_are_found_by_name_and_by_user() -> None:
    """The name of the agent and the user of the operating system may differ."""
    assert HOUSE.person("ana") is ANA and HOUSE.person("a.horvat") is None
    assert HOUSE.person_of("a.horvat") is ANA and HOUSE.person_of("ana") is None


def test_a_role_may_differ_at_an_account() -> None:
    """Elsewhere it is the person's own."""
    assert TIM.at("news") is Role.AGENT and TIM.at("shop") is Role.TRAINEE


def test_a_right_is_that_of_the_role_at_the_account() -> None:
    """Somewhere is anywhere at all; without an account it is the person's own role."""
    assert not TIM.may(Verb.SEND_ALONE) and TIM.may(Verb.SEND_ALONE, "news")
    assert not TIM.may(Verb.SEND_ALONE, "shop") and TIM.may_somewhere(Verb.SEND_ALONE)
    assert not TIM.may_somewhere(Verb.IMPORT)
    mia = Person("mia", "mia", Role.SUPERVISOR, {"news": Role.AGENT}, is_senior=True)
    assert mia.may(Verb.APPROVE) and mia.may(Verb.APPROVE, "news") and not mia.may(Verb.CLAIM, "shop")


def test_groups_and_their_members() -> None:
    """Who is senior belongs to that group as to a team."""
    assert HOUSE.members("billing") == {"ana", "tim"} and HOUSE.members(SENIOR) == {"ana"}
    assert HOUSE.groups_of("ana") == {"billing", SENIOR} and HOUSE.groups_of("tim") == {"billing", "care"}
