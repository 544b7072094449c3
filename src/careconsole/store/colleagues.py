"""Who works at this desk as far as the record tells, and who of them is at the keys now."""

from __future__ import annotations

from careconsole.model.roster import SENIOR, Roster
from careconsole.store.contract import ReadTx
from careconsole.store.host_clock import process_mark

_EVERY_AGENT = (
    # From name to name by the index: the events between are not looked at.
    "WITH RECURSIVE known (name) AS (SELECT min(agent) FROM event WHERE agent IS NOT NULL UNION ALL "
    "SELECT (SELECT min(agent) FROM event WHERE agent > name) FROM known WHERE name IS NOT NULL) "
    "SELECT name FROM known WHERE name IS NOT NULL UNION SELECT agent FROM session ORDER BY 1"
)


async def known_agents(tx: ReadTx) -> list[str]:
    """Everybody who ever did something here, or has a console open."""
    return [row[0] for row in await tx.rows(_EVERY_AGENT)]


async def states(tx: ReadTx) -> dict[str, bool]:
    """Agents with a console that runs, and whether somebody is at the keys of one."""
    found: dict[str, bool] = {}
    for agent, boot, pid, mark, is_away in await tx.rows(
        "SELECT agent, boot, pid, process_mark, is_away FROM session"
    ):
        if boot == tx.boot_id and (process_mark(pid) or "") == mark:
            found[agent] = found.get(agent, False) or not is_away
    return found


async def present(tx: ReadTx) -> frozenset[str]:
    """Agents who are signed on and not away."""
    return frozenset(agent for agent, is_there in (await states(tx)).items() if is_there)


def present_teams(roster: Roster, here: frozenset[str]) -> frozenset[str]:
    """Teams, and SENIOR, of which somebody is here."""
    return frozenset(name for name in (*roster.teams, SENIOR) if roster.members(name) & here)


async def groups_of_names(tx: ReadTx, roster: Roster) -> dict[str, frozenset[str]]:
    """By every name that can be called the agents it means: teams, SENIOR, and people before teams."""
    people = await known_agents(tx) if roster.is_open else list(roster.people)
    groups = {name: roster.members(name) for name in (*roster.teams, SENIOR)}
    return groups | {name: frozenset({name}) for name in people}
