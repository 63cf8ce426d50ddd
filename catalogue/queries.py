"""What the catalogue's pages ask, in the words of the people who read them."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Count, DecimalField, Func, Q, QuerySet, Sum, Value

from catalogue.models import (
    CourseRun,
    DeliveryPartner,
    FrameworkEdition,
    FrameworkSection,
    LeadProvider,
    Offer,
    PriceSeen,
    Qualification,
    QualificationFact,
    TeachingSchoolHub,
    Term,
)

SHOWN_ON_PUBLIC_PAGES = (
    Term,
    Qualification,
    QualificationFact,
    PriceSeen,
    FrameworkEdition,
    FrameworkSection,
    LeadProvider,
    Offer,
    TeachingSchoolHub,
    DeliveryPartner,
    CourseRun,
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
    return {
        kind: [
            Statements([fact.text for fact in same], as_of, certain)
            for (as_of, certain), same in groupby(of_kind, key=lambda fact: (fact.as_of, fact.certain))
        ]
        for kind, of_kind in groupby(facts, key=lambda fact: fact.kind)
    }


def offers_of(qualification: Qualification, term: Term | None) -> QuerySet[Offer]:
    """The offers of `qualification` in `term` with their lead providers, by name."""
    return qualification.offers.filter(term=term).select_related("provider").order_by("provider__name")


def upcoming_runs(qualification: Qualification, day: date) -> QuerySet[CourseRun]:
    """Course runs still to come, soonest first, those without a date last."""
    return (
        qualification.course_runs.upcoming(day)
        .exclude(state=CourseRun.State.CLOSED)
        .select_related("provider", "hub", "partner", "term")
        .prefetch_related("sessions")
    )


def catalogue_version() -> str:
    """Changes whenever a row that public pages show is added, changed or removed.

    The number of rows and the sum of their times of change, for each table. The newest time alone would miss
    a row that was removed, and one that was written before another but committed after it.
    """
    seconds = Func(
        "updated_at",
        template="EXTRACT(EPOCH FROM %(expressions)s)",
        output_field=DecimalField(max_digits=30, decimal_places=6),
    )
    tables = [
        model._default_manager.order_by()
        .annotate(table=Value(model._meta.model_name))
        .values("table")
        .annotate(rows=Count("pk"), seconds=Sum(seconds))
        .values_list("table", "rows", "seconds")
        for model in SHOWN_ON_PUBLIC_PAGES
    ]
    return str(sorted(tables[0].union(*tables[1:], all=True)))
