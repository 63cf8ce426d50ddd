"""What is kept of a failed sign-in of staff: that it failed, and not what was typed."""

import pytest
from axes.models import AccessAttempt


@pytest.mark.django_db
def test_neither_the_address_nor_the_password_is_kept(client):
    client.post("/staff/sign-in/", {"login": "tess@example.test", "password": "not-the-password"})
    attempt = AccessAttempt.objects.get()
    kept = " ".join(str(value) for value in vars(attempt).values())
    assert "tess" not in kept
    assert "not-the-password" not in kept
