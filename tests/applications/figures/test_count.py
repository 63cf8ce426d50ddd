"""The figures against the plainest count there is: every row, one by one, in Python."""

from collections import Counter
from datetime import timedelta
from itertools import product

import pytest
from django.db import transaction

from applications import actions
from applications.figures.count import Chosen, counted, counts_drafts
from applications.figures.steps import Step, rungs
from applications.figures.tables import DIMENSIONS, told
from applications.figures.weeks import last_weeks, monday_of
from applications.models import Application, EndedDraft
from applications.states import LIVE, TAKEN_ON, State
from tests.factories.applications import (
    LATER,
    NOW,
    ApplicationFactory,
    draft_of,
    make_world,
    registered_by,
    submitted_by,
)
from tests.factories.catalogue import TermFactory
from tests.people import UserFactory

MONDAYS = last_weeks(LATER, 4)
NOTHING_CHOSEN = Chosen()
STATES = (
    "registered",
    "submitted",
    "more_information",
    "waiting_list",
    "offered",
    "accepted",
    "rejected",
    "withdrawn",
)
DIFFERENTLY = ({}, {"in_review": True}, {"funding_outcome": "not_funded", "funding_choice": "self"})


def make_many(world):
    """Of each kind, over ten weeks, and what is not what it was."""
    terms = [world.term, TermFactory(identifier="spring-2027")]
    courses = product((world.ambition, world.other), (world.headship, world.literacy), terms)
    for number, (course, state) in enumerate(product(courses, STATES)):
        # The database lets in no offer without funding.
        otherwise = DIFFERENTLY[number % 3] if state != "offered" else {}
        when = NOW - timedelta(days=(number * 3) % 70)
        about = dict(zip(("provider", "qualification", "term"), course, strict=True))
        made = ApplicationFactory(
            **{state: True}, **about, **otherwise, started_at=when, registered_at=when + timedelta(hours=1)
        )
        if number % 2 and made.submitted_at:
            Application.objects.filter(pk=made.pk).update(submitted_at=when + timedelta(hours=2))
    drafts()
    moved = submitted_by(UserFactory())
    actions.change_provider(application=moved, provider=world.other, by=moved.applicant, now=LATER)
    erased = submitted_by(UserFactory())
    draft_of(erased.applicant, seen=False, npq={"npq": "npq-leading-literacy"})
    actions.erase(person=erased.applicant, by=erased.applicant, now=LATER)


def drafts():
    draft_of(UserFactory())
    draft_of(UserFactory(), provider=None)
    draft_of(UserFactory(), seen=False, npq={"npq": "npq-no-more"}, provider=None, term=None)
    for given in ({}, {"provider": None}):
        gone = draft_of(UserFactory(), seen=False, now=NOW - timedelta(weeks=6), **given)
        actions.discard(application=gone, by=gone.applicant, now=NOW)
    EndedDraft.objects.create(week=MONDAYS[-2])


def sees(user, application):
    return user.sees_everything or application.provider.slug == "ambition-institute"


def one_by_one(user, chosen, every):
    """How many of `every` came to each step, by Python alone."""
    found = Counter()
    for row in every:
        fits = all(getattr(row, name) == value for name, value in chosen.rows.items())
        if not fits or not sees(user, row) or chosen.outcome not in ("", row.funding_outcome):
            continue
        found["started"] += 1
        found["registered"] += 1
        found["submitted"] += row.submitted_at is not None
        found["accepted"] += row.status in TAKEN_ON
        waits = row.status in LIVE and row.status not in TAKEN_ON
        found["undecided" if row.submitted_at else "unsent"] += waits
    if counts_drafts(user, chosen):
        found["drafts"] = sum(fits_draft(row, chosen) for row in Application.objects.drafts())
        found["started"] += found["drafts"] + EndedDraft.objects.filter(**chosen.rows).count()
    return found


def fits_draft(draft, chosen):
    said = {step: value.get(step) for step, value in draft.answers.values_list("step", "value")}
    wanted = {"term": ("term", "identifier"), "qualification": ("npq", "identifier")}
    wanted["provider"] = ("provider", "slug")
    return all(
        said.get(wanted[name][0]) == getattr(row, wanted[name][1]) for name, row in chosen.rows.items()
    )


def every_choice(world):
    for term, npq, provider, outcome in product(
        (None, world.term), (None, world.headship), (None, world.other), ("", "review")
    ):
        yield Chosen(term, npq, provider, outcome)


class TestOfMany:
    @pytest.fixture(scope="class")
    def many(self, django_db_setup, django_db_blocker):
        """Made once for these tests, and gone after them."""
        with django_db_blocker.unblock(), transaction.atomic():
            made = make_world()
            make_many(made)
            yield made
            transaction.set_rollback(True)

    @pytest.fixture
    def world(self, db, many):
        return many

    @pytest.mark.parametrize("who", ["portal_staff", "decider"])
    def test_they_are_what_counting_one_by_one_gives(self, request, world, who):
        user = request.getfixturevalue(who)
        every = list(Application.objects.registered().with_names())
        for chosen in every_choice(world):
            total = counted(user=user, chosen=chosen, mondays=MONDAYS).total
            expected = one_by_one(user, chosen, every)
            assert {name: getattr(total, name) for name in expected} == dict(expected), chosen

    @pytest.mark.parametrize("who", ["portal_staff", "decider"])
    def test_every_table_adds_up_to_the_same(self, request, world, who):
        user = request.getfixturevalue(who)
        for chosen in every_choice(world):
            found = counted(user=user, chosen=chosen, mondays=MONDAYS)
            page = told(found, with_drafts=counts_drafts(user, chosen), mondays=MONDAYS)
            whole = tuple(found.total.reached(step) for step in page.steps)
            for key in (*DIMENSIONS, "week"):
                table = page.tables[key]
                numbers = [row.numbers for row in table.rows] or [(0,) * len(whole)]
                assert tuple(map(sum, zip(*numbers, strict=True))) == table.total.numbers == whole, (
                    key,
                    chosen,
                )
            for rung in page.rungs[:-1]:
                assert rung.went_on + rung.under_way + rung.ended == rung.reached
                assert min(rung.went_on, rung.under_way, rung.ended) >= 0

    def test_a_step_counts_in_the_week_in_which_it_was_taken(self, portal_staff, world):
        found = counted(user=portal_staff, chosen=NOTHING_CHOSEN, mondays=MONDAYS)
        for step, column in ((Step.REGISTERED, "registered_at"), (Step.SUBMITTED, "submitted_at")):
            moments = Application.objects.exclude(**{column: None}).values_list(column, flat=True)
            weeks = Counter(monday_of(moment) for moment in moments)
            earlier = sum(number for monday, number in weeks.items() if monday < MONDAYS[0])
            assert found.weeks[step] == [earlier, *(weeks[monday] for monday in MONDAYS)]


def test_who_went_to_another_provider_counts_there_alone(world, decider, rival):
    moved = registered_by(UserFactory())
    actions.change_provider(application=moved, provider=world.other, by=moved.applicant, now=LATER)
    left = counted(user=decider, chosen=NOTHING_CHOSEN, mondays=MONDAYS)
    now_with = counted(user=rival, chosen=NOTHING_CHOSEN, mondays=MONDAYS)
    assert (left.total.registered, left.went_elsewhere) == (0, 1)
    assert (now_with.total.registered, now_with.went_elsewhere) == (1, 0)


@pytest.mark.parametrize("ends", ["discard", "erase"])
def test_a_draft_that_is_deleted_stays_counted_under_what_was_chosen(world, portal_staff, ends):
    draft = draft_of(UserFactory(), provider=None)
    person = draft.applicant
    before = counted(user=portal_staff, chosen=NOTHING_CHOSEN, mondays=MONDAYS)
    if ends == "erase":
        actions.erase(person=person, by=person, now=LATER)
    else:
        actions.discard(application=draft, by=person, now=LATER)
    after = counted(user=portal_staff, chosen=NOTHING_CHOSEN, mondays=MONDAYS)
    assert (before.total.drafts, after.total.drafts) == (1, 0)
    assert after.by("qualification")[world.headship.pk].started == 1
    assert after.by("provider")[None].started == 1
    assert after.weeks == before.weeks


def test_erasing_leaves_the_figures_but_for_the_withdrawal(world, portal_staff, teacher):
    submitted_by(teacher)
    draft_of(teacher, seen=False, npq={"npq": "npq-leading-literacy"})
    before = counted(user=portal_staff, chosen=NOTHING_CHOSEN, mondays=MONDAYS)
    actions.erase(person=teacher, by=teacher, now=LATER)
    after = counted(user=portal_staff, chosen=NOTHING_CHOSEN, mondays=MONDAYS)
    assert after.weeks == before.weeks
    way = rungs(after.total, tuple(Step))
    assert [rung.reached for rung in way] == [2, 1, 1, 0]
    assert [rung.ended for rung in way] == [1, 0, 1, 0]


def test_each_state_has_its_place_on_the_way(world, portal_staff):
    for state in State:
        if state.value in ApplicationFactory._meta.parameters or state is State.DRAFT:
            ApplicationFactory(**({} if state is State.DRAFT else {state.value: True}))
    total = counted(user=portal_staff, chosen=NOTHING_CHOSEN, mondays=MONDAYS).total
    assert total.started == Application.objects.count()
    assert total.registered == Application.objects.exclude(state="draft").count()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_number_of_queries_is_that_of_one(
    world, portal_staff, django_assert_max_num_queries, django_assert_num_queries, rows
):
    for _ in range(rows):
        ApplicationFactory(
            submitted=True, provider=world.ambition, qualification=world.headship, term=world.term
        )
        draft_of(UserFactory())
    with django_assert_num_queries(16):
        found = counted(user=portal_staff, chosen=NOTHING_CHOSEN, mondays=MONDAYS)
        told(found, with_drafts=True, mondays=MONDAYS)
