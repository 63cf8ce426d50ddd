"""Course runs: finding one by NPQ, place and date, and the page of each."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalogue.finder.ask import ask, heading, nearest, nearest_to, tags, title
from catalogue.finder.choices import Choices, choices_on
from catalogue.finder.find import Found, find
from catalogue.finder.fitting import Fitting
from catalogue.finder.index import index_as_of
from catalogue.finder.kept import kept
from catalogue.finder.lines import line
from catalogue.finder.otherwise import alternatives, farther, otherwise
from catalogue.finder.selects import chosen_in, selects
from catalogue.finder.wanted import Wanted
from catalogue.models import CatalogueVersion, CourseRun
from catalogue.structured import run_page
from catalogue.views.version import of_the_day
from npq_portal.conditional import unchanged
from npq_portal.text import listed

# Behind "More filters", which is open where one of them is set.
MORE = ("start", "mode", "days", "provider", "hub", "places")


@require_safe
@unchanged(of_the_day)
def courses(request: HttpRequest) -> HttpResponse:
    """Everything that is asked is in the address, so that it can be shared; nothing is stored."""
    day, version = timezone.localdate(), CatalogueVersion.objects.now()
    made = kept(version, f"{day} {request.get_full_path()}", lambda: _made(request, day, version))
    return render(request, "catalogue/courses.html", made)


def _made(request: HttpRequest, day: date, version: str) -> dict[str, str]:
    """What the page says, which is the same for whoever asks: its title, and its content."""
    choices = kept(version, f"choices {day}", lambda: choices_on(day))
    unchosen = kept(version, f"selects {day}", lambda: selects(choices))
    search = ask(request.GET, choices, day)
    fitting = Fitting(search, index_as_of(version, day))
    found = find(fitting)
    context = {
        "request": request,  # for the addresses of its pages
        "search": search,
        "wanted": search.wanted,
        "selects": {name: chosen_in(each, getattr(search.wanted, name)) for name, each in unchosen.items()},
        "found": found,
        "lines": [line(each) for each in found.runs],
        "tags": tags(search, choices),
        "more_filters": any(name in MORE for name in search.wanted.filters),
        "not_known": listed(search.wanted.not_known),
        "heading": heading(search, choices, found),
        "last_page": replace(search.wanted, page=found.page.number).address,
        **_instead(fitting, choices, found),
    }
    content = render_to_string("catalogue/courses_content.html", context)
    # Of the filters only the NPQ makes a page that others look for.
    canonical = Wanted(npq=search.wanted.npq).address
    named = title(search, choices, is_beyond=found.is_beyond)
    return {"title": named, "content": content, "canonical": canonical}


def _instead(fitting: Fitting, choices: Choices, found: Found) -> dict[str, Any]:
    """Where nothing fits, or nothing but online courses is as near as was asked: what comes nearest to it."""
    search = fitting.search
    if found.total:
        instead, alternative = farther(fitting, found), []
    else:
        known = alternatives(fitting)
        instead, alternative = otherwise(fitting, known), nearest(search, choices, known)
    return {
        "alternatives": alternative,
        "instead": instead,
        "instead_lines": [line(each) for each in instead.runs] if instead else [],
        "instead_of": nearest_to(search, choices, instead) if instead else None,
    }


@require_safe
@unchanged(of_the_day)
def course(request: HttpRequest, pk: int) -> HttpResponse:
    """A run that is past, closed or cancelled stays readable, and offers no applying."""
    related = ("provider", "hub", "partner", "qualification", "term")
    run = get_object_or_404(CourseRun.objects.select_related(*related), pk=pk)
    day = timezone.localdate()
    sessions = run.sessions.order_by("position")
    context = {
        "run": run,
        "sessions": sessions,
        "structured": run_page(run, sessions),
        "past": run.is_past_on(day),
        "applying": run.takes_applications_on(day),
        "closed_by_date": run.apply_by is not None and run.apply_by < day,
    }
    return render(request, "catalogue/course_run.html", context)
