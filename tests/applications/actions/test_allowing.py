"""Some may register while it is closed to everybody else, by the address that they sign in with."""

from datetime import date

import pytest
from django.db import IntegrityError

from applications import actions
from applications.actions.allowing import allow, no_longer_allow
from applications.actions.errors import Incomplete, RegistrationClosed
from applications.journey.offered import choices_on
from applications.models import AllowedAddress
from npq_portal.audit.models import AuditEvent
from npq_portal.switches.models import Switches
from tests.factories.applications import NOW, AllowedAddressFactory, draft_of
from tests.factories.catalogue import TermFactory


def switched_off(world):
    Switches.objects.update_or_create(pk=1, defaults={"registration_open": False, "closed_words": "Soon."})


def over(world):
    world.term.registration_closes = date(2026, 11, 1)
    world.term.save()


def not_begun(world):
    world.term.registration_opens = date(2027, 1, 4)
    world.term.save()


closed = pytest.mark.parametrize("close", [switched_off, over, not_begun])


@closed
def test_who_is_on_the_list_registers(world, teacher, portal_staff, close):
    draft = draft_of(teacher)
    close(world)
    allow(emails=["Ada@Example.test"], term=world.term, by=portal_staff, now=NOW)
    assert actions.register(application=draft, by=teacher, now=NOW).reference


@closed
def test_who_is_not_does_not(world, teacher, stranger, portal_staff, close):
    draft = draft_of(stranger)
    close(world)
    allow(emails=[teacher.email], term=world.term, by=portal_staff, now=NOW)
    with pytest.raises((RegistrationClosed, Incomplete)):
        actions.register(application=draft, by=stranger, now=NOW)


@closed
def test_it_is_for_one_term(world, teacher, portal_staff, close):
    draft, other = draft_of(teacher), TermFactory(identifier="spring-2026", name="Spring 2026", position=1)
    other.registration_closes = other.registration_opens
    other.save()
    close(world)
    allow(emails=[teacher.email], term=other, by=portal_staff, now=NOW)
    assert list(choices_on(NOW.date(), teacher.email).terms) == ["spring-2026"]
    with pytest.raises(Incomplete):
        actions.register(application=draft, by=teacher, now=NOW)


def test_a_term_without_rules_is_open_to_nobody(world, teacher, portal_staff):
    world.term.identifier = "autumn-2099"
    world.term.save()
    allow(emails=[teacher.email], term=world.term, by=portal_staff, now=NOW)
    assert not choices_on(NOW.date(), teacher.email).terms


@closed
def test_the_pages_let_them_go_on(world, teacher_client, teacher, close):
    close(world)
    AllowedAddressFactory(term=world.term, email=teacher.email)
    assert "Start registering" in teacher_client.get("/apply/").content.decode()
    step = teacher_client.post("/apply/").url
    assert step.endswith("/term/")
    assert teacher_client.get(step).status_code == 200


def test_once_taken_off_they_no_longer_may(world, teacher, portal_staff):
    draft = draft_of(teacher)
    switched_off(world)
    allow(emails=[teacher.email], term=world.term, by=portal_staff, now=NOW)
    assert no_longer_allow(addresses=AllowedAddress.objects.all(), by=portal_staff, now=NOW) == 1
    with pytest.raises(RegistrationClosed):
        actions.register(application=draft, by=teacher, now=NOW)
    assert draft.answers.exists()


def test_the_audit_trail_counts_and_names_nobody(world, portal_staff):
    emails = ["a@example.test", "B@example.test"]
    assert allow(emails=emails, term=world.term, by=portal_staff, now=NOW) == 2
    assert allow(emails=emails, term=world.term, by=portal_staff, now=NOW) == 0
    no_longer_allow(addresses=AllowedAddress.objects.all(), by=portal_staff, now=NOW)
    assert no_longer_allow(addresses=AllowedAddress.objects.all(), by=portal_staff, now=NOW) == 0
    told = list(AuditEvent.objects.order_by("pk").values_list("action", "new", "old", "note"))
    assert told == [
        ("applications.addresses_allowed", {"addresses": 2}, None, ""),
        ("applications.addresses_removed", {"addresses": 2}, None, ""),
    ]


@pytest.mark.parametrize(
    ("email", "constraint"),
    [("ada@example.test", "address_allowed_once_a_term"), ("Ada@x.test", "allowed_address_in_small_letters")],
)
def test_what_the_database_refuses(world, email, constraint):
    AllowedAddressFactory(term=world.term, email="ada@example.test")
    with pytest.raises(IntegrityError, match=constraint):
        AllowedAddressFactory(term=world.term, email=email)
