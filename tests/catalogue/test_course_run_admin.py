"""Course runs in the staff area: each sees and changes their own, and each save leaves one audit row."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue.models import CourseRun
from catalogue.run_forms import SessionForm
from npq_portal.audit.models import AuditEvent
from tests.factories.catalogue import (
    CourseRunFactory,
    HubMembershipFactory,
    LeadProviderFactory,
    OfferFactory,
    ProviderMembershipFactory,
    SessionFactory,
)
from tests.people import PortalStaffFactory, StaffFactory, UserFactory, sign_in

pytestmark = pytest.mark.django_db
LIST = "/admin/catalogue/courserun/"


def change_url(run):
    return reverse("admin:catalogue_courserun_change", args=[run.pk])


def answers(run, **changed):
    """What the change page would post, with no session touched."""
    return {
        "seen": run.updated_at.isoformat(),
        "starts_on": "2027-01-20",
        "ends_on": "2028-01-12",
        "apply_by": "2027-01-10",
        "state": "open",
        "mode": "",
        "sessions-TOTAL_FORMS": "0",
        "sessions-INITIAL_FORMS": "0",
        **changed,
    }


@pytest.fixture
def run():
    return CourseRunFactory()


@pytest.fixture
def rival():
    return CourseRunFactory()


@pytest.fixture
def hub_staff(run):
    return HubMembershipFactory(hub=run.hub).user


@pytest.fixture
def provider_staff(run):
    return ProviderMembershipFactory(provider=run.provider).user


@pytest.fixture(params=["hub_staff", "provider_staff"])
def own_staff(request):
    return request.getfixturevalue(request.param)


def listed(client):
    return set(client.get(LIST).context["cl"].queryset)


class TestWhoSeesWhat:
    def test_staff_list_only_their_own(self, client, own_staff, run, rival):
        sign_in(client, own_staff)
        assert listed(client) == {run}

    def test_portal_staff_list_all(self, client, run, rival):
        sign_in(client, PortalStaffFactory())
        assert listed(client) == {run, rival}

    def test_filters_do_not_name_the_others(self, client, own_staff, run, rival):
        sign_in(client, own_staff)
        page = client.get(LIST).content.decode()
        assert rival.provider.name not in page
        assert rival.hub.name not in page

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_anothers_run_is_answered_as_one_that_never_was(self, client, own_staff, rival, method):
        sign_in(client, own_staff)
        nothing = reverse("admin:catalogue_courserun_change", args=[rival.pk + 1_000])
        theirs = getattr(client, method)(change_url(rival), answers(rival))
        none = getattr(client, method)(nothing, answers(rival))
        assert theirs.status_code == none.status_code
        assert theirs.headers.get("Location") == none.headers.get("Location")
        assert theirs.status_code in {302, 404}
        rival.refresh_from_db()
        assert rival.starts_on == date(2027, 1, 13)

    @pytest.mark.parametrize("action", ["delete_selected", "nothing"])
    def test_anothers_run_is_not_reached_by_a_forged_action(self, client, own_staff, run, rival, action):
        sign_in(client, own_staff)
        before = list(CourseRun.objects.order_by("pk").values())
        pages = [
            client.post(LIST, {"action": action, "_selected_action": [str(pk)], "index": "0"}, follow=True)
            for pk in (rival.pk, rival.pk + 1_000)
        ]
        assert list(CourseRun.objects.order_by("pk").values()) == before
        theirs, nobodys = (page.content.decode() for page in pages)
        assert rival.hub.name not in theirs
        assert ("errornote" in theirs, "messagelist" in theirs) == (
            "errornote" in nobodys,
            "messagelist" in nobodys,
        )

    def test_a_membership_that_ended_counts_at_once(self, client, hub_staff, run):
        sign_in(client, hub_staff)
        hub_staff.hub_memberships.all().delete()
        assert client.get(change_url(run)).status_code in {302, 403, 404}

    @pytest.mark.parametrize("person", [StaffFactory, UserFactory])
    def test_others_see_nothing(self, client, run, person):
        sign_in(client, person())
        assert client.get(LIST).status_code in {302, 403}
        assert client.post(change_url(run), answers(run)).status_code in {302, 403, 404}
        run.refresh_from_db()
        assert run.starts_on == date(2027, 1, 13)


class TestChanging:
    def test_dates_change_and_one_audit_row_says_so(self, client, own_staff, run):
        sign_in(client, own_staff)
        assert client.post(change_url(run), answers(run)).status_code == 302
        run.refresh_from_db()
        assert run.starts_on == date(2027, 1, 20)
        event = AuditEvent.objects.about(run).get()
        assert event.action == "catalogue.run_changed"
        assert event.actor == f"user:{own_staff.pk}"
        assert event.old == {"apply_by": "2027-01-04", "starts_on": "2027-01-13"}
        assert event.new == {"apply_by": "2027-01-10", "starts_on": "2027-01-20"}

    def test_a_date_may_be_taken_back(self, client, hub_staff, run):
        sign_in(client, hub_staff)
        client.post(change_url(run), answers(run, starts_on="", ends_on="", apply_by=""))
        run.refresh_from_db()
        assert (run.starts_on, run.ends_on, run.apply_by) == (None, None, None)

    def test_price_and_places_with_their_days(self, client, own_staff, run):
        sign_in(client, own_staff)
        figures = {
            "days": "twilight",
            "price": "890.50",
            "price_plus_vat": "true",
            "price_as_of": "2026-11-20",
            "funded_places": "12",
            "funded_taken": "9",
            "places_as_of": "2026-11-21",
        }
        assert client.post(change_url(run), answers(run, **figures)).status_code == 302
        run.refresh_from_db()
        assert (run.get_days_display(), run.price_plus_vat, run.funded_left) == (
            "Weekdays, after school",
            True,
            3,
        )
        assert AuditEvent.objects.about(run).get().new["price"] == "890.50"

    def test_what_is_not_theirs_to_say_is_passed_over(self, client, own_staff, run, rival):
        before = {
            field: getattr(run, field) for field in ("provider_id", "hub_id", "qualification_id", "term_id")
        }
        sign_in(client, own_staff)
        forged = {
            "is_example": "on",
            "hub": rival.hub_id,
            "provider": rival.provider_id,
            "qualification": rival.qualification_id,
        }
        assert client.post(change_url(run), answers(run, **forged)).status_code == 302
        run.refresh_from_db()
        assert not run.is_example
        assert {field: getattr(run, field) for field in before} == before

    def test_provider_staff_add_none(self, client, provider_staff):
        sign_in(client, provider_staff)
        assert client.get(f"{LIST}add/").status_code == 403
        assert client.post(f"{LIST}add/", {}).status_code == 403

    def test_nobody_deletes_a_run_and_is_told_what_to_do(self, client, own_staff, run):
        delete = f"{change_url(run).removesuffix('change/')}delete/"
        for person in (own_staff, PortalStaffFactory()):
            sign_in(client, person)
            page = client.post(delete, {"post": "yes"}, follow=True)
            assert page.redirect_chain == [(change_url(run), 302)]
            assert "A course run is never deleted" in page.content.decode()
        assert CourseRun.objects.filter(pk=run.pk).exists()

    def test_anothers_run_is_not_deleted_as_if_it_never_was(self, client, own_staff, rival):
        sign_in(client, own_staff)
        delete = f"{change_url(rival).removesuffix('change/')}delete/"
        assert client.post(delete, {"post": "yes"}).status_code == 404

    def test_portal_staff_add_one(self, client, run):
        sign_in(client, PortalStaffFactory())
        provider = LeadProviderFactory()
        OfferFactory(provider=provider, qualification=run.qualification, term=run.term)
        added = answers(run, provider=provider.pk, qualification=run.qualification_id, term=run.term_id)
        assert client.post(f"{LIST}add/", added).status_code == 302
        new = CourseRun.objects.get(provider=provider)
        assert AuditEvent.objects.about(new).get().action == "catalogue.run_added"


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
                {"price": "0", "price_as_of": "2026-11-20"},
                {"price": "Enter a price above 0, or leave it out."},
            ),
            ({"price": "a lot"}, {"price": "Enter the price in pounds, like 890 or 890.50."}),
            (
                {"price_as_of": "2026-11-20"},
                {"price": "Enter the price, or leave out what is said about it."},
            ),
            ({"price_plus_vat": "true"}, {"price": "Enter the price, or leave out what is said about it."}),
            ({"funded_places": "12"}, {"places_as_of": "Enter the day these places were counted."}),
            (
                {"places_as_of": "2026-11-20"},
                {"places_as_of": "Enter the places too, or leave out this day."},
            ),
            (
                {"funded_places": "9", "funded_taken": "10", "places_as_of": "2026-11-20"},
                {"funded_places": "There cannot be fewer places than the 10 taken."},
            ),
            (
                {"paying_taken": "1", "places_as_of": "2026-11-20"},
                {"paying_places": "Enter how many places there are in all."},
            ),
            ({"paying_places": "-1", "places_as_of": "2026-11-20"}, {"paying_places": "Enter 0 or more."}),
            (
                {"paying_places": "40000", "places_as_of": "2026-11-20"},
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
