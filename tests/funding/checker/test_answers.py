"""The eleven answers for every kind of setting, as autumn 2026 decides them (funding rules, section 3)."""

import pytest
from django.http import QueryDict

from funding.checker.answers import grid
from funding.checker.situation import Situation
from funding.checker.workplace import find
from funding.models import ChildcareSetting, IttProvider, LocalAuthority
from tests.factories.catalogue import TermFactory
from tests.factories.funding import EstablishmentFactory, eleven, list_in_use

pytestmark = pytest.mark.django_db

EARLY = "early-years-leadership"
ANOTHER = "setting=another_setting&employment"
MENTOR = f"{ANOTHER}=lead_mentor_for_accredited_itt_provider"
NURSERY_NPQS = {"senior-leadership", "headship", "senco"}


@pytest.fixture
def term():
    eleven()
    term = TermFactory()
    list_in_use("childminders", term, ofsted_urns=["118032"])
    list_in_use("pp50-schools", term, urns=["118032"])
    ChildcareSetting.objects.create(
        ofsted_urn="EY101465", name="Acorns", la_name="Derby", region="East Midlands"
    )
    IttProvider.objects.create(legal_name="Accredited Ltd", operating_name="A")
    IttProvider.objects.create(legal_name="Lapsed Ltd", operating_name="L", approved=False)
    LocalAuthority.objects.create(
        code="831", gss_code="E06000015", name="Derby", region_code="E12000004", region=""
    )
    return term


def answers(query: str, term):
    situation = Situation.read(QueryDict(query)).tidy()
    return grid(find(situation), situation, term)


def with_outcome(query: str, term, outcome: str) -> set[str]:
    return {each.qualification.slug for each in answers(query, term).answers if each.outcome == outcome}


@pytest.mark.parametrize(
    ("query", "funded"),
    [
        ("setting=early_years&kind=private_nursery&ofsted=EY101465", {EARLY}),
        ("setting=early_years&kind=private_nursery&ofsted=none", {EARLY}),
        ("setting=early_years&kind=another_early_years_setting&ofsted=none", {EARLY}),
        ("setting=early_years&kind=preschool_class_as_part_of_school&workplace=none", {EARLY}),
        ("setting=early_years&kind=childminder&ofsted=118032", {EARLY}),
        ("setting=early_years&kind=childminder&ofsted=EY999999", set()),
        ("setting=early_years&kind=childminder&ofsted=none", set()),
        (f"{MENTOR}&itt=Accredited+Ltd", {"leading-teaching-development"}),
        (f"{MENTOR}&itt=Lapsed+Ltd", set()),
        (f"{MENTOR}&itt=none", set()),
        (f"{MENTOR}&itt=Never+heard+of", set()),
        (f"{ANOTHER}=other", set()),
        ("setting=other&adviser=no", set()),
        ("setting=school&authority=831", set()),
        ("england=no", set()),
        ("england=no&head=yes", set()),
        ("setting=other&adviser=no&head=yes", {"early-headship-coaching-offer"}),
    ],
)
def test_funded(term, query, funded):
    assert with_outcome(query, term, "funded") == funded


@pytest.mark.parametrize(
    "employment",
    [
        "hospital_school",
        "young_offender_institution",
        "local_authority_virtual_school",
        "local_authority_supply_teacher",
    ],
)
def test_the_four_employments_are_reviewed_for_three(term, employment):
    assert with_outcome(f"{ANOTHER}={employment}", term, "review") == NURSERY_NPQS
    assert with_outcome(f"{ANOTHER}={employment}&authority=831", term, "review") == NURSERY_NPQS


def test_whoever_an_adviser_referred_is_reviewed_for_ten(term):
    assert len(with_outcome("setting=other&adviser=yes", term, "review")) == 10


def test_a_local_authority_nursery_school_has_three_more(term):
    EstablishmentFactory(urn="100000", type_code="15")
    query = "setting=early_years&kind=local_authority_maintained_nursery&workplace=100000"
    assert with_outcome(query, term, "funded") == NURSERY_NPQS | {EARLY}


def test_a_local_authority_is_told_what_to_choose_instead(term):
    reasons = {answer.reason for answer in answers("setting=school&authority=831&head=no", term).answers}
    assert any("choose 'another setting'" in reason for reason in reasons)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("setting=early_years&kind=childminder&ofsted=none", "You have not given your Ofsted number"),
        ("setting=early_years&kind=childminder&ofsted=118032", ""),
        ("setting=early_years&kind=childminder&ofsted=EY999999", "has the Ofsted number EY999999"),
        ("setting=early_years&kind=private_nursery&ofsted=none", ""),
        ("setting=early_years&kind=preschool_class_as_part_of_school&workplace=none", "not named the school"),
        (f"{ANOTHER}=hospital_school", ""),
        ("setting=16_to_19&workplace=100001", "We do not know this workplace's UKPRN"),
        ("setting=school&workplace=100001", ""),
    ],
)
def test_what_could_not_be_looked_up_is_said(term, query, said):
    EstablishmentFactory(urn="100001", ukprn=None)
    told = answers(query, term).not_looked_up
    assert said in told
    assert bool(said) == bool(told)


def test_had_before_is_not_funded_again(term):
    EstablishmentFactory(urn="118032")
    query = "setting=school&workplace=118032&had=npq-senco&had=npq-leading-literacy"
    refused = {
        each.qualification.slug for each in answers(query, term).answers if each.outcome == "not_funded"
    }
    assert refused == {"senco", "leading-literacy"}


def coaching(query, term):
    return answers(query, term).answers[10]


def test_the_coaching_offer_asks_one_thing_after_the_other(term):
    EstablishmentFactory(urn="118032")
    school = "setting=school&workplace=118032"
    first = coaching(school, term)
    assert (first.outcome, [label for label, _ in first.asks.choices]) == ("incomplete", ["Yes", "No"])
    assert first.asks.choices[0][1].endswith("?setting=school&head=yes#early-headship-coaching-offer")
    second = coaching(f"{school}&head=yes", term)
    assert (second.outcome, len(second.asks.choices)) == ("funded", 4)
    third = coaching(f"{school}&head=yes&npqh=studying", term)
    assert (third.outcome, third.asks, third.stop) == ("funded", None, None)
    stopped = coaching(f"{school}&head=yes&npqh=none", term)
    assert (stopped.outcome, stopped.asks) == ("stopped", None)
    assert stopped.stop.title == "You cannot register for the early headship coaching offer yet"


def test_leading_primary_mathematics_asks_for_mastery_where_it_is_open(term):
    EstablishmentFactory(urn="118032")

    def mathematics(query):
        return answers(query, term).answers[4]

    listed = "setting=school&workplace=118032"
    assert next(label for label, _ in mathematics(listed).asks.choices) == "A year of the primary programme"
    assert mathematics(f"{listed}&mastery=yes").asks is None
    stopped = mathematics(f"{listed}&mastery=cannot_show")
    assert (stopped.outcome, stopped.decision.outcome) == ("stopped", "funded")
    assert stopped.stop.title == "You cannot register for leading primary mathematics yet"
    assert mathematics(listed).outcome == "funded"
    assert mathematics("setting=other&adviser=no").asks is None


@pytest.mark.parametrize(
    ("query", "queries"),
    [
        ("setting=early_years&kind=childminder&ofsted=118032", 5),
        (f"{MENTOR}&itt=Accredited+Ltd", 3),
        ("setting=other&adviser=no", 2),
    ],
)
def test_the_queries_are_few(term, django_assert_num_queries, query, queries):
    with django_assert_num_queries(queries):
        answers(query, term)
