"""The answers of a finished walk always come to a decision: nothing is left to ask."""

from hypothesis import given, settings
from hypothesis import strategies as st

from applications.journey.carrying import situation_of
from applications.journey.decision import decide_for
from applications.journey.steps import STEPS
from funding.checker.workplace import personal_facts
from funding.models import IttProvider, ListEntry, Namespace
from funding.rules.decide import decide
from funding.rules.facts import Establishment, Facts
from funding.rules.vocabulary import EstablishmentKind, Outcome
from tests.applications.journey.test_walker import walked_through
from tests.factories.applications import ANSWERS, NOW
from tests.factories.funding import list_in_use

WORKPLACE = Establishment(kind=EstablishmentKind.SCHOOL, urn="800100", type_code="1", la_code="202")


@given(st.data())
@settings(deadline=None, max_examples=300)
def test_no_finished_walk_is_incomplete(data):
    here = walked_through(lambda options: data.draw(st.sampled_from(options)))
    if here.stop is not None:
        return
    answers = here.answers
    facts = Facts(
        term="autumn-2026",
        npq=answers["npq"]["npq"],
        setting=answers.get("setting", {}).get("setting"),
        establishment=WORKPLACE if "workplace" in answers else None,
        **personal_facts(situation_of(answers), accredited=False),
    )
    assert decide(facts).outcome is not Outcome.INCOMPLETE


def test_every_personal_fact_comes_from_a_question():
    assert {"england", "childcare-kind", "employment", "itt-provider", "adviser", "new-head", "npqh"} <= {
        step.slug for step in STEPS
    }


def test_a_school_is_decided_by_its_lists(world, teacher):
    answers = {slug: ANSWERS[slug] for slug in ("term", "england", "setting", "workplace")}
    answers["npq"] = {"npq": "npq-leading-literacy"}
    before = decide_for(answers, teacher, NOW)
    assert (before.decision.outcome, before.workplace_name) == ("not_funded", "Oakwood School")
    list_in_use("pp50-schools", world.term, urns=["800100"])
    after = decide_for(answers, teacher, NOW)
    assert after.decision.outcome == "funded"
    assert [each.names_it for each in after.evidence] == [True]


def test_a_childminder_is_decided_by_ofsteds_number_only(world, teacher):
    answers = {
        "term": {"term": "autumn-2026"},
        "england": {"england": "yes"},
        "setting": {"setting": "early_years"},
        "childcare-kind": {"childcare_kind": "childminder"},
        "ofsted": {"has_number": "yes", "ofsted": "800100"},
        "npq": {"npq": "npq-early-years-leadership"},
    }
    listed = list_in_use("childminders", world.term, urns=["800100"])
    assert decide_for(answers, teacher, NOW).decision.reason == "not_entitled_childminder"
    ListEntry.objects.create(edition=listed, namespace=Namespace.OFSTED_URN, identifier="800100")
    assert decide_for(answers, teacher, NOW).decision.outcome == "funded"


def test_a_lead_mentor_is_funded_for_a_provider_on_the_list_and_for_no_other(world, teacher):
    IttProvider.objects.create(legal_name="Accredited Ltd", operating_name="A")
    answers = {
        "term": {"term": "autumn-2026"},
        "england": {"england": "yes"},
        "setting": {"setting": "another_setting"},
        "employment": {"employment": "lead_mentor_for_accredited_itt_provider"},
        "npq": {"npq": "npq-leading-teaching-development"},
    }
    for named, outcome in (
        ("Accredited Ltd", "funded"),
        ("Invented", "not_funded"),
        ("not-listed", "not_funded"),
    ):
        said = answers | {"itt-provider": {"itt_provider": named}}
        assert decide_for(said, teacher, NOW).decision.outcome == outcome


def test_it_asks_the_database_a_constant_number_of_times(world, teacher, django_assert_max_num_queries):
    answers = {slug: ANSWERS[slug] for slug in ("term", "england", "setting", "workplace", "npq")}
    with django_assert_max_num_queries(6):
        decide_for(answers, teacher, NOW)
