"""The course runs of an organisation, and whom it teaches them with."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import BoolAnd
from django.db.models import Max, Min, QuerySet

from catalogue.finder.lines import Line, Organisation, line
from catalogue.finder.runs import soonest
from catalogue.models import CourseRun, DeliveryPartner, LeadProvider, TeachingSchoolHub

SHOWN = 5
PAST_SHOWN = 40


@dataclass(frozen=True)
class Courses:
    """The first runs that somebody may still choose, of `total`; and those that are over, newest first."""

    soonest: list[Line]
    total: int
    past: list[CourseRun]


def courses_of(organisation: Organisation, day: date) -> Courses:
    """Four queries, whatever the rows."""
    runs = organisation.course_runs.all()
    to_join = runs.to_join(day)
    over = runs.past(day).select_related("qualification", "term", "provider", "hub", "partner")
    return Courses(
        soonest=[line(each, organisation) for each in soonest(to_join, SHOWN)],
        total=to_join.count(),
        past=list(over.order_by("-term__position", "qualification__position", "pk")[:PAST_SHOWN]),
    )


# Whom some runs name: each with `is_example`, true where all of those runs are made up; these come last.


def providers_in(runs: QuerySet[CourseRun]) -> QuerySet[LeadProvider]:
    return _in(LeadProvider.objects.all(), runs).order_by("is_example", "name")


def hubs_in(runs: QuerySet[CourseRun]) -> QuerySet[TeachingSchoolHub]:
    return _in(TeachingSchoolHub.objects.all(), runs).order_by("is_example", "name", "code")


def partners_in(runs: QuerySet[CourseRun]) -> QuerySet[DeliveryPartner]:
    return _in(DeliveryPartner.objects.all(), runs).order_by("is_example", "name")


def _in(organisations: QuerySet[Any], runs: QuerySet[CourseRun]) -> QuerySet[Any]:
    return organisations.filter(course_runs__in=runs).annotate(is_example=BoolAnd("course_runs__is_example"))


def prices_in(runs: QuerySet[CourseRun]) -> list[dict[str, Any]]:
    """For each NPQ the lowest and the highest price asked, with the last day it was seen; VAT and examples apart."""
    of = ("is_example", "qualification__name", "qualification__slug", "price_plus_vat")
    priced = runs.filter(price__isnull=False).order_by(
        "is_example", "qualification__position", "price_plus_vat"
    )
    return list(priced.values(*of).annotate(low=Min("price"), high=Max("price"), seen=Max("price_as_of")))
