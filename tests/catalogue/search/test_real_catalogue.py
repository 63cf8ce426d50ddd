"""The real catalogue searched: what is found in it, and what the page says."""

from datetime import date

import pytest

from catalogue.models import FrameworkSection, LeadProvider
from tests.catalogue.search.test_find import find, titles
from tests.catalogue.search.test_page import page
from tests.factories import catalogue as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.mark.parametrize(
    ("typed", "kind", "first"),
    [
        ("headship", "qualification", "Headship"),
        ("NPQH", "qualification", "Headship"),
        ("npqsenco", "qualification", "Special educational needs co-ordinator"),
        ("behavio", "qualification", "Leading behaviour and culture"),
        ("governance", "section", "Governance and accountability"),
        ("teach first", "provider", "Teach First"),
        ("saffron", "hub", "Saffron Teaching School Hub (EE1)"),
        ("EE1", "hub", "Saffron Teaching School Hub (EE1)"),
    ],
)
def test_the_real_catalogue(typed, kind, first):
    assert titles(typed)[kind][0] == first


def test_a_hub_by_its_district():
    assert len(titles("Stockport")["hub"]) >= 1


def test_a_section_of_one_npq():
    (group,) = find("governance headship").groups
    assert [hit.thing.qualification.code for hit in group.hits] == ["NPQH"]


def test_a_statement():
    section = FrameworkSection.objects.get(qualification__code="NPQH", title="Teaching")
    statement = make.StatementFactory(section=section, text="Pupils remember more if lessons are spaced.")
    (group,) = find("remembering spaced lessons").groups
    (hit,) = group.hits
    assert hit.thing == statement
    assert hit.address == f"/qualifications/headship/framework/teaching/#{statement.anchor}"
    assert hit.text == "Pupils <mark>remember</mark> more if <mark>lessons</mark> are <mark>spaced</mark>."


def test_what_was_found_is_linked_and_marked(client, today):
    text = page(client, "/search/?q=headship+governance")
    assert "<title>headship governance, search results - NPQ Portal</title>" in text
    assert 'href="/qualifications/headship/framework/governance-and-accountability/"' in text
    assert "<mark>Governance</mark> and accountability" in text
    assert 'value="headship governance"' in text


def test_nothing_found_offers_other_ways(client, today):
    text = page(client, "/search/?q=zebra")
    assert "Nothing was found for “zebra”." in text
    assert 'href="/qualifications/"' in text
    assert 'href="/which-npq/"' in text


def test_what_may_have_been_meant_is_a_link(client, today):
    text = page(client, "/search/?q=behavour&page=3")
    assert 'Did you mean <a class="govuk-link" href="?q=behaviour">behaviour</a>?' in text


def test_some_words(client, today):
    assert "Nothing has all of these words." in page(client, "/search/?q=headship+zebra")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("the+of", "Every word of “the of” is one that nearly every text has."),
        ("%25", "There is no word in “%”."),
        ("%27", "There is no word in “&#x27;”."),
        ("%22%22%22", "There is no word in “&quot;&quot;&quot;”."),
        ("%26%7C%21%28%29%3A*", "There is no word in “&amp;|!():*”."),
        ("x" * 10_000, "That was long, so we searched for its beginning only"),
        ("headship%00+governance", "<mark>Governance</mark> and accountability"),
        ("%22governance+and%22+-nothing", "quotation marks as words that stand together, and a minus before"),
        ("zebra%25", "Nothing was found for “zebra%”."),
        ("%3Cscript%3E", "Nothing was found for “&lt;script&gt;”."),
    ],
)
def test_it_says_what_it_did_with_nonsense(client, today, typed, told):
    assert told in page(client, f"/search/?q={typed}")


def test_what_is_past_or_uncertain_says_so(client, today):
    make.CourseRunFactory(
        qualification__name="Old",
        starts_on=date(2022, 1, 9),
        ends_on=None,
        apply_by=None,
        is_example=True,
        mode="blended",
    )
    make.CourseRunFactory(
        qualification__name="Older", starts_on=None, ends_on=None, apply_by=None, mode="blended"
    )
    LeadProvider.objects.filter(name="Teach First").update(left_on="January 2023")
    assert "Began 9 January 2022. Blended. Open. Made up for demonstration." in page(client, "/search/?q=old")
    assert "Start to be confirmed. Blended." in page(client, "/search/?q=older")
    assert "No longer a lead provider (January 2023)." in page(client, "/search/?q=teach+first")
    assert "<strong>Not confirmed.</strong>" in page(client, "/search/?q=statutory+framework")


def test_the_list_of_npqs_leads_there(client, today):
    assert 'action="/search/"' in page(client, "/qualifications/")
