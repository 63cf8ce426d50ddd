"""What may be a slip in whose course run it is, and may be meant: told to who adds it, and taken once confirmed.

It is no refusal. What providers offer is known here as of a day, and a hub may know of an offer sooner; and a course
that has begun may be noted down late, for the people who are on it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Self

from catalogue.models import CourseRun, Offer, Term


@dataclass(frozen=True)
class Doubt:
    """`key` says what exactly was told, so that only that is confirmed; `text` is a sentence or two."""

    key: str
    text: str


@dataclass(frozen=True)
class Offers:
    """What doubts are told by: the offers known, as (provider, NPQ, term), and the newest term's place."""

    known: frozenset[tuple[int, int, int]]
    newest: int

    @classmethod
    def as_known(cls) -> Self:
        """Two queries, however many runs are then looked at."""
        newest = Term.objects.order_by("-position").values_list("position", flat=True).first()
        return cls(frozenset(Offer.objects.values_list("provider", "qualification", "term")), newest or 0)

    def doubts(self, run: CourseRun, day: date) -> list[Doubt]:
        """Whose `run` is must be filled in; it need not be saved."""
        whose = (run.provider_id, run.qualification_id, run.term_id)
        found = []
        if self.is_past(run.term, day):
            text = f"{run.term} is a past term: nobody registers for it any more."
            found.append(Doubt(f"past-{run.term_id}", text))
        if whose not in self.known:
            offer = f"{run.provider} offers {run.qualification} in {run.term}"
            text = f"We do not know that {offer}. Ask them before you save."
            found.append(Doubt("offer-" + "-".join(map(str, whose)), text))
        return found

    def is_past(self, term: Term, day: date) -> bool:
        """Whether courses in `term` are no longer expected to begin. The newest term is never past, dated or not."""
        return term.position < self.newest and not term.still_starting_on(day)
