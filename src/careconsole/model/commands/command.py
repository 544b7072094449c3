"""One command: its keys, its words, and the right it needs."""

from __future__ import annotations

from dataclasses import dataclass

from careconsole.model.rights import Role, Verb, may

_HARMLESS = frozenset({Verb.READ, Verb.DIAGNOSE, Verb.SET_SCREEN})


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that an agent can do, with its keys and its words."""

    id: str
    """Pane and action: `list.claim`."""
    keys: str
    """Textual's names of the keys, parted by commas."""
    label: str
    """The word on the key bar."""
    help: str
    """A sentence for help, palette and README."""
    verb: Verb
    """What the right to it is called."""
    on_bar: bool = False
    always: bool = False
    """Whether its keys work everywhere, in text fields and questions too."""
    ends: bool = False
    """Whether it waits out a burst of typing although it does not change the record."""
    action: str = ""
    """Name of the action if it is not the second half of the id."""

    @property
    def pane(self) -> str:
        """The pane whose keys these are."""
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        """The action on that pane, with its argument if it has one."""
        return self.action or self.id.partition(".")[2]

    @property
    def roles(self) -> frozenset[Role]:
        """Who may do it."""
        return frozenset(role for role in Role if may(role, self.verb))

    @property
    def is_guarded(self) -> bool:
        """Whether a printable key of it waits 120 ms, lest typing in the wrong place does something."""
        return self.ends or self.verb not in _HARMLESS
