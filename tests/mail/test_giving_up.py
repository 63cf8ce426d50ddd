"""Mails that failed for good: why, in words that name nobody; sent again or given up by portal staff."""

from datetime import timedelta
from smtplib import SMTPAuthenticationError, SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.db import connection
from django.utils import timezone

from npq_portal.audit.models import AuditEvent
from npq_portal.mail import sending
from npq_portal.mail.models import OutboxMessage
from npq_portal.mail.outbox import queue
from npq_portal.mail.sending import describe, give_up, in_words
from tests.factories.applications import ApplicationFactory
from tests.people import PortalStaffFactory, StaffFactory, sign_in

pytestmark = pytest.mark.django_db
LIST, TO = "/admin/mail/outboxmessage/", "ada@example.test"


@pytest.fixture
def message():
    return queue(
        template="account_notice",
        to=TO,
        context={"notice": "Hello"},
        dedupe_key="one",
        now=timezone.now(),
    )


def act(client, action, message):
    return client.post(LIST, {"action": action, "_selected_action": [message.pk]}, follow=True)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (SMTPRecipientsRefused({TO: (550, b"no such user ada")}), "takes no mail for this address (550)."),
        (SMTPAuthenticationError(535, b"ada"), "did not take our password (535)."),
        (SMTPDataError(554, b"ada"), "refused the mail (554)."),
        (SMTPServerDisconnected("ada"), "could not be reached."),
        (TimeoutError(), "could not be reached."),
        (ValueError(TO), "could not be sent (ValueError)."),
    ],
    ids=lambda value: type(value).__name__,
)
def test_why_is_said_and_names_nobody(error, words):
    told = in_words(describe(error))
    assert words in told
    assert "ada" not in told


def test_where_nothing_failed_nothing_is_said():
    assert in_words("") == ""


def test_what_waits_is_given_up_and_sent_no_more(message, client):
    sign_in(client, PortalStaffFactory())
    page = act(client, "stop_trying", message).content.decode()
    assert "1 given up." in page
    assert "Given up by staff before it was sent." in page
    assert AuditEvent.objects.filter(action="mail.given_up").count() == 1
    sending.attempt(message.pk, now=timezone.now())
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("dead", 0)
    assert "0 given up." in act(client, "stop_trying", message).content.decode()
    assert "1 to be sent again." in act(client, "try_again", message).content.decode()


def test_giving_up_twice_is_once_and_signed(message):
    by = PortalStaffFactory()
    assert give_up(message, by=by, now=timezone.now())
    assert not give_up(message, by=by, now=timezone.now())
    row = AuditEvent.objects.get()
    assert (row.action, row.actor) == ("mail.given_up", f"user:{by.pk}")


def test_one_that_is_held_can_still_be_taken_back(message, client):
    OutboxMessage.objects.update(next_try_at=timezone.now() + timedelta(minutes=10))
    sign_in(client, PortalStaffFactory())
    assert "0 given up." in act(client, "stop_trying", message).content.decode()
    message.refresh_from_db()
    assert message.state == "queued"


def test_one_whose_address_was_forgotten_is_not_sent_again(message, client):
    OutboxMessage.objects.update(forget_address=True)
    give_up(message, by=PortalStaffFactory(), now=timezone.now())
    sign_in(client, PortalStaffFactory())
    assert "0 to be sent again." in act(client, "try_again", message).content.decode()
    message.refresh_from_db()
    assert (message.state, message.to) == ("dead", "")


def test_it_is_portal_staff_s_alone(message, client):
    sign_in(client, StaffFactory())
    assert act(client, "stop_trying", message).status_code == 403
    message.refresh_from_db()
    assert message.state == "queued"


def test_the_list_says_to_whom_about_what_and_what_to_do(client):
    application = ApplicationFactory(registered=True, full_name="Amira Khan")
    now = timezone.now()
    for number, (state, error) in enumerate([("dead", "recipient refused (550)"), ("dead", "TimeoutError")]):
        mail = queue(
            template="account_notice",
            to=TO,
            context={"notice": "Hello"},
            dedupe_key=str(number),
            about=application,
            now=now,
        )
        OutboxMessage.objects.filter(pk=mail.pk).update(
            state=state, next_try_at=None, last_error=error, attempts=3
        )
    sign_in(client, PortalStaffFactory())
    screen = f"/admin/applications/application/{application.pk}/change/"
    for address in (f"{LIST}?q={application.reference}", f"{LIST}?q={TO}", f"{LIST}{mail.pk}/change/"):
        page = client.get(address).content.decode()
        for words in (
            TO,
            f"{application.reference}, Amira Khan",
            f'href="{screen}"',
            "Tried 3 times. Given up.",
        ):
            assert words in page, (address, words)
    listed = client.get(LIST).content.decode()
    assert "correct their address, then send it again." in listed
    assert "Send it again." in listed


def test_a_code_or_a_link_that_signs_in_stands_on_no_page(client):
    mail = queue(
        template="sign_in_code",
        to=TO,
        context={"code": "482913", "minutes": 15},
        dedupe_key="code",
        now=timezone.now(),
        sensitive=True,
    )
    sign_in(client, PortalStaffFactory())
    for address in (LIST, f"{LIST}{mail.pk}/change/", f"{LIST}{mail.pk}/history/"):
        assert "482913" not in client.get(address).content.decode()
    assert give_up(mail, by=PortalStaffFactory(), now=timezone.now())
    assert "they ask for a new one" in client.get(LIST).content.decode()


def test_as_many_queries_for_thirty_mails_as_for_one(client, django_assert_num_queries):
    sign_in(client, PortalStaffFactory())

    def made(first, count):
        for number in range(first, first + count):
            context = {"notice": "Hello"}
            about = ApplicationFactory(registered=True)
            queue(
                template="account_notice",
                to=TO,
                context=context,
                dedupe_key=str(number),
                about=about,
                now=timezone.now(),
            )

    made(0, 1)
    client.get(LIST)
    with django_assert_num_queries(12) as asked:  # one of them writes down who looked
        client.get(LIST)
    made(1, 30)
    with django_assert_num_queries(len(asked)):
        client.get(LIST)


def test_each_kind_is_told_once_and_what_was_given_up_is_not_searched_for(message):
    """In an outbox that only grows: neither reads all of it."""
    assert OutboxMessage.objects.templates() == ["account_notice"]
    again = {"context": {"notice": "Hello"}, "to": TO, "now": timezone.now()}
    queue(template="account_notice", dedupe_key="two", **again)
    OutboxMessage.objects.filter(dedupe_key="two").update(template="a/kind")
    queue(template="account_notice", dedupe_key="three", **again)
    assert OutboxMessage.objects.templates() == ["a/kind", "account_notice"]
    OutboxMessage.objects.all().delete()
    assert OutboxMessage.objects.templates() == []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "outbox_given_up" in OutboxMessage.objects.filter(state="dead").order_by().explain()
