"""/livez: may this machine be sent visitors? For load balancers. /healthz: is all well? For who is called.

They differ in the mail. All web machines share one outbox: were they judged by it, a mail worker that died would
take every one of them out of rotation at once.
"""

from collections.abc import Callable
from datetime import timedelta

from django.db import Error, connection
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
def livez(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and every migration is applied; else 503 and which is not."""
    return _told(database=database_answers, migrations=migrated)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """As livez, and 503 too when mail is stuck (design: quality figure 28)."""
    return _told(database=database_answers, migrations=migrated, mail=mail_flows)


def _told(**parts: Callable[[], bool]) -> JsonResponse:
    try:
        told = {name: is_well() for name, is_well in parts.items()}
    except Error:
        told = dict.fromkeys(parts, False)
    return JsonResponse(told, status=200 if all(told.values()) else 503)


def database_answers() -> bool:
    """True, or raises django.db.Error."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


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
