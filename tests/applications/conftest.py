import pytest

from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
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
