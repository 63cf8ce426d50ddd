"""Course dates as calendar feeds: of a search, of a hub, of one run. They are the same for whoever asks."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from catalogue.feeds import feed
from catalogue.finder.ask import ask, title
from catalogue.finder.choices import choices_on
from catalogue.finder.fitting import Fitting
from catalogue.finder.index import index_as_of, members
from catalogue.finder.kept import kept
from catalogue.models import CatalogueVersion, CourseRun, Session, TeachingSchoolHub
from catalogue.queries import sessions_with_a_date
from catalogue.views.version import of_the_day
from npq_portal.conditional import etag_of

# The soonest of them: a calendar with more is of no use, and would take seconds to write.
SESSIONS_AT_MOST = 1_000


def _etag(request: HttpRequest, *args: Any, **kwargs: Any) -> str:
    return etag_of(of_the_day(request, *args, **kwargs))


@require_safe
@cache_control(public=True, no_cache=True)
@condition(etag_func=_etag)
def courses_calendar(request: HttpRequest) -> HttpResponse:
    """The sessions still to come of what the course finder finds, and of what of it was cancelled.

    An address with a part that means nothing, as a month that has passed, has no sessions: what somebody subscribed to
    must not grow into another search. A course that has begun or closed is no longer found:
    who chose one subscribes to its own calendar.
    """
    day, version = timezone.localdate(), CatalogueVersion.objects.now()
    asked = f"calendar {day} {request.get_full_path()}"
    return _answer(kept(version, asked, lambda: _found(request, day, version), where="feeds"))


@require_safe
@cache_control(public=True, no_cache=True)
@condition(etag_func=_etag)
def hub_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """The sessions still to come of all the hub's runs, in whatever state they are."""
    hub = get_object_or_404(TeachingSchoolHub, code=code.upper())
    sessions = sessions_with_a_date(hub.course_runs.all()).filter(on__gte=timezone.localdate())
    return _calendar(sessions, name=f"NPQ courses at {hub.name}", address=hub.get_absolute_url())


@require_safe
@cache_control(public=True, no_cache=True)
@condition(etag_func=_etag)
def course_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """All the run's sessions, past ones too."""
    named = CourseRun.objects.select_related("qualification", "provider", "hub", "partner", "term")
    run = get_object_or_404(named, pk=pk)
    sessions = sessions_with_a_date(CourseRun.objects.filter(pk=run.pk))
    return _calendar(sessions, name=str(run), address=run.get_absolute_url())


def _found(request: HttpRequest, day: date, version: str) -> bytes:
    choices = choices_on(day)
    search = ask(request.GET, choices, day)
    search = replace(search, wanted=search.wanted.but(order=""))
    index = index_as_of(version, day)
    # With what was cancelled: a run that was found before does not merely vanish.
    ids = index.keys(members(Fitting(search, index).runs_and_cancelled))
    sessions = sessions_with_a_date(CourseRun.objects.filter(pk__in=ids)).filter(on__gte=day)
    name = title(search, choices) if search.wanted.filters else "NPQ courses"
    if unknown := search.wanted.not_known:
        sessions, name = sessions.none(), f"{name} (none: we do not know {' or '.join(unknown)})"
    return feed(sessions[:SESSIONS_AT_MOST], name=name, address=search.wanted.address)


def _calendar(sessions: QuerySet[Session], *, name: str, address: str) -> HttpResponse:
    return _answer(feed(sessions[:SESSIONS_AT_MOST], name=name, address=address))


def _answer(written: bytes) -> HttpResponse:
    return HttpResponse(
        written,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="npq-courses.ics"'},
    )
