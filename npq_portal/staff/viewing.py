"""Who of the staff looked at what is held about people leaves an audit row: the one place that writes it.

A page about one person is a look at them. A page about many (a list, or what came of a decision about many) is one row
for the page: how many it showed and by which filters, not each of them, which would be a hundred rows for every page of
a queue. Files have rows of their own (`actions` and `export` of the apps). Not recorded: the names that are offered
while somebody types one, and those that other pages call a record by.

It stands around the pages themselves (PortalAdminSite.admin_view), so that a new page of such an admin is recorded
without its author thinking of it. This is the portal's one exception to "GET never writes": who looked has to be known
of reading too. The row is written before the page is sent; where it cannot be, nothing is shown.
"""

import re
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
from npq_portal.audit.records import MANY

Page = Callable[..., HttpResponseBase]
# The name under which a page of ours that is about many says, in its context, how many.
SHOWN = "people_shown"
# What somebody typed may be a name; and where they were in the list is no filter.
SEARCH, PLACES = "q", ("after", "before", "p", "e", "o", "all")
NOT_KEPT = "(not kept)"
# What a filter offers is a key, a day or a short name of ours.
CHOSEN = re.compile(r"[\w.:-]{1,40}")


def recorded(page: Page) -> Page:
    """`page`, recorded each time it shows rows of an admin with `tells_of_people`; any other page as it is.

    One row a view: "applications.viewed" about the application, with the name of the page; and one more about the row
    that an address names as `other`. Of many: about "applications.application:list", with the number. Not for a page
    that was refused, that leads elsewhere, or whose body nobody gets (HEAD).
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
            if (shown := _shown(response)) is not None:
                facts = {"shown": shown, "filters": filters_to_record(request)}
                _record(request, site.model(pk=MANY), **facts)
        return response

    return inner


def _row(model: type[models.Model], key: object) -> models.Model:
    """Its reference is all that is needed: the page has fetched the row itself."""
    field = model._meta.pk
    return model(pk=field.to_python(unquote(str(key))) if field else key)


def _shown(response: HttpResponseBase) -> int | None:
    """How many people's rows are on it: those of Django's list, or what a page of ours says. None: it is of no such."""
    context = getattr(response, "context_data", None) or {}
    if "cl" in context:
        return len(context["cl"].result_list)
    shown: int | None = context.get(SHOWN)
    return shown


def filters_to_record(request: HttpRequest) -> dict[str, Any]:
    """Those in the address of a list, as an audit row may keep them: what is chosen, and not what is typed."""
    return {
        name: value if name != SEARCH and CHOSEN.fullmatch(str(value)) else NOT_KEPT
        for name, value in request.GET.items()
        if value and name not in PLACES
    }


def _record(request: HttpRequest, row: models.Model, **facts: Any) -> None:
    options, kind = row._meta, (row._meta.concrete_model or type(row))._meta
    name = (request.resolver_match.url_name if request.resolver_match else "") or ""
    page = name.removeprefix(f"{options.app_label}_{options.model_name}_")
    page = {"change": "screen", "changelist": "list"}.get(page, page)
    record(
        action=f"{kind.app_label}.viewed",
        subject=row,
        by=person(request),
        now=timezone.now(),
        new={"page": f"{options.verbose_name}, {page}" if options.proxy else page, **facts},
    )
