"""What each filter of the course finder can be: value in the address -> name, in the order they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from catalogue.models import CourseRun, LeadProvider, Qualification, TeachingSchoolHub

MONTHS_SHOWN = 12
MILES = (5, 10, 20, 30, 50)
PLACES = {"any": "Any place left", "funded": "A funded place left", "paying": "A paying place left"}
ORDERS = {"distance": "Distance", "start": "Start date", "closing": "Closing date"}


@dataclass(frozen=True)
class Choices:
    """NPQs and lead providers by slug, hubs by code, months by "2027-01".

    `names` leads from all that an NPQ may be called in an address, in small letters, to its slug.
    """

    npq: Mapping[str, str]
    provider: Mapping[str, str]
    hub: Mapping[str, str]
    start: Mapping[str, str]
    within: Mapping[str, str]
    mode: Mapping[str, str]
    days: Mapping[str, str]
    places: Mapping[str, str]
    order: Mapping[str, str]
    names: Mapping[str, str]


def choices_on(day: date) -> Choices:
    """Those of `day`: the months begin with its own, and lead providers that left are out. Three queries."""
    npqs = Qualification.objects.shown().order_by("position")
    return Choices(
        npq={npq.slug: npq.name for npq in npqs},
        names={name.lower(): npq.slug for npq in npqs for name in npq.names},
        provider=dict(LeadProvider.objects.teaching().order_by("name").values_list("slug", "name")),
        hub={
            code: f"{name} ({code})"
            for code, name in TeachingSchoolHub.objects.order_by("name", "code").values_list("code", "name")
        },
        start={f"{month:%Y-%m}": f"{month:%B %Y}" for month in _months(day)},
        within={str(miles): f"Within {miles} miles" for miles in MILES},
        mode=_labels(CourseRun.Mode.choices),
        days=_labels(CourseRun.Days.choices),
        places=PLACES,
        order=ORDERS,
    )


def _labels(choices: list[tuple[str, str]]) -> dict[str, str]:
    return {value: str(label) for value, label in choices}


def _months(day: date) -> list[date]:
    first = day.year * 12 + day.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(first, first + MONTHS_SHOWN)]
