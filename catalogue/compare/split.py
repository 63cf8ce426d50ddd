"""What several NPQs share, and what each has besides."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from catalogue.models import Qualification

Item = TypeVar("Item")
TWO = 2


@dataclass(frozen=True)
class Split(Generic[Item]):
    """What all have, and what each has besides. `but` is the coaching that the shared part leaves out, if any."""

    shared: list[Item]
    own: dict[Qualification, list[Item]]
    but: Qualification | None = None

    @property
    def whose(self) -> str:
        """Who shares it, in words."""
        if self.but:
            return f"All but {self.but.name}"
        return "Both" if len(self.own) == TWO else "All of them"

    @property
    def all_the_same(self) -> bool:
        return not any(self.own.values())


def split(lists: Mapping[Qualification, list[Item]], key: Callable[[Item], Hashable]) -> Split[Item]:
    """What has the same key in every list is shared, told as the first list that has it does.

    Coaching, which is no qualification, may have nothing in common with the rest: then it is left out.
    """
    found = _split(lists, key)
    coaching = next((npq for npq in lists if npq.category == Qualification.Category.COACHING), None)
    if found.shared or coaching is None or len(lists) <= TWO:
        return found
    others = _split({npq: items for npq, items in lists.items() if npq != coaching}, key)
    if others.all_the_same:
        return found  # Shorter as it stands, a cell each.
    own = {npq: others.own.get(npq, items) for npq, items in lists.items()}
    return Split(others.shared, own, but=coaching)


def _split(lists: Mapping[Qualification, list[Item]], key: Callable[[Item], Hashable]) -> Split[Item]:
    common = set.intersection(*({key(item) for item in items} for items in lists.values()))
    return Split(
        shared=[item for item in next(iter(lists.values())) if key(item) in common],
        own={npq: [item for item in items if key(item) not in common] for npq, items in lists.items()},
    )
