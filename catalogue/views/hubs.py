"""Teaching school hubs: all of them, which one serves a place, and the page of each."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalogue.models import TeachingSchoolHub
from catalogue.organisations.areas import area_of, hubs_by_region, same_name
from catalogue.organisations.courses import courses_of, partners_in, providers_in
from catalogue.organisations.find_hub import find_hubs
from catalogue.places import names_like
from catalogue.structured import organization_page
from catalogue.views.version import of_the_day
from npq_portal.conditional import unchanged
from npq_portal.text import clean

LONGEST = 80
ASK = "Enter a district, a postcode or the first half of one"


@require_safe
@unchanged(of_the_day)
def hubs(request: HttpRequest) -> HttpResponse:
    """All hubs by region; with `place`, those that serve it. What is asked is in the address, and nothing is stored."""
    typed = clean(request.GET.get("place", ""), LONGEST)
    found = find_hubs(typed) if typed else None
    context: dict[str, Any] = {"typed": typed, "found": found}
    if not found:
        context["regions"] = hubs_by_region()
    if "place" in request.GET and not found:
        problem = f"We know no district, authority or postcode “{typed}”. {ASK}" if typed else ASK
        context |= {"errors": [("place", problem)], "nearest": names_like(typed) if typed else []}
    return render(request, "catalogue/hubs.html", context)


@require_safe
@unchanged(of_the_day)
def hub(request: HttpRequest, code: str) -> HttpResponse:
    """A hub has one row and one page for each area that it serves, by the code of the area."""
    found = TeachingSchoolHub.objects.filter(code=code.upper()).first()
    if found is None:
        raise Http404
    if found.code != code:
        return redirect(found, permanent=True)
    day = timezone.localdate()
    upcoming = found.course_runs.upcoming(day)
    context = {
        "hub": found,
        "structured": organization_page(found),
        "area": area_of(found),
        "others": same_name(found),
        "courses": courses_of(found, day),
        "providers": providers_in(upcoming),
        "partners": partners_in(upcoming),
        "partnerships": found.partnerships.with_names(),
    }
    return render(request, "catalogue/hub.html", context)
