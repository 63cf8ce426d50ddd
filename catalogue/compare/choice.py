"""Which NPQs an address asks to compare."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import get_text_list

from catalogue.models import Qualification
from npq_portal.text import clean

FEWEST, MOST = 2, 4
LONGEST = 60
UNKNOWN_TOLD = 3


@dataclass(frozen=True)
class Choice:
    """What an address asks for: `chosen` in its order, each once.

    `repeated` were named more than once. `unknown` are names of no NPQ that is shown.
    """

    chosen: list[Qualification]
    repeated: list[Qualification]
    unknown: list[str]

    @property
    def can_be_compared(self) -> bool:
        return FEWEST <= len(self.chosen) <= MOST

    @property
    def error(self) -> str:
        if len(self.chosen) <= MOST:
            return ""
        return f"You chose {len(self.chosen)}. Choose {MOST} at most, so that they fit side by side"

    @property
    def corrections(self) -> list[str]:
        """What the page says about the parts of the address that it did not use."""
        told = [f"{npq.name} was named more than once. It counts once." for npq in self.repeated]
        if self.unknown:
            names = [f"“{name}”" for name in self.unknown[:UNKNOWN_TOLD]]
            more = [f"{len(self.unknown) - len(names)} more"] if len(self.unknown) > len(names) else []
            told.append(f"We do not know {get_text_list([*names, *more], 'and')}.")
        return told


def choice(asked: Iterable[str], shown: Iterable[Qualification]) -> Choice:
    """`asked` are any of an NPQ's names, in capitals or not."""
    by_name = {name.lower(): npq for npq in shown for name in npq.names}
    chosen: list[Qualification] = []
    repeated: list[Qualification] = []
    unknown: list[str] = []
    for typed in filter(None, (clean(each, LONGEST) for each in asked)):
        npq = by_name.get(typed.lower())
        if npq is None:
            unknown.append(typed)
        else:
            (repeated if npq in chosen else chosen).append(npq)
    return Choice(chosen, list(dict.fromkeys(repeated)), list(dict.fromkeys(unknown)))


def compare_address(npqs: Iterable[Qualification]) -> str:
    query = urlencode([("npq", npq.slug) for npq in npqs])
    return reverse("catalogue:compare") + (f"?{query}" if query else "")
