"""How many open applications a list would have decided otherwise; what they were decided stays."""

import tracemalloc

import pytest

from funding import impact
from funding.models import Namespace
from funding.rules.decide import decide
from funding.rules.facts import Establishment, Facts
from tests.factories.applications import make_world, registered_by
from tests.factories.catalogue import TermFactory
from tests.factories.funding import EstablishmentFactory, list_in_use
from tests.funding.editions.making import confirm, csv_of, preview, urns
from tests.people import UserFactory

SCHOOL = (Namespace.GIAS_URN, "100000")


def stored(workplace: Establishment | None, npq="npq-leading-teaching", **facts) -> impact.StoredDecision:
    made = Facts(term="autumn-2026", npq=npq, works_in_england=True, establishment=workplace, **facts)
    decision = decide(made)
    return impact.StoredDecision(made.to_json(), decision.outcome.value, decision.rules_version)


def school(urn="100000", **facts):
    return Establishment(kind="school", urn=urn, type_code="1", la_code="202", **facts)


@pytest.fixture
def applications(monkeypatch):
    held: list[impact.StoredDecision] = []
    monkeypatch.setattr(impact, "_sources", [lambda term: iter(held)])
    return held


def found(kind, *numbers):
    made = impact.of_list(TermFactory.build(), kind, frozenset(numbers))
    return made.looked_at, dict(made.outcomes)


def test_a_school_that_leaves_the_list(applications):
    applications += [stored(school(lists={"pp50-schools"}), setting="school")] * 2
    assert found("pp50-schools") == (2, {("funded", "not_funded"): 2})


def test_a_school_that_joins_it(applications):
    applications.append(stored(school(), setting="school"))
    assert found("pp50-schools", SCHOOL) == (1, {("not_funded", "funded"): 1})


def test_what_the_list_does_not_decide_is_not_counted(applications):
    applications.append(stored(school(), npq="npq-headship", setting="school"))
    applications.append(stored(None, setting="other", referred_by_return_to_teaching_adviser=True))
    assert found("pp50-schools", SCHOOL) == (2, {})


def test_a_childminder_is_never_taken_for_the_school_of_the_same_number(applications):
    childminder = Establishment(kind="childcare", urn="100000")
    applications.append(
        stored(
            childminder,
            npq="npq-early-years-leadership",
            setting="early_years",
            early_years_kind="childminder",
        )
    )
    assert found("childminders", SCHOOL) == (1, {})
    assert found("childminders", (Namespace.OFSTED_URN, "100000")) == (1, {("not_funded", "funded"): 1})


def test_an_institution_is_found_by_its_ukprn(applications):
    college = Establishment(kind="post16", ukprn="10000055", type_code="18")
    applications.append(stored(college, setting="16_to_19"))
    assert found("pp50-16-to-19", (Namespace.UKPRN, "10000055")) == (1, {("not_funded", "funded"): 1})


def test_a_source_counts_once_however_often_it_registers(applications):
    source = impact._sources[0]
    impact.register(source)
    applications.append(stored(school(), setting="school"))
    assert found("pp50-schools") == (1, {})


def test_memory_does_not_grow_with_the_applications(monkeypatch):
    one = stored(school(), setting="school")
    peaks = []
    for count in (200, 2_000):
        monkeypatch.setattr(impact, "_sources", [lambda term, count=count: (one for _ in range(count))])
        tracemalloc.start()
        assert found("pp50-schools", SCHOOL)[0] == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5 + 100_000


@pytest.mark.django_db
def test_real_applications_are_looked_at_and_left_as_they_are(tmp_path):
    world = make_world()
    list_in_use("pp50-schools", world.term, urns=["800100", *urns(100_000, 9)])
    for urn in urns(100_000, 9):
        EstablishmentFactory(urn=urn)
    application = registered_by(UserFactory(), npq={"npq": "npq-leading-literacy"})
    registered_by(UserFactory())
    assert application.funding_outcome == "funded"
    upload = preview(tmp_path, csv_of(urns(100_000, 9)), term=world.term)
    assert (upload.applications_looked_at, upload.outcome_changes) == (2, 1)
    assert upload.outcome_sentences == ["1 from funded to not funded"]
    confirm(upload)
    application.refresh_from_db()
    assert application.funding_outcome == "funded"
