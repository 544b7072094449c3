"""A verb of the desk refuses the roles that have no right to it, whatever key or command asked for it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from careconsole.desk.desk import Desk
from careconsole.model.rights import Verb, may

P = ParamSpec("P")
T = TypeVar("T")
Act = Callable[Concatenate[Desk, P], Coroutine[Any, Any, T]]


class NotAllowed(Exception):
    """The role has no right to the verb; nothing was done. A sentence says so."""


def needs(verb: Verb) -> Callable[[Act[P, T]], Act[P, T]]:
    """Mark an act of a desk with the verb that it is. It raises NotAllowed for a role without the right."""

    def mark(act: Act[P, T]) -> Act[P, T]:
        @wraps(act)
        async def allowed(desk: Desk, /, *words: P.args, **more: P.kwargs) -> T:
            if not may(desk.role, verb):
                raise NotAllowed(
                    f"The role {desk.role.value} has no right to {verb.words}; nothing was done. Ask an admin."
                )
            return await act(desk, *words, **more)

        allowed.verb = verb  # type: ignore[attr-defined]
        return allowed

    return mark
