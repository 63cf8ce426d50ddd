"""Each edition has a header of its own; whose number an entry is must never be mixed up."""

import pytest

from funding.imports.lists import FORMATS
from funding.imports.validate import RowRejectedError


@pytest.mark.parametrize(
    ("kind", "row", "entry"),
    [
        ("pp50-schools", {"URN": "100000", "School Name": "A"}, ("gias-urn", "100000")),
        ("rise", {"School URN": "112543"}, ("gias-urn", "112543")),
        ("high-pupil-premium-2021", {"urn": "100006"}, ("gias-urn", "100006")),
        ("pp50-16-to-19", {"UKPRN": "10000599"}, ("ukprn", "10000599")),
        ("childminders", {"Provider URN": "CA000006"}, ("ofsted-urn", "CA000006")),
        ("childminders", {"LA": "Ealing", "Ofsted URN": "118032", "URN": "500001"}, ("ofsted-urn", "118032")),
        ("disadvantaged-early-years", {"URN": "550406", "OfstedURN": "EY297566"}, ("ofsted-urn", "EY297566")),
        ("disadvantaged-early-years", {"URN": "150014", "OfstedURN": ""}, ("gias-urn", "150014")),
        ("disadvantaged-early-years", {"EYURN": "122293", "Ofsted URN": ""}, ("gias-urn", "122293")),
        (
            "disadvantaged-early-years",
            {"URN": "531156", "OfstedURN": "OFSTEDSCH"},
            ("early-years-urn", "531156"),
        ),
    ],
)
def test_whose_number_an_entry_is(kind, row, entry):
    assert FORMATS[kind].read(row) == entry


def test_a_childminder_without_a_usable_number_is_rejected():
    with pytest.raises(RowRejectedError):
        FORMATS["childminders"].read({"LA": "Ealing", "Ofsted URN": "NULL", "URN": "500001"})
