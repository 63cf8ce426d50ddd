"""Equal shares have one rank, and are in the top half together or not at all."""

import pytest

from funding.models import RankedSchool
from tests.funding.ranking.making import rank, ranks, school, top_half

pytestmark = pytest.mark.django_db


def test_the_largest_share_is_first():
    school("100001", 1, 10)
    school("100002", 9, 10)
    school("100003", 5, 10)
    assert ranks(rank()) == {"100002": 1, "100003": 2, "100001": 3}


def test_it_is_the_share_that_counts_not_the_number():
    school("100001", 90, 1000)
    school("100002", 3, 4)
    assert ranks(rank()) == {"100002": 1, "100001": 2}


def test_equal_fractions_share_the_best_rank_and_the_next_is_left_out():
    school("100001", 1, 3)
    school("100002", 33, 99)
    school("100003", 5000, 15000)
    school("100004", 1, 4)
    assert ranks(rank()) == {"100001": 1, "100002": 1, "100003": 1, "100004": 4}


def test_percent_rank_is_the_part_of_the_others_above():
    for number, eligible in enumerate([9, 7, 7, 2, 1]):
        school(f"10000{number}", eligible, 10)
    ranking = rank()
    found = (
        RankedSchool.objects.filter(ranking=ranking).order_by("urn").values_list("percent_rank", flat=True)
    )
    assert list(found) == [0, 0.25, 0.25, 0.75, 1]


def test_the_top_half_is_under_one_half():
    for number in range(4):
        school(f"10000{number}", number, 10)
    ranking = rank()
    assert top_half(ranking) == {"100003", "100002"}
    assert ranking.threshold == pytest.approx(0.2)


def test_a_tie_across_the_middle_is_in_together():
    for number, eligible in enumerate([9, 5, 5, 5, 1]):
        school(f"10000{number}", eligible, 10)
    ranking = rank()
    assert top_half(ranking) == {"100000", "100001", "100002", "100003"}
    assert ranking.threshold == pytest.approx(0.5)


def test_a_tie_that_begins_at_the_middle_is_out_together():
    for number, eligible in enumerate([9, 8, 1, 1, 1]):
        school(f"10000{number}", eligible, 10)
    assert top_half(rank()) == {"100000", "100001"}


def test_one_school_alone_is_the_top():
    school("100001", 0, 10)
    ranking = rank()
    assert top_half(ranking) == {"100001"}
    assert ranking.population == 1
