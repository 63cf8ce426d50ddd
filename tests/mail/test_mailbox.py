"""/dev/mail/ exists only where mail goes nowhere else."""

import pytest

from tests.mail.test_queueing import queue

pytestmark = pytest.mark.django_db


def test_shows_the_newest_first_and_each_one(client):
    first, second = queue(), queue(dedupe_key="test:2", to="other@example.test")
    page = client.get("/dev/mail/").content.decode()
    assert page.index(second.to) < page.index(first.to)
    assert "123456" in client.get(f"/dev/mail/{first.pk}/").content.decode()


def test_an_unknown_mail_is_not_found(client):
    assert client.get("/dev/mail/9999999/").status_code == 404


def test_is_not_found_where_mail_is_really_sent(client, settings):
    pk = queue().pk
    settings.DEVELOPMENT_MAILBOX = False
    assert client.get("/dev/mail/").status_code == 404
    assert client.get(f"/dev/mail/{pk}/").status_code == 404


def test_nothing_can_be_posted(client):
    assert client.post("/dev/mail/").status_code == 405
