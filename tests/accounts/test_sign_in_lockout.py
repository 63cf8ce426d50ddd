"""Ten requests or ten wrong tries, for one e-mail address or from one machine, and then a wait."""

from datetime import timedelta

import pytest
from django.utils import timezone

from npq_portal.accounts import codes
from npq_portal.accounts.models import User
from tests.accounts.signing_in import ask, give, mailed_code, signed_in, wrong

pytestmark = pytest.mark.django_db
NOW = timezone.now()
EMAIL, ADDRESS = "tess@example.test", "192.0.2.1"


def send(email=EMAIL, address=ADDRESS, now=NOW):
    return codes.send(email=email, address=address, now=now)


def prove(pk, code, address=ADDRESS, now=NOW):
    return codes.prove(pk=pk, code=code, address=address, now=now)


def test_the_eleventh_request_for_an_address_waits_five_minutes():
    for number in range(10):
        send(address=f"192.0.2.{number}")
    with pytest.raises(codes.TooManyTriesError):
        send(address="192.0.2.99")
    assert send(address="192.0.2.99", now=NOW + timedelta(minutes=5))


def test_the_eleventh_request_from_a_machine_waits_whatever_the_address():
    for number in range(10):
        send(email=f"person{number}@example.test")
    with pytest.raises(codes.TooManyTriesError):
        send(email="another@example.test")


def test_after_ten_wrong_tries_the_right_code_is_refused_too(client):
    ask(client)
    code = mailed_code()
    for _ in range(10):
        assert give(client, wrong(code)).status_code == 200
    locked = give(client, code)
    assert locked.status_code == 429
    assert "Wait 15 minutes" in locked.content.decode()
    assert not signed_in(client)
    assert not User.objects.exists()
    assert ask(client).status_code == 429, "nor is another code sent"


def test_wrong_tries_count_across_codes_and_machines():
    for number in range(10):
        pk = send(address=f"192.0.2.{number}")
        assert prove(pk, wrong(mailed_code()), address=f"192.0.2.{number}") is None
    with pytest.raises(codes.TooManyTriesError):
        send(address="192.0.2.99")


def test_guessing_at_ended_codes_locks_the_machine():
    for _ in range(10):
        assert prove("00000000-0000-4000-8000-000000000000", "123456") is None
    with pytest.raises(codes.TooManyTriesError):
        send()


def test_a_lock_ends_after_fifteen_minutes():
    pk = send()
    for _ in range(10):
        prove(pk, wrong(mailed_code()))
    later = NOW + codes.LOCKED_FOR
    with pytest.raises(codes.TooManyTriesError):
        send(now=later - timedelta(seconds=1))
    pk = send(now=later)
    assert prove(pk, mailed_code(), now=later) == EMAIL


def test_one_persons_lock_does_not_stop_another():
    pk = send()
    for number in range(10):
        prove(pk, wrong(mailed_code()), address=f"192.0.2.{number + 10}")
    assert send(email="other@example.test", address="192.0.2.50")
