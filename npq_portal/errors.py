"""The friendly error pages: each says what happened and what to do, and shows nothing of the inside."""

import logging
import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

RETRY_AFTER_SECONDS = 30
LAST_RESORT = (
    '<!doctype html><html lang="en-GB"><title>Something went wrong - NPQ Portal</title>'
    "<h1>Something went wrong on our side</h1><p>Try again in a few minutes.</p></html>"
)
logger = logging.getLogger(__name__)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form posted without, or with a stale, token: nothing was changed."""
    return render(request, "errors/csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return _static("errors/413.html", 413)
    return _static("errors/400.html", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """django-allauth's limits answer with this (root urls: handler429)."""
    return render(request, "errors/429.html", status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Called while the exception is being handled, wherever it was raised: view, middleware, session or template.

    When it is the database that does not answer, the page says to come back in a moment, and machines are
    told when.
    """
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        response = _static("errors/503.html", 503, sent=request.method not in ("GET", "HEAD"))
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return response
    return _static("errors/500.html", 500)


def _static(template: str, status: int, **context: object) -> HttpResponse:
    """A page that asks nothing of the database, the session or the person: any of them may be what failed."""
    try:
        page: str = render_to_string(template, context)
    except Exception:
        logger.exception("the error page failed too")
        page = LAST_RESORT
    return HttpResponse(page, status=status)
