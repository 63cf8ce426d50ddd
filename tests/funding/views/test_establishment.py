"""/funding/establishments/<reference>/: the grid of eleven."""

import datetime
import re
from html import unescape

import pytest

from funding.models import ListEdition, ListEntry
from tests.factories.catalogue import TermFactory
from tests.factories.funding import (
    EstablishmentFactory,
    ImportRunFactory,
    PostSixteenFactory,
    eleven,
    list_in_use,
)
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

LIST_ONLY = {
    "leading-teaching-development",
    "leading-teaching",
    "leading-behaviour-culture",
    "leading-literacy",
    "leading-primary-mathematics",
    "executive-leadership",
}
EVERY_SCHOOL = {"senior-leadership", "headship", "early-years-leadership", "senco"}


@pytest.fixture(autouse=True)
def reference_data(db):
    eleven()
    ImportRunFactory()


@pytest.fixture
def term():
    term = TermFactory()
    list_in_use("pp50-schools", term, urns=["100000"])
    list_in_use("pp50-16-to-19", term, ukprns=["10000055"])
    list_in_use("rise", term, urns=["100002"])
    return term


def see(client, reference, **query):
    answer = client.get(f"/funding/establishments/{reference}/", query)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def outcomes(page):
    """{slug: outcome} as the page's rows say."""
    rows = re.findall(r'portal-grid__row" id="([a-z-]+)".*?portal-outcome--([a-z_]+)', page, re.DOTALL)
    return dict(rows)


def with_outcome(page, outcome):
    return {slug for slug, found in outcomes(page).items() if found == outcome}


def test_a_listed_school(client, term):
    EstablishmentFactory(urn="100000")
    page = see(client, "100000")
    assert with_outcome(page, "funded") == LIST_ONLY | EVERY_SCHOOL
    assert with_outcome(page, "incomplete") == {"early-headship-coaching-offer"}
    assert "10 of 11 are funded for you now" in page


def test_a_school_on_no_list(client, term):
    EstablishmentFactory(urn="100001")
    page = see(client, "100001")
    assert with_outcome(page, "funded") == EVERY_SCHOOL
    assert with_outcome(page, "not_funded") == LIST_ONLY
    assert "What would change this:" in page
    assert "RISE list" in page


def test_the_rise_list_funds_whatever_the_type(client, term):
    EstablishmentFactory(urn="100002", type_code="11", type_name="Other independent school")
    assert len(with_outcome(see(client, "100002"), "funded")) == 10


def test_an_independent_school(client, term):
    EstablishmentFactory(urn="100003", type_code="11", type_name="Other independent school")
    page = see(client, "100003", head="no")
    assert not with_outcome(page, "funded")
    assert "None of the 11 is funded for you as things stand" in page
    named = "Your workplace is an independent school (Other independent school in the official record)"
    assert f"{named}: scholarship funding is for state-funded schools." in page
    assert "type code" not in page


def test_an_independent_school_is_offered_no_hope_of_a_list(client, term):
    EstablishmentFactory(urn="100003", type_code="11", type_name="Other independent school")
    page = see(client, "100003", head="no")
    changes = re.findall(r"What would change this:(.*?)</p>", page)
    assert len(changes) == 1
    assert "you are a headteacher" in changes[0]


def test_another_type_that_is_not_covered_is_named(client, term):
    EstablishmentFactory(urn="100003", type_code="25", type_name="Offshore schools")
    page = see(client, "100003")
    assert "does not cover your type of workplace (Offshore schools in" in page


def test_each_list_says_whether_it_names_the_workplace(client, term):
    EstablishmentFactory(urn="100000")
    said = re.findall(r"(Names|Does not name) this workplace <small", see(client, "100000"))
    assert sorted(said) == ["Does not name", "Names"]


def test_outside_england(client, term):
    EstablishmentFactory(urn="100004", type_code="30", type_name="Welsh establishment", la_code="673")
    page = see(client, "100004")
    assert len(with_outcome(page, "not_funded")) == 11
    assert "outside England" in page


def test_a_college_is_looked_up_by_its_ukprn(client, term):
    PostSixteenFactory(ukprn="10000055", name="Abingdon College")
    page = see(client, "ukprn-10000055")
    assert len(with_outcome(page, "funded")) == 10
    assert "<strong>a 16 to 19 setting</strong>" in page


def test_the_setting_decides_which_list_is_looked_at(client, term):
    EstablishmentFactory(urn="100001", ukprn="10000055")
    assert with_outcome(see(client, "100001", setting="school"), "not_funded") == LIST_ONLY
    assert with_outcome(see(client, "100001", setting="academy_trust"), "not_funded") == LIST_ONLY
    assert with_outcome(see(client, "100001", setting="16_to_19"), "not_funded") == set()


def test_a_number_that_we_do_not_know_is_said(client, term):
    EstablishmentFactory(urn="100001", ukprn=None)
    assert "We do not know this workplace's UKPRN" in see(client, "100001", setting="16_to_19")
    assert "We do not know this workplace's" not in see(client, "100001")


@pytest.mark.parametrize(
    ("head", "outcome"), [("yes", "funded"), ("no", "not_funded"), ("maybe", "incomplete")]
)
def test_the_coaching_offer_is_never_funded_unasked(client, term, head, outcome):
    EstablishmentFactory(urn="100001")
    assert outcomes(see(client, "100001", head=head))["early-headship-coaching-offer"] == outcome
    assert outcomes(see(client, "100001"))["early-headship-coaching-offer"] == "incomplete"


def test_the_question_of_the_coaching_offer_keeps_the_rest_of_the_address(client, term):
    EstablishmentFactory(urn="100001")
    page = see(client, "100001", setting="academy_trust")
    assert '?setting=academy_trust&head=yes#early-headship-coaching-offer"' in page


def test_every_answer_names_its_list_with_its_edition(client, term):
    EstablishmentFactory(urn="100000")
    page = see(client, "100000")
    assert "List: edition for autumn 2025, publication day not recorded, 1 entry." in page
    assert page.count("This settled it.") == 11


def test_a_known_day_of_publication_is_shown(client):
    term = TermFactory()
    list_in_use("rise", term, urns=["100000"], published_on=datetime.date(2026, 9, 1))
    EstablishmentFactory(urn="100000")
    assert "edition for autumn 2025, published 1 September 2026" in see(client, "100000")


def test_facts_carry_their_age(client, term):
    EstablishmentFactory(urn="100000")
    assert "As of school census 2022 to 2023." in see(client, "100000")


def test_the_way_to_apply_carries_the_answers(client, term):
    EstablishmentFactory(urn="100000")
    page = see(client, "100000", setting="academy_trust")
    assert 'href="/apply/?term=autumn-2026&setting=academy_trust&workplace=100000"' in page


def test_no_application_for_a_term_that_is_not_open(client, term):
    TermFactory(
        identifier="spring-2026", position=term.position + 1, registration_closes=datetime.date(2026, 6, 24)
    )
    EstablishmentFactory(urn="100000")
    page = see(client, "100000", term="spring-2026")
    assert "Start an application" not in page
    assert len(with_outcome(page, "not_funded")) == 11


def test_a_term_without_rules_says_so_and_leads_to_one_that_has_them(client, term):
    TermFactory(identifier="spring-2027", position=term.position + 1)
    EstablishmentFactory(urn="100000")
    page = see(client, "100000")
    assert "<h1" in page
    assert "The rules for this term are not published yet" in page
    assert "what is funded in spring 2027" in page
    assert 'href="?term=autumn-2026"' in page
    assert len(outcomes(see(client, "100000", term="autumn-2026"))) == 11


def test_before_any_term_has_opened(client):
    TermFactory(registration_opens=None)
    EstablishmentFactory(urn="100000")
    page = see(client, "100000")
    assert "No term has opened yet" in page
    assert 'href="?term=autumn-2026"' in page


def test_without_a_term_at_all(client):
    EstablishmentFactory(urn="100000")
    assert "No term has opened yet" in see(client, "100000")


@pytest.mark.parametrize(
    "query", [{"setting": "frog"}, {"setting": "another_setting"}, {"term": "summer-1999"}]
)
def test_what_it_does_not_know_is_left_out_of_account_and_said(client, term, query):
    EstablishmentFactory(urn="100000")
    page = see(client, "100000", **query)
    assert f"“{next(iter(query.values()))}”" in page
    assert "These are the answers for autumn 2026." in page
    assert with_outcome(page, "funded") == LIST_ONLY | EVERY_SCHOOL


def test_a_kind_of_early_years_setting_that_is_not_in_a_school_is_left_out_and_said(client, term):
    EstablishmentFactory(urn="100000")
    page = see(client, "100000", setting="early_years", kind="childminder")
    assert "the kind of early years setting “childminder” here" in page


@pytest.mark.parametrize(
    "reference",
    ["999999", "ukprn-10000056", "xx", "100000x", "%00", "ukprn-", "9" * 3000, "..%2f..", "%F0%9F%90%B8"],
)
def test_an_unknown_reference_is_not_found(client, term, reference):
    EstablishmentFactory(urn="100000")
    assert client.get(f"/funding/establishments/{reference}/").status_code == 404


@pytest.mark.parametrize("value", ["x" * 5000, "\x00", "<script>", "%_\\'\""])
def test_any_text_in_the_address_gives_a_normal_page(client, term, value):
    EstablishmentFactory(urn="100000")
    answer = client.get("/funding/establishments/100000/", {"setting": value, "term": value, "head": value})
    assert answer.status_code == 200
    assert b"<script>&" not in answer.content


def test_a_60_character_name_is_shown_whole(client, term):
    name = "Sir Robert Geffery's Voluntary Aided Church of England Primary School"
    EstablishmentFactory(urn="100000", name=name)
    assert f"Is my NPQ funded at {name}?" in see(client, "100000")


def test_the_same_number_of_queries_whatever_the_lists_hold(client, term):
    EstablishmentFactory(urn="100000")
    with_few = queries_of(lambda: see(client, "100000"))
    for kind in ("childminders", "disadvantaged-early-years"):
        list_in_use(kind, term, ofsted_urns=[f"EY{number}" for number in range(100_000, 100_030)])
    for edition in ListEdition.objects.filter(kind__in=["pp50-schools", "rise"]):
        ListEntry.objects.bulk_create(
            ListEntry(edition=edition, namespace="gias-urn", identifier=str(number))
            for number in range(200_000, 200_030)
        )
    # One of them asks whether anything is ranked, which this school is not, and one for the banner.
    assert queries_of(lambda: see(client, "100000")) == with_few == 10


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_only_asks(client, term, method):
    assert getattr(client, method)("/funding/establishments/100000/").status_code == 405


def test_sets_no_cookie(client, term):
    EstablishmentFactory(urn="100000")
    assert not client.get("/funding/establishments/100000/").cookies
