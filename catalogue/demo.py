"""Example course runs for the demonstration: made up, and marked so on every page that shows them."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from catalogue.models import CourseRun, LeadProvider, Qualification, Session, TeachingSchoolHub, Term

# Spread over the country; the first is the demonstration hub's own.
HUBS = ["EE1", "L6", "NW7", "NE1", "SW3", "WM2", "YH9", "SE2", "EM2"]
PROVIDERS = ["Ambition Institute", "Teach First"]
MODES = [CourseRun.Mode.BLENDED, CourseRun.Mode.FACE_TO_FACE, CourseRun.Mode.ONLINE]
STATES = [CourseRun.State.OPEN, CourseRun.State.OPEN, CourseRun.State.ANNOUNCED, CourseRun.State.FULL]
RUNS = 36


@transaction.atomic
def create(now: datetime) -> None:
    """Runs of autumn 2026, starting in the weeks after `now`. Does nothing where there are examples already.

    Needs the reference data. Every fourth has no date yet, as real ones often do not.
    """
    if CourseRun.objects.filter(is_example=True).exists():
        return
    term = Term.objects.get(identifier="autumn-2026")
    hubs = [TeachingSchoolHub.objects.get(code=code) for code in HUBS]
    providers = [LeadProvider.objects.get(name=name) for name in PROVIDERS]
    npqs = list(Qualification.objects.offered_in(term).order_by("position"))
    for number in range(RUNS):
        run = CourseRun(
            provider=providers[number % 2],
            hub=hubs[number % len(hubs)],
            qualification=npqs[number % len(npqs)],
            term=term,
            state=STATES[number % len(STATES)],
            mode=MODES[number % len(MODES)],
            is_example=True,
        )
        if number % 4 != 2:
            _give_dates(run, timezone.localdate(now) + timedelta(weeks=2 + number % 6))
        run.save()
        Session.objects.bulk_create(_sessions(run))


def _give_dates(run: CourseRun, first: date) -> None:
    first += timedelta(days=2 - first.weekday())  # the Wednesday of that week
    if (first.month, first.day) >= (12, 18) or (first.month, first.day) <= (1, 4):
        first += timedelta(weeks=3)  # nobody starts in the Christmas holidays
    run.starts_on = first
    run.ends_on = first + timedelta(days=30 * run.qualification.taught_months)
    run.apply_by = first - timedelta(days=10)


def _sessions(run: CourseRun) -> list[Session]:
    """A day together and two evenings online; all online for an online run. None for a run without a date."""
    if run.starts_on is None:
        return []
    together = run.mode != CourseRun.Mode.ONLINE
    return [
        Session(
            run=run,
            position=1,
            title="Opening day",
            on=run.starts_on,
            starts_at=time(9, 30),
            ends_at=time(15, 30),
            online=not together,
            venue="Example training room" if together else "",
            postcode="ZZ99 9ZZ" if together else "",
        ),
        *(
            Session(
                run=run,
                position=position,
                title=f"Twilight seminar {position - 1}",
                on=run.starts_on + timedelta(weeks=6 * (position - 1)),
                starts_at=time(16, 15),
                ends_at=time(17, 45),
                online=True,
            )
            for position in (2, 3)
        ),
    ]
