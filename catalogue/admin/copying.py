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
from catalogue.doubts import Offers
from catalogue.loading.holidays import AS_OF, closed_on, known_until
from catalogue.models import CourseRun, Session, Term
from catalogue.run_verb_forms import CopyDatesForm, CopyForm
from npq_portal.accounts.requests import person
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.verbs import Busy


@dataclass(frozen=True)
class Line:
    """A date of the copy: its field, the day it was in the run that is copied, and what to look out for."""

    field: BoundField
    was: date | None
    notes: list[str]


def copy(site: ScopedModelAdmin, request: HttpRequest, run: CourseRun) -> HttpResponse:
    """Everything until the copy is saved is in the address and the form: nothing waits anywhere."""
    sessions = list(run.sessions.order_by("position"))
    today = timezone.localdate()
    asked = CopyForm(run, today, request.GET if "term" in request.GET else None)
    if not asked.is_valid():
        dated = first_day_of(run, sessions) is not None
        context = {"run": run, "form": asked, "dated": dated, "title": "Copy to another term"}
        return _page(site, request, "copy", context)
    term: Term = asked.cleaned_data["term"]
    first = asked.cleaned_data["first_day"] or proposed_first_day(run, sessions, term)
    proposed = moved_to(run, sessions, first)
    like = CourseRun(provider=run.provider, qualification=run.qualification, term=term)
    doubts = Offers.as_known().doubts(like, today)
    form = CopyDatesForm(run, sessions, proposed, doubts, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and "check" not in request.POST:
        try:
            copied = copy_run(
                run=run,
                term=term,
                dates=form.dates(),
                added_with=form.cleaned_data["token"],
                by=person(request),
                now=timezone.now(),
            )
        except Busy as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, f"Copied to {term}. Look through it, and add its price and places.")
            return redirect("admin:catalogue_courserun_change", copied.pk)
    context = {
        "run": run,
        "term": term,
        "form": form,
        "title": f"Copy to {term}",
        "lines": list(_lines(form, run, sessions, term)),
        "unmoved": first is None and first_day_of(run, sessions) is not None,
        "doubts": doubts,
        "as_of": AS_OF,
        "known_until": known_until(),
    }
    return _page(site, request, "copy_dates", context)


def _lines(form: CopyDatesForm, run: CourseRun, sessions: list[Session], term: Term) -> Iterator[Line]:
    for name in ("starts_on", "ends_on", "apply_by"):
        was: date | None = getattr(run, name)
        # Nobody travels on the last day to apply, nor on the day a course ends.
        starts = form.day_in(name) if name == "starts_on" else None
        yield Line(form[name], was, [*_after(starts, term), *_notes(starts, was, term)])
    for session in sessions:
        name = f"session_{session.pk}"
        day = form.day_in(name)
        notes = list(_notes(day, session.on, term))
        if day is None and session.starts_at:
            notes.append("Without a date it is copied without its times.")
        yield Line(form[name], session.on, notes)


def _notes(day: date | None, was: date | None, term: Term) -> Iterator[str]:
    if day is None:
        return
    if term.starts_on and day < term.starts_on:
        yield f"Before teaching starts in {term}, which is in {term.starts_on:%B %Y}."
    if was and day.weekday() != was.weekday():
        yield f"A {day:%A}; it was a {was:%A}."
    if closed := closed_on(day):
        yield closed


def _after(starts: date | None, term: Term) -> Iterator[str]:
    """Of the first day alone: sessions go on for a year and more, and a course is of the term that it starts in."""
    if starts is None:
        return
    later = (
        Term.objects.filter(position__gt=term.position, starts_on__lte=starts).order_by("position").first()
    )
    if later:
        yield f"{later} has begun by then: a course that starts on this day is of that term."


def _page(
    site: ScopedModelAdmin, request: HttpRequest, template: str, context: dict[str, Any]
) -> HttpResponse:
    return TemplateResponse(
        request,
        f"admin/catalogue/{template}.html",
        {**site.admin_site.each_context(request), "opts": site.opts, **context},
    )
