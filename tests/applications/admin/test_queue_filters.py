"""What the queue says needs doing, in its order; what it is narrowed by; and the figures above it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from applications import actions
from applications.models import Application
from applications.models.queue import Task
from tests.factories.applications import LATER, ApplicationFactory, submitted_by
from tests.factories.catalogue import CourseRunFactory
from tests.people import UserFactory


@pytest.fixture
def listed(admin_as, address):
    def of(who="decider", **query):
        return admin_as(who).get(address("changelist"), query).context["cl"]

    return of


@pytest.fixture
def one_of_each(world):
    """State of affairs -> its application, made in another order than the queue's."""
    now = timezone.now()
    mine = {"provider": world.ambition}
    long_ago = now - timedelta(days=15)
    return {
        "ended": ApplicationFactory(withdrawn=True, **mine),
        "waiting": ApplicationFactory(waiting_list=True, **mine),
        "sponsor": ApplicationFactory(submitted=True, state="awaiting_sponsor", state_since=now, **mine),
        "overdue": ApplicationFactory(submitted=True, state="awaiting_sponsor", state_since=long_ago, **mine),
        "offer": ApplicationFactory(offered=True, offer_ends_at=now + timedelta(days=6), **mine),
        "ending": ApplicationFactory(offered=True, offer_ends_at=now + timedelta(days=1), **mine),
        "new": ApplicationFactory(submitted=True, awaits_scores=True, state_since=long_ago, **mine),
        "ready": ApplicationFactory(submitted=True, state_since=now, **mine),
        "answered": ApplicationFactory(submitted=True, state_since=now, information_at=now, **mine),
    }


def names(page, by_name):
    return [name for row in page.result_list for name, each in by_name.items() if each.pk == row.pk]


def test_what_needs_doing_comes_first(listed, one_of_each):
    assert names(listed(), one_of_each) == [
        "answered", "ready", "new", "ending", "offer", "overdue", "sponsor", "waiting", "ended",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("task", "name"),
    [
        (Task.INFORMATION, "answered"),
        (Task.DECIDE, "ready"),
        (Task.NEW, "new"),
        (Task.OFFER, "ending"),
        (Task.SPONSOR, "overdue"),
    ],
)
def test_each_task_is_told_and_can_be_asked_for(listed, one_of_each, task, name):
    assert names(listed(doing=task.value), one_of_each) == [name]
    told = {row.pk: row.task for row in listed().result_list}
    assert [pk for pk, what in told.items() if what == task.value] == [one_of_each[name].pk]


def test_who_answers_is_in_front_until_asked_again(world, teacher, decider, listed):
    application = submitted_by(teacher)
    assert [row.task for row in listed().result_list] == ["new"], "its form has scored questions"
    actions.ask_for_more(application=application, text="Which school?", by=decider, now=LATER)
    actions.send_information(
        application=application, text="Oakwood.", by=teacher, now=LATER + timedelta(days=1)
    )
    assert [row.task for row in listed().result_list] == ["information"]
    actions.ask_for_more(
        application=application, text="Which year?", by=decider, now=LATER + timedelta(days=2)
    )
    assert [row.task for row in listed().result_list] == [None]


def test_the_counts_keep_to_the_other_filters_and_lead_to_their_lists(listed, one_of_each, world):
    ApplicationFactory(submitted=True, provider=world.ambition, qualification=world.literacy)
    ApplicationFactory(submitted=True, provider=world.other)
    npq = {"qualification__id__exact": world.headship.pk}
    page = listed(**npq, state="awaiting_sponsor")
    counts = {count.label: count for count in page.counts}
    assert (counts["All"].number, counts["With the provider"].number) == (9, 3)
    assert (counts["Waiting for the sponsor"].chosen, page.result_count) == (True, 2)
    assert (
        counts["With the provider"].query == f"?qualification__id__exact={world.headship.pk}&state=submitted"
    )


def test_counting_is_one_query(admin_as, one_of_each, address, django_assert_max_num_queries):
    client = admin_as("decider")
    with django_assert_max_num_queries(19) as asked:
        client.get(address("changelist"), {"state": "submitted"})
    assert sum("COUNT(" in each["sql"] for each in asked) == 1


def test_a_funded_place_and_a_course_run(listed, world):
    run = CourseRunFactory(provider=world.ambition, qualification=world.headship, term=world.term)
    on_it = ApplicationFactory(submitted=True, course_run=run)
    given = ApplicationFactory(accepted=True, provider=world.ambition, funded_place=True)
    found = {
        (name, value): {row.pk for row in listed(**{name: value}).result_list}
        for name, value in (
            ("run", str(run.pk)),
            ("place", "funded"),
            ("place", "open"),
            ("place", "unfunded"),
        )
    }
    assert list(found.values()) == [{on_it.pk}, {given.pk}, {on_it.pk}, set()]
    assert len(listed(run="x" * 30).result_list) == 2


@pytest.mark.parametrize("alike", ["account", "number", "name", "nothing"])
def test_the_same_person_elsewhere_is_found_whoever_has_it(listed, world, alike):
    born = {"date_of_birth": "1987-03-27"}
    mine = ApplicationFactory(submitted=True, provider=world.ambition, trn="1234567", **born)
    told = {
        "account": {"applicant": mine.applicant, "qualification": world.literacy, "full_name": "Other"},
        "number": {"trn": "1234567", "full_name": "Other"},
        "name": {**born, "full_name": "ADA applicant"},
        "nothing": {"full_name": "Ada Applicant"},
    }
    other = ApplicationFactory(submitted=True, provider=world.other, **told[alike])
    expected = [] if alike == "nothing" else [mine.pk]
    assert [row.pk for row in listed(elsewhere="yes").result_list] == expected
    assert len(listed(elsewhere="no").result_list) == 1 - len(expected)
    Application.objects.filter(pk=other.pk).update(state="withdrawn")
    assert not listed(elsewhere="yes").result_list


@pytest.mark.parametrize(
    "words", ["ada", "ada@example.test", "1234567", "800100", "oakwood", "reference"], ids=str
)
def test_it_is_searched_by(listed, world, teacher, words):
    found = submitted_by(teacher)
    ApplicationFactory(submitted=True, provider=world.ambition, full_name="Bob", workplace_name="Elm School")
    searched = found.reference.lower() if words == "reference" else words
    assert [row.pk for row in listed(q=searched).result_list] == [found.pk]


def test_a_filter_offers_only_what_there_is(listed, world, teacher):
    submitted_by(teacher)
    CourseRunFactory(provider=world.other, qualification=world.headship, term=world.term)
    ApplicationFactory(
        submitted=True, provider=world.other, qualification=world.headship, applicant=UserFactory()
    )
    offered = {
        spec.title: [choice["display"] for choice in spec.choices(listed())] for spec in listed().filter_specs
    }
    assert "Teach First" not in str(offered)
    assert "Leading literacy" not in str(offered)
    assert "course run" not in offered
