"""Teaching school hubs: find mine, and the page of each."""

from datetime import date

import pytest

from tests.catalogue.organisations.making import page, words
from tests.factories import catalogue as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def hub(code="SE4", **fields):
    made = make.HubFactory(code=code, name=f"{code} Teaching School Hub", **fields)
    make.HubAreaFactory(hub=made, district_code="E1", district_name="Ashford", la_name="Kent")
    return made


def test_all_hubs_by_region_with_their_districts(client):
    hub()
    text = page(client, "/hubs/")
    assert "South East SE4 Teaching School Hub SE4 Ashford" in words(text)
    assert 'href="/hubs/SE4/"' in text


def test_find_my_hub(client):
    hub(lead_school_name="The Ashford School")
    text = page(client, "/hubs/?place=ashford")
    told = words(text)
    assert "1 hub for Ashford SE4 Teaching School Hub SE4 Serves Ashford." in told
    assert "Led by The Ashford School, in South East." in told
    assert 'href="/courses/?hub=SE4"' in text
    assert "<title>Teaching school hubs for Ashford - NPQ Portal</title>" in text


def test_a_district_with_two_hubs(client):
    hub("SE4")
    hub("SE5")
    told = words(page(client, "/hubs/?place=Ashford"))
    assert "2 hubs for Ashford More than one hub serves Ashford." in told
    assert told.index("SE4 Teaching") < told.index("SE5 Teaching")


def test_hubs_with_named_parts_of_a_district_each_serve_their_own(client):
    for code, part in (("WM9", "Birmingham North"), ("WM10", "Birmingham South")):
        made = make.HubFactory(code=code, name=f"{code} Hub")
        make.HubAreaFactory(
            hub=made, district_code="E8", district_name=part, known_as="Birmingham", la_name="Birmingham"
        )
    told = words(page(client, "/hubs/WM10/"))
    assert "Birmingham Birmingham South Birmingham North is served by WM9 Hub (WM9)" in told
    assert "also served" not in told
    found = words(page(client, "/hubs/?place=Birmingham"))
    assert "Each serves a part, named below." in found
    assert "WM10 Serves Birmingham South." in found


def test_hubs_that_share_a_district_by_one_name_each_serve_a_part_of_it(client):
    hub("SE4")
    other = hub("SE5")
    told = words(page(client, "/hubs/SE4/"))
    assert f"Part of Ashford The rest is served by {other}" in told
    assert "The published list does not say where the line is." in told
    for asked in ("", "?place=Ashford", "?place=SE4+Teaching+School+Hub"):
        assert "part of Ashford" in words(page(client, f"/hubs/{asked}")), asked


def test_a_postcode_that_reaches_into_two_areas(client):
    hub("SE4")
    make.HubAreaFactory(hub=make.HubFactory(code="SE5"), district_code="E2", district_name="Dover")
    for district in ("E1", "E2"):
        make.PostcodeDistrictFactory(outward_code="CT4", district_code=district)
    told = words(page(client, "/hubs/?place=ct4+8aa"))
    assert "2 hubs for CT4 8AA CT4 8AA reaches into more than one hub\u2019s area." in told


def test_nonsense_says_what_was_not_understood_and_what_to_type(client):
    hub()
    text = page(client, "/hubs/?place=Narnia")
    assert "<title>Error: Find your teaching school hub" in text
    assert "We know no district, authority or postcode “Narnia”. Enter a district, a postcode" in words(text)
    assert 'value="Narnia"' in text


def test_a_name_that_is_nearly_right(client):
    hub()
    assert 'href="/hubs/?place=Ashford">Ashford<' in page(client, "/hubs/?place=Ashfrod")


@pytest.mark.parametrize(
    "query", ["", "%00", "%20", "x" * 5_000, "%F0%9F%8F%AB", "%3Cscript%3Ealert(1)", "%27--"]
)
def test_anything_can_be_asked(client, query):
    hub()
    text = client.get(f"/hubs/?place={query}")
    assert text.status_code == 200
    assert b"<script>alert" not in text.content
    assert b"There is a problem" in text.content


def test_the_page_of_a_hub(client):
    found = hub(lead_school_name="The Ashford School", lead_school_urn="100123")
    make.HubAreaFactory(hub=found, district_name="Dover", la_name="Kent", la_code="886")
    make.HubAreaFactory(
        hub=found, district_name="Ashford", la_name="Medway", is_main=False, district_code="E1", la_code="1"
    )
    other = hub("SE5")
    text = page(client, "/hubs/SE4/")
    told = words(text)
    assert "Teaching school hub SE4 · South East SE4 Teaching School Hub" in told
    assert "Lead school The Ashford School Funding at this school" in told
    assert 'href="/funding/?q=100123"' in text
    assert f"Kent Part of Ashford The rest is served by {other}" in told
    assert "Medway" not in told
    assert "<title>SE4 Teaching School Hub (SE4) - NPQ Portal</title>" in text


def test_contact_with_its_day_or_whom_to_ask(client):
    hub()
    hub("SE5", website="https://hub.example/", email="hub@example.test", contact_as_of=date(2026, 11, 1))
    assert "Contact Not known to us. Ask the lead school." in words(page(client, "/hubs/SE4/"))
    told = words(page(client, "/hubs/SE5/"))
    assert "Contact https://hub.example/ hub@example.test as of 1 November 2026" in told


def test_a_hub_with_several_areas_links_them(client):
    make.HubFactory(code="EE2", name="Unity")
    make.HubFactory(code="EE6", name="Unity")
    assert 'href="/hubs/EE6/">Area EE6<' in page(client, "/hubs/EE2/")


def test_courses_of_today_and_of_the_past(client):
    found = hub()
    run = make.CourseRunFactory(hub=found)
    past = make.CourseRunFactory(hub=found, starts_on=date(2025, 1, 13), ends_on=None, apply_by=None)
    make.PartnershipFactory(hub=found, partner=None, provider=past.provider, period="in 2025", is_past=True)
    text = page(client, "/hubs/SE4/")
    assert f'href="/courses/{run.pk}/"' in text
    assert 'href="/courses/?hub=SE4"' in text
    told = words(text)
    assert f"Partnerships on record {past.provider.name} Past In 2025" in told
    assert told.index("Past courses") < told.index(f"{past.qualification.name}, from 13 January 2025")
    assert f"Lead providers of its courses {run.provider.name}" in told


def test_small_letters_lead_to_the_one_address(client):
    hub()
    answer = client.get("/hubs/se4/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/hubs/SE4/")


def test_the_ways_to_a_hub(client):
    run = make.CourseRunFactory(hub=hub())
    for address in ("/hubs/", "/courses/", f"/courses/{run.pk}/", f"/providers/{run.provider.slug}/"):
        assert 'href="/hubs/SE4/"' in page(client, address), address
    make.OfferFactory(qualification=run.qualification, term=run.term)
    assert 'href="/hubs/"' in page(client, f"/qualifications/{run.qualification.slug}/")
    assert 'href="/hubs/"' in page(client, "/providers/")
