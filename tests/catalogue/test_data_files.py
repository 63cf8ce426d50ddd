"""A mistake in a data file stops the load with the file, the entry and what to put right."""

import shutil

import pytest

from catalogue.loading.entries import DataFileError
from catalogue.loading.files import read_all
from catalogue.loading.reading import DATA

MISTAKES = [
    ("terms.toml", 'funding = "none"', 'funding = "some"', "terms.toml, term 11: funding must be"),
    ("terms.toml", 'name = "Spring 2026"', "name = 7", "terms.toml, term 11: name is not of the right kind"),
    ("terms.toml", 'name = "Spring 2026"\n', "", "terms.toml, term 11: name is missing"),
    ("terms.toml", 'name = "Spring 2026"', 'name = "S"\nopens = 1', "terms.toml, term 11: there is no opens"),
    (
        "terms.toml",
        'name = "Spring 2026"',
        'name = "S"\nregistration_opens = 2026-01-01',
        "terms.toml, term 11: give registration_closes",
    ),
    (
        "qualifications.toml",
        'code = "NPQLT"',
        'code = ""\nx = 1',
        "qualifications.toml, qualification 2: there is no x",
    ),
    (
        "qualifications.toml",
        'category = "coaching"',
        'category = "other"',
        "qualification 11: category must be",
    ),
    ("qualifications.toml", "total_months = [15, 15]", "total_months = [9, 15]", "must be in order"),
    (
        "qualifications.toml",
        'kind = "since"',
        'kind = "sins"',
        "qualifications.toml, fact 1: kind must be one of",
    ),
    ("qualifications.toml", 'for = ["specialist"]', 'for = ["special"]', "'special' is not in the files"),
    (
        "frameworks.toml",
        'npq = "npq-senco"',
        'npq = "npq-sen"',
        "framework 10: 'npq-sen' is not in the files",
    ),
    (
        "frameworks.toml",
        "pages = 24",
        "page = 24",
        "frameworks.toml, framework 1: an edition does not have page",
    ),
    (
        "prices.toml",
        "npq-headship = 1949",
        "npq-headship = 0",
        "prices.toml, price 5: prices are whole pounds",
    ),
    ("providers.toml", "ofsted_on = 2024-05-01\n", "", "providers.toml, provider 3: an Ofsted grade needs"),
    ("provider_offers.csv", "autumn-2026,npq-headship,LLSE", "autumn-2026,npq-headship,LLS", "'LLS' is not"),
    ("teaching_school_hubs.csv", "136776", "13677X", "teaching_school_hubs.csv, row 2: lead_school_urn"),
    ("districts.csv", "449400", "here", "districts.csv, row 2: easting and northing must be whole metres"),
    (
        "other_district_names.csv",
        "Corby,E06000061",
        "Corby,E06000099",
        "other_district_names.csv, row 2: 'E06000099' is not in the files",
    ),
    (
        "postcode_districts.csv",
        "AL1,E07000240,21",
        "AL1,E07000240,x",
        "row 2: schools must be a whole number",
    ),
    ("partnerships.toml", 'hub = "NE4"\n', "", "partnership 1: hub or partner must say with whom"),
    (
        "partnerships.toml",
        'term = "autumn-2021"',
        'term = "autumn-2021"\nmode = "mixed"',
        "partnership 1: mode must be one of face_to_face",
    ),
    (
        "partnerships.toml",
        'term = "spring-2022"',
        'term = "2022"',
        "partnership 2: '2022' is not in the files",
    ),
    ("teaching_school_hub_areas.csv", "EE1,", "EE0,", "teaching_school_hub_areas.csv, row 2: 'EE0' is not"),
]


def test_the_files_are_right():
    data = read_all()
    assert len(data.qualifications) == 12


@pytest.mark.parametrize(("file", "right", "wrong", "message"), MISTAKES)
def test_a_mistake_is_named(tmp_path, file, right, wrong, message):
    folder = shutil.copytree(DATA, tmp_path / "data")
    text = (folder / file).read_text()
    assert right in text
    (folder / file).write_text(text.replace(right, wrong, 1))
    with pytest.raises(DataFileError) as problem:
        read_all(folder)
    assert message in str(problem.value)
