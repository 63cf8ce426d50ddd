"""Course runs: finding one by NPQ, place and date, and the page of each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalogue.finder.ask import ask, nearest, tags, title
from catalogue.finder.choices import choices_on
from catalogue.finder.find import alternatives, find
from catalogue.models import CourseRun
from catalogue.views.version import of_the_day
from npq_portal.conditional import unchanged

# Behind "More filters", which is open where one of them is set.
MORE = ("start", "mode", "days", "provider", "hub", "places")


@require_safe
@unchanged(of_the_day)
def courses(request: HttpRequest) -> HttpResponse:
    """Everything that is asked is in the address, so that it can be shared; nothing is stored."""
    day = timezone.localdate()
    choices = choices_on(day)
    search = ask(request.GET, choices, day)
    found = find(search)
    context = {
        "title": title(search, choices),
        "search": search,
        "wanted": search.wanted,
        "choices": choices,
        "found": found,
        "tags": tags(search, choices),
        "more_filters": any(name in MORE for name in search.wanted.filters),
        "not_known": " or ".join(search.wanted.not_known),
        "alternatives": [] if found.total else nearest(search, choices, alternatives(search)),
    }
    return render(request, "catalogue/courses.html", context)


@require_safe
@unchanged(of_the_day)
def course(request: HttpRequest, pk: int) -> HttpResponse:
    """A run that is past, closed or cancelled stays readable, and offers no applying."""
    related = ("provider", "hub", "partner", "qualification", "term")
    run = get_object_or_404(CourseRun.objects.select_related(*related), pk=pk)
    day = timezone.localdate()
    context = {
        "run": run,
        "sessions": run.sessions.order_by("position"),
        "past": run.is_past_on(day),
        "applying": run.takes_applications_on(day),
        "closed_by_date": run.apply_by is not None and run.apply_by < day,
    }
    return render(request, "catalogue/course_run.html", context)
