"""A run is copied to another term: its dates move by whole weeks, are looked at, and then saved, once."""

from datetime import date

import pytest
from django.urls import reverse

from catalogue.confirming import UNCONFIRMED
from catalogue.models import CourseRun
from npq_portal.audit.models import AuditEvent
from tests.factories.catalogue import (
    CourseRunFactory,
    HubMembershipFactory,
    OfferFactory,
    ProviderMembershipFactory,
    SessionFactory,
    TermFactory,
)
from tests.people import PortalStaffFactory, sign_in

NEXT = {"term": "autumn-2027"}


@pytest.fixture
def next_term(db):
    return TermFactory(identifier="autumn-2027", starts_on=date(2027, 11, 1))


@pytest.fixture
def offer(run, next_term):
    return OfferFactory(provider=run.provider, qualification=run.qualification, term=next_term)


@pytest.fixture
def seminar(run, session):
    return SessionFactory(run=run, position=2, title="Seminar", on=date(2027, 2, 24), cancelled=True)


def page_of(run, **asked):
    address = reverse("admin:catalogue_courserun_copy", args=[run.pk])
    return address + ("?" + "&".join(f"{name}={value}" for name, value in asked.items()) if asked else "")


def proposed(answer):
    form = answer.context["form"]
    return {name: form[name].value() for name in form.fields}


def accept(desk, run, **changed):
    answers = {name: value or "" for name, value in proposed(desk.get(page_of(run, **NEXT))).items()}
    return desk.post(page_of(run, **NEXT), answers | changed)


def copies(run):
    return CourseRun.objects.filter(term__identifier="autumn-2027")


def test_the_same_days_of_the_week_at_the_same_time_of_year(desk, run, session, seminar, next_term):
    dates = proposed(desk.get(page_of(run, **NEXT)))
    assert dates["starts_on"] == dates[f"session_{session.pk}"] == date(2028, 1, 12)
    assert (dates["ends_on"], dates["apply_by"]) == (date(2029, 1, 10), date(2028, 1, 3))
    assert dates[f"session_{seminar.pk}"] == date(2028, 2, 23)
    assert all(
        new.weekday() == old.weekday()
        for new, old in ((dates["starts_on"], run.starts_on), (dates["apply_by"], run.apply_by))
    )


def test_by_the_years_where_a_term_does_not_say_when_it_starts(desk, run, next_term):
    type(next_term).objects.filter(pk=next_term.pk).update(starts_on=None)
    assert proposed(desk.get(page_of(run, **NEXT)))["starts_on"] == date(2028, 1, 12)


def test_where_that_cannot_be_told_it_says_so(desk, run):
    TermFactory(identifier="spring-2028", starts_on=None)
    page = desk.get(page_of(run, term="spring-2028"))
    assert "the dates are not moved" in page.content.decode()
    assert proposed(page)["starts_on"] == run.starts_on


def terms_offered(page):
    return [str(term) for term in page.context["form"].fields["term"].queryset]


def test_only_terms_that_can_still_begin_are_offered_and_the_next_ones_first(desk, run, next_term):
    TermFactory(identifier="spring-2025", starts_on=date(2025, 2, 1), registration_opens=None, position=0)
    TermFactory(identifier="spring-2028", starts_on=None, registration_opens=None)
    page = desk.get(page_of(run))
    assert terms_offered(page) == ["Autumn 2027", "Spring 2028", "Autumn 2026"]
    assert "There is no term after" not in page.content.decode()
    assert "Choose one of the terms." in desk.get(page_of(run, term="spring-2025")).content.decode()


def test_while_there_is_no_later_term_it_says_whom_to_ask(desk, run):
    page = desk.get(page_of(run))
    assert terms_offered(page) == ["Autumn 2026"]
    assert "There is no term after Autumn 2026 here yet. Ask portal staff" in page.content.decode()


@pytest.mark.parametrize("first_day", ["2027-11-10", "2027-11-08", "2027-11-12"])
def test_from_a_day_that_staff_choose(desk, run, session, next_term, first_day):
    dates = proposed(desk.get(page_of(run, **NEXT, first_day=first_day)))
    assert dates["starts_on"] == dates[f"session_{session.pk}"] == date(2027, 11, 10)


def test_school_holidays_and_bank_holidays_are_pointed_out(desk, run, session, seminar, next_term):
    SessionFactory(run=run, position=3, title="Review", on=date(2027, 5, 4))
    page = desk.get(page_of(run, **NEXT, first_day="2028-01-05")).content.decode()
    assert "Most schools are likely to be closed: spring half-term, 14 February to 18 February 2028." in page
    page = desk.get(page_of(run, term="autumn-2026", first_day="2027-01-13")).content.decode()
    assert "closed" not in page.partition("Seminar")[2].partition("Review")[0]
    may = desk.get(page_of(run, term="autumn-2026", first_day="2027-02-10")).content.decode()
    assert "Most schools are closed: summer half-term, 31 May to 4 June 2027." in may
    assert "as of 22 November 2026" in may


@pytest.mark.parametrize(
    ("first_day", "said"),
    [
        ("2027-10-27", "Before teaching starts in Autumn 2027, which is in November 2027."),
        ("2027-11-03", ""),
        ("2028-11-01", "Autumn 2028 has begun by then: a course that starts on this day is of that term."),
    ],
)
def test_days_outside_the_term_are_pointed_out(desk, run, session, offer, first_day, said):
    TermFactory(identifier="autumn-2028", starts_on=date(2028, 11, 1))
    page = desk.get(page_of(run, **NEXT, first_day=first_day))
    notes = [note for line in page.context["lines"] for note in line.notes]
    about_the_term = [note for note in notes if "Autumn" in note]
    assert set(about_the_term) == ({said} if said else set())


def test_nothing_is_saved_before_it_is_looked_at(desk, run, next_term):
    desk.get(page_of(run, **NEXT))
    accept(desk, run, check="1")
    assert not copies(run).exists()


def test_checking_again_looks_at_the_days_as_they_were_changed(desk, run, session, next_term):
    page = accept(desk, run, check="1", **{f"session_{session.pk}": "2028-02-15"}).content.decode()
    assert "A Tuesday; it was a Wednesday." in page
    assert "spring half-term" in page


def test_the_copy(desk, staff, run, session, seminar, offer):
    run.price, run.price_as_of, run.mode = 890, date(2026, 11, 20), "online"
    run.save()
    answer = accept(desk, run, ends_on="", **{f"session_{seminar.pk}": ""})
    copy = copies(run).get()
    assert answer.url == reverse("admin:catalogue_courserun_change", args=[copy.pk])
    for name in ("provider", "hub", "qualification", "mode"):
        assert getattr(copy, name) == getattr(run, name)
    assert (copy.state, copy.starts_on, copy.ends_on, copy.price) == (
        "announced",
        date(2028, 1, 12),
        None,
        None,
    )
    opening, other = copy.sessions.order_by("position")
    assert (opening.on, opening.venue, opening.postcode) == (date(2028, 1, 12), "The hall", "SK7 4AB")
    assert (opening.starts_at, opening.facilitator) == (session.starts_at, "Jo Bell")
    assert (other.title, other.on, other.cancelled) == ("Seminar", None, False)
    event = AuditEvent.objects.about(copy).get()
    assert (event.action, event.actor) == ("catalogue.run_added", f"user:{staff.pk}")
    assert event.note == f"Copied from course run {run.pk}."
    assert not copy.changes.exists()


def test_saving_twice_makes_one(desk, run, session, offer):
    same = {name: value or "" for name, value in proposed(desk.get(page_of(run, **NEXT))).items()}
    first, second = (desk.post(page_of(run, **NEXT), same) for _ in range(2))
    assert first.url == second.url
    assert copies(run).get().sessions.count() == 1


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("starts_on", "31/02/2028", "Enter a real date, like 03/12/2026."),
        ("ends_on", "2028-01-11", "The course must end on or after 12 January 2028"),
        ("apply_by", "2028-01-13", "The last day to apply must be 12 January 2028 or earlier."),
        ("session", "2028-01-11", "11 January 2028 is before the course starts"),
        ("session", "soon", "Enter a real date, like 03/12/2026."),
        ("session", "9999-12-31", "Enter a year from 2000 to 2099."),
        ("starts_on", "0001-01-01", "Enter a year from 2000 to 2099."),
    ],
)
def test_what_cannot_be_is_refused(desk, run, session, next_term, name, value, said):
    name = f"session_{session.pk}" if name == "session" else name
    page = accept(desk, run, **{name: value}).content.decode()
    assert said in page
    assert "<title>Error: " in page
    assert not copies(run).exists()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"term": ""}, "Choose the term."),
        ({"term": "autumn-2099"}, "Choose one of the terms."),
        ({"term": "autumn-2027", "first_day": "soon"}, "Enter a real date"),
        ({"term": "autumn-2027", "first_day": "9999-12-31"}, "Enter a year from 2000 to 2099."),
        ({"term": "autumn-2027", "first_day": "0001-01-01"}, "Enter a year from 2000 to 2099."),
    ],
)
def test_where_to_is_asked_again_where_it_is_not_answered(desk, run, next_term, asked, said):
    assert said in desk.get(page_of(run, **asked)).content.decode()


def test_a_run_without_dates(desk, run, offer):
    CourseRun.objects.update(starts_on=None, ends_on=None, apply_by=None)
    assert "This run has no dates" in desk.get(page_of(run)).content.decode()
    assert accept(desk, run).status_code == 302
    assert copies(run).get().starts_on is None


def test_an_offer_that_is_not_known_is_confirmed(desk, run, next_term):
    words = "We do not know that"
    assert words in desk.get(page_of(run, **NEXT)).content.decode()
    assert UNCONFIRMED in accept(desk, run).content.decode()
    assert not copies(run).exists()
    ((key, _),) = desk.get(page_of(run, **NEXT)).context["form"].fields["confirmed"].widget.choices
    assert accept(desk, run, confirmed=key).status_code == 302
    assert copies(run).count() == 1


def test_an_offer_that_is_known_is_not_asked_about(desk, run, offer):
    assert "We do not know that" not in desk.get(page_of(run, **NEXT)).content.decode()


def test_a_session_without_a_date_has_no_times(desk, run, session, offer):
    accept(desk, run, **{f"session_{session.pk}": ""})
    copied = copies(run).get().sessions.get()
    assert (copied.title, copied.on, copied.starts_at, copied.ends_at) == ("Opening day", None, None, None)


def test_another_hubs_is_as_if_it_never_was(desk, rival, next_term):
    assert desk.get(page_of(rival, **NEXT)).status_code == 404
    assert desk.post(page_of(rival, **NEXT), {}).status_code == 404


def test_who_sees_it_as_the_providers_staff_makes_none_for_the_hub(client, run, next_term):
    """Hub staff of another hub, who work for the run's provider too: no run is added to a hub that is not theirs."""
    user = HubMembershipFactory().user
    ProviderMembershipFactory(user=user, provider=run.provider)
    sign_in(client, user)
    change = reverse("admin:catalogue_courserun_change", args=[run.pk])
    assert "Copy to another term" not in client.get(change).content.decode()
    assert client.get(page_of(run, **NEXT)).status_code == 403
    assert client.post(page_of(run, **NEXT), {}).status_code == 403
    assert not copies(run).exists()


def test_portal_staff_copy_any(client, next_term, db):
    run = CourseRunFactory(hub=None)
    OfferFactory(provider=run.provider, qualification=run.qualification, term=next_term)
    sign_in(client, PortalStaffFactory())
    assert accept(client, run).status_code == 302
    assert copies(run).get().hub is None
