"""The friendly error pages: each says what happened and what to do, and shows nothing of the inside."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form posted without, or with a stale, token: nothing was changed."""
    return render(request, "errors/csrf.html", status=403)
