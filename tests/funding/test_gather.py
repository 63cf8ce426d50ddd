"""From rows to facts: the right lists, by the right number, of the right term, in one query."""

import datetime

import pytest

from catalogue.models import Qualification
from funding import gather
from funding.models import LocalAuthority
from funding.rules.vocabulary import EstablishmentKind, Setting
from tests.factories.catalogue import TermFactory
from tests.factories.funding import (
    EstablishmentFactory,
    PostSixteenFactory,
    eleven,
    list_in_use,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def term():
    return TermFactory()


def lists_of(establishment, term):
    facts = gather.facts_for(gather.workplace_of(establishment), term, Setting.SCHOOL, npq="npq-headship")
    return set(facts.establishment.lists)


def test_a_school_is_looked_up_by_its_urn(term):
    listed, other = EstablishmentFactory(urn="100000"), EstablishmentFactory(urn="100001")
    list_in_use("pp50-schools", term, urns=["100000"])
    list_in_use("rise", term, urns=["100000", "100001"])
    assert lists_of(listed, term) == {"pp50-schools", "rise"}
    assert lists_of(other, term) == {"rise"}


def test_the_16_to_19_list_is_looked_up_by_ukprn(term):
    list_in_use("pp50-16-to-19", term, ukprns=["10000055"])
    assert lists_of(PostSixteenFactory(ukprn="10000055"), term) == {"pp50-16-to-19"}
    assert lists_of(EstablishmentFactory(ukprn="10000055"), term) == {"pp50-16-to-19"}
    assert lists_of(EstablishmentFactory(ukprn=None), term) == set()


def test_a_childminders_number_is_never_a_schools(term):
    list_in_use("childminders", term, ofsted_urns=["118032"])
    list_in_use("disadvantaged-early-years", term, ofsted_urns=["118032"])
    assert lists_of(EstablishmentFactory(urn="118032"), term) == set()
    found = gather.facts_for(gather.childcare("118032"), term, "early_years", npq="npq-senco").establishment
    assert found.lists == {"childminders", "disadvantaged-early-years"}


def test_a_settings_number_is_never_a_schools(term):
    list_in_use("rise", term, urns=["118032"])
    found = gather.facts_for(gather.childcare("118032"), term, "early_years", npq="npq-senco").establishment
    assert found.lists == set()


def test_a_local_authority_is_on_no_list(term):
    list_in_use("rise", term, urns=["100000"])
    authority = gather.workplace_of(LocalAuthority(code="202", name="Camden"))
    assert (authority.kind, authority.la_code) == ("local_authority", "202")
    assert not any(each.names_it for each in gather.evidence_for(authority, term))


def test_the_coaching_offer_goes_by_its_name_in_2021():
    eleven()
    first = TermFactory(identifier="autumn-2021-first")
    decided = gather.decide_all(
        None,
        first,
        "school",
        qualifications=Qualification.objects.shown(),
        works_in_england=True,
        new_headteacher=True,
    )
    assert (decided[10][1].facts.npq, decided[10][1].outcome) == ("npq-additional-support-offer", "funded")


def test_one_query_for_many_terms(django_assert_num_queries):
    terms = [
        TermFactory(identifier=identifier) for identifier in ("autumn-2024", "spring-2025", "autumn-2025")
    ]
    for term in terms[1:]:
        list_in_use("rise", term, urns=["100000"])
    with django_assert_num_queries(1):
        found = gather.evidence_by_term(gather.workplace_of(EstablishmentFactory.build(urn="100000")), terms)
    assert [[each.names_it for each in found[term.pk]] for term in terms] == [[], [True], [True]]


def test_a_term_uses_its_own_editions(term):
    other = TermFactory(identifier="autumn-2025")
    list_in_use("rise", term, urns=[])
    list_in_use("rise", other, urns=["100000"])
    school = EstablishmentFactory(urn="100000")
    assert lists_of(school, term) == set()
    assert lists_of(school, other) == {"rise"}


def test_the_facts_are_the_rows(term):
    school = EstablishmentFactory(urn="100000", ukprn="10000055", type_code="34", la_code="202")
    facts = gather.facts_for(
        gather.workplace_of(school), term, "academy_trust", npq="npq-senco", works_in_england=True
    )
    found = facts.establishment
    assert (facts.term, facts.npq, facts.setting, facts.works_in_england) == (
        "autumn-2026",
        "npq-senco",
        "academy_trust",
        True,
    )
    assert (found.kind, found.urn, found.ukprn, found.type_code, found.status_code, found.la_code) == (
        EstablishmentKind.SCHOOL,
        "100000",
        "10000055",
        "34",
        "1",
        "202",
    )


def test_without_a_urn_it_is_a_post_16_institution(term):
    facts = gather.facts_for(gather.workplace_of(PostSixteenFactory()), term, "16_to_19", npq="npq-senco")
    assert facts.establishment.kind is EstablishmentKind.POST16


def test_without_a_workplace_there_is_none(term):
    assert gather.facts_for(None, term, None, npq="npq-senco").establishment is None


def test_what_the_rules_do_not_know_is_refused(term):
    with pytest.raises(ValueError, match="npq-juggling"):
        gather.facts_for(None, term, None, npq="npq-juggling")
    with pytest.raises(ValueError, match="frog"):
        gather.facts_for(None, term, "frog", npq="npq-senco")


def test_evidence_names_the_edition_its_term_and_day(term):
    list_in_use("rise", term, urns=["100000"])
    day = datetime.date(2026, 9, 1)
    list_in_use("pp50-schools", term, urns=["100000", "100001"], term_label="autumn-2026", published_on=day)
    pp50, rise = gather.evidence_for(gather.workplace_of(EstablishmentFactory(urn="100001")), term)
    assert (rise.edition, rise.entries, rise.names_it) == (
        "edition for autumn 2025, publication day not recorded",
        1,
        False,
    )
    assert (pp50.edition, pp50.entries, pp50.names_it) == (
        "edition for autumn 2026, published 1 September 2026",
        2,
        True,
    )
    assert pp50.to_json() == {
        "kind": "pp50-schools",
        "edition": pp50.edition_id,
        "term": "autumn 2026",
        "published_on": "2026-09-01",
        "computed": False,
        "entries": 2,
        "names_it": True,
    }


def test_decides_for_the_eleven_in_the_catalogues_order(term, django_assert_num_queries):
    eleven()
    list_in_use("rise", term, urns=["100000"])
    school = EstablishmentFactory(urn="100000")
    with django_assert_num_queries(2):
        decided = gather.decide_all(
            gather.workplace_of(school),
            term,
            "school",
            qualifications=Qualification.objects.shown(),
            works_in_england=True,
            new_headteacher=False,
        )
    assert len(decided) == 11
    assert {decision.outcome for qualification, decision in decided[:10]} == {"funded"}
    assert decided[10][1].reason == "not_new_headteacher_requesting_ehco"


def test_one_query_whatever_the_number_of_lists(term, django_assert_num_queries):
    for kind in ("rise", "pp50-schools", "pp50-16-to-19", "childminders", "disadvantaged-early-years"):
        list_in_use(kind, term, urns=[str(200_000 + number) for number in range(30)])
    with django_assert_num_queries(1):
        assert (
            len(gather.evidence_for(gather.workplace_of(EstablishmentFactory.build(urn="200000")), term)) == 5
        )
