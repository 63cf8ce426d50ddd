from functools import cache

import pytest

from npq_portal.audit.models import AuditEvent
from npq_portal.mail import outbox
from npq_portal.mail.examples import all_examples
from npq_portal.mail.models import OutboxMessage
from npq_portal.mail.rendering import rendered
from tests.factories.applications import make_world, staff_of
from tests.people import PortalStaffFactory, UserFactory, sign_in


@pytest.fixture
def world(db):
    return make_world()


@pytest.fixture
def teacher(db):
    return UserFactory(email="ada@example.test", full_name="")


@pytest.fixture
def stranger(db):
    return UserFactory(email="stranger@example.test")


@pytest.fixture
def decider(world):
    return staff_of(world.ambition, email="decider@example.test")


@pytest.fixture
def rival(world):
    return staff_of(world.other, email="rival@example.test")


@pytest.fixture
def portal_staff(db):
    return PortalStaffFactory(email="dfe@example.test")


@pytest.fixture
def teacher_client(client, teacher):
    return sign_in(client, teacher)


@pytest.fixture
def left_behind():
    """What an action wrote beside the application: the audit rows' actions, the mails' templates."""

    def count() -> tuple[list[str], list[str]]:
        audit = list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))
        mails = list(OutboxMessage.objects.order_by("pk").values_list("template", flat=True))
        return audit, mails

    return count


@cache
def given_to_examples():
    """Template of a mail -> the names of what its examples are given."""
    names = {}
    for example in all_examples().values():
        names.setdefault(example.template, set()).update(example.context)
    return names


@pytest.fixture(autouse=True)
def mails_are_given_what_their_examples_are(monkeypatch):
    """tests/sweeps/test_mails.py holds that the examples are whole; what a real mail is not given would be left out."""

    def checked(template, context):
        missing = given_to_examples()[template] - set(context)
        assert not missing, f"{template} is queued without {missing}"
        return rendered(template, context)

    monkeypatch.setattr(outbox, "rendered", checked)
