"""What is searched for, as the database is asked for it."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, FloatField, Func, Q, QuerySet
from django.db.models.functions import Cast

from catalogue.finder.place import METRES_A_MILE, Place
from catalogue.finder.wanted import Wanted
from catalogue.models import CourseRun, PostcodeArea, RunVenue

ONLINE = Q(mode=CourseRun.Mode.ONLINE)


@dataclass(frozen=True)
class Meant:
    """A place that may have been meant, and the address of the same search there."""

    name: str
    address: str


@dataclass(frozen=True)
class Search:
    """`wanted` on `day`, near `place` if it names one; `meant` where it names one that we do not know."""

    wanted: Wanted
    place: Place | None
    day: date
    meant: tuple[Meant, ...] = ()

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

    @property
    def runs_anywhere(self) -> QuerySet[CourseRun]:
        """As `runs`, however far away."""
        conditions = (q for name, q in self.conditions.items() if name != "within")
        return CourseRun.objects.to_join(self.day).filter(*conditions)

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
    of_run = {
        "npq": "qualification__slug",
        "mode": "mode",
        "days": "days",
        "provider": "provider__slug",
        "hub": "hub__code",
    }
    asked = wanted.filters
    conditions = {name: Q((of_run[name], value)) for name, value in asked.items() if name in of_run}
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
