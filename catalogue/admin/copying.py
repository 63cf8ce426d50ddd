"""Copying a run to another term: where to, then its dates to be looked at, then saved."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from catalogue.actions.copying import copy_run, first_day_of, moved_to, proposed_first_day
from catalogue.loading.holidays import AS_OF, closed_on, known_until
from catalogue.models import CourseRun, Offer, Session, Term
from catalogue.staff_forms import CopyDatesForm, CopyForm
from npq_portal.accounts.requests import person
from npq_portal.staff.admin import ScopedModelAdmin


@dataclass(frozen=True)
class Line:
    """A date of the copy: its field, the day it was in the run that is copied, and what to look out for."""

    field: BoundField
    was: date | None
    notes: list[str]


def copy(site: ScopedModelAdmin, request: HttpRequest, run: CourseRun) -> HttpResponse:
    """Everything until the copy is saved is in the address and the form: nothing waits anywhere."""
    sessions = list(run.sessions.order_by("position"))
    asked = CopyForm(request.GET if "term" in request.GET else None)
    if not asked.is_valid():
        dated = first_day_of(run, sessions) is not None
        context = {"run": run, "form": asked, "dated": dated, "title": "Copy to another term"}
        return _page(site, request, "copy", context)
    term: Term = asked.cleaned_data["term"]
    first = asked.cleaned_data["first_day"] or proposed_first_day(run, sessions, term)
    proposed = moved_to(run, sessions, first)
    form = CopyDatesForm(run, sessions, proposed, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and "check" not in request.POST:
        copied = copy_run(
            run=run,
            term=term,
            dates=form.dates(),
            added_with=form.cleaned_data["token"],
            by=person(request),
            now=timezone.now(),
        )
        messages.success(request, f"Copied to {term}. Look through it, and add its price and places.")
        return redirect("admin:catalogue_courserun_change", copied.pk)
    context = {
        "run": run,
        "term": term,
        "form": form,
        "title": f"Copy to {term}",
        "lines": list(_lines(form, run, sessions)),
        "unmoved": first is None and first_day_of(run, sessions) is not None,
        "offered": Offer.objects.filter(
            provider=run.provider_id, qualification=run.qualification_id, term=term
        ).exists(),
        "as_of": AS_OF,
        "known_until": known_until(),
    }
    return _page(site, request, "copy_dates", context)


def _lines(form: CopyDatesForm, run: CourseRun, sessions: list[Session]) -> Iterator[Line]:
    for name in ("starts_on", "ends_on", "apply_by"):
        was: date | None = getattr(run, name)
        # Nobody travels on the last day to apply, nor on the day a course ends.
        yield Line(form[name], was, list(_notes(form.day_in(name), was)) if name == "starts_on" else [])
    for session in sessions:
        name = f"session_{session.pk}"
        yield Line(form[name], session.on, list(_notes(form.day_in(name), session.on)))


def _notes(day: date | None, was: date | None) -> Iterator[str]:
    if day is None:
        return
    if was and day.weekday() != was.weekday():
        yield f"A {day:%A}; it was a {was:%A}."
    if closed := closed_on(day):
        yield closed


def _page(
    site: ScopedModelAdmin, request: HttpRequest, template: str, context: dict[str, Any]
) -> HttpResponse:
    return TemplateResponse(
        request,
        f"admin/catalogue/{template}.html",
        {**site.admin_site.each_context(request), "opts": site.opts, **context},
    )
