"""What is searched for, as the database is asked for it."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, FloatField, Func, Q, QuerySet, Subquery
from django.db.models.functions import Cast

from catalogue.finder.fitting import ONLINE, Fitting, to_join
from catalogue.finder.place import METRES_A_MILE, Place
from catalogue.finder.wanted import Wanted
from catalogue.models import (
    CourseRun,
    LeadProvider,
    PostcodeArea,
    Qualification,
    RunVenue,
    TeachingSchoolHub,
)


@dataclass(frozen=True)
class Meant:
    """A place that may have been meant, and the address of the same search there."""

    name: str
    address: str


@dataclass(frozen=True)
class Search:
    """`wanted` on `day`, near `place` if it names one; `meant` where it names one that we do not know.

    `narrower` is the search that this one came of by giving filters up, if it did.
    """

    wanted: Wanted
    place: Place | None
    day: date
    meant: tuple[Meant, ...] = ()
    narrower: "Search | None" = field(default=None, compare=False, repr=False)

    def wider(self, wanted: Wanted) -> "Search":
        """The search for `wanted`, which asks for nothing that this one does not, and less."""
        return replace(self, wanted=wanted, narrower=self)

    @cached_property
    def conditions(self) -> dict[str, Q]:
        """Filter -> what it asks of a run."""
        conditions = _conditions(self.wanted)
        if self.place and self.metres is not None:
            # Wherever one is, an online course is within reach.
            conditions["within"] = Q(pk__in=_held_within(self.place, self.metres)) | ONLINE
        return conditions

    @property
    def text(self) -> str:
        """What is searched for, without an order or a page, as an address has it. Equal searches are equal text."""
        wanted = replace(self.wanted, near=self.place.name) if self.place else self.wanted
        return urlencode(wanted.pairs(leave_out=["order", "page"]))

    @property
    def metres(self) -> float | None:
        """How far away a course may be that is not online; None where that does not matter."""
        return int(self.wanted.within) * METRES_A_MILE if self.wanted.within and self.place else None

    @property
    def runs(self) -> QuerySet[CourseRun]:
        return CourseRun.objects.to_join(self.day).filter(*self.conditions.values())

    @cached_property
    def fitting(self) -> Fitting:
        """`runs`, and which filters they fit: written once for this search and those that are wider."""
        if self.narrower:
            return self.narrower.fitting.only(self.wanted.filters)
        return Fitting(to_join(self.day), self.conditions)

    @property
    def runs_and_cancelled(self) -> QuerySet[CourseRun]:
        """What a calendar of this search tells: a run that was found before does not merely vanish."""
        return CourseRun.objects.to_join_or_cancelled(self.day).filter(*self.conditions.values())

    @property
    def counted_by(self) -> str:
        """The same text for searches that find equally many: the place counts only where the distance does."""
        place = self.place if "within" in self.conditions else None
        return f"{self.day} {place} {[self.wanted.filters[name] for name in self.conditions]} {list(self.conditions)}"

    @property
    def order(self) -> str:
        return self.wanted.order or ("distance" if self.place else "start")


def _conditions(wanted: Wanted) -> dict[str, Q]:
    # Each by the run's own column: with a join every run would be joined first.
    of_run = {
        "npq": ("qualification", Qualification.objects.filter(slug=wanted.npq)),
        "provider": ("provider", LeadProvider.objects.filter(slug=wanted.provider)),
        "hub": ("hub", TeachingSchoolHub.objects.filter(code=wanted.hub)),
    }
    conditions: dict[str, Q] = {}
    for name, value in wanted.filters.items():
        if name in ("mode", "days"):
            conditions[name] = Q((name, value))
        elif name in of_run:
            column, named = of_run[name]
            conditions[name] = Q((column, Subquery(named.values("pk"))))
    if start := wanted.start:
        year, month = (int(part) for part in start.split("-"))
        following = date(year + month // 12, month % 12 + 1, 1)
        conditions["start"] = Q(starts_on__gte=date(year, month, 1), starts_on__lt=following)
    if kind := wanted.places:
        funded, paying = (
            Q((f"{each}_taken__lt", F(f"{each}_places")), places_as_of__isnull=False)
            for each in ("funded", "paying")
        )
        conditions["places"] = {"funded": funded, "paying": paying, "any": funded | paying}[kind]
    return conditions


def _held_within(place: Place, metres: float) -> QuerySet[Any]:
    east, north = (
        Cast(F(axis), FloatField()) - middle
        for axis, middle in (("easting", place.easting), ("northing", place.northing))
    )
    areas = PostcodeArea.objects.alias(squared=east * east + north * north).filter(squared__lte=metres**2)
    # As an array, of which Postgres knows that it is short, so that it looks its codes up in the index.
    codes = ArraySubquery(areas.values("outward_code"))
    among = Func(
        F("outward_code"),
        codes,
        template="%(expressions)s)",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )
    return RunVenue.objects.filter(among).values("run")
