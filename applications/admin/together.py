"""One decision about many applications of the queue: looked at first, then confirmed. What comes of each: `decided`."""

from dataclasses import dataclass
from typing import cast
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from applications.access import decides_somewhere
from applications.actions.errors import NotYours
from applications.actions.together import begin_together
from applications.admin.choices import CHOICES, Choice
from applications.admin.decided import address_of, go_on, list_address
from applications.admin.preview import preview
from applications.admin.queue import Queue
from applications.models import Application, BulkDecision
from applications.models.application_sets import ApplicationQuerySet
from npq_portal.accounts.requests import person
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.viewing import SHOWN

# What a page can be read through, and decided within a few seconds. The rest of a longer list comes afterwards.
MOST = 200


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
    if "confirm" in request.POST and (bulk := BulkDecision.objects.of(user).filter(pk=_key(request)).first()):
        return redirect(address_of(bulk, request))
    chosen = _chosen(site, request)
    if choice is None or not chosen.rows:
        told = "Choose what to do." if choice is None else "Tick at least one application."
        messages.warning(request, f"{told} Nothing was changed.")
        return redirect(list_address(request))
    confirmed = "confirm" in request.POST
    form = choice.form(request.POST if confirmed else None)
    if not confirmed or not form.is_valid():
        return _page(site, request, choice, chosen, form)
    try:
        bulk, begun = begin_together(
            key=_key(request),
            choice=choice.slug,
            given=form.cleaned_data,
            seen={row.pk: chosen.seen.get(row.pk, "") for row in chosen.rows},
            gone=chosen.gone,
            by=user,
            now=timezone.now(),
        )
    except NotYours as refusal:
        raise PermissionDenied from refusal
    # Posted again, it is told as it stands: whether to go on is for its reader to say.
    return go_on(site, request, bulk) if begun else redirect(address_of(bulk, request))


def _key(request: HttpRequest) -> UUID:
    """That of the decision which the preview was for; posted again it finds the same. Another where none was given."""
    try:
        return UUID(request.POST.get("bulk", ""))
    except ValueError:
        return uuid4()


def _chosen(site: ScopedModelAdmin, request: HttpRequest) -> Chosen:
    if request.POST.get("which") == "all":
        return _all(site, request)
    seen: dict[UUID, str] = {}
    for token in request.POST.getlist("row"):
        try:
            seen[UUID(token.partition(" ")[0])] = token
        except ValueError:
            continue
    found = list(_rows(site, request).filter(pk__in=seen).order_by(*site.get_ordering(request))[: MOST + 1])
    return Chosen(found[:MOST], seen, left_out=max(0, len(seen) - MOST), gone=len(seen) - len(found))


def _all(site: ScopedModelAdmin, request: HttpRequest) -> Chosen:
    try:
        shown = cast(Queue, site.get_changelist_instance(request))
    except IncorrectLookupParameters:
        return Chosen([], {}, 0, 0)
    rows = list(shown.queryset.order_by(*site.get_ordering(request))[:MOST])
    return Chosen(rows, {}, left_out=shown.result_count - len(rows), gone=0)


def _rows(site: ScopedModelAdmin, request: HttpRequest) -> ApplicationQuerySet:
    return cast(ApplicationQuerySet, site.get_queryset(request)).without_decisions()


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
        "key": _key(request),
        "preview": seen_now,
        SHOWN: len(seen_now.lines),
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
