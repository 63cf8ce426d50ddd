"""What a sponsor sees by a mailed link; and the applicant's pages about the sponsor."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from applications import actions
from applications.models import Application, Sponsor
from catalogue.models import Qualification
from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
from tests.factories.applications import SPONSOR, WRITTEN, ApplicationFactory, waiting_by
from tests.people import UserFactory

# The pages read the real clock, and so the links must have been made by it.
NOW = timezone.now() - timedelta(hours=1)


@pytest.fixture
def application(world, teacher):
    return waiting_by(teacher, now=NOW)


def link(to=SPONSOR[1]):
    mail = OutboxMessage.objects.filter(template="applications/sponsor_invited", to__iexact=to).latest("pk")
    return re.search(r"/sponsor/[\w-]+/", mail.text)[0]


def words(response):
    return " ".join(response.content.decode().split())


def test_it_shows_what_is_endorsed_and_nothing_else(client, application):
    response = client.get(link())
    html = words(response)
    for told in ("Ada Applicant", "Headship", "Autumn 2026", "Ambition Institute", "Oakwood School"):
        assert told in html
    for kept in (
        "1234567",
        "ada@example.test",
        application.reference,
        "funded",
        "Funded",
        WRITTEN["difference"],
    ):
        assert kept not in html
    assert "no-store" in response["Cache-Control"]
    assert 'content="noindex"' in html


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_scanner_that_opens_the_link_changes_nothing(client, application, method):
    before = AuditEvent.objects.count(), OutboxMessage.objects.count()
    for _ in range(3):
        assert getattr(client, method)(link()).status_code == 200
    assert (AuditEvent.objects.count(), OutboxMessage.objects.count()) == before
    assert Application.objects.get().state == "awaiting_sponsor"


@pytest.mark.parametrize(
    ("posted", "heading", "state"),
    [
        ({"answer": "endorse"}, "You have endorsed this application", "submitted"),
        ({"answer": "decline", "reason": "Not now."}, "You have declined to endorse", "form_started"),
        ({"answer": "wrong_person"}, "You have said that you are not the right person", "form_started"),
    ],
)
def test_an_answer_is_given_once_and_told_afterwards(client, application, posted, heading, state):
    address = link()
    assert client.post(address, posted).url == address
    assert heading in words(client.get(address))
    assert Application.objects.get().state == state
    before = AuditEvent.objects.count()
    assert heading in words(client.post(address, {"answer": "endorse"}))  # a second click
    assert (AuditEvent.objects.count(), Application.objects.get().state) == (before, state)


def test_who_is_the_wrong_person_is_not_told_the_name_again(client, application):
    client.post(link(), {"answer": "wrong_person"})
    assert "Ada" not in words(client.get(link()))


@pytest.mark.parametrize(
    ("posted", "problem"),
    [
        ({}, "Choose your answer"),
        ({"answer": "maybe"}, "Choose your answer"),
        ({"answer": "decline"}, "Give a reason: the applicant reads it"),
        ({"answer": "decline", "reason": "x" * 2_001}, "Use 2,000 characters or fewer"),
        ({"answer": "decline", "reason": "\x00"}, "Give a reason: the applicant reads it"),
    ],
)
def test_what_is_missing_is_said_and_changes_nothing(client, application, posted, problem):
    html = words(client.post(link(), posted))
    assert problem in html
    assert "<title>Error: " in html
    assert Application.objects.get().state == "awaiting_sponsor"


@pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "💥", "..", "a" * 3_000])
def test_an_unknown_link_is_a_clear_page(client, application, token):
    response = client.get(f"/sponsor/{token}/")
    assert response.status_code == 404
    assert client.post(f"/sponsor/{token}/", {"answer": "endorse"}).status_code == 404
    assert Application.objects.get().state == "awaiting_sponsor"


def test_a_link_that_has_run_out_says_so_and_what_to_do(client, application):
    Sponsor.objects.update(expires_at=NOW)
    html = words(client.post(link(), {"answer": "endorse"}))
    assert "This link has run out" in html
    assert "Ask the person who named you" in html
    assert "Ada" not in html
    assert Application.objects.get().state == "awaiting_sponsor"


def test_a_withdrawn_application_waits_for_nobody(client, application, teacher):
    actions.withdraw(application=application, by=teacher, now=NOW)
    assert "Nobody waits for your answer any more" in words(client.get(link()))


def test_several_are_answered_in_a_row_and_nobody_is_told_of_others_without_a_link(client, application):
    second = waiting_by(UserFactory(), now=NOW, name={"name": "Ben Second"})
    waiting_by(
        UserFactory(), now=NOW, sponsor=("Olu", "olu@example.test", SPONSOR[2]), name={"name": "Cy Third"}
    )
    first = re.search(
        r"/sponsor/[\w-]+/",
        OutboxMessage.objects.filter(template="applications/sponsor_invited").earliest("pk").text,
    )[0]
    assert "Ben" not in words(client.get(first))
    html = words(client.post(first, {"answer": "endorse"}, follow=True))
    assert "Somebody else waits for you too." in html
    assert "Ben Second asks you to endorse" in html
    assert "Cy Third" not in html
    assert "Ben" not in words(client.get(first))  # the used link tells nothing of the next
    answer = client.post(link(), {"answer": "endorse"})
    assert answer.url == link()
    assert Application.objects.get(pk=second.pk).state == "submitted"


def test_the_tracker_says_who_has_the_ball(teacher_client, application):
    html = words(teacher_client.get(f"/applications/{application.pk}/"))
    assert "We have asked Sam Sponsor at sam@example.test." in html
    assert "Should be done by" in html
    assert "Send the link again" in html


def test_the_tracker_of_a_link_that_has_run_out_asks_the_applicant(teacher_client, application):
    Sponsor.objects.update(expires_at=NOW)
    html = words(teacher_client.get(f"/applications/{application.pk}/"))
    assert "the link has run out" in html
    assert "<dd>You</dd>" in html


def test_a_decline_is_told_with_what_to_do(client, teacher_client, application):
    client.post(link(), {"answer": "decline", "reason": "Not <now>."})
    html = words(teacher_client.get(f"/applications/{application.pk}/"))
    assert "Sam Sponsor did not endorse your application: “Not &lt;now&gt;.”" in html
    assert "Name another sponsor" in html


def test_the_link_is_sent_again_and_somebody_else_asked(teacher_client, application):
    address = f"/applications/{application.pk}/sponsor/"
    assert teacher_client.get(f"{address}again/").status_code == 405
    assert teacher_client.post(f"{address}again/").url == f"/applications/{application.pk}/"
    assert Sponsor.objects.get().links.count() == 2
    assert "Who is your sponsor instead?" in words(teacher_client.get(address))
    mine = {"name": "Me", "email": "ADA@example.test", "role": "trust_leader"}
    assert "not yours" in words(teacher_client.post(address, mine))
    other = {"name": "Olu", "email": "olu@example.test", "role": "trust_leader"}
    assert teacher_client.post(address, other).url == f"/applications/{application.pk}/"
    assert [each.state for each in application.sponsors.all()] == ["replaced", "waiting"]
    assert "Somebody else has been asked instead" in words(teacher_client.get(link()))


def test_the_form_waits_unchanged(teacher_client, application):
    for page in ("form/", "form/send/"):
        response = teacher_client.post(f"/applications/{application.pk}/{page}", {"job": "X"}, follow=True)
        assert "waits for your sponsor" in words(response)


@pytest.mark.parametrize(("npq", "offered"), [("npq-headship", False), ("npq-leading-literacy", True)])
def test_heads_are_asked_for_the_chair_of_governors(teacher_client, world, teacher, npq, offered):
    qualification = Qualification.objects.get(identifier=npq)
    application = ApplicationFactory(
        registered=True, applicant=teacher, provider=world.ambition, qualification=qualification
    )
    actions.save_form(application=application, answers={}, sponsor=None, by=teacher, now=NOW)
    address = f"/applications/{application.pk}/sponsor/"
    html = words(teacher_client.get(address))
    assert ("Headteacher or principal" in html) is offered
    assert "Chair of governors" in html
    posted = {"name": "Hal", "email": "hal@example.test", "role": "headteacher"}
    assert (teacher_client.post(address, posted).status_code == 302) is offered


@pytest.mark.parametrize("page", ["sponsor/", "sponsor/again/"])
def test_nobody_elses_sponsor_is_seen_or_asked(client, stranger, application, page):
    client.force_login(stranger)
    address = f"/applications/{application.pk}/{page}"
    assert client.post(address, {"name": "X"}).status_code == 404
    assert Sponsor.objects.get().links.count() == 1
