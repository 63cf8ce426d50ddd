"""Why, in words: the list with its edition, the type by its name, and no hope that cannot come."""

import pytest

from funding import gather
from funding.checker.reasons import reasons
from funding.rules.decide import decide
from tests.factories.catalogue import TermFactory
from tests.factories.funding import EstablishmentFactory, list_in_use

pytestmark = pytest.mark.django_db


@pytest.fixture
def term():
    term = TermFactory()
    list_in_use("pp50-schools", term, urns=[])
    return term


def told(school, term, **how):
    workplace = gather.workplace_of(school)
    evidence = gather.evidence_for(workplace, term)
    facts = gather.facts_for(
        workplace, term, "school", npq="npq-leading-literacy", evidence=evidence, works_in_england=True
    )
    return reasons(decide(facts), evidence, **how)


def test_the_line_that_settled_it_carries_its_list(term):
    settled = told(EstablishmentFactory(), term).settled
    assert settled.check.check == "on_pp50_schools_list"
    assert settled.evidence.term_name == "autumn 2025"


def test_other_npqs_are_told_where_the_page_does_not_show_them(term):
    school = EstablishmentFactory()
    everything = told(school, term).would_change_it
    others = [sentence for sentence in everything if sentence.startswith("These NPQs are funded")]
    assert len(others) == 1
    assert set(told(school, term, other_npqs=False).would_change_it) == set(everything) - set(others)


def test_a_type_is_told_by_its_name(term):
    school = EstablishmentFactory(type_code="25", type_name="Offshore schools")
    assert "(Offshore schools in the official record)" in told(school, term).settled.because


def test_an_independent_school_is_offered_no_list(term):
    school = EstablishmentFactory(type_code="11", type_name="Other independent school")
    assert not any("list" in sentence for sentence in told(school, term).would_change_it)
