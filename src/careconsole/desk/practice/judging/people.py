"""Who was one person with whom in a run, and who was a VIP, as the log tells it event by event."""

from __future__ import annotations

import json

from careconsole.store.events import LogRow


class People:
    """Follows the log; customers are ids."""

    def __init__(self) -> None:
        self._links: dict[int, tuple[int, int]] = {}
        """By the event that made them."""
        self._by_hand: dict[int, bool] = {}
        self._by_settings: dict[int, bool] = {}

    def take(self, row: LogRow) -> None:
        """Take the next event."""
        kind, customer_id = row[1], row[6]
        if kind == "arrived":
            self._by_settings[customer_id] = bool(json.loads(row[11])["vip"])
        elif kind == "vip_set":
            marked = bool(json.loads(row[11])["vip"])
            self._by_hand.update(dict.fromkeys(self.one_person(customer_id), marked))
        elif kind == "linked":
            self._links[row[0]] = (customer_id, json.loads(row[11])["customer"])
        elif kind == "undone":
            said = json.loads(row[11])
            if not said.get("refused"):
                self._links.pop(said["event"], None)

    def one_person(self, customer_id: int) -> set[int]:
        """A customer, and all who are the same person now."""
        same, grown = {customer_id}, True
        while grown:
            more = {id for pair in self._links.values() if same & set(pair) for id in pair} - same
            same, grown = same | more, bool(more)
        return same

    def is_vip(self, customer_id: int) -> bool:
        """By an agent's word on anybody who is this person, else by the settings."""
        same = self.one_person(customer_id)
        by_hand = [self._by_hand[id] for id in same if id in self._by_hand]
        return any(by_hand) if by_hand else any(self._by_settings.get(id, False) for id in same)
