"""/funding/check/: one question a page, then the answers; all that was said is in the address."""

import re
from html import unescape

import pytest

from funding.models import ChildcareSetting, IttProvider, ListEdition, ListEntry, LocalAuthority
from tests.factories.catalogue import TermFactory
from tests.factories.funding import ChildcareSettingFactory, EstablishmentFactory, eleven, list_in_use
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

MENTOR = {"setting": "another_setting", "employment": "lead_mentor_for_accredited_itt_provider"}
CHILDMINDER = {"setting": "early_years", "kind": "childminder"}
NURSERY = {"setting": "early_years", "kind": "private_nursery"}


@pytest.fixture(autouse=True)
def reference_data(db):
    eleven()
    term = TermFactory()
    list_in_use("childminders", term, ofsted_urns=["118032"])
    return term


def see(client, **query):
    answer = client.get("/funding/check/", query)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def heading(page):
    return re.sub(r"<[^>]*>|\s+", " ", re.search(r"<h1.*?</h1>", page, re.DOTALL)[0]).strip()


def funded(page):
    rows = re.findall(r'portal-grid__row" id="([a-z-]+)".*?portal-outcome--([a-z_]+)', page, re.DOTALL)
    return {slug for slug, outcome in rows if outcome == "funded"}


def test_asks_for_the_setting_first(client):
    page = see(client)
    assert heading(page) == "What kind of setting do you work in?"
    assert page.count('type="radio"') == 6
    assert 'href="/funding/check/?england=no"' in page


def test_keeps_what_was_said_and_offers_to_change_it(client):
    page = see(client, setting="another_setting", head="no")
    assert heading(page) == "How are you employed?"
    assert '<input type="hidden" name="setting" value="another_setting">' in page
    assert '<input type="hidden" name="head" value="no">' in page
    assert re.search(r"Another setting.*href=\"/funding/check/\?head=no\">Change", page, re.DOTALL)


@pytest.mark.parametrize(
    ("query", "missing", "field"),
    [
        ({"asked": "setting"}, "Choose the kind of setting you work in", "id_setting"),
        (CHILDMINDER | {"asked": "ofsted"}, "Enter your Ofsted number", "id_ofsted"),
        (NURSERY | {"asked": "ofsted", "q": "x"}, "Search for your setting, then choose it", "id_q"),
        ({"setting": "school", "q": " "}, "Search for where you work, then choose it", "id_q"),
        (MENTOR | {"asked": "itt"}, "Choose your training provider", "id_itt"),
    ],
)
def test_a_form_without_an_answer_says_what_to_do(client, query, missing, field):
    page = see(client, **query)
    assert page.count(missing) == 2
    assert f'href="#{field}"' in page
    assert f'id="{field}"' in page
    assert "<title>Error: " in page


def test_the_answers_of_a_childminder(client):
    page = see(client, **CHILDMINDER, ofsted="118 032")
    assert heading(page) == "Is my NPQ funded as a childminder?"
    assert funded(page) == {"early-years-leadership"}
    assert "Names this workplace" in page
    assert "/apply/?term=autumn-2026&setting=early_years&kind=childminder&ofsted=118032" in page


def test_without_a_number_it_says_what_could_not_be_looked_up(client):
    page = see(client, **CHILDMINDER, ofsted="none")
    assert not funded(page)
    assert "You have not given your Ofsted number" in page
    assert "Not given" in page


def test_a_nursery_is_searched_for_and_named(client):
    ChildcareSetting.objects.create(ofsted_urn="EY101465", name="Acorns <b>", la_name="Derby", region="")
    page = see(client, **NURSERY)
    assert heading(page) == "Which setting do you work in?"
    assert "ofsted=none" in page
    page = client.get("/funding/check/", NURSERY | {"ofsted": "EY101465"}).content.decode()
    assert "Is my NPQ funded at Acorns &lt;b&gt;?" in page
    assert "Acorns &lt;b&gt; (EY101465)" in page


def test_lead_mentors_choose_from_those_accredited(client):
    IttProvider.objects.create(legal_name="A & B Ltd", operating_name="AB")
    IttProvider.objects.create(legal_name="Lapsed Ltd", operating_name="L", approved=False)
    page = see(client, **MENTOR)
    assert "<option>A & B Ltd</option>" in page
    assert "Lapsed Ltd" not in page
    page = see(client, **MENTOR, itt="A & B Ltd")
    assert heading(page) == "Is my NPQ funded as a lead mentor?"
    assert funded(page) == {"leading-teaching-development"}


@pytest.mark.parametrize("setting", ["school", "academy_trust", "16_to_19"])
def test_a_school_leads_to_its_own_page(client, setting):
    EstablishmentFactory(urn="100000", ukprn="10000055")
    answer = client.get("/funding/check/", {"setting": setting, "workplace": "100000", "head": "yes"})
    assert (answer.status_code, answer.url) == (
        302,
        f"/funding/establishments/100000/?setting={setting}&head=yes",
    )


def test_a_nursery_class_leads_to_its_schools_page(client):
    EstablishmentFactory(urn="100000", phase="Primary")
    query = {"setting": "early_years", "kind": "preschool_class_as_part_of_school", "workplace": "100000"}
    page = unescape(client.get("/funding/check/", query, follow=True).content.decode())
    assert "Is my NPQ funded at Oakwood" in page
    assert funded(page) == {"early-years-leadership"}


def test_a_workplace_that_we_do_not_know_is_asked_again(client):
    page = see(client, setting="school", workplace="999999")
    assert heading(page) == "Where do you work?"
    assert "We do not know the workplace “999999”" in page


def test_a_local_authority_as_a_school_is_answered(client):
    LocalAuthority.objects.create(code="831", gss_code="E06000015", name="Derby", region_code="", region="")
    page = see(client, setting="school", authority="831")
    assert heading(page) == "Is my NPQ funded at Derby?"
    assert "choose 'another setting'" in page
    assert heading(see(client, setting="school", authority="999")) == "Where do you work?"


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ({"england": "no"}, "outside England"),
        ({"setting": "other", "adviser": "no"}, "in a setting of another kind"),
        ({"setting": "another_setting", "employment": "hospital_school"}, "in a hospital school"),
        (NURSERY | {"ofsted": "none"}, "in a private nursery"),
    ],
)
def test_the_heading_says_where(client, query, where):
    assert heading(see(client, **query)) == f"Is my NPQ funded {where}?"


def test_another_term_can_be_chosen(client):
    TermFactory(identifier="autumn-2024", position=1)
    page = see(client, **CHILDMINDER, ofsted="118032", term="autumn-2024")
    assert "Scholarship funding, Autumn 2024" in page
    assert re.search(r'<option value="autumn-2024" selected>', page)


def test_what_the_address_says_of_the_person_is_shown_and_kept(client):
    page = see(client, **CHILDMINDER, ofsted="118032", head="yes", had="npq-senco")
    assert "<details" in page
    assert re.search(r'name="head" type="radio" value="yes" checked', page)
    assert re.search(r'name="had" type="checkbox" value="npq-senco" checked', page)
    assert "and has not had this funding before" not in page


@pytest.mark.parametrize("typed", ["\x00", "x" * 5000, "<script>alert(1)</script>", "🐸", "%"])
def test_any_text_gives_a_page(client, typed):
    names = [
        "setting",
        "kind",
        "employment",
        "ofsted",
        "workplace",
        "authority",
        "itt",
        "adviser",
        "term",
        "q",
    ]
    page = client.get("/funding/check/", dict.fromkeys(names, typed))
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("name", ["ofsted", "authority", "itt", "workplace"])
def test_any_text_in_a_setting_that_asks_for_it_gives_a_page(client, name):
    asked = {
        "ofsted": NURSERY,
        "authority": {"setting": "school"},
        "itt": MENTOR,
        "workplace": {"setting": "school"},
    }[name]
    for typed in ("\x00", "x" * 5000, "🐸", "%00"):
        assert client.get("/funding/check/", asked | {name: typed}).status_code == 200


@pytest.mark.parametrize(
    ("query", "more"),
    [
        (
            CHILDMINDER | {"ofsted": "118032"},
            lambda number: ListEntry.objects.create(
                edition=ListEdition.objects.get(), namespace="ofsted-urn", identifier=str(200_000 + number)
            ),
        ),
        (
            MENTOR,
            lambda number: IttProvider.objects.create(legal_name=f"Provider {number}", operating_name="P"),
        ),
        (NURSERY | {"q": "rosewood"}, lambda number: ChildcareSettingFactory(name="Rosewood Nursery")),
        ({"setting": "school", "q": "grange"}, lambda number: EstablishmentFactory(name="Grange School")),
        (
            {"setting": "academy_trust", "q": "orchard"},
            lambda number: EstablishmentFactory(name="Orchard", trust=f"Orchard Trust {number}"),
        ),
    ],
    ids=["answers", "training providers", "settings", "schools", "trusts"],
)
def test_the_same_number_of_queries_for_2_and_30(client, query, more):
    for number in range(2):
        more(number)
    for_few, page = queries_of(lambda: see(client, **query)), see(client, **query)
    for number in range(2, 30):
        more(number)
    assert queries_of(lambda: see(client, **query)) == for_few
    assert for_few > 0
    # The list of funded numbers is looked up, and not shown.
    assert (see(client, **query) != page) is ("ofsted" not in query)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_only_asks(client, method):
    assert getattr(client, method)("/funding/check/").status_code == 405


def test_sets_no_cookie(client):
    assert not client.get("/funding/check/", CHILDMINDER | {"ofsted": "118032"}).cookies
