"""What the database refuses about rankings."""

import pytest
from django.db import IntegrityError

from funding.models import RankedSchool, Ranking
from tests.factories.funding import ListEditionFactory

pytestmark = pytest.mark.django_db

FACTS = {"year": "2021-22", "population": 2, "figures": 2, "threshold": 0.2, "histogram": [2]}
PLACE = {
    "urn": "100000",
    "figures_of": ["100000"],
    "roll": 10,
    "eligible": 4,
    "share": 0.4,
    "rank": 1,
    "percent_rank": 0,
}


def ranking(**fields) -> Ranking:
    return Ranking.objects.create(edition=ListEditionFactory(computed=True), **{**FACTS, **fields})


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("ranking_of_some_school", {"population": 0}),
        ("ranking_threshold_is_a_share", {"threshold": 1.1}),
        ("ranking_year_format", {"year": "2021"}),
    ],
)
def test_a_ranking_that_cannot_be(constraint, fields):
    with pytest.raises(IntegrityError, match=constraint):
        ranking(**fields)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("ranked_school_has_pupils", {"roll": 0, "eligible": 0}),
        ("ranked_school_eligible_within_roll", {"eligible": 11}),
        ("ranked_school_rank_from_one", {"rank": 0}),
        ("ranked_school_percent_is_a_part", {"percent_rank": 1.5}),
    ],
)
def test_a_place_that_cannot_be(constraint, fields):
    with pytest.raises(IntegrityError, match=constraint):
        RankedSchool.objects.create(ranking=ranking(), **{**PLACE, **fields})


def test_a_school_has_one_place():
    made = ranking()
    RankedSchool.objects.create(ranking=made, **PLACE)
    with pytest.raises(IntegrityError, match="ranked_school_once"):
        RankedSchool.objects.create(ranking=made, **PLACE)


def test_an_edition_is_one_rankings():
    made = ranking()
    with pytest.raises(IntegrityError, match="edition_id"):
        Ranking.objects.create(edition=made.edition, **FACTS)
