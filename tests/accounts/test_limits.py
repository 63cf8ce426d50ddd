"""Counting in Postgres, by keys that tell nothing, for the address that our own proxies saw."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from npq_portal.accounts import limits
from npq_portal.accounts.models import RateLimit

NOW = timezone.now()
MINUTE = timedelta(minutes=1)


def hit(key="a", now=NOW, limit=3):
    return limits.hit(name="test", key=key, limit=limit, window=MINUTE, now=now)


@pytest.mark.django_db
def test_allows_the_limit_and_no_more():
    assert [hit() for _ in range(5)] == [True, True, True, False, False]


@pytest.mark.django_db
def test_begins_again_when_the_window_has_passed_even_if_tries_went_on():
    for second in range(59):
        hit(now=NOW + timedelta(seconds=second))
    assert not hit(now=NOW + timedelta(seconds=59))
    assert hit(now=NOW + MINUTE)


@pytest.mark.django_db
def test_keys_and_names_count_apart():
    assert [hit(key) for key in "aaab"] == [True] * 4
    assert limits.hit(name="other", key="a", limit=1, window=MINUTE, now=NOW)


@pytest.mark.django_db
def test_reached_looks_without_counting():
    asked = {"name": "test", "key": "a", "limit": 3, "window": MINUTE}
    hit(), hit()
    assert not limits.reached(**asked, now=NOW)
    hit()
    assert limits.reached(**asked, now=NOW)
    assert not limits.reached(**asked, now=NOW + MINUTE)


@pytest.mark.django_db
def test_the_key_is_not_kept():
    hit("tess@example.test")
    assert "tess" not in RateLimit.objects.get().key


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_only_the_limit_gets_in():
    ready, answers = threading.Barrier(12), []

    def one():
        ready.wait()
        answers.append(hit(limit=5))
        connection.close()

    threads = [threading.Thread(target=one) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [False] * 7 + [True] * 5


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [({"count": 0}, "rate_limit_counts_something"), ({"key": "taken"}, "rate_limit_once")],
)
def test_the_database_refuses_a_count_of_nothing_and_a_second_row(wrong, constraint):
    RateLimit.objects.create(name="test", key="taken", started_at=NOW, count=1)
    with pytest.raises(IntegrityError, match=constraint):
        RateLimit.objects.create(**{"name": "test", "key": "free", "started_at": NOW, "count": 1} | wrong)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.9.9.9, 203.0.113.9", "203.0.113.9"),
        (2, "10.9.9.9, 203.0.113.9, 198.51.100.7", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "nonsense", "unknown"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_only_our_own_proxies_name_the_client(rf, settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": forwarded})
    assert limits.client_address(request) == address
