"""What would come of a decision about many: for each who can have it and who cannot, and why. Nothing is changed.

What is said here may be otherwise a moment later, and nothing is decided by it: `decided` asks the verbs. A constant
number of queries, whatever the number of applications.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from applications.access import roles_of
from applications.actions.errors import InTraining
from applications.admin.choices import Choice
from applications.admin.choices import token as token_of
from applications.models import Application, FundedPlaces
from applications.states import IN_TRAINING, Action
from funding.rules.vocabulary import Outcome
from npq_portal.accounts.models import User

IN_REVIEW = (
    "This portal's staff have not decided yet whether this person is eligible for scholarship funding."
)
NOT_FUNDED = "This person is not eligible for scholarship funding."

Shared = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Line:
    """`why_not` is empty where it can be done. `token` is what a post confirms."""

    application: Application
    why_not: str

    @property
    def token(self) -> str:
        return token_of(self.application)


@dataclass(frozen=True, slots=True)
class Meter:
    """The funded places of one provider for an NPQ and term, and how many of them these decisions would take."""

    places: FundedPlaces
    taking: int

    @property
    def left_after(self) -> int:
        return self.places.left - self.taking


@dataclass(frozen=True, slots=True)
class Preview:
    lines: list[Line]
    meters: list[Meter]

    @property
    def able(self) -> list[Line]:
        return [line for line in self.lines if not line.why_not]

    @property
    def unable(self) -> list[Line]:
        return [line for line in self.lines if line.why_not]

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Each reason with how many have it, the most frequent first."""
        return Counter(line.why_not for line in self.unable).most_common()


def preview(applications: Sequence[Application], choice: Choice, user: User, now: datetime) -> Preview:
    """In the order given: that is who gets the last places."""
    roles = roles_of(user, applications)
    places = {_shared(each): each for each in _places_of(applications)}
    training = _in_training(applications) if choice.action is Action.ACCEPT else set()
    taken: Counter[Shared] = Counter()
    lines = []
    for application in applications:
        key = _shared(application)
        left = places[key].left - taken[key] if key in places else None
        why_not = choice.why_not(application, roles[application.pk], now)
        if not why_not and application.pk in training:
            why_not = str(InTraining())
        if not why_not and choice.funded:
            why_not = _why_no_place(application, left)
            taken[key] += not why_not
        lines.append(Line(application, why_not))
    return Preview(lines, [Meter(each, taken[key]) for key, each in places.items()])


def _why_no_place(application: Application, left: int | None) -> str:
    if application.funding_outcome != Outcome.FUNDED:
        return IN_REVIEW if application.funding_outcome == Outcome.REVIEW else NOT_FUNDED
    course = f"{application.qualification}, {application.term}"
    if left is None:
        return f"No number of funded places has been set for {course}."
    return "" if left > 0 else f"No funded place is left for {course}."


def _shared(row: Application | FundedPlaces) -> Shared:
    return row.provider_id, row.qualification_id, row.term_id


def _places_of(applications: Sequence[Application]) -> list[FundedPlaces]:
    either = Q(pk__in=[])
    for provider, npq, term in {_shared(each) for each in applications}:
        either |= Q(provider=provider, qualification=npq, term=term)
    return list(FundedPlaces.objects.filter(either).select_related("provider", "qualification", "term"))


def _in_training(applications: Sequence[Application]) -> set[object]:
    """Those whose person is in training for the same NPQ and term under another account (`actions.duplicates`)."""
    verified = {each.applicant.trn for each in applications if each.applicant.trn_verified} - {"", None}
    elsewhere = Application.objects.filter(
        state__in=IN_TRAINING, applicant__trn__in=verified, applicant__trn_verified=True
    ).values_list("applicant__trn", "qualification", "term", "applicant")
    found = list(elsewhere) if verified else []
    return {
        each.pk
        for each in applications
        for trn, npq, term, applicant in found
        if each.applicant.trn_verified
        and (each.applicant.trn, each.qualification_id, each.term_id) == (trn, npq, term)
        and each.applicant_id != applicant
    }
