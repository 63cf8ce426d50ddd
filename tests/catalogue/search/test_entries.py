"""What can be found is kept by the database, whoever writes and however."""

import pytest

from catalogue.models import (
    CourseRun,
    DeliveryPartner,
    FrameworkSection,
    FrameworkStatement,
    HubArea,
    LeadProvider,
    Qualification,
    SearchEntry,
    TeachingSchoolHub,
    Term,
)
from tests.factories import catalogue as make

pytestmark = pytest.mark.django_db
Kind = SearchEntry.Kind


def entry(kind, thing):
    return SearchEntry.objects.get(kind=kind, key=thing.pk)


def test_everything_has_its_entry(loaded):
    counted = {kind: SearchEntry.objects.filter(kind=kind).count() for kind in Kind}
    assert counted == {
        Kind.QUALIFICATION: 11,
        Kind.SECTION: FrameworkSection.objects.count(),
        Kind.STATEMENT: 0,
        Kind.PROVIDER: LeadProvider.objects.count(),
        Kind.HUB: TeachingSchoolHub.objects.count(),
        Kind.PARTNER: DeliveryPartner.objects.count(),
        Kind.RUN: CourseRun.objects.count(),
    }


def test_a_qualification_is_found_by_its_certain_facts_only():
    npq = make.QualificationFactory()
    make.FactFactory(qualification=npq, text="Taught since Candlemas.")
    make.FactFactory(qualification=npq, text="Perhaps by candlelight.", certain=False)
    assert "Candlemas" in entry(Kind.QUALIFICATION, npq).text
    assert "candlelight" not in entry(Kind.QUALIFICATION, npq).text


def test_a_statement_is_found_by_its_section_and_npq():
    statement = make.StatementFactory(section__title="Culture", section__qualification__name="Headship")
    found = entry(Kind.STATEMENT, statement)
    assert found.text == statement.text
    assert {"Culture", "Headship"} <= set(found.about.split())


def test_a_hub_is_found_by_its_districts_each_once():
    hub = make.HubFactory(lead_school_name="Hill School")
    assert entry(Kind.HUB, hub).text == "Led by Hill School."
    for authority in ("356", "357"):
        make.HubAreaFactory(hub=hub, district_code="E1", la_code=authority)
    make.HubAreaFactory(hub=hub, district_name="Bury")
    assert entry(Kind.HUB, hub).text == "Led by Hill School. Serves Bury, Stockport."
    HubArea.objects.filter(district_name="Bury").delete()
    assert entry(Kind.HUB, hub).text == "Led by Hill School. Serves Stockport."


def test_a_run_is_found_by_all_who_take_part():
    run = make.CourseRunFactory(partner=make.DeliveryPartnerFactory(name="Alliance"))
    found = entry(Kind.RUN, run)
    assert found.title == run.qualification.name
    assert found.text == f"{run.provider.name}, {run.hub.name}, Alliance, Autumn 2026"


@pytest.mark.parametrize(
    ("part", "field"),
    [
        ("qualification", "title"),
        ("provider", "text"),
        ("hub", "text"),
        ("partner", "text"),
        ("term", "text"),
    ],
)
def test_a_new_name_reaches_the_runs(part, field):
    run = make.CourseRunFactory(partner=make.DeliveryPartnerFactory())
    named = getattr(run, part)
    type(named).objects.filter(pk=named.pk).update(name="Something New")
    assert "Something New" in getattr(entry(Kind.RUN, run), field)


def test_a_new_name_of_an_npq_reaches_its_sections_and_statements():
    statement = make.StatementFactory()
    Qualification.objects.update(name="Something New")
    assert "Something New" in entry(Kind.SECTION, statement.section).about
    assert "Something New" in entry(Kind.STATEMENT, statement).about


def test_what_goes_is_found_no_more():
    statement = make.StatementFactory()
    run = make.CourseRunFactory()
    FrameworkStatement.objects.all().delete()
    CourseRun.objects.all().delete()
    assert not SearchEntry.objects.filter(kind__in=[Kind.STATEMENT, Kind.RUN]).exists()
    assert entry(Kind.SECTION, statement.section)
    assert entry(Kind.HUB, run.hub)


def test_what_is_hidden_is_not_found_and_what_is_shown_again_is():
    statement, run = make.StatementFactory(), make.CourseRunFactory()
    kinds = {Kind.QUALIFICATION, Kind.SECTION, Kind.STATEMENT, Kind.RUN}
    Qualification.objects.update(hidden=True)
    assert not SearchEntry.objects.filter(kind__in=kinds).exists()
    Qualification.objects.update(hidden=False)
    assert set(SearchEntry.objects.filter(kind__in=kinds).values_list("kind", flat=True)) == kinds
    assert entry(Kind.STATEMENT, statement)
    assert entry(Kind.RUN, run)


def test_many_runs_at_once():
    """The database brings them in line a statement at a time."""
    first = make.CourseRunFactory()
    fields = {name: getattr(first, name) for name in ("provider", "hub", "qualification", "term")}
    more = CourseRun.objects.bulk_create([CourseRun(**fields) for _ in range(3)])
    assert {entry(Kind.RUN, run).text for run in more} == {entry(Kind.RUN, first).text}
    CourseRun.objects.filter(pk__in=[more[0].pk, more[1].pk]).update(hub=None)
    assert [first.hub.name in entry(Kind.RUN, run).text for run in more] == [False, False, True]
    CourseRun.objects.filter(hub=None).delete()
    assert SearchEntry.objects.filter(kind=Kind.RUN).count() == 2


def test_what_is_said_no_differently_is_not_written_again(django_assert_num_queries):
    run = make.CourseRunFactory()
    before = SearchEntry.objects.filter(kind=Kind.RUN).extra(select={"version": "xmin::text"}).get().version
    run.save()
    Term.objects.update(name=run.term.name)
    after = SearchEntry.objects.filter(kind=Kind.RUN).extra(select={"version": "xmin::text"}).get().version
    assert (run.pk, after) == (run.pk, before)


def test_what_is_noted_of_a_partner_is_found_and_followed():
    partner = make.DeliveryPartnerFactory(note="Taught in Chester.")
    assert SearchEntry.objects.get(kind="partner", key=partner.pk).text == "Taught in Chester."
    partner.note = "Taught in Crewe."
    partner.save()
    assert SearchEntry.objects.get(kind="partner", key=partner.pk).text == "Taught in Crewe."
