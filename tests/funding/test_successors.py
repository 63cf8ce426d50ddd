"""Which open schools followed a closed one."""

import pytest

from funding import queries
from tests.factories.funding import ClosedSchoolFactory, EstablishmentFactory, EstablishmentLinkFactory

pytestmark = pytest.mark.django_db


def follow(before, after, kind="Successor"):
    EstablishmentLinkFactory(urn=before.urn, linked_urn=after.urn, kind=kind)


def test_the_one_after():
    closed, opened = ClosedSchoolFactory(), EstablishmentFactory()
    follow(closed, opened)
    assert queries.successors([closed.urn]) == {closed.urn: [opened]}


def test_after_several_steps_and_through_a_school_we_hold_no_row_for():
    first, last = ClosedSchoolFactory(), EstablishmentFactory()
    EstablishmentLinkFactory(urn=first.urn, linked_urn="199999")
    EstablishmentLinkFactory(urn="199999", linked_urn=last.urn, kind="Successor - merged")
    assert queries.successors([first.urn]) == {first.urn: [last]}


def test_a_split_school_has_several_by_name():
    closed, b, a = ClosedSchoolFactory(), EstablishmentFactory(name="B"), EstablishmentFactory(name="A")
    follow(closed, b, "Successor - Split School")
    follow(closed, a, "Successor - Split School")
    assert queries.successors([closed.urn]) == {closed.urn: [a, b]}


def test_closed_ones_and_other_links_do_not_count():
    closed, also_closed, sixth_form = ClosedSchoolFactory(), ClosedSchoolFactory(), EstablishmentFactory()
    follow(closed, also_closed)
    follow(closed, sixth_form, "Sixth Form Centre Link")
    follow(closed, sixth_form, "Predecessor")
    assert queries.successors([closed.urn]) == {}


def test_a_loop_in_the_links_ends():
    a, b = ClosedSchoolFactory(), ClosedSchoolFactory()
    follow(a, b)
    follow(b, a)
    assert queries.successors([a.urn]) == {}


def test_one_that_may_be_picked_ends_the_search():
    closed, opened, later = ClosedSchoolFactory(), EstablishmentFactory(), EstablishmentFactory()
    follow(closed, opened)
    follow(opened, later)
    assert queries.successors([closed.urn]) == {closed.urn: [opened]}


def test_two_queries_for_any_number(django_assert_num_queries):
    schools = [ClosedSchoolFactory() for _ in range(30)]
    opened = EstablishmentFactory()
    for school in schools:
        follow(school, opened)
    with django_assert_num_queries(2):
        assert len(queries.successors(school.urn for school in schools)) == 30
    with django_assert_num_queries(0):
        assert queries.successors([]) == {}
