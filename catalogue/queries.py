"""What the catalogue's pages ask, in the words of the people who read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from catalogue.models import (
    CourseRun,
    Offer,
    Qualification,
    QualificationFact,
    Session,
    Term,
)


@dataclass(frozen=True)
class Statements:
    """Facts of one kind, seen on the same day and equally certain, so that the day is said once."""

    texts: list[str]
    as_of: date | None
    certain: bool


def current_term(day: date) -> Term | None:
    """The newest term open for registering on `day`, else the newest that was; None before any has opened."""
    open_now = Term.objects.registering_on(day).order_by("-position").first()
    return open_now or Term.objects.filter(registration_opens__lte=day).order_by("-position").first()


def qualifications_with_providers(term: Term | None) -> QuerySet[Qualification]:
    """The eleven in order, each with `provider_count`: how many lead providers offer it in `term`."""
    counted = Count("offers", filter=Q(offers__term=term))
    return Qualification.objects.shown().annotate(provider_count=counted).order_by("position")


def facts_by_kind(qualification: Qualification) -> dict[str, list[Statements]]:
    """Kind -> its facts in order; a kind without facts is missing."""
    facts = qualification.facts.order_by("kind", "position")
    return {kind: statements(of_kind) for kind, of_kind in groupby(facts, key=lambda fact: fact.kind)}


def statements(facts: Iterable[QualificationFact]) -> list[Statements]:
    """`facts` in their order, neighbours of the same day and certainty together."""
    return [
        Statements([fact.text for fact in same], as_of, certain)
        for (as_of, certain), same in groupby(facts, key=lambda fact: (fact.as_of, fact.certain))
    ]


def people_on(runs: Iterable[int], now: datetime) -> dict[int, int]:
    """Of the runs of these keys, how many live applications there are for each: those who are told of a change.

    A run without one is missing. Applications stand above the catalogue: hence by their reverse name.
    """
    applications: Any = CourseRun._meta.get_field("applications").related_model
    live = applications.objects.told_live(now).filter(course_run__in=list(runs)).order_by()
    return dict(live.values_list("course_run").annotate(Count("pk")))


def offers_of(qualification: Qualification, term: Term | None) -> QuerySet[Offer]:
    """The offers of `qualification` in `term` with their lead providers, by name."""
    return qualification.offers.filter(term=term).select_related("provider").order_by("provider__name")


@dataclass(frozen=True)
class TermTaught:
    """A term that an NPQ was taught in. `began` says that it was the first, and `funding_changed` that the one before
    had another kind of scholarship funding; `providers` are empty where it is not known who offered it.
    """

    term: Term
    began: bool
    funding_changed: bool
    providers: list[str]


def terms_taught(qualification: Qualification) -> list[TermTaught]:
    """Newest first: those from its first term on, and any other that somebody offered it in. Two queries."""
    offers = qualification.offers.select_related("provider").order_by("term", "provider__name")
    names = {
        term: [offer.provider.name for offer in of_term]
        for term, of_term in groupby(offers, key=attrgetter("term_id"))
    }
    first = qualification.first_term
    terms = [
        term
        for term in Term.objects.order_by("position")
        if term.pk in names or (first and term.position >= first.position)
    ]
    before = [None, *terms]
    found = [
        TermTaught(
            term=term,
            began=term == first,
            funding_changed=earlier is not None and earlier.funding != term.funding,
            providers=names.get(term.pk, []),
        )
        for earlier, term in zip(before, terms, strict=False)
    ]
    return found[::-1]


def upcoming_runs(qualification: Qualification, day: date) -> QuerySet[CourseRun]:
    """Course runs still to come, soonest first, those without a date last."""
    return (
        qualification.course_runs.upcoming(day)
        .exclude(state=CourseRun.State.CLOSED)
        .select_related("provider", "hub", "partner", "term")
        .prefetch_related("sessions")
    )


def sessions_with_a_date(runs: QuerySet[CourseRun]) -> QuerySet[Session]:
    """The sessions of `runs` that have a date, soonest first, each with its run and whom it is with."""
    related = ("run__qualification", "run__hub", "run__partner", "run__provider")
    sessions = Session.objects.filter(run__in=runs.order_by(), on__isnull=False)
    return sessions.select_related(*related).order_by("on", F("starts_at").asc(nulls_first=True), "pk")
