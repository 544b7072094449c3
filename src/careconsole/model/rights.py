"""Who may do what: one table of verbs and roles. The table hides keys; the store refuses all the same."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """The four roles of product.md 2.10."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    TRAINEE = "trainee"
    ADMIN = "admin"


class Verb(StrEnum):
    """Everything that can be done at the desk; a command names its verb.

    Who may send but not send alone has a reply approved first, unless its kind was released to them.
    """

    READ = "read"
    CLAIM = "claim"
    RELEASE = "release"
    ASSIGN = "assign"
    REASSIGN = "reassign"
    """Move what somebody else holds."""
    SKIP = "skip"
    RESOLVE = "resolve"
    SNOOZE = "snooze"
    SET_KIND = "set_kind"
    SET_TIER = "set_tier"
    SET_VIP = "set_vip"
    EDIT_CUSTOMER = "edit_customer"
    WRITE_NOTE = "write_note"
    WRITE_DRAFT = "write_draft"
    SEND = "send"
    SEND_ALONE = "send_alone"
    APPROVE = "approve"
    WITHDRAW = "withdraw"
    SETTLE = "settle"
    UNDO = "undo"
    LEARN = "learn"
    REMOVE_TRIGGER = "remove_trigger"
    EDIT_SNIPPET = "edit_snippet"
    IMPORT = "import"
    SYNC = "sync"
    ADD_ACCOUNT = "add_account"
    DIAGNOSE = "diagnose"
    SET_SCREEN = "set_screen"
    BACK_UP = "back_up"
    RESTORE = "restore"
    ERASE = "erase"
    EXPORT = "export"
    """Take what was said out of the desk, under other names."""

    @property
    def words(self) -> str:
        """The verb as it is written for people: `set kind`."""
        return self.value.replace("_", " ")


_LOOK = frozenset({Verb.READ, Verb.DIAGNOSE, Verb.SET_SCREEN})
_PRACTISE = _LOOK | {
    Verb.CLAIM,
    Verb.RELEASE,
    Verb.SKIP,
    Verb.WRITE_NOTE,
    Verb.WRITE_DRAFT,
    Verb.UNDO,
    Verb.SEND,
    Verb.WITHDRAW,
}
_ANSWER = _PRACTISE | {
    Verb.ASSIGN,
    Verb.RESOLVE,
    Verb.SNOOZE,
    Verb.SET_KIND,
    Verb.SET_TIER,
    Verb.SET_VIP,
    Verb.EDIT_CUSTOMER,
    Verb.SEND_ALONE,
    Verb.SETTLE,
    Verb.SYNC,
    Verb.LEARN,
    Verb.EDIT_SNIPPET,
}

RIGHTS: dict[Role, frozenset[Verb]] = {
    Role.AGENT: _ANSWER,
    Role.SUPERVISOR: _LOOK
    | {
        Verb.REMOVE_TRIGGER,
        Verb.EDIT_SNIPPET,
        Verb.ASSIGN,
        Verb.REASSIGN,
        Verb.RELEASE,
        Verb.APPROVE,
        Verb.WITHDRAW,
        Verb.WRITE_NOTE,
        Verb.WRITE_DRAFT,
        Verb.UNDO,
        Verb.EXPORT,
    },
    Role.TRAINEE: _PRACTISE,
    Role.ADMIN: frozenset(Verb),
}

SENIOR_TOO = frozenset({Verb.APPROVE})
"""What an agent who is senior has a right to besides."""


def may(role: Role, verb: Verb) -> bool:
    """Whether the role has the right to the verb."""
    return verb in RIGHTS[role]
