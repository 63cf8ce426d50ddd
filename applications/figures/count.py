"""The figures, as they stand at this moment: counted by the database, of nothing but what the reader sees.

Nothing is kept ready beforehand, so they are never of yesterday. Applications are read from one index that holds all
that is counted by (`application_counted`); drafts, which name their NPQ, term and provider in their answers alone, are
few, as they are deleted after a while.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, DateTimeField, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.fields.json import KT

from applications.figures.steps import NOTHING, Step, Tally
from applications.figures.weeks import beginnings
from applications.models import Answer, Application, ClosedApplication, EndedDraft
from applications.models.application_constraints import values
from applications.states import LIVE, TAKEN_ON
from catalogue.models import LeadProvider, Qualification, Term
from npq_portal.accounts.models import User

# What each is counted by, and when an application came to each step. Answers of a draft are called alike.
SENT, GOING_ON = Q(submitted_at__isnull=False), Q(state__in=values(LIVE - TAKEN_ON))
TAKEN = Q(state__in=values(TAKEN_ON))
WHEN = {
    Step.STARTED: ("started_at", Q()),
    Step.REGISTERED: ("registered_at", Q()),
    Step.SUBMITTED: ("submitted_at", SENT),
    Step.ACCEPTED: ("decided_at", TAKEN),
}
NAMED = {"term": "identifier", "qualification": "identifier", "provider": "slug"}
STEP_OF = {"term": "term", "qualification": "npq", "provider": "provider"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the figures are narrowed to; None and "" narrow nothing."""

    term: Term | None = None
    qualification: Qualification | None = None
    provider: LeadProvider | None = None
    outcome: str = ""

    @property
    def rows(self) -> dict[str, Any]:
        return {name: row for name in NAMED if (row := getattr(self, name))}


class Group(NamedTuple):
    """The keys of what those have in common who are counted together; None where it is not chosen yet."""

    term: int | None
    qualification: int | None
    provider: int | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Counted:
    """`weeks` has a list for each step: how many came to it in each week, those before the first of them in front.

    `went_elsewhere` are those that began with a provider and went on with another, where they are counted.
    """

    groups: dict[Group, Tally]
    weeks: dict[Step, list[int]]
    went_elsewhere: int

    @property
    def total(self) -> Tally:
        return sum(self.groups.values(), NOTHING)

    def by(self, name: str) -> dict[Any, Tally]:
        """`name` is one of Group's."""
        found: dict[Any, Tally] = defaultdict(Tally)
        for group, tally in self.groups.items():
            found[getattr(group, name)] += tally
        return found


def counted(*, user: User, chosen: Chosen, mondays: Sequence[date]) -> Counted:
    """What `user` sees, narrowed to `chosen`. Drafts are portal staff's to count, where no funding is asked for: a
    draft has no decision. Six queries, and seven more with drafts, however many applications there are.
    """
    registered = Application.objects.visible_to(user).filter(**chosen.rows)
    closed = ClosedApplication.objects.visible_to(user).filter(**chosen.rows)
    if chosen.outcome:
        registered = registered.filter(funding_outcome=chosen.outcome)
        closed = closed.filter(application__funding_outcome=chosen.outcome)
    groups: dict[Group, Tally] = defaultdict(Tally)
    weeks = {
        step: _by_week(registered.filter(condition), column, mondays)
        for step, (column, condition) in WHEN.items()
    }
    for group, tally in _groups(registered):
        groups[group] += tally
    if counts_drafts(user, chosen):
        begun, ended = _drafts(chosen), EndedDraft.objects.visible_to(user).filter(**chosen.rows)
        for group, tally in [*_open_drafts(begun), *_ended_drafts(ended)]:
            groups[group] += tally
        open_ones, over = _by_week(begun, "started_at", mondays), _ended_by_week(ended, mondays)
        weeks[Step.STARTED] = [sum(each) for each in zip(weeks[Step.STARTED], open_ones, over, strict=True)]
    return Counted(dict(groups), weeks, closed.count())


def counts_drafts(user: User, chosen: Chosen) -> bool:
    return user.sees_everything and not chosen.outcome


def _groups(rows: QuerySet[Application]) -> Iterable[tuple[Group, Tally]]:
    numbers = {
        "all": Count("*"),
        "sent": Count("state", filter=SENT),
        "taken": Count("state", filter=TAKEN),
        "unsent": Count("state", filter=GOING_ON & ~SENT),
        "undecided": Count("state", filter=GOING_ON & SENT),
    }
    keys = ("term", "qualification", "provider", "funding_outcome")
    found = rows.order_by().values(*keys).annotate(**numbers).values_list(*keys, *numbers)
    for *key, every, sent, taken, unsent, undecided in found:
        tally = Tally(every, every, sent, taken, unsent=unsent, undecided=undecided)
        yield Group(*key), tally


def _drafts(chosen: Chosen) -> QuerySet[Application]:
    """Those that there are, with what they have chosen so far."""
    drafts = Application.objects.drafts()
    for name, step in STEP_OF.items():
        answer = Answer.objects.filter(application=OuterRef("pk"), step=step)
        drafts = drafts.annotate(**{f"chosen_{name}": Subquery(answer.values(said=KT(f"value__{step}")))})
    named = {f"chosen_{name}": getattr(row, NAMED[name]) for name, row in chosen.rows.items()}
    return drafts.filter(**named)


def _open_drafts(drafts: QuerySet[Application]) -> Iterable[tuple[Group, Tally]]:
    models = {"term": Term, "qualification": Qualification, "provider": LeadProvider}
    keys = {
        name: dict(model._default_manager.values_list(NAMED[name], "pk")) for name, model in models.items()
    }
    numbers = Counter(drafts.order_by().values_list(*(f"chosen_{name}" for name in NAMED)))
    for said, number in numbers.items():
        term, qualification, provider = (
            keys[name].get(value) for name, value in zip(NAMED, said, strict=True)
        )
        yield Group(term, qualification, provider, ""), Tally(started=number, drafts=number)


def _ended_drafts(ended: QuerySet[EndedDraft]) -> Iterable[tuple[Group, Tally]]:
    keys = ("term", "qualification", "provider")
    found = ended.order_by().values(*keys).annotate(number=Count("*")).values_list(*keys, "number")
    for term, qualification, provider, number in found:
        yield Group(term, qualification, provider, ""), Tally(started=number)


def _by_week(rows: QuerySet[Application], column: str, mondays: Sequence[date]) -> list[int]:
    edges = Value(beginnings(mondays), output_field=ArrayField(DateTimeField()))
    week = Func(column, edges, function="width_bucket", output_field=IntegerField())
    found = dict(rows.order_by().values(week=week).annotate(number=Count("*")).values_list("week", "number"))
    return [found.get(number, 0) for number in range(len(mondays) + 1)]


def _ended_by_week(ended: QuerySet[EndedDraft], mondays: Sequence[date]) -> list[int]:
    found = dict(ended.order_by().values("week").annotate(number=Count("*")).values_list("week", "number"))
    earlier = sum(number for week, number in found.items() if week < mondays[0])
    return [earlier, *(found.get(monday, 0) for monday in mondays)]
