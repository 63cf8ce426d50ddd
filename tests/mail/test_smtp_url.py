"""PORTAL_SMTP_URL."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from npq_portal.mail.smtp import smtp_settings


def test_submission_with_starttls():
    read = smtp_settings("smtp://portal%40x:p%2Fw@mail.example.org:587?tls=1")
    assert read == {
        "EMAIL_HOST": "mail.example.org",
        "EMAIL_PORT": 587,
        "EMAIL_HOST_USER": "portal@x",
        "EMAIL_HOST_PASSWORD": "p/w",
        "EMAIL_USE_TLS": True,
        "EMAIL_USE_SSL": False,
    }


@pytest.mark.parametrize(("url", "port", "ssl"), [("smtp://h", 25, False), ("smtps://h", 465, True)])
def test_usual_ports(url, port, ssl):
    read = smtp_settings(url)
    assert (read["EMAIL_PORT"], read["EMAIL_USE_SSL"], read["EMAIL_USE_TLS"]) == (port, ssl, False)


@pytest.mark.parametrize("url", ["mail.example.org", "http://h", "smtp://", "smtp://h:many"])
def test_anything_else_is_refused_with_an_example(url):
    with pytest.raises(ImproperlyConfigured, match="looks like smtp://"):
        smtp_settings(url)
