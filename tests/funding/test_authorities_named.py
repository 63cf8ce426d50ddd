"""Whoever types a local authority's name may work for it: it is offered beside the schools."""

import pytest

from funding import queries
from funding.models import LocalAuthority

pytestmark = pytest.mark.django_db

NAMES = ["Derby", "Derbyshire", "City of London", "Bath and North East Somerset", "Somerset", "Camden"]


@pytest.fixture(autouse=True)
def authorities(db):
    for number, name in enumerate(NAMES):
        code = str(201 + number)
        LocalAuthority.objects.create(
            code=code, gss_code=f"E0900000{number}", name=name, region_code="", region=""
        )


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("Derbyshire County Council", ["Derbyshire"]),
        ("derby virtual school", ["Derby"]),
        ("DERBY", ["Derby"]),
        ("london city", ["City of London"]),
        ("London Borough of Camden", ["Camden"]),
        ("Bath & North East Somerset LA", ["Bath and North East Somerset"]),
        ("somerset", ["Somerset"]),
        ("oakwood school derby", []),
        ("city of", []),
        ("council", []),
        ("", []),
        ("%", []),
    ],
)
def test_only_a_whole_name_counts(typed, named):
    assert [each.name for each in queries.authorities_named(typed)] == named


def test_is_offered_with_what_somebody_may_do_there(client):
    page = client.get("/funding/", {"q": "derbyshire council"}).content.decode()
    assert "Do you work for Derbyshire as a local authority?" in page
    assert "setting=school&amp;authority=202" in page
