"""What comes of one decision about many: done one by one, told on a page that stays, gone on with, and undone.

Every application is decided by the verb that decides about one: what somebody else did meanwhile stops that one, and no
other. What is not reached, since the machine or the database stopped, is told as not decided yet.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from time import monotonic
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from applications.access import roles_of
from applications.actions.errors import Busy, Refused
from applications.actions.together import (
    Outcome,
    decide_one_of,
    finish_together,
    moved_on,
    pass_over,
    undo_one_of,
)
from applications.admin.choices import CHOICES, token
from applications.admin.decisions import stands
from applications.models import Application, BulkDecision, BulkDecisionLine
from applications.models.application_sets import ApplicationQuerySet
from applications.states import Role
from npq_portal.accounts.requests import person
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.viewing import SHOWN

# Nobody waits longer for a page, nor does a proxy: what is not reached by then is gone on with.
LONGEST_WAIT = 20.0
LEFT_THE_LIST = "It is not in your list any more, so nothing was done."


def own_bulk(site: ScopedModelAdmin, request: HttpRequest, key: UUID) -> BulkDecision:
    """404 for another's, whoever asks: nobody else undoes it or goes on with it."""
    if not site.has_module_permission(request):
        raise PermissionDenied
    return get_object_or_404(BulkDecision.objects.of(person(request)), pk=key)


def newest(site: ScopedModelAdmin, request: HttpRequest) -> HttpResponse:
    """To the reader's last decision about many; to the list where there is none."""
    if not site.has_module_permission(request):
        raise PermissionDenied
    bulk = BulkDecision.objects.of(person(request)).first()
    return redirect(address_of(bulk, request) if bulk else list_address(request))


def interrupted(request: HttpRequest) -> BulkDecision | None:
    """The reader's last decision about many of which something is left to be decided, for above the list."""
    return BulkDecision.objects.of(person(request)).unfinished().first()


def go_on(site: ScopedModelAdmin, request: HttpRequest, bulk: BulkDecision) -> HttpResponse:
    """Decide what is not decided yet, then to the page that says what came of it: also where the database stops."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    # Each line says what came of it, once there is a database again to read it from.
    with suppress(OperationalError, InterfaceError):
        _decide(site, request, bulk)
    return redirect(address_of(bulk, request))


def _decide(site: ScopedModelAdmin, request: HttpRequest, bulk: BulkDecision) -> None:
    begun, now = monotonic(), timezone.now()
    lines = {line.application_id: line for line in bulk.lines.filter(outcome=Outcome.NOT_YET)}
    found = _rows(site, request).in_bulk(list(lines))
    rows = [found[pk] for pk in lines if pk in found]
    for pk in lines.keys() - found.keys():
        pass_over(line=lines[pk], why_not=LEFT_THE_LIST)
    roles = roles_of(person(request), rows)
    for application in rows:
        if monotonic() - begun >= LONGEST_WAIT:
            return
        try:
            _decide_one(request, bulk, lines[application.pk], application, roles[application.pk], now)
        except Busy:
            continue  # It is not decided yet, and can be gone on with.
    finish_together(bulk=bulk, now=now)


def _decide_one(
    request: HttpRequest,
    bulk: BulkDecision,
    line: BulkDecisionLine,
    application: Application,
    role: Role | None,
    now: datetime,
) -> None:
    """Places, funding and the same person elsewhere are the verb's to ask: it alone holds the rows that say so."""
    choice = CHOICES[bulk.choice]
    if line.seen != token(application):
        pass_over(line=line, why_not=moved_on(application.status.label))
    elif told := choice.why_not(application, role, now):
        pass_over(line=line, why_not=told)
    else:
        signed = {"by": person(request), "now": now}
        do = partial(choice.do, application, bulk.given, signed)
        decide_one_of(line=line, application=application, do=do, stands=stands)


def came_of_it(site: ScopedModelAdmin, request: HttpRequest, bulk: BulkDecision) -> HttpResponse:
    """What it did, what it did not do and why, and what is not decided yet."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    choice = CHOICES[bulk.choice]
    by_outcome = _by_outcome(site, request, bulk)
    done, not_yet = by_outcome[Outcome.DONE], by_outcome[Outcome.NOT_YET]
    undone = by_outcome[Outcome.UNDONE]
    context = {
        **site.admin_site.each_context(request),
        "opts": site.opts,
        "title": f"{len(undone)} undone" if undone and not done else f"{len(done)} {choice.done}",
        "choice": choice,
        "bulk": bulk,
        SHOWN: sum(map(len, by_outcome.values())),
        "done": done,
        "not_yet": not_yet,
        "not_done": by_outcome[Outcome.NOT_DONE],
        "undone": undone,
        "gone": _gone(bulk.gone),
        "undo_until": _undo_until(line.application for line in done if line.left == stands(line.application)),
        "back": list_address(request),
    }
    return TemplateResponse(request, "admin/applications/decided.html", context)


def undo_together(site: ScopedModelAdmin, request: HttpRequest, bulk: BulkDecision) -> HttpResponse:
    """Each that stands as this decision left it and can still be undone. What cannot is told by name."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    user, now, undone = person(request), timezone.now(), 0
    for line in _by_outcome(site, request, bulk)[Outcome.DONE]:
        application = line.application
        try:
            undo_one_of(line=line, application=application, stands=stands, by=user, now=now)
            undone += 1
        except Refused as refusal:
            messages.warning(request, f"{application.full_name}, {application.reference}: {refusal}")
    told = f"{undone} undone. Nobody was told of these." if undone else "Nothing was undone."
    messages.add_message(request, messages.SUCCESS if undone else messages.WARNING, told)
    return redirect(address_of(bulk, request))


def address_of(bulk: BulkDecision, request: HttpRequest) -> str:
    address = reverse("admin:applications_application_decided_page", args=[bulk.pk])
    return f"{address}?{request.GET.urlencode()}" if request.GET else address


def list_address(request: HttpRequest) -> str:
    address = reverse("admin:applications_application_changelist")
    return f"{address}?{request.GET.urlencode()}" if request.GET else address


def _by_outcome(
    site: ScopedModelAdmin, request: HttpRequest, bulk: BulkDecision
) -> dict[str, Sequence[BulkDecisionLine]]:
    """Its lines, each with the application as it is now; those that the reader no longer sees are left out."""
    lines = list(bulk.lines.all())
    found = _rows(site, request).in_bulk([line.application_id for line in lines])
    sorted_out: dict[str, list[BulkDecisionLine]] = {outcome.value: [] for outcome in Outcome}
    for line in lines:
        if line.application_id in found:
            line.application = found[line.application_id]
            sorted_out[line.outcome].append(line)
    return cast(dict[str, Sequence[BulkDecisionLine]], sorted_out)


def _rows(site: ScopedModelAdmin, request: HttpRequest) -> ApplicationQuerySet:
    return cast(ApplicationQuerySet, site.get_queryset(request)).without_decisions()


def _undo_until(rows: Iterable[Application]) -> datetime | None:
    """Until when any of them can be undone; None where that is over."""
    now = timezone.now()
    return max((row.undo_until for row in rows if row.undo_until and row.can_be_undone(now)), default=None)


def _gone(number: int) -> str:
    if not number:
        return ""
    is_, it = ("is", "it") if number == 1 else ("are", "them")
    return f"{number} of what you chose {is_} not in your list any more, so nothing was done about {it}."
