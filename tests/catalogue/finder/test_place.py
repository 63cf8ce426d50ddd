"""Where a typed place is."""

import pytest

from catalogue.finder.place import find_place
from tests.catalogue.finder.making import places
from tests.factories.catalogue import HubAreaFactory, HubFactory, PostcodeAreaFactory, PostcodeDistrictFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(db):
    places()
    PostcodeAreaFactory(outward_code="EC1A", easting=532_000, northing=181_000)
    PostcodeAreaFactory(outward_code="EC1M", easting=531_000, northing=182_000)
    saffron = HubFactory(code="EE1", name="Saffron Teaching School Hub")
    middle = {"easting": 555_000, "northing": 238_000}
    HubAreaFactory(hub=saffron, district_code="E1", district_name="Uttlesford", la_name="Essex", **middle)
    for la_code in ("881", "882"):
        HubAreaFactory(
            hub=saffron,
            district_code="E2",
            district_name="Harlow",
            la_code=la_code,
            easting=545_000,
            northing=210_000,
        )
    HubAreaFactory(hub=saffron, district_code="E3", district_name="Nowhere known")
    PostcodeDistrictFactory(outward_code="ZZ2", district_code="E1")


@pytest.mark.parametrize(
    ("typed", "name", "point"),
    [
        ("SK7", "SK7", (390_000, 380_000)),
        ("sk7 4ab", "SK7 4AB", (390_000, 380_000)),
        (" SK74AB ", "SK7 4AB", (390_000, 380_000)),
        ("EC1", "EC1", (531_500, 181_500)),
        ("EC1A 1BB", "EC1A 1BB", (532_000, 181_000)),
        ("uttlesford", "Uttlesford", (555_000, 238_000)),
        ("ESSEX", "Essex", (555_000, 238_000)),
        ("EE1", "EE1", (550_000, 224_000)),
        ("ZZ2", "ZZ2", (555_000, 238_000)),
        ("Saffron", "Saffron Teaching School Hub", (550_000, 224_000)),
    ],
)
def test_it_is_known(typed, name, point):
    place = find_place(typed)
    assert (place.name, (place.easting, place.northing)) == (name, point)


@pytest.mark.parametrize(
    "typed", ["ZZ1", "ZZ1 1AA", "Narnia", "Saf", "Nowhere known", "%", "_____", "“", "1"]
)
def test_it_is_not(typed):
    assert find_place(typed) is None


@pytest.mark.parametrize(
    ("typed", "queries"), [("SK7", 1), ("ZZ2", 4), ("Harlow", 1), ("Narnia", 1), ("%", 0)]
)
def test_few_queries(typed, queries, django_assert_num_queries):
    with django_assert_num_queries(queries):
        find_place(typed)
