"""Funded places in the admin, and what the first page says needs doing."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from applications.admin import funded_places
from applications.models import Application, FundedPlaces
from catalogue.models import MemberRole
from npq_portal.audit.models import AuditEvent
from tests.factories.applications import ApplicationFactory, FundedPlacesFactory, staff_of
from tests.people import sign_in

LIST = "admin:applications_fundedplaces_changelist"


def change(row):
    return reverse("admin:applications_fundedplaces_change", args=[row.pk])


@pytest.fixture
def places(world):
    return FundedPlacesFactory(provider=world.ambition, cap=10, taken=4)


def test_each_provider_sees_its_own(admin_as, places, world):
    FundedPlacesFactory(provider=world.other)
    html = admin_as("decider").get(reverse(LIST)).content.decode()
    assert "Ambition Institute" in html
    assert "Teach First" not in html


def test_providers_read_and_portal_staff_change(admin_as, places):
    assert admin_as("decider").post(change(places), {"cap": 11}).status_code == 403
    admin_as("portal_staff").post(change(places), {"cap": 11, "taken": 0})
    stored = FundedPlaces.objects.get()
    assert (stored.cap, stored.taken) == (11, 4)
    row = AuditEvent.objects.about(places).get()
    assert (row.old, row.new) == ({"cap": 10}, {"cap": 11})


def test_the_number_does_not_go_below_what_is_given(admin_as, places):
    response = admin_as("portal_staff").post(change(places), {"cap": 3}, follow=True)
    html = response.content.decode()
    assert "More places than that have been given already" in html
    assert "was changed successfully" not in html
    assert not AuditEvent.objects.exists()
    assert FundedPlaces.objects.get().cap == 10


def test_a_place_given_while_the_page_was_open_is_not_lost(admin_as, places, monkeypatch):
    really = funded_places.set_cap

    def late(**arguments):
        FundedPlaces.objects.update(taken=9)
        return really(**arguments)

    monkeypatch.setattr(funded_places, "set_cap", late)
    response = admin_as("portal_staff").post(change(places), {"cap": 5}, follow=True)
    assert "More places than that have been given already" in response.content.decode()
    assert FundedPlaces.objects.get().cap == 10


def test_more_places_are_offered_to_the_waiting_list_and_that_is_told(admin_as, places, theirs):
    Application.objects.update(
        state="waiting_list", waiting_number=1, qualification=places.qualification, term=places.term
    )
    FundedPlaces.objects.update(provider=theirs.provider)
    page = admin_as("portal_staff").get(change(places)).content.decode()
    assert "1 person on the waiting list may have a funded place." in page
    Application.objects.update(funding_outcome="review")
    assert "saving sends no e-mail" in admin_as("portal_staff").get(change(places)).content.decode()
    Application.objects.update(funding_outcome="funded")
    html = admin_as("portal_staff").post(change(places), {"cap": 11}, follow=True).content.decode()
    assert "The first person on the waiting list is offered a place, with 7 days to answer." in html
    assert Application.objects.get().state == "offered"


def test_the_queue_of_one_npq_shows_its_meter(admin_as, world, theirs):
    FundedPlacesFactory(
        provider=theirs.provider, qualification=theirs.qualification, term=theirs.term, cap=7, taken=2
    )
    FundedPlacesFactory(provider=world.other, qualification=theirs.qualification, term=theirs.term, cap=9)
    queue, client = reverse("admin:applications_application_changelist"), admin_as("decider")
    html = client.get(queue, {"qualification__id__exact": theirs.qualification_id}).content.decode()
    assert "<strong>5 of 7</strong> funded places left" in html
    assert "of 9" not in html
    for none in ("", "x", "9" * 30):
        assert (
            "funded places left"
            not in client.get(queue, {"term__id__exact": none}, follow=True).content.decode()
        )


def test_the_first_page_counts_what_needs_deciding(admin_as, theirs):
    html = admin_as("decider").get(reverse("admin:index")).content.decode()
    assert "Applications to decide" in html
    assert html.count('<span class="portal-panel__count">1</span>') == 1
    Application.objects.update(state_since=timezone.now() - timedelta(days=22))
    html = admin_as("decider").get(reverse("admin:index")).content.decode()
    assert "portal-panel--urgent" in html


@pytest.mark.parametrize(
    ("role", "first"),
    [(MemberRole.SCORER, "Applications for you to score"), (MemberRole.VIEWER, "Waiting for the deciders")],
)
def test_who_decides_nothing_is_not_told_to(client, theirs, role, first):
    Application.objects.update(awaits_scores=True)
    page = sign_in(client, staff_of(theirs.provider, role)).get(reverse("admin:index"))
    panels = {panel.title: panel for panel in page.context["panels"]}
    assert "Applications to decide" not in panels
    assert next(iter(panels)) == first
    assert panels[first].count == 1
    assert client.get(panels[first].url).context["cl"].result_count == 1


def test_the_list_behind_the_panel_of_scorers_has_as_many_as_it_counts(client, theirs):
    """What came back with more information still waits for scores, of which there are two kinds: new, and answered."""
    Application.objects.update(awaits_scores=True, information_at=F("state_since"))
    user = staff_of(theirs.provider, MemberRole.SCORER)
    # Where they only look, nothing waits for their scores.
    looks = ApplicationFactory(submitted=True, awaits_scores=True)
    looks.provider.memberships.create(user=user, role=MemberRole.VIEWER)
    page = sign_in(client, user).get(reverse("admin:index"))
    panel = next(panel for panel in page.context["panels"] if panel.title == "Applications for you to score")
    assert panel.count == 1
    assert [row.pk for row in client.get(panel.url).context["cl"].result_list] == [theirs.pk]


def test_a_rival_has_nothing_to_decide(admin_as, theirs):
    html = admin_as("rival").get(reverse("admin:index")).content.decode()
    assert '<span class="portal-panel__count">1</span>' not in html


def test_portal_staff_see_what_needs_a_review(admin_as, theirs):
    ago = timezone.now() - timedelta(days=1)
    ApplicationFactory(registered=True, in_review=True, registered_at=ago)
    ApplicationFactory(registered=True, in_review=True, registered_at=ago - timedelta(days=20))
    panels = admin_as("portal_staff").get(reverse("admin:index")).context["panels"]
    told = {panel.title: (panel.count, panel.urgent) for panel in panels}
    assert told["Funding decisions that need a review"] == (2, False)
    assert told["Of these, late after 5 working days"] == (1, True)
