"""Who is at the desk, since when: an agent with a console open at which somebody presses keys."""

from __future__ import annotations

from careconsole.desk.reporting.facts import Sink, Stretch


class Duty:
    """Follows the consoles of every agent. Times are microseconds since 1970."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._consoles: dict[str, dict[str, bool]] = {}
        """By agent and console: whether nobody is at its keys."""
        self._since_us: dict[str, int] = {}

    @property
    def at_desk(self) -> dict[str, int]:
        """Agents who are at the desk, and since when."""
        return dict(self._since_us)

    def take(self, kind: str, agent: str, at_us: int, console: str) -> None:
        """A console was opened or closed, or somebody left or came back to its keys.

        A console without a name is all of the agent's.
        """
        consoles = self._consoles.setdefault(agent, {})
        if kind == "signed_off":
            if console:
                consoles.pop(console, None)
            else:
                consoles.clear()
        else:
            consoles[console] = kind == "away"
        self._settle(agent, at_us, is_there=not all(consoles.values()) if consoles else False)

    def _settle(self, agent: str, at_us: int, *, is_there: bool) -> None:
        since_us = self._since_us.get(agent)
        if is_there and since_us is None:
            self._since_us[agent] = at_us
        elif not is_there and since_us is not None:
            del self._since_us[agent]
            if at_us > since_us:
                self._sink.duty(Stretch(agent, since_us, at_us))
