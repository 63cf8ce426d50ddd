"""Another order of the waiting list: with a reason, audited, and of the list that was looked at."""

import pytest

from applications import actions
from applications.actions.errors import Incomplete, LineChanged, Refused
from applications.models import Application, Note
from applications.queries import order_of, place_in_line, waiting_line
from npq_portal.audit.models import AuditEvent
from tests.applications.races.threads import all_at_once
from tests.factories.applications import LATER, ApplicationFactory, ProviderFormFactory
from tests.queries import queries_of


@pytest.fixture
def like(world):
    return {
        "provider": world.ambition,
        "qualification": world.headship,
        "term": world.term,
        "form": ProviderFormFactory(),
    }


@pytest.fixture
def five(like):
    # Numbers have gaps.
    return [ApplicationFactory(waiting_list=True, waiting_number=10 * n + 3, **like) for n in range(5)]


def moved(application, to, by, order=None, reason="She waited longest."):
    application = Application.objects.get(pk=application.pk)
    order = order or order_of(row.pk for row in waiting_line(application))
    return actions.move_in_line(application=application, to=to, reason=reason, order=order, by=by, now=LATER)


def line(five):
    keys = [row.pk for row in five]
    return [keys.index(row.pk) for row in waiting_line(five[0])]


@pytest.mark.parametrize(
    ("who", "to", "after"),
    [(4, 1, [4, 0, 1, 2, 3]), (0, 5, [1, 2, 3, 4, 0]), (1, 3, [0, 2, 1, 3, 4]), (3, 2, [0, 3, 1, 2, 4])],
)
def test_to_a_place(five, decider, who, to, after):
    moved(five[who], to, decider)
    assert line(five) == after
    assert [place_in_line(row) for row in waiting_line(five[0])] == [1, 2, 3, 4, 5]


def test_others_lists_stay_and_one_audit_row_and_a_note_are_left(five, like, world, decider):
    other = ApplicationFactory(waiting_list=True, waiting_number=1, **{**like, "provider": world.other})
    moved(five[4], 1, decider)
    other.refresh_from_db()
    assert other.waiting_number == 1
    event = AuditEvent.objects.get()
    assert (event.action, event.old["place"], event.new["place"]) == ("applications.moved_in_line", 5, 1)
    assert Note.objects.get().text == "She waited longest."


@pytest.mark.parametrize("to", [0, 6, 3, -1])
def test_a_place_that_there_is_not_or_that_they_have(five, decider, to):
    with pytest.raises(Incomplete):
        moved(five[2], to, decider)
    assert line(five) == [0, 1, 2, 3, 4]


def test_without_a_reason(five, decider):
    with pytest.raises(Incomplete):
        moved(five[2], 1, decider, reason="  ")
    assert line(five) == [0, 1, 2, 3, 4]


def test_a_list_that_changed_since_is_looked_at_again(five, like, decider):
    seen = order_of(row.pk for row in waiting_line(five[0]))
    moved(five[4], 1, decider, seen)
    with pytest.raises(LineChanged):
        moved(five[4], 1, decider, seen)
    assert line(five) == [4, 0, 1, 2, 3]


def test_the_length_of_the_list_costs_no_queries(like, decider):
    two = [ApplicationFactory(waiting_list=True, waiting_number=n + 1, **like) for n in range(2)]
    short = queries_of(lambda: moved(two[1], 1, decider))
    for n in range(28):
        ApplicationFactory(waiting_list=True, waiting_number=n + 10, **like)
    assert queries_of(lambda: moved(two[0], 30, decider)) == short


@pytest.mark.django_db(transaction=True)
def test_two_at_once_one_wins_and_no_number_is_lost(five, decider):
    for _ in range(5):
        order = order_of(row.pk for row in waiting_line(five[0]))
        last, before = waiting_line(five[0])[-1:-3:-1]
        leaves = waiting_line(five[0])[2]
        results = all_at_once(
            [
                lambda row=last, order=order: moved(row, 1, decider, order),
                lambda row=before, order=order: moved(row, 1, decider, order),
            ]
        )
        assert sum(isinstance(each, Refused) for each in results) == 1, results
        assert len({row.waiting_number for row in waiting_line(five[0])}) == 5
    results = all_at_once(
        [
            lambda: actions.withdraw(application=leaves, by=leaves.applicant, now=LATER),
            lambda: moved(waiting_line(five[0])[-1], 1, decider),
        ]
    )
    assert len(waiting_line(five[0])) == 4
    assert not isinstance(results[0], Exception), results
