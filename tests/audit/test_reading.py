"""The audit trail is read in words: who, to what with its name and a link, and what changed."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from applications.models import Application
from npq_portal.audit.facts import changes, pointed_at
from npq_portal.audit.models import AuditEvent, reference
from npq_portal.audit.presenters import sentence, source_words
from npq_portal.audit.recording import record
from npq_portal.audit.records import names_of
from tests.factories.applications import ApplicationFactory, OfferFactory
from tests.factories.catalogue import DeliveryPartnerFactory
from tests.people import PortalStaffFactory, StaffFactory, sign_in
from tests.sweeps.world import make_world

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
PAGE = reverse("admin:audit_auditevent_changelist")


@pytest.fixture
def portal(client):
    return sign_in(client, PortalStaffFactory())


def event(action, subject, by=None, **more):
    return record(action=action, subject=subject, by=by, now=NOW, **more)


def page_of(told):
    return reverse("admin:audit_auditevent_change", args=[told.pk])


def test_who_did_what_to_whom_with_links(portal):
    ada = StaffFactory(full_name="Ada Auditor")
    application = ApplicationFactory(registered=True, full_name="Amira Khan")
    told = event(
        "applications.accepted", application, ada, new={"state": "accepted"}, old={"state": "submitted"}
    )
    for address in (PAGE, page_of(told)):
        html = portal.get(address).content.decode()
        for words in ("Accepted.", "State: With the provider → Accepted", "Ada Auditor", "Amira Khan"):
            assert words in html, words
        for row, name in ((application, "applications_application"), (ada, "accounts_user")):
            assert f'href="{reverse(f"admin:{name}_change", args=[row.pk])}"' in html


def test_what_stock_pages_did_is_told_by_what_the_rows_are_called(portal):
    partner = DeliveryPartnerFactory(name="Saffron Learning")
    for done in ("added", "changed", "deleted"):
        assert sentence(event(f"catalogue.deliverypartner_{done}", partner)) == f"Delivery partner {done}."
    html = portal.get(PAGE).content.decode()
    assert "Delivery partner added" in html
    assert "Deliverypartner" not in html


def test_a_record_that_is_gone_or_not_the_readers_has_no_link(portal):
    gone, draft = ApplicationFactory(registered=True), ApplicationFactory()
    event("applications.noted", gone)
    event("applications.started", draft)
    Application.objects.filter(pk=gone.pk).delete()
    html = portal.get(PAGE).content.decode()
    assert f"No longer there ({gone.pk})" in html
    assert f"Draft, {draft.applicant}" in html
    for row in (gone, draft):
        assert f'href="{reverse("admin:applications_application_change", args=[row.pk])}"' not in html


@pytest.mark.parametrize(
    "subject", ["accounts.user:39", "no.such:1", "catalogue.offer:x", "catalogue.offer:" + "9" * 40]
)
def test_what_no_record_is_called_is_told_as_gone(portal, subject):
    AuditEvent.objects.create(at=NOW, actor="user:1", action="accounts.made", subject=subject)
    assert "No longer there" in portal.get(PAGE).content.decode()


def test_values_are_words(django_assert_num_queries):
    offer = OfferFactory()
    ada, run = StaffFactory(full_name="Ada"), {"course_run": None}
    said = {
        "a fact of the app": (
            event("applications.moved", ApplicationFactory(), old=run, new={"course_run": 999}),
            ["Course run: none → no longer there (999)"],
        ),
        "columns, keys and choices": (
            event(
                "catalogue.offer_changed",
                offer,
                old={"price": "890", "term": None},
                new={"price": "900.50", "term": offer.term_id},
            ),
            ["Price in pounds: 890 → 900.50", f"Term: none → {offer.term}"],
        ),
        "both sides alike": (
            event(
                "applications.x",
                offer.provider,
                old={"state": "accepted", "place": 2},
                new={"state": "accepted", "place": 1},
            ),
            ["Place on the waiting list: 2 → 1"],
        ),
        "one side": (
            event("catalogue.member_removed", offer.provider, old={"member": str(ada.pk), "role": "decider"}),
            ["Member: Ada", "May work as: Decider"],
        ),
        "what nobody named": (
            event(
                "catalogue.x",
                offer,
                new={
                    "rows_read": 3,
                    "as_of": "2026-11-03",
                    "yes": True,
                    "of": ["a", 1],
                    "at": "2026-07-01T10:00:00+00:00",
                },
            ),
            [
                "Rows read: 3",
                "Stood on: 3 November 2026",
                "Yes: yes",
                "Of: a, 1",
                "At: 1 July 2026, 11:00",
            ],
        ),
    }
    for case, (row, words) in said.items():
        with django_assert_num_queries(len({each.partition(":")[0] for each in pointed_at([row])})):
            names = names_of(pointed_at([row]))
            assert changes(row, names) == words, case


def test_each_kind_of_record_has_a_name_for_one_query(django_assert_num_queries):
    """What a row is called asks for nothing more: fifty on a page would ask fifty times."""
    for model, row in make_world().things.items():
        if model._meta.proxy or not row.pk:
            continue
        with django_assert_num_queries(1):
            named = names_of([reference(row)])
        assert str(named[reference(row)]).strip(), model


def test_places_in_words():
    assert source_words("staff page catalogue_offer_change") == "Staff page: offer change"
    assert source_words("page applications:withdraw") == "Page: withdraw"
    assert source_words("page") == "page"
    assert source_words("establishments.csv") == "establishments.csv"
