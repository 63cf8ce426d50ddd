"""The answer of the pages that stop mails, which people post to and mail programs do."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from npq_portal.mail.models import ONE_CLICK


def stopped(request: HttpRequest, to: str, *arguments: Any) -> HttpResponse:
    """A person goes on to the page that says so; a mail program, which follows no redirect, is told that it is done."""
    if ONE_CLICK in request.POST:
        return HttpResponse(content_type="text/plain")
    return redirect(to, *arguments)
