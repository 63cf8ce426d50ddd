"""The development mailbox: what would have been sent. It exists only where mail goes nowhere else."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from npq_portal.mail.models import OutboxMessage

NEWEST = 50


def _only_in_development() -> None:
    if not settings.DEVELOPMENT_MAILBOX:
        raise Http404


@never_cache
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    _only_in_development()
    return render(request, "mail/mailbox.html", {"outbox": OutboxMessage.objects.all()[:NEWEST]})


@never_cache
@require_safe
def message(request: HttpRequest, pk: int) -> HttpResponse:
    _only_in_development()
    return render(request, "mail/message.html", {"mail": get_object_or_404(OutboxMessage, pk=pk)})
