"""The queue of funding to review: portal staff's alone, oldest first, with a clock, and a page that decides."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from applications import actions
from applications.actions.errors import AlreadyDone
from applications.journey.deadlines import review_expected
from applications.models import Application
from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
from tests.factories.applications import LATER, NOW, ApplicationFactory
from tests.queries import queries_of

LIST = "/admin/applications/fundingreview/"


def page(application):
    return reverse("admin:applications_fundingreview_change", args=[application.pk])


def registered(days_ago, name, **more):
    at = timezone.now() - timedelta(days=days_ago)
    return ApplicationFactory(registered=True, in_review=True, registered_at=at, full_name=name, **more)


def shown(client, address):
    return unescape(client.get(address).content.decode())


@pytest.fixture
def one(db):
    return registered(1, "Ada Applicant")


def test_oldest_first_and_those_late_are_pointed_out(admin_as, db):
    new, old = registered(0, "Newly Registered"), registered(30, "Long Waiting")
    ApplicationFactory(submitted=True, full_name="Decided Already")
    ApplicationFactory(accepted=True, in_review=True, full_name="Accepted By Now")
    html = shown(admin_as("portal_staff"), LIST)
    assert html.index(old.full_name) < html.index(new.full_name)
    assert f"<strong>{'2'}" in html
    assert (
        f"late: should have been decided by {review_expected(old.registered_at):%-d %b %Y}</strong>" in html
    )
    assert f"0 working days, decide by {review_expected(new.registered_at):%-d %b %Y}" in html
    assert html.count("You work in a hospital school, where each case is reviewed") == 2
    assert "Decided Already" not in html
    assert "Accepted By Now" not in html


def test_late_and_decided_by_a_filter(admin_as, portal_staff):
    registered(0, "Newly Registered")
    registered(30, "Long Waiting")
    done = registered(2, "Reviewed By Now")
    actions.review_funding(application=done, funded=True, reason="So.", by=portal_staff, now=timezone.now())
    client = admin_as("portal_staff")
    late, decided = shown(client, f"{LIST}?standing=late"), shown(client, f"{LIST}?standing=decided")
    assert [name in late for name in ("Long Waiting", "Newly Registered", "Reviewed By Now")] == [1, 0, 0]
    assert [name in decided for name in ("Long Waiting", "Newly Registered", "Reviewed By Now")] == [0, 0, 1]
    assert "So." in shown(client, page(done))


def test_the_page_tells_the_reason_and_the_trace(admin_as, one):
    html = shown(admin_as("portal_staff"), page(one))
    assert "Needs a review" in html
    assert "You work in a hospital school, where each case is reviewed." in html


def test_a_look_is_recorded_of_the_application_itself(admin_as, one):
    shown(admin_as("portal_staff"), page(one))
    assert AuditEvent.objects.about(one).get().action == "applications.viewed"


def test_deciding(admin_as, one):
    client = admin_as("portal_staff")
    response = client.post(page(one), {"outcome": "not_funded", "reason": "It is private."}, follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    assert "Ada Applicant is not funded. We have told them" in response.content.decode()
    row = Application.objects.get()
    assert (row.funding_outcome, row.funding_review_reason) == ("not_funded", "It is private.")
    assert row.funding_reviewed_by.email == "dfe@example.test"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"reason": "So."}, "Choose whether this person is eligible"),
        ({"outcome": "funded", "reason": "  "}, "Give a reason"),
        ({"outcome": "review", "reason": "So."}, "Choose whether this person is eligible"),
    ],
)
def test_half_a_decision_says_what_to_do(admin_as, one, given, words):
    html = admin_as("portal_staff").post(page(one), given).content.decode()
    assert words in html
    assert "<title>Error: " in html.replace("\n", "")
    assert not OutboxMessage.objects.exists()


def test_who_comes_second_is_told(admin_as, one, portal_staff):
    client = admin_as("portal_staff")
    client.get(page(one))
    actions.review_funding(application=one, funded=True, reason="First.", by=portal_staff, now=LATER)
    answer = client.post(page(one), {"outcome": "not_funded", "reason": "Second."}, follow=True)
    assert str(AlreadyDone()) in unescape(answer.content.decode())
    assert Application.objects.get().funding_review_reason == "First."


def test_one_s_own_is_decided_by_somebody_else(admin_as, portal_staff):
    mine = registered(1, "Ada Applicant", applicant=portal_staff)
    client = admin_as("portal_staff")
    assert "This is your own application" in shown(client, page(mine))
    client.post(page(mine), {"outcome": "funded", "reason": "Me."})
    assert Application.objects.get().funding_outcome == "review"


@pytest.mark.parametrize("who", ["decider", "rival"])
def test_nobody_else_sees_the_queue_or_decides(admin_as, world, who):
    theirs = registered(1, "Ada Applicant", provider=world.ambition)
    client = admin_as(who)
    assert client.get(LIST).status_code == 403
    assert client.get(page(theirs)).status_code == 404
    assert client.post(page(theirs), {"outcome": "funded", "reason": "Mine."}).status_code == 404
    assert Application.objects.get().funding_outcome == "review"


def test_the_provider_reads_who_decided_what_and_why(admin_as, world, portal_staff):
    theirs = ApplicationFactory(submitted=True, in_review=True, provider=world.ambition, registered_at=NOW)
    client, address = admin_as("decider"), reverse("admin:applications_application_change", args=[theirs.pk])
    assert "Decide about the funding" not in shown(client, address)
    accept = reverse("admin:applications_application_accept", args=[theirs.pk])
    assert "have not decided yet whether this person is eligible" in shown(client, accept)
    actions.review_funding(application=theirs, funded=True, reason="A school.", by=portal_staff, now=LATER)
    html = shown(client, address)
    assert "Decided by this portal's staff on 22 November 2026:</strong> A school." in html


def test_the_queries_do_not_grow_with_the_rows(admin_as, one):
    registered(1, "Bo Applicant")  # filters offer a choice from two on
    client = admin_as("portal_staff")
    client.get(LIST)
    few = queries_of(lambda: client.get(LIST))
    for number in range(28):
        registered(number, f"Person {number}")
    assert queries_of(lambda: client.get(LIST)) == few
