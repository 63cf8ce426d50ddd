"""One decision about many applications of the queue: looked at first, then confirmed, then told what came of each.

Every application is decided by the verb that decides about one, in a transaction of its own: what somebody else did
meanwhile stops that one, and no other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from applications.access import decides_somewhere
from applications.actions.errors import Refused
from applications.admin.choices import CHOICES, Choice, Given
from applications.admin.decisions import stands
from applications.admin.preview import Line, preview
from applications.admin.queue import Queue
from applications.models import Application
from applications.models.application_sets import ApplicationQuerySet
from applications.models.queue import QUEUE_PLACE, QUEUE_SINCE
from applications.states import NotAllowed
from npq_portal.accounts.models import User
from npq_portal.accounts.requests import person
from npq_portal.staff.admin import ScopedModelAdmin

# What a page can be read through, and decided within a few seconds. The rest of a longer list comes afterwards.
MOST = 200
CAME_OF_IT = "applications.decided_together"
# Nobody waits longer for a page, nor does a proxy: what is not reached by then is told.
LONGEST_WAIT = 20.0
NOT_REACHED = "Not reached: the others took too long. Choose it again."
MOVED_ON = "It is “{}” by now, so nothing was done."
GONE = "{} of what you chose {} not in your list any more, so nothing was done about {}."


@dataclass(frozen=True, slots=True)
class Chosen:
    """At most MOST rows in the order of the queue; `seen` is how each stood when it was confirmed."""

    rows: list[Application]
    seen: dict[UUID, str]
    left_out: int
    gone: int


def together(site: ScopedModelAdmin, request: HttpRequest) -> HttpResponse:
    """A POST from the list shows what would happen; one from that page, which has `confirm`, does it."""
    user, choice = person(request), CHOICES.get(request.POST.get("choice", ""))
    if not site.has_module_permission(request) or not decides_somewhere(user):
        raise PermissionDenied
    if request.method != "POST":
        return redirect(list_address(request))
    chosen = _chosen(site, request)
    if choice is None or not chosen.rows:
        told = "Choose what to do." if choice is None else "Tick at least one application."
        messages.warning(request, f"{told} Nothing was changed.")
        return redirect(list_address(request))
    confirmed = "confirm" in request.POST
    form = choice.form(request.POST if confirmed else None)
    if not confirmed or not form.is_valid():
        return _page(site, request, choice, chosen, form)
    _decide(request, choice, chosen, form.cleaned_data, user)
    return redirect(f"{reverse('admin:applications_application_decided')}?{request.GET.urlencode()}")


def came_of_it(site: ScopedModelAdmin, request: HttpRequest) -> HttpResponse:
    """What the reader's last decision about many did, and what it did not do. Kept in their session."""
    if not site.has_module_permission(request):
        raise PermissionDenied
    kept = request.session.get(CAME_OF_IT)
    if kept is None:
        return redirect(list_address(request))
    choice, whys = CHOICES[kept["choice"]], dict(kept["not_done"])
    found = {str(row.pk): row for row in _rows(site, request).filter(pk__in=[*kept["done"], *whys])}
    as_done = [row for row in found.values() if stands_as_done(row, kept)]
    context = {
        **site.admin_site.each_context(request),
        "opts": site.opts,
        "title": f"{len(kept['done'])} {choice.done}",
        "choice": choice,
        "done": [found[key] for key in kept["done"] if key in found],
        "not_done": [(found[key], why) for key, why in whys.items() if key in found],
        "gone": GONE.format(
            kept["gone"], "is" if kept["gone"] == 1 else "are", "it" if kept["gone"] == 1 else "them"
        )
        if kept["gone"]
        else "",
        "undo_until": _undo_until(as_done),
        "back": list_address(request),
    }
    return TemplateResponse(request, "admin/applications/decided.html", context)


def stands_as_done(application: Application, kept: dict[str, Any]) -> bool:
    """Whether it is as that decision left it: what somebody decided since is theirs to undo."""
    return kept["done"].get(str(application.pk)) == stands(application)


def _undo_until(rows: Iterable[Application]) -> datetime | None:
    """Until when any of them can be undone; None where that is over."""
    now = timezone.now()
    return max((row.undo_until for row in rows if row.undo_until and row.can_be_undone(now)), default=None)


def _decide(request: HttpRequest, choice: Choice, chosen: Chosen, given: Given, user: User) -> None:
    begun, now = monotonic(), timezone.now()
    done, not_done = {}, []
    for line in preview(chosen.rows, choice, user, now).lines:
        key = str(line.application.pk)
        in_time = monotonic() - begun < LONGEST_WAIT
        why_not = _done_to(line, choice, chosen, given, {"by": user, "now": now}) if in_time else NOT_REACHED
        if why_not:
            not_done.append((key, why_not))
        else:
            done[key] = stands(line.application)
    request.session[CAME_OF_IT] = {
        "choice": choice.slug,
        "done": done,
        "not_done": not_done,
        "gone": chosen.gone,
    }


def _done_to(line: Line, choice: Choice, chosen: Chosen, given: Given, signed: dict[str, Any]) -> str:
    """Empty, or why nothing was done."""
    application = line.application
    before = application.status
    if chosen.seen.get(application.pk) != line.token:
        return MOVED_ON.format(before.label)
    if line.why_not:
        return line.why_not
    try:
        choice.do(application, given, signed)
    except (Refused, NotAllowed) as refusal:
        return str(refusal) if isinstance(refusal, Refused) else MOVED_ON.format(before.label)
    return ""


def _chosen(site: ScopedModelAdmin, request: HttpRequest) -> Chosen:
    if request.POST.get("which") == "all":
        return _all(site, request)
    seen: dict[UUID, str] = {}
    for token in request.POST.getlist("row"):
        try:
            seen[UUID(token.partition(" ")[0])] = token
        except ValueError:
            continue
    found = list(_rows(site, request).filter(pk__in=seen).order_by(*_order())[: MOST + 1])
    return Chosen(found[:MOST], seen, left_out=max(0, len(seen) - MOST), gone=len(seen) - len(found))


def _all(site: ScopedModelAdmin, request: HttpRequest) -> Chosen:
    try:
        shown = cast(Queue, site.get_changelist_instance(request))
    except IncorrectLookupParameters:
        return Chosen([], {}, 0, 0)
    rows = list(shown.queryset.order_by(*_order())[:MOST])
    return Chosen(rows, {}, left_out=shown.result_count - len(rows), gone=0)


def _rows(site: ScopedModelAdmin, request: HttpRequest) -> ApplicationQuerySet:
    return cast(ApplicationQuerySet, site.get_queryset(request)).without_decisions()


def _order() -> list[Any]:
    """As in the queue; and on a waiting list its own order, which is who gets the last places."""
    return [QUEUE_PLACE.asc(), "waiting_number", QUEUE_SINCE.asc(), "pk"]


def _page(
    site: ScopedModelAdmin, request: HttpRequest, choice: Choice, chosen: Chosen, form: forms.Form
) -> HttpResponse:
    now = timezone.now()
    seen_now = preview(chosen.rows, choice, person(request), now)
    able = seen_now.able
    context = {
        **site.admin_site.each_context(request),
        "opts": site.opts,
        "title": f"{choice.label}: {len(chosen.rows)} chosen",
        "choice": choice,
        "preview": seen_now,
        "able": len(able),
        "unable": len(seen_now.unable),
        "form": form,
        "left_out": chosen.left_out,
        "most": MOST,
        "mail": choice.example(able[0].application, now) if able else None,
        "mail_to": able[0].application.full_name if able else "",
        "back": list_address(request),
        "query": request.GET.urlencode(),
    }
    return TemplateResponse(request, "admin/applications/decide_together.html", context)


def list_address(request: HttpRequest) -> str:
    address = reverse("admin:applications_application_changelist")
    return f"{address}?{request.GET.urlencode()}" if request.GET else address
