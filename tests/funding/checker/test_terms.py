"""Term by term: each under its own rules and lists, compared with the last that had scholarships."""

import pytest

from funding.checker.situation import Situation
from funding.checker.terms import FIRST_SHOWN, side_by_side, terms_with_rules
from funding.checker.workplace import find
from funding.rules.vocabulary import Setting
from tests.factories.catalogue import TermFactory
from tests.factories.funding import EstablishmentFactory, eleven, list_in_use

pytestmark = pytest.mark.django_db

TERMS = ["autumn-2024", "spring-2025", "autumn-2025", "spring-2026", "autumn-2026"]


@pytest.fixture
def terms():
    eleven()
    return {identifier: TermFactory(identifier=identifier) for identifier in TERMS}


def columns(**said):
    situation = Situation(setting=Setting.SCHOOL, workplace="100000", head=False, **said)
    return side_by_side(find(situation), situation, terms_with_rules(FIRST_SHOWN)).columns


def slugs(answers):
    return {each.qualification.slug for each in answers}


def test_a_school_on_no_list(terms):
    EstablishmentFactory(urn="100000")
    by_term = {column.term.identifier: column for column in columns()}
    assert list(by_term) == TERMS
    assert slugs(by_term["autumn-2024"].funded) == {"headship", "senco", "leading-primary-mathematics"}
    assert slugs(by_term["autumn-2025"].lost) == {"leading-primary-mathematics"}
    assert slugs(by_term["autumn-2026"].gained) == {"senior-leadership", "early-years-leadership"}
    assert by_term["autumn-2026"].before.term.identifier == "autumn-2025"
    assert not by_term["spring-2026"].has_scholarships
    assert by_term["autumn-2024"].before is None


def test_a_school_that_came_onto_a_list(terms):
    EstablishmentFactory(urn="100000")
    list_in_use("pp50-schools", terms["autumn-2024"], urns=["100001"])
    list_in_use("pp50-schools", terms["spring-2025"], urns=["100000"])
    then, now = columns()[:2]
    assert [(each.kind, each.names_it) for each in then.consulted + now.consulted] == [
        ("pp50-schools", False),
        ("pp50-schools", True),
    ]
    assert len(now.gained) == 7
    assert not now.lost


def test_what_was_not_offered_before_is_new():
    eleven()
    for identifier in ("spring-2022", "autumn-2022"):
        TermFactory(identifier=identifier)
    EstablishmentFactory(urn="100000")
    situation = Situation(setting=Setting.SCHOOL, workplace="100000", head=False)
    _, after = side_by_side(find(situation), situation, terms_with_rules("spring-2022")).columns
    assert slugs(after.new) == {"leading-literacy", "early-years-leadership"}


def test_rows_hold_a_cell_for_each_term(terms):
    EstablishmentFactory(urn="100000")
    situation = Situation(setting=Setting.SCHOOL, workplace="100000")
    table = side_by_side(find(situation), situation, terms_with_rules(FIRST_SHOWN))
    assert [len(row.cells) for row in table.rows] == [5] * 11
    assert [column.term.identifier for column in table.newest_first] == TERMS[::-1]


def test_two_queries_whatever_the_number_of_terms(terms, django_assert_num_queries):
    EstablishmentFactory(urn="100000")
    situation = Situation(setting=Setting.SCHOOL, workplace="100000")
    workplace, wanted = find(situation), terms_with_rules(FIRST_SHOWN)
    with django_assert_num_queries(2):
        side_by_side(workplace, situation, wanted)
