"""What the change page of a course run refuses, and what it says."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.run_forms import SessionForm
from npq_portal.audit.models import AuditEvent
from tests.catalogue.course_run_admin.posting import answers, change_url
from tests.people import sign_in

pytestmark = pytest.mark.django_db


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("changed", "message"),
        [
            ({"ends_on": "2027-01-19"}, "The course must end on or after 20 January 2027"),
            ({"apply_by": "2027-01-21"}, "The last day to apply must be 20 January 2027 or earlier."),
            ({"starts_on": "", "apply_by": ""}, "Enter the day the course starts"),
        ],
    )
    def test_dates_that_cannot_be(self, client, hub_staff, run, changed, message):
        sign_in(client, hub_staff)
        answer = client.post(change_url(run), answers(run, **changed))
        page = answer.content.decode()
        assert answer.status_code == 200
        assert message in page
        assert "Constraint" not in page
        assert not AuditEvent.objects.about(run).exists()

    @pytest.mark.parametrize(
        ("changed", "errors"),
        [
            ({"price": "890"}, {"price_as_of": "Enter the day this price was seen."}),
            (
                {"price": "890", "price_as_of": "2099-11-20"},
                {"price_as_of": "Enter a day that has come: today or one before."},
            ),
            (
                {"price": "0", "price_as_of": "2025-11-20"},
                {"price": "Enter a price above 0, or leave it out."},
            ),
            ({"price": "a lot"}, {"price": "Enter the price in pounds, like 890 or 890.50."}),
            (
                {"price_as_of": "2025-11-20"},
                {"price": "Enter the price, or leave out what is said about it."},
            ),
            ({"price_plus_vat": "true"}, {"price": "Enter the price, or leave out what is said about it."}),
            ({"funded_places": "12"}, {"places_as_of": "Enter the day these places were counted."}),
            (
                {"places_as_of": "2025-11-20"},
                {"places_as_of": "Enter the places too, or leave out this day."},
            ),
            (
                {"funded_places": "9", "funded_taken": "10", "places_as_of": "2025-11-20"},
                {"funded_places": "There cannot be fewer places than the 10 taken."},
            ),
            (
                {"paying_taken": "1", "places_as_of": "2025-11-20"},
                {"paying_places": "Enter how many places there are in all."},
            ),
            ({"paying_places": "-1", "places_as_of": "2025-11-20"}, {"paying_places": "Enter 0 or more."}),
            (
                {"paying_places": "40000", "places_as_of": "2025-11-20"},
                {"paying_places": "Enter a smaller number."},
            ),
        ],
    )
    def test_prices_and_places_that_cannot_be(self, client, hub_staff, run, changed, errors):
        sign_in(client, hub_staff)
        answer = client.post(change_url(run), answers(run, **changed))
        assert answer.context["adminform"].form.errors == {name: [said] for name, said in errors.items()}
        assert not AuditEvent.objects.about(run).exists()

    def test_one_wrong_date_gives_one_error(self, client, hub_staff, run):
        sign_in(client, hub_staff)
        answer = client.post(change_url(run), answers(run, starts_on="31/02/2027"))
        form = answer.context["adminform"].form
        assert form.errors == {"starts_on": ["Enter a real date, like 03/12/2026."]}

    def test_one_wrong_time_gives_one_error(self):
        form = SessionForm({"on": "2027-01-13", "starts_at": "25:00", "ends_at": "12:00"})
        assert form.errors == {"starts_at": ["Enter a real time, like 09:30."]}

    def test_sessions_are_not_held_against_a_date_that_is_wrong_itself(self, client, hub_staff, run):
        sign_in(client, hub_staff)
        posted = answers(run, starts_on="31/02/2027", ends_on="", **{"sessions-TOTAL_FORMS": "1"})
        answer = client.post(change_url(run), {**posted, "sessions-0-on": "2026-12-01"})
        assert "before the course starts" not in answer.content.decode()

    def test_the_form_says_so_in_our_voice(self, client, hub_staff, run):
        sign_in(client, hub_staff)
        page = client.post(change_url(run), answers(run, ends_on="2027-01-19")).content.decode()
        assert "There is a problem: correct what is marked below." in page
        assert "<title>Error: " in page
        assert "lease correct" not in page

    def test_a_stale_form(self, client, hub_staff, provider_staff, run):
        opened = answers(run)
        sign_in(client, provider_staff)
        assert (
            client.post(change_url(run), answers(run, starts_on="2027-01-11", apply_by="")).status_code == 302
        )
        sign_in(client, hub_staff)
        answer = client.post(change_url(run), opened, follow=True)
        assert answer.redirect_chain == [(change_url(run), 302)]
        assert "This course run was changed after you opened it" in answer.content.decode()
        run.refresh_from_db()
        assert run.starts_on == date(2027, 1, 11)
        assert AuditEvent.objects.about(run).count() == 1

    def test_what_is_refused_for_its_answers_never_makes_others_wait(self, client, hub_staff, run):
        sign_in(client, hub_staff)
        with CaptureQueriesContext(connection) as asked:
            client.post(change_url(run), answers(run, ends_on="2027-01-19"))
        assert not [query for query in asked if "FOR UPDATE" in query["sql"]]

    @pytest.mark.parametrize("seen", ["", "yesterday", "2027-01-01T00:00:00", "9" * 5_000])
    def test_a_forged_time(self, client, hub_staff, run, seen):
        sign_in(client, hub_staff)
        answer = client.post(change_url(run), answers(run, seen=seen), follow=True)
        assert "This course run was changed after you opened it" in answer.content.decode()
        run.refresh_from_db()
        assert run.starts_on == date(2027, 1, 13)

    def test_posting_twice_saves_once(self, client, hub_staff, run):
        sign_in(client, hub_staff)
        same = answers(run)
        assert client.post(change_url(run), same).status_code == 302
        again = client.post(change_url(run), same, follow=True)
        assert "This course run was changed after you opened it" in again.content.decode()
        assert AuditEvent.objects.about(run).count() == 1
