"""Every verb in every role: one table, spelled out here once more so that no right slips in or out unseen."""

from __future__ import annotations

import pytest

from careconsole.model.rights import RIGHTS, Role, Verb, may

ALLOWED: dict[Verb, str] = {
    Verb.READ: "agent supervisor trainee admin",
    Verb.DIAGNOSE: "agent supervisor trainee admin",
    Verb.SET_SCREEN: "agent supervisor trainee admin",
    Verb.CLAIM: "agent trainee admin",
    Verb.RELEASE: "agent supervisor trainee admin",
    Verb.ASSIGN: "agent supervisor admin",
    Verb.REASSIGN: "supervisor admin",
    Verb.SKIP: "agent trainee admin",
    Verb.WRITE_NOTE: "agent trainee admin",
    Verb.WRITE_DRAFT: "agent trainee admin",
    Verb.UNDO: "agent trainee admin",
    Verb.RESOLVE: "agent admin",
    Verb.SNOOZE: "agent admin",
    Verb.SET_KIND: "agent admin",
    Verb.SET_TIER: "agent admin",
    Verb.SET_VIP: "agent admin",
    Verb.EDIT_CUSTOMER: "agent admin",
    Verb.SEND: "agent admin",
    Verb.WITHDRAW: "agent admin",
    Verb.SETTLE: "agent admin",
    Verb.SYNC: "agent admin",
    Verb.LEARN: "agent admin",
    Verb.EDIT_SNIPPET: "agent supervisor admin",
    Verb.REMOVE_TRIGGER: "supervisor admin",
    Verb.IMPORT: "admin",
    Verb.ADD_ACCOUNT: "admin",
}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("verb", list(Verb))
def test_every_verb_in_every_role(role: Role, verb: Verb) -> None:
    assert may(role, verb) == (role.value in ALLOWED[verb].split())


def test_every_role_is_in_the_table() -> None:
    assert set(RIGHTS) == set(Role)
