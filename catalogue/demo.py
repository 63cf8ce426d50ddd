"""Example course runs for the demonstration: made up, and marked so on every page that shows them."""

import math
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from catalogue.models import (
    CourseRun,
    DeliveryPartner,
    HubArea,
    Offer,
    PartnerAlias,
    PostcodeArea,
    PriceSeen,
    Qualification,
    Session,
    TeachingSchoolHub,
    Term,
)

RUNS_A_HUB = 4
# The demonstration's staff decide for these two, which therefore have half of the runs.
PROVIDERS = ("Ambition Institute", "Teach First")
MODES = (CourseRun.Mode.BLENDED, CourseRun.Mode.FACE_TO_FACE, CourseRun.Mode.BLENDED, CourseRun.Mode.ONLINE)
DAYS = (CourseRun.Days.WEEKDAY, CourseRun.Days.TWILIGHT, CourseRun.Days.SATURDAY)
STATES = (
    CourseRun.State.OPEN,
    CourseRun.State.OPEN,
    CourseRun.State.ANNOUNCED,
    CourseRun.State.OPEN,
    CourseRun.State.WAITING_LIST,
    CourseRun.State.OPEN,
    CourseRun.State.FULL,
)
TAKEN_UP = (CourseRun.State.FULL, CourseRun.State.WAITING_LIST)
# Month and day of the first and last day on which no example is taught: about the school holidays.
HOLIDAYS = (((12, 18), (12, 31)), ((1, 1), (1, 4)), ((2, 13), (2, 21)), ((3, 26), (4, 11)), ((5, 29), (6, 6)))
SUMMER = ((7, 20), (9, 3))
NOWHERE = "ZZ99"
# Nearly the name of one in the reference data, as it comes in by hand: for portal staff to see to.
NEAR_NAME, NEAR_SLUG = (
    "Cheshire Leadership & Teaching Alliance Ltd",
    "cheshire-leadership-teaching-alliance-ltd",
)
SESSIONS = 5


@transaction.atomic
def create(now: datetime) -> None:
    """Runs of autumn 2026 at every hub, starting in the weeks after `now`. Where examples are already, none is added.

    Needs the reference data. Every fourth has no date yet, as real ones often do not.
    """
    partner = _partner_of_near_name()
    if CourseRun.objects.filter(is_example=True).exists():
        return
    day = timezone.localdate(now)
    term = Term.objects.get(identifier="autumn-2026")
    npqs = list(Qualification.objects.offered_in(term).order_by("position"))
    offers = _offers(term)
    prices = dict(PriceSeen.objects.order_by("position").values_list("qualification_id", "pounds"))
    numbers = count()
    runs = []
    for place, hub in enumerate(TeachingSchoolHub.objects.order_by("code")):
        for turn in range(RUNS_A_HUB):
            number = next(numbers)
            npq = npqs[(number + place) % len(npqs)]
            run = CourseRun(
                provider_id=offers[npq.pk][(place + turn) % len(offers[npq.pk])],
                hub=hub,
                qualification=npq,
                term=term,
                state=STATES[number % len(STATES)],
                mode=MODES[turn % len(MODES)],
                days=DAYS[(place + turn) % len(DAYS)],
                is_example=True,
            )
            if (number + place) % 4 != 2:
                _give_dates(run, day + timedelta(weeks=2 + number % 10))
            _give_figures(run, number, prices.get(npq.pk), day - timedelta(days=3 + number % 9))
            runs.append(run)
    _give_to(partner, runs)
    CourseRun.objects.bulk_create(runs)
    where = _outward_codes()
    Session.objects.bulk_create(
        session for run in runs for session in _sessions(run, where.get(run.hub_id or 0, NOWHERE))
    )


def _partner_of_near_name() -> DeliveryPartner | None:
    """None once staff have merged it into the other: it does not come back."""
    called = Q(name=NEAR_NAME) | Q(slug=NEAR_SLUG)
    if PartnerAlias.objects.filter(called).exists():
        return None
    partner = DeliveryPartner.objects.filter(called).first()
    return partner or DeliveryPartner.objects.create(name=NEAR_NAME, slug=NEAR_SLUG)


def _give_to(partner: DeliveryPartner | None, runs: list[CourseRun]) -> None:
    """Every third at the hub that the partner of the nearly same name once taught with."""
    for run in [run for run in runs if run.hub and run.hub.code == "NW12"][::3]:
        run.partner = partner


def _offers(term: Term) -> dict[int, list[int]]:
    """NPQ -> the lead providers that offer it, the demonstration's own each second time."""
    offers = defaultdict(list)
    for npq, provider, name in (
        Offer.objects.filter(term=term)
        .order_by("provider__name")
        .values_list("qualification", "provider", "provider__name")
    ):
        offers[npq].append((provider, name))
    return {
        npq: [each for provider, name in named for each in ([provider] * (2 if name in PROVIDERS else 1))]
        for npq, named in offers.items()
    }


def _give_dates(run: CourseRun, earliest: date) -> None:
    run.starts_on = _teaching_day(run, earliest)
    run.ends_on = run.starts_on + timedelta(days=30 * run.qualification.taught_months)
    run.apply_by = run.starts_on - timedelta(days=10)


def _give_figures(run: CourseRun, number: int, price: Decimal | None, seen: date) -> None:
    if price is not None:
        run.price, run.price_plus_vat, run.price_as_of = price, True, seen
    if run.state == CourseRun.State.ANNOUNCED:
        return  # nothing is counted yet
    run.funded_places, run.paying_places, run.places_as_of = 8 + number % 5, 10, seen
    full = run.state in TAKEN_UP
    run.funded_taken = run.funded_places if full or number % 6 == 1 else number % 7
    run.paying_taken = run.paying_places if full else number % 9


def _teaching_day(run: CourseRun, earliest: date) -> date:
    """The first day from `earliest` that is of the run's kind and not in the holidays."""
    weekday = 5 if run.days == CourseRun.Days.SATURDAY else 1 + earliest.toordinal() % 3
    day = earliest + timedelta(days=(weekday - earliest.weekday()) % 7)
    while any(first <= (day.month, day.day) <= last for first, last in (*HOLIDAYS, SUMMER)):
        day += timedelta(weeks=1)
    return day


def _sessions(run: CourseRun, outward_code: str) -> list[Session]:
    """An opening day, then meetings six weeks apart; online for an online run, and for a blended one but the first."""
    if run.starts_on is None:
        return []
    sessions = []
    for position in range(1, SESSIONS + 1):
        on = (
            run.starts_on
            if position == 1
            else _teaching_day(run, run.starts_on + timedelta(weeks=6 * (position - 1)))
        )
        online = run.mode == CourseRun.Mode.ONLINE or (run.mode == CourseRun.Mode.BLENDED and position > 1)
        starts, ends = _hours(run, position)
        sessions.append(
            Session(
                run=run,
                position=position,
                title="Opening day" if position == 1 else f"Seminar {position - 1}",
                on=on,
                starts_at=starts,
                ends_at=ends,
                facilitator=f"Example facilitator {run.pk}",
                online=online,
                venue="" if online else "Example training room",
                postcode="" if online else f"{outward_code} 9ZZ",
            )
        )
    return sessions


def _hours(run: CourseRun, position: int) -> tuple[time, time]:
    if run.days == CourseRun.Days.TWILIGHT:
        return time(16, 15), time(18, 15)
    if run.days == CourseRun.Days.SATURDAY:
        return time(9, 30), time(12, 30)
    return (time(9, 30), time(15, 30)) if position == 1 else (time(13, 30), time(15, 30))


def _outward_codes() -> dict[int, str]:
    """Hub -> the outward code in the middle of the first district that it serves."""
    areas = list(PostcodeArea.objects.values_list("outward_code", "easting", "northing"))
    if not areas:
        return {}
    middles: dict[int, tuple[int, int]] = {}
    for area in HubArea.objects.order_by("hub", "district_name"):
        if area.easting is not None and area.northing is not None:
            middles.setdefault(area.hub_id, (area.easting, area.northing))
    return {
        hub: min(areas, key=lambda area: math.dist(area[1:], middle))[0] for hub, middle in middles.items()
    }
