"""/dev/mail/ exists only where mail goes nowhere else."""

import pytest

from npq_portal.mail.models import OutboxMessage
from tests.mail.test_queueing import queue

pytestmark = pytest.mark.django_db


def test_shows_the_newest_first_and_each_one(client):
    first, second = queue(), queue(dedupe_key="test:2", to="other@example.test")
    page = client.get("/dev/mail/").content.decode()
    assert page.index(second.to) < page.index(first.to)
    assert "123456" in client.get(f"/dev/mail/{first.pk}/").content.decode()


def test_says_that_an_address_was_forgotten(client):
    mail = queue()
    OutboxMessage.objects.update(to="")
    for page in ("/dev/mail/", f"/dev/mail/{mail.pk}/"):
        assert "forgotten once it was sent" in client.get(page).content.decode()


def test_an_unknown_mail_is_not_found(client):
    assert client.get("/dev/mail/9999999/").status_code == 404


def test_is_not_found_where_mail_is_really_sent(client, settings):
    pk = queue().pk
    settings.DEVELOPMENT_MAILBOX = False
    assert client.get("/dev/mail/").status_code == 404
    assert client.get(f"/dev/mail/{pk}/").status_code == 404


def test_nothing_can_be_posted(client):
    assert client.post("/dev/mail/").status_code == 405


class TestEveryMail:
    LATE = "applications/reminder_form/late"

    def test_is_listed_and_shown_in_its_three_parts(self, client):
        assert "/dev/mail/examples/" in client.get("/dev/mail/").content.decode()
        listed = client.get("/dev/mail/examples/").content.decode()
        assert f'href="/dev/mail/examples/{self.LATE}/"' in listed
        page = client.get(f"/dev/mail/examples/{self.LATE}/").content.decode()
        assert "still waits for your form (NPQ-7K3M9X)</h1>" in page
        assert f'src="/dev/mail/html/{self.LATE}/"' in page
        assert "Switch these reminders off:" in page

    def test_is_shown_as_html_in_a_frame_of_ours_alone(self, client):
        page = client.get(f"/dev/mail/examples/{self.LATE}/")
        assert "frame-src 'self'" in page["Content-Security-Policy"]
        assert page["X-Frame-Options"] == "DENY"
        mail = client.get(f"/dev/mail/html/{self.LATE}/")
        assert mail["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in mail["Content-Security-Policy"]
        assert '<link rel="stylesheet" href="/dev/mail/mail.css"></head>' in mail.content.decode()
        assert client.get("/dev/mail/mail.css")["Content-Type"] == "text/css"

    def test_one_that_is_not_there(self, client):
        for page in ("examples", "html"):
            assert client.get(f"/dev/mail/{page}/nothing/").status_code == 404

    def test_none_where_mail_is_really_sent(self, client, settings):
        settings.DEVELOPMENT_MAILBOX = False
        for page in ("examples/", f"examples/{self.LATE}/", f"html/{self.LATE}/", "mail.css"):
            assert client.get(f"/dev/mail/{page}").status_code == 404
