"""Course runs in the staff area: each changes their own, and each save leaves one audit row."""

from datetime import date

import pytest

from catalogue.models import CourseRun
from npq_portal.audit.models import AuditEvent
from tests.catalogue.course_run_admin.posting import LIST, answers, change_url
from tests.factories.catalogue import (
    LeadProviderFactory,
    OfferFactory,
)
from tests.people import PortalStaffFactory, sign_in

pytestmark = pytest.mark.django_db


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
            "price_as_of": "2025-11-20",
            "funded_places": "12",
            "funded_taken": "9",
            "places_as_of": "2025-11-21",
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
