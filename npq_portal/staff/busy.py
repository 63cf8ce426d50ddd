"""A staff page on which somebody else was at the same row says so and leads back, whoever wrote the page.

A page that can keep what was typed answers Busy itself.
"""

from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from npq_portal.staff.viewing import Page
from npq_portal.verbs import Busy


def told_when_busy(page: Page) -> Page:
    @wraps(page)
    def inner(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        try:
            return page(request, *arguments, **named)
        except Busy as refusal:
            messages.warning(request, str(refusal))
            return redirect(_came_from(request))

    return inner


def _came_from(request: HttpRequest) -> str:
    """The page with the form, which need not be at the address that it is sent to; that may know only POST."""
    page = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if ours and request.method == "POST" else "admin:index"
