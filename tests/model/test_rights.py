"""Every verb in every role: one table, spelled out here once more so that no right slips in or out unseen."""

from __future__ import annotations

import pytest

from careconsole.model.rights import RIGHTS, Role, Verb, may
from careconsole.model.roster import Person

ALLOWED: dict[Verb, str] = {
    Verb.READ: "agent supervisor trainee admin",
    Verb.DIAGNOSE: "agent supervisor trainee admin",
    Verb.SET_SCREEN: "agent supervisor trainee admin",
    Verb.CLAIM: "agent trainee admin",
    Verb.RELEASE: "agent supervisor trainee admin",
    Verb.ASSIGN: "agent supervisor admin",
    Verb.REASSIGN: "supervisor admin",
    Verb.SKIP: "agent trainee admin",
    Verb.WRITE_NOTE: "agent supervisor trainee admin",
    Verb.WRITE_DRAFT: "agent supervisor trainee admin",
    Verb.UNDO: "agent supervisor trainee admin",
    Verb.RESOLVE: "agent admin",
    Verb.SNOOZE: "agent admin",
    Verb.SET_KIND: "agent admin",
    Verb.SET_TIER: "agent admin",
    Verb.SET_VIP: "agent admin",
    Verb.EDIT_CUSTOMER: "agent admin",
    Verb.SEND: "agent trainee admin",
    Verb.SEND_ALONE: "agent admin",
    Verb.APPROVE: "supervisor admin",
    Verb.WITHDRAW: "agent supervisor trainee admin",
    Verb.SETTLE: "agent admin",
    Verb.SYNC: "agent admin",
    Verb.LEARN: "agent admin",
    Verb.EDIT_SNIPPET: "agent supervisor admin",
    Verb.REMOVE_TRIGGER: "supervisor admin",
    Verb.IMPORT: "admin",
    Verb.ADD_ACCOUNT: "admin",
    Verb.BACK_UP: "admin",
    Verb.RESTORE: "admin",
    Verb.ERASE: "admin",
    Verb.EXPORT: "supervisor admin",
}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("verb", list(Verb))
def test_every_verb_in_every_role(role: Role, verb: Verb) -> None:
    assert may(role, verb) == (role.value in ALLOWED[verb].split())


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("verb", list(Verb))
def test_who_is_senior_may_approve_besides_as_an_agent(role: Role, verb: Verb) -> None:
    """Nothing else is gained by it, and no other role gains by it."""
    senior = Person("ana", "ana", role, is_senior=True)
    assert senior.may(verb) == (may(role, verb) or (role is Role.AGENT and verb is Verb.APPROVE))


def test_every_role_is_in_the_table() -> None:
    assert set(RIGHTS) == set(Role)
