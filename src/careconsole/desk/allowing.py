"""A verb of the desk refuses the roles that have no right to it, whatever key or command asked for it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from inspect import signature
from typing import Any, Concatenate, ParamSpec, TypeVar

from careconsole.desk.desk import Desk
from careconsole.model.rights import Verb
from careconsole.store import accounts

P = ParamSpec("P")
T = TypeVar("T")
Act = Callable[Concatenate[Desk, P], Coroutine[Any, Any, T]]


class NotAllowed(Exception):
    """The role has no right to the verb; nothing was done. A sentence says so."""


def needs(verb: Verb, *, somewhere: bool = False) -> Callable[[Act[P, T]], Act[P, T]]:
    """Mark an act of a desk with the verb that it is. It raises NotAllowed for a role without the right.

    An act on a conversation, a reply, a note or a request for approval asks for the right at its account, one on
    nothing of the kind for the right in the person's own role; with `somewhere` it is enough to have it at any account.
    """

    def mark(act: Act[P, T]) -> Act[P, T]:
        names = list(signature(act).parameters)
        about = next((name for name in accounts.ABOUT if name in names), None)
        place = -1 if about is None else names.index(about) - 1

        @wraps(act)
        async def allowed(desk: Desk, /, *words: P.args, **more: P.kwargs) -> T:
            desk.look_at_roles()
            account = None
            if about is not None and desk.has_roles_by_account:
                id = words[place] if place < len(words) else more[about]
                account = await account_about(desk, about, id)  # type: ignore[arg-type]
            check_right(desk, verb, account, somewhere=somewhere)
            return await act(desk, *words, **more)

        allowed.verb = verb  # type: ignore[attr-defined]
        return allowed

    return mark


async def account_about(desk: Desk, about: str, id: int) -> str | None:
    """The name of the account to which something belongs, by one of the words of `accounts.ABOUT`."""
    return await desk.store.read(lambda tx: accounts.name_about(tx, about, id))


def check_right(desk: Desk, verb: Verb, account: str | None = None, *, somewhere: bool = False) -> None:
    """Raises NotAllowed without the right to a verb, at an account if one is named."""
    if desk.may_somewhere(verb) if somewhere else desk.may(verb, account):
        return
    raise NotAllowed(refusal(desk, verb, account))


def refusal(desk: Desk, verb: Verb, account: str | None = None) -> str:
    """Why the agent may not do it, and who may help; nothing was done."""
    if desk.is_shut_out:
        return f"You are not on the roster of this desk any more, so nothing was done ({verb.words}). Ask an admin."
    where = "" if account is None or not desk.has_roles_by_account else f" at the account {account}"
    return f"The role {desk.role_at(account).value} has no right to {verb.words}{where}; nothing was done. Ask an admin."
