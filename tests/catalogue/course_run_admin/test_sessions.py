"""The sessions of a course run, changed on its page."""

from datetime import date

import pytest

from npq_portal.audit.models import AuditEvent
from tests.catalogue.course_run_admin.posting import answers, change_url
from tests.factories.catalogue import SessionFactory
from tests.people import sign_in

pytestmark = pytest.mark.django_db


class TestSessions:
    def session(self, **fields):
        empty = {"id": "", "title": "", "on": "", "starts_at": "", "ends_at": "", "venue": "", "postcode": ""}
        return {f"sessions-0-{name}": value for name, value in {**empty, **fields}.items()}

    def post(self, client, run, initial=0, **fields):
        counts = {"sessions-TOTAL_FORMS": "1", "sessions-INITIAL_FORMS": str(initial)}
        return client.post(change_url(run), answers(run, **counts, **self.session(run=run.pk, **fields)))

    def test_a_session_is_added_and_its_postcode_put_in_order(self, client, hub_staff, run):
        sign_in(client, hub_staff)
        assert self.post(client, run, on="2027-01-20", venue="The hall", postcode="cb11aa").status_code == 302
        session = run.sessions.get()
        assert (session.position, session.postcode) == (1, "CB1 1AA")
        assert AuditEvent.objects.about(run).get().new["sessions"][0]["venue"] == "The hall"

    def test_sessions_are_numbered_by_date(self, client, hub_staff, run):
        later = SessionFactory(run=run, position=1, on=date(2027, 3, 1))
        undated = SessionFactory(run=run, position=2, on=None)
        sign_in(client, hub_staff)
        self.post(client, run, on="2027-02-01", title="Earlier")
        later.refresh_from_db()
        undated.refresh_from_db()
        assert (later.position, undated.position) == (2, 3)
        assert run.sessions.get(title="Earlier").position == 1

    def test_a_session_is_taken_away(self, client, hub_staff, run):
        session = SessionFactory(run=run)
        sign_in(client, hub_staff)
        assert self.post(client, run, initial=1, id=session.pk, DELETE="on").status_code == 302
        assert not run.sessions.exists()
        assert AuditEvent.objects.about(run).get().new["sessions"] == []

    def test_a_session_of_anothers_run_cannot_be_taken(self, client, hub_staff, run, rival):
        theirs = SessionFactory(run=rival, title="Theirs")
        sign_in(client, hub_staff)
        self.post(client, run, initial=1, id=theirs.pk, title="Mine now")
        theirs.refresh_from_db()
        assert (theirs.title, theirs.run) == ("Theirs", rival)

    def test_one_that_was_not_touched_is_pointed_out_when_the_course_moves_past_it(
        self, client, hub_staff, run
    ):
        session = SessionFactory(run=run, on=date(2027, 1, 13), title="Launch")
        sign_in(client, hub_staff)
        answer = self.post(client, run, initial=1, id=session.pk, on="2027-01-13", title="Launch")
        assert "13 January 2027 is before the course starts, on 20 January 2027." in answer.content.decode()
        run.refresh_from_db()
        assert run.starts_on == date(2027, 1, 13)

    def test_one_that_is_taken_away_may_lie_outside(self, client, hub_staff, run):
        session = SessionFactory(run=run, on=date(2027, 1, 13))
        sign_in(client, hub_staff)
        answer = self.post(client, run, initial=1, id=session.pk, on="2027-01-13", DELETE="on")
        assert answer.status_code == 302

    def test_a_dated_session_needs_a_dated_course(self, client, hub_staff, run):
        sign_in(client, hub_staff)
        counts = {"sessions-TOTAL_FORMS": "1", "starts_on": "", "ends_on": "", "apply_by": ""}
        answer = client.post(change_url(run), answers(run, **counts, **self.session(on="2027-01-20")))
        assert "Enter the day the course starts too" in answer.content.decode()

    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            ({"on": "2025-01-01"}, "1 January 2025 is before the course starts, on 20 January 2027."),
            ({"on": "2028-01-13"}, "13 January 2028 is after the course ends, on 12 January 2028."),
            ({"on": "31/02/2027"}, "Enter a real date, like 03/12/2026."),
            ({"venue": "The hall"}, "Enter the postcode of the venue."),
            ({"postcode": "nowhere"}, "Enter a full postcode, like SK7 4AB."),
            ({"ends_at": "12:00"}, "Enter the time the session starts"),
            ({"starts_at": "12:00", "ends_at": "11:00"}, "The session must end after 12:00"),
        ],
    )
    def test_it_says_what_to_put_right(self, client, hub_staff, run, fields, message):
        sign_in(client, hub_staff)
        answer = self.post(client, run, **fields)
        assert answer.status_code == 200
        assert message in answer.content.decode()
        assert not run.sessions.exists()
