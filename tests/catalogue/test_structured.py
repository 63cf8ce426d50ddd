"""What search engines are told of a page, as JSON-LD: what is on it, in schema.org's terms, and nothing made up."""

import json
import re
from datetime import date, time

import pytest

from tests.factories.catalogue import (
    CourseRunFactory,
    DeliveryPartnerFactory,
    HubFactory,
    LeadProviderFactory,
    OfferFactory,
    QualificationFactory,
    SessionFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "address")]
SITE = "https://npq.example.org"
TEACH_FIRST = {"@type": "Organization", "name": "Teach First", "url": f"{SITE}/providers/teach-first/"}


@pytest.fixture
def address(settings):
    settings.PORTAL_ADDRESS = SITE


def told(client, path):
    """The page's data blocks, of which there is one at most."""
    blocks = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', client.get(path).content.decode(), re.DOTALL
    )
    assert len(blocks) <= 1
    return json.loads(blocks[0]) if blocks else None


def of_run(client, run):
    return told(client, f"/courses/{run.pk}/")


def test_an_npq_is_a_course_with_who_offers_it_and_its_runs(client):
    npq = QualificationFactory(name="Headship", identifier="npq-headship", code="NPQH", summary="Lead it.")
    OfferFactory(qualification=npq, provider=LeadProviderFactory(name="Teach First"))
    run = CourseRunFactory(qualification=npq, hub=HubFactory(name="Saffron Teaching School Hub"))
    CourseRunFactory(qualification=npq, is_example=True)
    CourseRunFactory(qualification=npq, starts_on=None, ends_on=None, apply_by=None)
    data = told(client, "/qualifications/headship/")
    assert (data["@context"], data["@type"]) == ("https://schema.org", "Course")
    assert (data["name"], data["description"], data["courseCode"]) == ("Headship", "Lead it.", "NPQH")
    assert data["url"] == f"{SITE}/qualifications/headship/"
    assert data["timeRequired"] == "P12M"
    assert data["provider"] == [TEACH_FIRST]
    (instance,) = data["hasCourseInstance"]
    assert instance["url"] == f"{SITE}/courses/{run.pk}/"


def test_a_run_is_an_instance_and_an_event_with_its_sessions(client):
    run = CourseRunFactory(
        qualification=QualificationFactory(name="Headship", identifier="npq-headship"),
        hub=HubFactory(name="Saffron Teaching School Hub"),
        provider=LeadProviderFactory(name="Teach First"),
        mode="blended",
    )
    SessionFactory(
        run=run,
        position=1,
        title="Opening day",
        starts_at=time(9, 30),
        ends_at=time(15),
        venue="The hall",
        postcode="SK7 4AB",
    )
    SessionFactory(run=run, position=2, on=date(2027, 6, 9), starts_at=time(16), online=True, title="Seminar")
    SessionFactory(run=run, position=3, on=date(2027, 7, 7), title="Day without a time")
    SessionFactory(run=run, position=4, on=None)
    data = of_run(client, run)
    assert data["@type"] == ["CourseInstance", "EducationEvent"]
    assert data["name"] == "Headship, Saffron Teaching School Hub"
    assert (data["startDate"], data["endDate"]) == ("2027-01-13", "2028-01-12")
    assert data["courseMode"] == "Blended"
    assert data["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert data["eventStatus"] == "https://schema.org/EventScheduled"
    assert data["organizer"] == TEACH_FIRST
    assert data["about"]["url"] == f"{SITE}/qualifications/headship/"
    first, second, third = data["subEvent"]
    assert (first["startDate"], first["endDate"]) == (
        "2027-01-13T09:30:00+00:00",
        "2027-01-13T15:00:00+00:00",
    )
    assert first["location"] == {
        "@type": "Place",
        "name": "The hall",
        "address": {"@type": "PostalAddress", "postalCode": "SK7 4AB", "addressCountry": "GB"},
    }
    assert (second["startDate"], second["location"]["@type"]) == (
        "2027-06-09T16:00:00+01:00",
        "VirtualLocation",
    )
    assert "endDate" not in second
    assert third["startDate"] == "2027-07-07"
    assert "location" not in third


@pytest.mark.parametrize(
    ("mode", "course", "attendance"),
    [
        ("face_to_face", "Onsite", "OfflineEventAttendanceMode"),
        ("online", "Online", "OnlineEventAttendanceMode"),
    ],
)
def test_how_it_is_taught(client, mode, course, attendance):
    data = of_run(client, CourseRunFactory(mode=mode))
    assert (data["courseMode"], data["eventAttendanceMode"].rpartition("/")[2]) == (course, attendance)


def test_a_partner_or_the_provider_is_where_no_hub_is(client):
    partner = CourseRunFactory(hub=None, partner=DeliveryPartnerFactory(name="The Partner"))
    assert of_run(client, partner)["location"] == {"@type": "Place", "name": "The Partner"}
    alone = CourseRunFactory(hub=None)
    assert of_run(client, alone)["location"]["name"] == alone.provider.name


def test_a_cancelled_run_says_so_with_its_sessions(client):
    run = CourseRunFactory(state="cancelled")
    SessionFactory(run=run)
    data = of_run(client, run)
    assert {data["eventStatus"], data["subEvent"][0]["eventStatus"]} == {"https://schema.org/EventCancelled"}


def test_a_cancelled_session_of_a_run_that_goes_on_says_so(client):
    run = CourseRunFactory()
    SessionFactory(run=run, position=1, cancelled=True)
    SessionFactory(run=run, position=2)
    data = of_run(client, run)
    assert data["eventStatus"].endswith("Scheduled")
    assert [each["eventStatus"].rpartition("/")[2] for each in data["subEvent"]] == [
        "EventCancelled",
        "EventScheduled",
    ]


@pytest.mark.parametrize(
    "run", [{"is_example": True}, {"starts_on": None, "ends_on": None, "apply_by": None}]
)
def test_what_is_made_up_and_what_has_no_date_is_not_told(client, run):
    assert of_run(client, CourseRunFactory(**run)) is None


def test_no_price_is_told(client):
    run = CourseRunFactory(price=890, price_as_of=date(2026, 11, 20))
    assert "890" not in json.dumps(of_run(client, run))


@pytest.mark.parametrize("name", ["</script><script>alert(1)</script>", "A & B <b>", '"quoted" \\ \u2028'])
def test_no_name_ends_the_block(client, name):
    run = CourseRunFactory(qualification=QualificationFactory(name=name, identifier="npq-odd"))
    text = client.get(f"/courses/{run.pk}/").content.decode()
    assert "<script>alert" not in text
    assert of_run(client, run)["about"]["name"] == name


def test_an_organisation_with_its_own_site(client):
    LeadProviderFactory(name="Teach First", website="https://teach.example/")
    assert told(client, "/providers/teach-first/") == {
        "@context": "https://schema.org",
        **TEACH_FIRST,
        "sameAs": "https://teach.example/",
    }


def test_hubs_and_partners_are_organisations_too(client):
    hub, partner = HubFactory(), DeliveryPartnerFactory()
    for organisation in (hub, partner):
        data = told(client, organisation.get_absolute_url())
        assert (data["@type"], data["name"]) == ("Organization", organisation.name)
        assert data["url"] == SITE + organisation.get_absolute_url()


def test_other_pages_tell_nothing_of_it(client):
    CourseRunFactory()
    for path in ("/", "/courses/", "/qualifications/"):
        assert told(client, path) is None
