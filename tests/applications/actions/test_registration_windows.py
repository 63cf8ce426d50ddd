"""Registration opens and closes at midnight in England, to the second, in winter and in summer."""

from datetime import UTC, date, datetime, timedelta

import pytest

from applications import actions
from applications.actions.errors import Incomplete
from applications.models import Application
from tests.factories.applications import draft_of

SECOND = timedelta(seconds=1)
# The last day -> the first moment of the next, by the clock of Greenwich.
ENDS = {
    date(2026, 12, 4): datetime(2026, 12, 5, 0, tzinfo=UTC),
    date(2027, 7, 4): datetime(2027, 7, 4, 23, tzinfo=UTC),
    # The night before the clocks go back on 25 October, and the day of 25 hours itself.
    date(2026, 10, 24): datetime(2026, 10, 24, 23, tzinfo=UTC),
    date(2026, 10, 25): datetime(2026, 10, 26, 0, tzinfo=UTC),
    # The night before they go forward on 28 March, and the day of 23 hours.
    date(2027, 3, 27): datetime(2027, 3, 28, 0, tzinfo=UTC),
    date(2027, 3, 28): datetime(2027, 3, 28, 23, tzinfo=UTC),
}
every_end = pytest.mark.parametrize(("day", "midnight"), ENDS.items(), ids=str)


def registers(draft, now):
    try:
        actions.register(application=draft, by=draft.applicant, now=now)
    except Incomplete:
        assert Application.objects.get().state == "draft"
        return False
    return True


@every_end
@pytest.mark.parametrize(("moment", "taken"), [(-SECOND, True), (timedelta(0), False)], ids=["last", "first"])
def test_closing_is_at_the_end_of_the_last_day(world, teacher, day, midnight, moment, taken):
    world.term.registration_closes = day
    world.term.save()
    draft = draft_of(teacher, now=midnight - timedelta(days=2))
    assert registers(draft, midnight + moment) is taken


@every_end
@pytest.mark.parametrize(("moment", "taken"), [(-SECOND, False), (timedelta(0), True)], ids=["last", "first"])
def test_opening_is_at_the_beginning_of_the_first_day(world, teacher, day, midnight, moment, taken):
    draft = draft_of(teacher, now=midnight)
    world.term.registration_opens = day + timedelta(days=1)
    world.term.save()
    assert registers(draft, midnight + moment) is taken
