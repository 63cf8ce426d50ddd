"""How far the computed and a published list agree, by schools that are open today."""

import pytest

from funding.ranking.agreement import Agreement, agreement, published_editions
from tests.factories.catalogue import TermFactory
from tests.factories.funding import (
    ClosedSchoolFactory,
    EstablishmentFactory,
    EstablishmentLinkFactory,
    ListEditionFactory,
    list_in_use,
)
from tests.funding.ranking.making import rank, school

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def schools(db):
    """100003 and 100002 are the top half of four."""
    for number in range(4):
        school(f"10000{number}", number, 10)


def published(*urns):
    return list_in_use("pp50-schools", TermFactory(), urns=urns)


def test_counts():
    found = agreement(rank(), published("100003", "100001"))
    assert found == Agreement(published=2, computed=2, published_and_ranked=2, both=1)
    assert (found.precision, found.recall) == (0.5, 0.5)


def test_a_published_school_without_figures_does_not_lower_recall():
    EstablishmentFactory(urn="100009")
    found = agreement(rank(), published("100002", "100003", "100009"))
    assert (found.published, found.published_and_ranked, found.recall) == (3, 2, 1)


def test_a_closed_school_on_the_list_stands_for_the_one_that_followed():
    ClosedSchoolFactory(urn="100009")
    EstablishmentLinkFactory(urn="100009", linked_urn="100003")
    found = agreement(rank(), published("100009", "100003"))
    assert (found.published, found.both) == (1, 1)


def test_a_number_of_another_kind_is_not_a_school():
    edition = list_in_use("pp50-schools", TermFactory(), ofsted_urns=["100003"])
    found = agreement(rank(), edition)
    assert (found.published, found.precision, found.recall) == (0, 0, 0)


def test_one_query(django_assert_num_queries):
    ranking, edition = rank(), published("100003")
    with django_assert_num_queries(1):
        agreement(ranking, edition)


def test_the_published_edition_of_the_newest_term_comes_first():
    first = TermFactory(identifier="autumn-2024", position=1)
    newest = TermFactory(identifier="autumn-2026", position=9)
    in_use = list_in_use("pp50-schools", newest)
    older = list_in_use("pp50-schools", first)
    unused = ListEditionFactory(kind="pp50-schools")
    list_in_use("rise", newest)
    assert published_editions() == [in_use, older, unused]


def test_a_computed_edition_is_not_published():
    list_in_use("pp50-schools", TermFactory(), computed=True)
    assert published_editions() == []
