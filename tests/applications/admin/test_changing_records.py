"""Portal staff choose what a record is to be for, read what follows, and confirm it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from applications import actions
from applications.models import Application
from npq_portal.audit.models import AuditEvent
from tests.factories.catalogue import OfferFactory, TermFactory
from tests.people import PortalStaffFactory

WHY = "They start in spring: the school told us."


@pytest.fixture
def spring(world):
    return TermFactory(identifier="spring-2026")


@pytest.fixture
def given(world, spring):
    OfferFactory(provider=world.ambition, qualification=world.headship, term=spring)
    named = {"term": spring.pk, "qualification": world.headship.pk, "provider": world.ambition.pk}
    return {**named, "reason": WHY, "payer": "school"}


@pytest.fixture
def page(theirs, address):
    return address("change_record", theirs)


def test_the_preview_says_what_follows_and_changes_nothing(admin_as, given, page):
    client = admin_as("portal_staff")
    answer = client.post(page, given)
    words = answer.content.decode()
    assert "Autumn 2026 becomes <strong>Spring 2026</strong>" in words
    assert "Decided anew under the rules spring-2026/" in words
    assert "Form answers, sponsor, messages and scores stay." in words
    assert not AuditEvent.objects.filter(action="applications.record_changed").exists()


def test_the_preview_says_what_becomes_of_the_sponsors_link(admin_as, given, page, theirs, world):
    client, waits = admin_as("portal_staff"), "The link of the sponsor who was asked works on"
    assert waits not in client.post(page, given).content.decode(), "they have answered"
    Application.objects.filter(pk=theirs.pk).update(state="awaiting_sponsor", submitted_at=None)
    words = client.post(page, given).content.decode()
    assert f"{waits}: their page is about Spring 2026 from then on" in words
    elsewhere = {**given, "term": world.term.pk, "provider": world.other.pk}
    words = client.post(page, elsewhere).content.decode()
    assert "The sponsor who was asked is told by e-mail that their link works no more." in words


def test_confirming_twice_changes_once(admin_as, given, page, spring):
    client = admin_as("portal_staff")
    context = client.post(page, given).context
    confirmed = {**given, "seen": context["seen"], "confirm": context["change"].outcome}
    for _ in range(2):
        answer = client.post(page, confirmed)
    assert answer.status_code == 302
    assert Application.objects.get().term == spring
    assert AuditEvent.objects.filter(action="applications.record_changed").count() == 1
    screen = client.get(answer.url).content.decode()
    assert "Before, for Headship, Autumn 2026" in screen


def test_another_outcome_than_was_read_is_shown_first(admin_as, given, page, spring):
    answer = admin_as("portal_staff").post(page, {**given, "confirm": "review"})
    assert answer.status_code == 200
    assert Application.objects.get().term != spring


def test_only_what_somebody_offers_can_be_chosen(admin_as, given, page, world, spring):
    client = admin_as("portal_staff")
    form = client.get(page).context["form"]
    assert set(form.fields["term"].queryset) == {world.term, spring}
    words = client.post(page, {**given, "provider": world.other.pk}).content.decode()
    assert "Teach First does not offer Headship in Spring 2026. These do: Ambition Institute." in words
    same = client.post(page, {**given, "term": world.term.pk}).content.decode()
    assert "this is what it is for now" in same


def test_going_back_keeps_what_was_chosen(admin_as, given, page):
    words = admin_as("portal_staff").post(page, {**given, "again": "1"}).content.decode()
    assert "See what follows" in words
    assert WHY in words


def test_a_decision_of_which_nobody_was_told_comes_first(admin_as, given, page, theirs):
    actions.accept(application=theirs, funded_place=False, by=PortalStaffFactory(), now=timezone.now())
    answer = admin_as("portal_staff").get(page, follow=True)
    assert "Nobody has been told of the decision" in answer.content.decode()


def test_providers_do_not_change_records(admin_as, given, page, theirs):
    client = admin_as("decider")
    screen = client.get(reverse("admin:applications_application_change", args=[theirs.pk]))
    assert page not in screen.content.decode()
    assert client.post(page, given).status_code == 403
