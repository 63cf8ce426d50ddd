"""The development mailbox: what would have been sent, and every mail there is with example data.

It exists only where mail goes nowhere else.
"""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from npq_portal.mail.dress import STYLESHEET
from npq_portal.mail.examples import Example, all_examples
from npq_portal.mail.models import OutboxMessage
from npq_portal.mail.rendering import rendered

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


@never_cache
@require_safe
def examples(request: HttpRequest) -> HttpResponse:
    _only_in_development()
    found = [(each, rendered(each.template, each.context)) for each in all_examples().values()]
    return render(request, "mail/examples.html", {"examples": found})


@csp_replace({"frame-src": [SELF]})  # type: ignore[arg-type]  # its types know no view with arguments
@never_cache
@require_safe
def example(request: HttpRequest, name: str) -> HttpResponse:
    """Subject, text and HTML side by side."""
    found = _example_or_404(name)
    mail = rendered(found.template, found.context)
    return render(request, "mail/example.html", {"example": found, "mail": mail})


@csp_replace({"frame-ancestors": [SELF]})  # type: ignore[arg-type]
@xframe_options_sameorigin
@never_cache
@require_safe
def example_html(request: HttpRequest, name: str) -> HttpResponse:
    """The mail alone, for the frame. Its style comes from a file: our pages refuse what stands in elements."""
    found = _example_or_404(name)
    link = f'<link rel="stylesheet" href="{reverse("dev_mail_stylesheet")}">'
    return HttpResponse(rendered(found.template, found.context).html.replace("</head>", f"{link}</head>", 1))


@never_cache
@require_safe
def stylesheet(request: HttpRequest) -> HttpResponse:
    _only_in_development()
    return HttpResponse(STYLESHEET.read_text(encoding="utf-8"), content_type="text/css")


def _example_or_404(name: str) -> Example:
    _only_in_development()
    found = all_examples().get(name)
    if found is None:
        raise Http404
    return found
