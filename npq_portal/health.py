"""/healthz: is this machine fit to be sent visitors? For load balancers and monitors."""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from npq_portal.mail.models import MailState, OutboxMessage

MAIL_MAY_WAIT = timedelta(minutes=10)
# True for good once seen: migrations that are applied do not become pending while the same code runs.
_migrated = False


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, every migration is applied and no mail is stuck; else 503 and which is
    not.
    """
    try:
        parts = {"database": True, "migrations": migrated(), "mail": mail_flows()}
    except DatabaseError:
        parts = {"database": False, "migrations": False, "mail": False}
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


def migrated() -> bool:
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def mail_flows() -> bool:
    """False when a mail was due ten minutes ago and nobody tried: no worker runs.

    A mail server that is down does not count: the mail is tried again later, and visitors need not be sent
    away.
    """
    overdue = timezone.now() - MAIL_MAY_WAIT
    return not OutboxMessage.objects.filter(state=MailState.QUEUED, next_try_at__lt=overdue).exists()
