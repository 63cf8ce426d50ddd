"""The rest of the catalogue in the staff area: for portal staff, with an audit row for each change."""

from datetime import date

import pytest

from catalogue.models import Partnership, TeachingSchoolHub
from npq_portal.audit.models import AuditEvent
from tests.factories.catalogue import (
    HubFactory,
    HubMembershipFactory,
    LeadProviderFactory,
    ProviderMembershipFactory,
    StatementFactory,
)
from tests.people import PortalStaffFactory, sign_in

pytestmark = pytest.mark.django_db
MODELS = [
    "qualification",
    "frameworksection",
    "frameworkstatement",
    "leadprovider",
    "offer",
    "teachingschoolhub",
    "deliverypartner",
    "partnership",
    "term",
    "providermembership",
    "hubmembership",
]


# What provider staff see their own provider's of (tests/applications/admin/test_provider_set_up.py).
THEIR_OWN = {"leadprovider", "offer", "providermembership"}


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("membership", [HubMembershipFactory, ProviderMembershipFactory])
def test_hub_and_provider_staff_do_not(client, model, membership):
    sign_in(client, membership().user)
    own = model in THEIR_OWN if membership is ProviderMembershipFactory else model == "hubmembership"
    assert client.get(f"/admin/catalogue/{model}/").status_code == (200 if own else 403)


def test_lists_are_titled_by_what_they_list(client):
    sign_in(client, PortalStaffFactory())
    for model, title in (("catalogue/deliverypartner", "Delivery partners"), ("accounts/user", "People")):
        assert f"<h1>{title}</h1>" in client.get(f"/admin/{model}/").content.decode()
    assert "provider set-ups" in client.get("/admin/applications/providersetup/").content.decode()


def test_a_section_is_shown_with_its_statements_and_not_changed(client):
    statement = StatementFactory()
    sign_in(client, PortalStaffFactory())
    url = f"/admin/catalogue/frameworksection/{statement.section_id}/change/"
    assert statement.text in client.get(url).content.decode()
    assert client.post(url, {"title": "Mine"}).status_code == 403


def test_a_slip_in_a_statement_is_put_right_and_its_number_stays(client):
    statement = StatementFactory(number="2.14")
    sign_in(client, PortalStaffFactory())
    url = f"/admin/catalogue/frameworkstatement/{statement.pk}/change/"
    answers = {"text": "Without the slip.", "number": "9", "kind": "learn_how_to"}
    assert client.post(url, answers).status_code == 302
    before = statement.text
    statement.refresh_from_db()
    assert (statement.text, statement.number, statement.kind) == ("Without the slip.", "2.14", "learn_that")
    event = AuditEvent.objects.about(statement).get()
    assert (event.old, event.new) == ({"text": before}, {"text": "Without the slip."})
    assert client.post(url, {"text": " "}).status_code == 200
    assert client.get("/admin/catalogue/frameworkstatement/add/").status_code == 403


def test_of_a_hub_only_how_it_is_reached_is_changed(client):
    hub = HubFactory(name="The Hub")
    sign_in(client, PortalStaffFactory())
    url = f"/admin/catalogue/teachingschoolhub/{hub.pk}/change/"
    areas = {"areas-TOTAL_FORMS": 0, "areas-INITIAL_FORMS": 0}
    answers = {"name": "Mine", "website": "https://hub.example/", "email": "", "telephone": "", **areas}
    refused = client.post(url, {**answers, "contact_as_of": ""})
    assert "Enter the day these contact details were seen." in refused.content.decode()
    assert client.post(url, {**answers, "contact_as_of": "2026-11-01"}).status_code == 302
    changed = TeachingSchoolHub.objects.get()
    assert (changed.name, changed.website) == ("The Hub", "https://hub.example/")


def test_how_a_hub_was_and_is_reached_stays_on_the_trail(client):
    """It is the organisation's own and public: who wonders where mail went finds the address it had."""
    hub = HubFactory(email="old@hub.example", telephone="", contact_as_of=date(2026, 1, 5))
    sign_in(client, PortalStaffFactory())
    url = f"/admin/catalogue/teachingschoolhub/{hub.pk}/"
    answers = {
        "website": hub.website,
        "email": "new@hub.example",
        "telephone": "0161 496 0000",
        "contact_as_of": "2026-01-05",
        "areas-TOTAL_FORMS": 0,
        "areas-INITIAL_FORMS": 0,
    }
    assert client.post(f"{url}change/", answers).status_code == 302
    event = AuditEvent.objects.about(hub).get()
    assert event.old == {"email": "old@hub.example", "telephone": ""}
    assert event.new == {"email": "new@hub.example", "telephone": "0161 496 0000"}
    page = client.get(f"{url}history/").content.decode()
    assert "E-mail: old@hub.example \u2192 new@hub.example" in page
    assert "Telephone: none \u2192 0161 496 0000" in page


def test_a_partnership_is_entered_and_ended(client):
    provider, hub = LeadProviderFactory(), HubFactory()
    sign_in(client, PortalStaffFactory())
    answers = {"provider": provider.pk, "period": "in 2026", "text": "", "seen_on": "2026-11-01"}
    url = "/admin/catalogue/partnership/add/"
    assert "Choose a hub, a delivery partner, or both." in client.post(url, answers).content.decode()
    assert client.post(url, {**answers, "hub": hub.pk}).status_code == 302
    again = client.post(url, {**answers, "hub": hub.pk})
    assert "This partnership is on record for that period already." in again.content.decode()
    made = Partnership.objects.get()
    change = f"/admin/catalogue/partnership/{made.pk}/change/"
    assert client.post(change, {**answers, "hub": hub.pk, "is_past": "on"}).status_code == 302
    made.refresh_from_db()
    assert made.is_past
    assert AuditEvent.objects.about(made).filter(new={"is_past": True}).exists()
    assert client.post(f"/admin/catalogue/partnership/{made.pk}/delete/").status_code == 403
