"""Who is ranked: open, state-funded schools of an eligible type, with pupils and figures; no others."""

import pytest

from funding.ranking.population import RANKED_TYPES
from funding.ranking.working import NothingToRankError, work_out
from funding.rules import types
from tests.factories.funding import EstablishmentFactory
from tests.funding.ranking.making import YEAR, figures, rank, ranks, school

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_ordinary_schools(db):
    school("100001", 1, 10)
    school("100002", 2, 10)


def others() -> set[str]:
    return set(ranks(rank())) - {"100001", "100002"}


@pytest.mark.parametrize("type_code", ["1", "6", "7", "8", "14", "28", "34", "40", "44"])
def test_state_funded_types_are_ranked(type_code):
    school("100003", 3, 10, type_code=type_code)
    assert others() == {"100003"}


@pytest.mark.parametrize(
    ("type_code", "why"),
    [
        ("11", "independent"),
        ("10", "independent special"),
        ("15", "a nursery school"),
        ("39", "a free school for 16 to 19"),
        ("45", "an academy for 16 to 19"),
        ("25", "not in England"),
    ],
)
def test_other_types_are_not(type_code, why):
    school("100003", 3, 10, type_code=type_code)
    assert others() == set(), why


def test_every_ranked_type_is_one_the_rules_know():
    assert RANKED_TYPES < types.ELIGIBLE


@pytest.mark.parametrize(("status_code", "ranked"), [("1", True), ("3", True), ("2", False), ("4", False)])
def test_closed_and_proposed_schools_are_not_ranked(status_code, ranked):
    school("100003", 3, 10, status_code=status_code)
    assert others() == ({"100003"} if ranked else set())


def test_a_school_without_pupils_is_not_ranked():
    school("100003", 0, 0)
    assert others() == set()


def test_a_school_without_figures_is_not_ranked():
    EstablishmentFactory(urn="100003")
    assert others() == set()


def test_figures_of_another_year_do_not_count():
    EstablishmentFactory(urn="100003")
    figures("100003", 3, 10, year="2020-21")
    assert others() == set()


def test_figures_of_an_unknown_school_are_left_out():
    figures("999999", 3, 10)
    ranking = rank()
    assert (ranking.population, ranking.figures) == (2, 2)


def test_a_year_without_figures_cannot_be_ranked():
    with pytest.raises(NothingToRankError, match="no figures for 2030-31"):
        work_out("2030-31", "computed")


def test_the_year_is_kept():
    assert rank().year == YEAR
