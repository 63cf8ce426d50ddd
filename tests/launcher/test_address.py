"""Mails link to the address that `manage.py portal` prints, wherever it was told to answer."""

import pytest

from npq_portal.launcher import steps


@pytest.fixture(autouse=True)
def no_address_given(monkeypatch, settings):
    monkeypatch.delenv("PORTAL_ADDRESS", raising=False)
    settings.PORTAL_ADDRESS = "https://npq.example.org"


@pytest.mark.parametrize(
    ("host", "port", "address"),
    [
        ("127.0.0.1", 8111, "http://127.0.0.1:8111"),
        ("0.0.0.0", 8000, "http://127.0.0.1:8000"),
        ("::1", 8000, "http://[::1]:8000"),
    ],
)
def test_the_address_is_the_one_it_answers_on(settings, host, port, address):
    steps.tell_mail_the_address(host, port)
    assert address == settings.PORTAL_ADDRESS


def test_an_address_that_was_given_stays(monkeypatch, settings):
    monkeypatch.setenv("PORTAL_ADDRESS", "https://npq.example.org")
    steps.tell_mail_the_address("127.0.0.1", 8111)
    assert settings.PORTAL_ADDRESS == "https://npq.example.org"


def test_production_keeps_the_name_it_answers_to(settings):
    settings.PRODUCTION = True
    steps.tell_mail_the_address("127.0.0.1", 8111)
    assert settings.PORTAL_ADDRESS == "https://npq.example.org"
