"""Every look that staff take at what is held about a person leaves an audit row: the one place that writes it.

It stands around the pages themselves (PortalAdminSite.admin_view), so that a new page of such an admin is recorded
without its author thinking of it. This is the portal's one exception to "GET never writes": who looked has to be known
of reading too. The row is written before the page is sent; where it cannot be, nothing is shown.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin.utils import unquote
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from npq_portal.accounts.requests import person
from npq_portal.audit.recording import record

Page = Callable[..., HttpResponseBase]


def recorded(page: Page) -> Page:
    """`page`, recorded each time it shows a row of an admin with `tells_of_people`; any other page as it is.

    One row a view: "applications.viewed" about the application, with the name of the page; and one more about the row
    that an address names as `other`. Not for a page that was
    refused, that leads elsewhere, or whose body nobody gets (HEAD).
    """
    site = getattr(page, "__self__", None)
    if site is None or not getattr(site, "tells_of_people", False):
        return page

    @wraps(page)
    def inner(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        response = page(request, *arguments, **named)
        keys = filter(None, [named.get("object_id") or named.get("pk"), named.get("other")])
        if response.status_code == 200 and request.method != "HEAD":
            for key in keys:
                _record(request, _row(site.model, key))
        return response

    return inner


def _row(model: type[models.Model], key: object) -> models.Model:
    """Its reference is all that is needed: the page has fetched the row itself."""
    field = model._meta.pk
    return model(pk=field.to_python(unquote(str(key))) if field else key)


def _record(request: HttpRequest, row: models.Model) -> None:
    options, kind = row._meta, (row._meta.concrete_model or type(row))._meta
    name = (request.resolver_match.url_name if request.resolver_match else "") or ""
    page = name.removeprefix(f"{options.app_label}_{options.model_name}_")
    page = "screen" if page == "change" else page
    record(
        action=f"{kind.app_label}.viewed",
        subject=row,
        by=person(request),
        now=timezone.now(),
        new={"page": f"{options.verbose_name}, {page}" if options.proxy else page},
    )
