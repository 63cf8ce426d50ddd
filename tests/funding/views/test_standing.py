"""Where a workplace stands, on its page: rank, lists, whether they agree, and the chart."""

import re
from html import unescape

import pytest

from funding.models import ListEdition, TermList
from tests.factories.catalogue import TermFactory
from tests.factories.funding import (
    ClosedSchoolFactory,
    EstablishmentFactory,
    EstablishmentLinkFactory,
    ImportRunFactory,
    ListEditionFactory,
    PostSixteenFactory,
    eleven,
    list_in_use,
)
from tests.funding.ranking.making import figures, rank, school

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def four_schools(db):
    """100003 (30%) and 100002 (20%) are the top half; the published list names 100003 and 100001 (10%)."""
    eleven()
    ImportRunFactory()
    for number in range(4):
        school(f"10000{number}", number, 10)
    list_in_use("pp50-schools", TermFactory(), urns=["100003", "100001"])
    return rank()


def standing(client, reference: str, **query: str) -> str:
    """The words of the section, without markup."""
    markup = section(client, reference, **query)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def section(client, reference: str, **query: str) -> str:
    answer = client.get(f"/funding/establishments/{reference}/", query)
    assert answer.status_code == 200
    page = answer.content.decode()
    return re.search(r'<section class="portal-standing".*?</section>', page, re.DOTALL)[0]


def test_rank_share_threshold_population_and_year(client):
    words = standing(client, "100002")
    assert "financial year 2021 to 2022" in words
    assert "20.0% of its pupils attract deprivation pupil premium: 2 of 10." in words
    assert "Its rank is 2 of 4 state-funded schools, and 33% of schools have a larger share." in words
    assert "The top half starts at 20.0%." in words


def test_the_first_is_told_that_none_is_above(client):
    assert "Its rank is 1 of 4 state-funded schools, and no school has a larger share." in standing(
        client, "100003"
    )


@pytest.mark.parametrize(
    ("urn", "words"),
    [
        ("100003", "The published list for autumn 2025 agrees: it names this school."),
        ("100000", "The published list for autumn 2025 agrees: it does not name this school."),
    ],
)
def test_the_lists_agree(client, urn, words):
    found = standing(client, urn)
    assert words in found
    assert "do not agree" not in found


@pytest.mark.parametrize(
    ("urn", "words"),
    [
        ("100001", "not in the top half of our ranking, but the published list for autumn 2025 names it."),
        (
            "100002",
            "in the top half of our ranking, but the published list for autumn 2025 does not name it.",
        ),
    ],
)
def test_where_they_do_not_the_published_one_decides(client, urn, words):
    found = standing(client, urn)
    assert "The two lists do not agree." in found
    assert words in found
    assert "The published list decides." in found


def test_a_term_is_compared_with_the_list_it_uses(client):
    list_in_use(
        "pp50-schools", TermFactory(identifier="spring-2025"), urns=["100000"], term_label="spring-2025"
    )
    found = standing(client, "100000", term="spring-2025")
    assert "but the published list for spring 2025 names it." in found


def test_without_a_published_list_it_says_so(client, four_schools):
    TermList.objects.all().delete()
    ListEdition.objects.filter(computed=False).delete()
    assert "We have no published list to compare with." in standing(client, "100003")


def test_figures_of_the_school_before_are_said_to_be_so(client):
    ClosedSchoolFactory(urn="100010")
    EstablishmentLinkFactory(urn="100010", linked_urn="100011")
    EstablishmentFactory(urn="100011")
    figures("100010", 9, 10)
    rank()
    assert "These are the figures of the school that it followed (URN 100010)." in standing(client, "100011")


def test_figures_that_were_added_are_said_to_be_so(client):
    ClosedSchoolFactory(urn="100010")
    EstablishmentLinkFactory(urn="100010", linked_urn="100003")
    figures("100010", 9, 10)
    rank()
    assert "That includes the figures of the school that it followed (URN 100010)." in standing(
        client, "100003"
    )


@pytest.mark.parametrize(
    ("type_code", "why"),
    [
        ("1", "We have no pupil premium figures for it"),
        ("15", "Nursery schools have a published list of their own."),
        ("45", "16 to 19 institutions have a published list of their own."),
        ("11", "Only state-funded schools are ranked by pupil premium."),
    ],
)
def test_without_a_rank_it_says_why(client, type_code, why):
    EstablishmentFactory(urn="100020", type_code=type_code)
    found = standing(client, "100020")
    assert why in found
    assert "The published lists decide." in found
    assert "<svg" not in section(client, "100020")


def test_a_college_has_no_rank(client):
    college = PostSixteenFactory()
    assert "Pupil premium is for pupils up to 16" in standing(client, college.reference)


def test_a_school_whose_urn_is_unknown_could_not_be_looked_up(client):
    academy = PostSixteenFactory(type_code="34")
    assert "URN, by which schools are ranked, so we could not look it up." in standing(
        client, academy.reference
    )


def test_before_any_ranking(client, four_schools):
    four_schools.delete()
    assert "We have no pupil premium figures yet" in standing(client, "100003")


def test_every_edition_with_its_terms(client):
    ListEditionFactory(kind="rise", term_label="autumn-2024", published_on="2024-09-05")
    found = standing(client, "100003")
    naming, not_naming = found.split("Published lists that do not name it")
    assert "Autumn 2025, publication day not recorded Decides for Autumn 2026; 2 entries" in naming
    assert "Autumn 2024, published 5 September 2024 No term uses it; 0 entries" in not_naming


def test_lists_of_childminders_and_computed_ones_are_not_among_them(client):
    list_in_use("childminders", TermFactory(), ofsted_urns=["100003"])
    found = standing(client, "100003")
    assert "childminders" not in found
    assert "Computed" not in found


def test_none_names_it(client):
    assert "None of those that we hold." in standing(client, "100000")


def test_the_chart_has_a_title_a_description_and_a_table(client):
    markup = section(client, "100002")
    chart = re.search(r"<svg[^>]*role=\"img\".*?</svg>\s*<details", markup, re.DOTALL)[0]
    labelled_by = re.search(r'aria-labelledby="([^"]+)"', chart)[1].split()
    for identifier in labelled_by:
        assert f'id="{identifier}">' in chart
    assert re.search(r"<title[^>]*>Where .* stands among 4 schools</title>", chart)
    assert "This school, at 20.0%, is in a band of 1 school." in chart
    assert chart.count("<rect") == 20
    assert markup.count('<tr class="govuk-table__row">') == 21
    assert re.search(r"20% to under 25%.*this school.*the top half starts here", markup, re.DOTALL)
    assert "style=" not in markup


def test_markup_in_a_name_is_only_text(client):
    EstablishmentFactory(urn="100030", name="<b>Tower</b> School")
    figures("100030", 5, 10)
    rank()
    assert "<b>Tower</b>" not in section(client, "100030")


@pytest.mark.parametrize(("urn", "queries"), [("100003", 9), ("100040", 10)])
def test_the_same_number_of_queries_whatever_there_is(client, django_assert_num_queries, urn, queries):
    EstablishmentFactory(urn="100040")
    for number in range(20):
        ListEditionFactory(kind="rise", term_label=f"term-{number}")
    with django_assert_num_queries(queries):
        client.get(f"/funding/establishments/{urn}/")
