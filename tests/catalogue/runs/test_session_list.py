"""All sessions of a hub in one list, each leading to its run."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories.catalogue import CourseRunFactory, SessionFactory
from tests.queries import queries_of

LIST = "/admin/catalogue/session/"


def listed(desk, query=""):
    return set(desk.get(f"{LIST}{query}").context["cl"].queryset)


@pytest.fixture
def past(run):
    day = date(2020, 1, 1)
    over = CourseRunFactory(hub=run.hub, starts_on=day, apply_by=None)
    return SessionFactory(run=over, on=day, venue="Old hall", postcode="SK7 4AB")


@pytest.fixture
def undated(run):
    return SessionFactory(run=run, on=None)


def test_what_is_to_come_first_of_all(desk, session, past, undated, rival_session):
    assert listed(desk) == {session, undated}


def test_the_other_times(desk, session, past, undated, rival_session):
    assert listed(desk, "?when=past") == {past}
    assert listed(desk, "?when=undated") == {undated}
    assert listed(desk, "?when=any") == {session, past, undated}


def test_searched_by_venue_postcode_or_facilitator(desk, session, undated, rival_session):
    for words in ("the hall", "SK7", "jo bell"):
        assert listed(desk, f"?q={words}") == {session}
    assert listed(desk, "?q=their+hall") == set()


def test_filters_name_no_other_hub_npq_or_provider(desk, session, rival_session):
    page = desk.get(LIST).content.decode()
    for name in (rival_session.run.hub.name, rival_session.run.provider.name, "Literacy", "Their hall"):
        assert name not in page
    assert listed(desk, f"?run__hub__id__exact={rival_session.run.hub_id}") == set()


def test_a_row_leads_to_its_run(desk, run, session):
    change = reverse("admin:catalogue_courserun_change", args=[run.pk])
    answer = desk.get(reverse("admin:catalogue_session_change", args=[session.pk]))
    assert answer.url == f"{change}#sessions-group"
    history = desk.get(reverse("admin:catalogue_session_history", args=[session.pk]))
    assert history.url == reverse("admin:catalogue_courserun_history", args=[run.pk])


@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_another_hubs_is_as_if_it_never_was(desk, rival_session, page):
    answer = desk.get(reverse(f"admin:catalogue_session_{page}", args=[rival_session.pk]))
    assert answer.status_code in (403, 404)
    nothing = desk.get(reverse(f"admin:catalogue_session_{page}", args=[rival_session.pk + 1_000]))
    assert nothing.status_code == answer.status_code


def test_no_more_queries_for_more_rows(desk, run, session):
    desk.get(LIST)
    few = queries_of(lambda: desk.get(LIST))
    SessionFactory.create_batch(20, run=run, on=date(2027, 2, 1))
    assert queries_of(lambda: desk.get(LIST)) == few
