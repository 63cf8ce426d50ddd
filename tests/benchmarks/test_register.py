"""The register's search as described: whole or begun words, all of them; saint for st; open schools; no mistakes."""

import pytest

from tests.benchmarks import register
from tests.factories.funding import ClosedSchoolFactory, EstablishmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def schools(db):
    EstablishmentFactory(urn="100001", name="Saint Wilfrid's Primary School")
    EstablishmentFactory(urn="100002", name="Beckfoot Grammar School")
    ClosedSchoolFactory(urn="100003", name="Beckfoot Infant School")
    register.build()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("beckfoot", ["100002"]),
        ("gram beck", ["100002"]),
        ("beckfoot camden", ["100002"]),
        ("beckfoot leeds", []),
        ("bekfoot", []),
        ("st wilfrid", ["100001"]),
        ("saint wilfrid", ["100001"]),
        ("100002", ["100002"]),
        ("infant", []),
        ("' & |", []),
    ],
)
def test_finds(text, found):
    assert register.find(text) == found
