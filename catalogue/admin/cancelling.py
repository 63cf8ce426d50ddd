"""The pages on which a run or a session is cancelled: asked once, confirmed by a POST, with a word to its people."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from catalogue.actions import course_runs
from catalogue.models import CourseRun, Session
from catalogue.run_verb_forms import CancelForm
from npq_portal.accounts.requests import person
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.verbs import Busy


def cancel_run(site: ScopedModelAdmin, request: HttpRequest, run: CourseRun) -> HttpResponse:
    if run.state == CourseRun.State.CANCELLED:
        messages.warning(request, "This course run is cancelled already.")
        return _back(run)
    return _ask(
        site,
        request,
        run,
        lambda **said: course_runs.cancel_run(run=run, **said),
        {"title": "Cancel this course run?", "sessions": run.sessions.order_by("position")},
    )


def cancel_session(site: ScopedModelAdmin, request: HttpRequest, session: Session) -> HttpResponse:
    if session.cancelled:
        messages.warning(request, "This session is cancelled already.")
        return _back(session.run)
    return _ask(
        site,
        request,
        session.run,
        lambda **said: course_runs.cancel_session(session=session, **said),
        {"title": "Cancel this session?", "session": session},
    )


def _ask(
    site: ScopedModelAdmin,
    request: HttpRequest,
    run: CourseRun,
    verb: Callable[..., object],
    about: dict[str, Any],
) -> HttpResponse:
    form = CancelForm(request.POST or None, initial={"seen": run.updated_at.isoformat()})
    if request.method == "POST" and form.is_valid():
        try:
            verb(**form.cleaned_data, by=person(request), now=timezone.now())
        except Busy as refusal:
            # What they wrote to the people on the course stays on the page.
            messages.warning(request, str(refusal))
        except course_runs.StaleRunError as refusal:
            messages.warning(request, str(refusal))
            return _back(run)
        else:
            messages.success(request, "It is cancelled. We tell the people on the course by e-mail.")
            return _back(run)
    context = {
        **site.admin_site.each_context(request),
        "opts": site.opts,
        "run": run,
        "form": form,
        "people_on_it": run.applications.told_live(timezone.now()).count(),
        **about,
    }
    return TemplateResponse(request, "admin/catalogue/cancel.html", context)


def _back(run: CourseRun) -> HttpResponse:
    return redirect("admin:catalogue_courserun_change", run.pk)
