"""Sessions are found by whom they are about, without being decoded: the signed in, and who has yet to prove it."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore as OldStore
from django.contrib.sessions.models import Session as OldSession
from django.db import connection
from django.test import Client
from django.utils import timezone

from npq_portal.accounts.models import Session
from tests.accounts.signing_in import ask, signed_in
from tests.people import PASSWORD, PortalStaffFactory, UserFactory, sign_in, with_second_step

pytestmark = pytest.mark.django_db
EMAIL = "tess@example.test"
migration = import_module("npq_portal.accounts.migrations.0005_sessions")


def about(person):
    return Session.objects.about(user=person.pk, address=person.email)


@pytest.fixture
def person():
    sign_in(Client(), UserFactory())
    ask(Client(), "somebody.else@example.test")
    return UserFactory(email=EMAIL)


def test_whoever_is_signed_in(person):
    browsers = [sign_in(Client(), person) for _ in range(2)]
    assert {session.pk for session in about(person)} == {each.session.session_key for each in browsers}
    assert {session.user_key for session in about(person)} == {person.pk}


def test_whoever_waits_for_a_code_before_they_are_known(person, client):
    ask(client, "Tess@Example.test")
    assert about(person).get().pk == client.session.session_key
    assert about(person).get().user_key is None


def test_whoever_has_proven_the_first_of_two_steps(client):
    staff = PortalStaffFactory()
    staff.set_password(PASSWORD)
    staff.save()
    with_second_step(staff)
    client.post("/staff/sign-in/", {"login": staff.email, "password": PASSWORD})
    assert not signed_in(client)
    waits = about(staff).get()
    assert (waits.user_key, waits.addresses) == (staff.pk, [staff.email])


def test_nobody_any_more_after_signing_out(person, client):
    sign_in(client, person)
    client.post("/sign-out/")
    assert not about(person).exists()


def test_they_are_found_by_indexes(person):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = about(person).explain()
    assert "session_by_user" in plan
    assert "session_by_address" in plan
    assert "Seq Scan" not in plan


def test_a_signed_in_page_asks_as_often_as_before(person, client, django_assert_num_queries):
    sign_in(client, person)
    client.get("/contact/")
    # The session, and whose it is.
    with django_assert_num_queries(3):
        client.get("/contact/")


def test_nobody_is_signed_out_by_the_change_of_tables_there_or_back(person, client):
    sign_in(client, person)
    ask(other := Client(), EMAIL)
    before = {(each.pk, each.user_key, *each.addresses) for each in Session.objects.all()}
    with connection.schema_editor() as editor:
        migration.carry_back(apps, editor)
        assert OldStore(client.session.session_key)["_auth_user_id"] == str(person.pk)
        Session.objects.all().delete()
        ended = OldSession(pk="ended", session_data="", expire_date=timezone.now() - timedelta(days=1))
        ended.save()
        migration.carry_over(apps, editor)
    assert {(each.pk, each.user_key, *each.addresses) for each in Session.objects.all()} == before
    assert not OldSession.objects.exists()
    assert signed_in(client)
    assert other.session["sign_in"]["email"] == EMAIL
