"""Audit rows are added and never altered, even by the table's owner."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from npq_portal.audit.models import AuditEvent
from npq_portal.audit.recording import record
from tests.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    user = UserFactory()
    return record(action="accounts.signed_in", subject=user, by=user, now=timezone.now())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditevent SET note = 'else'",
        "DELETE FROM audit_auditevent",
        "TRUNCATE audit_auditevent",
    ],
)
def test_the_database_refuses(event, statement):
    """The portal's own database user, who owns the table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableowner = current_user FROM pg_tables WHERE tablename = 'audit_auditevent'")
        assert cursor.fetchone() == (True,)
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditEvent.objects.get() == event


def test_the_orm_is_refused_too(event):
    event.note = "else"
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        event.save()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        event.delete()
