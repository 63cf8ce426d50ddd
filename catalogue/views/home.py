"""The front page: what the portal does, and where each journey starts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalogue.queries import current_term, qualifications_with_providers
from catalogue.views.version import of_the_day
from npq_portal.conditional import unchanged


@require_safe
@unchanged(of_the_day)
def home(request: HttpRequest) -> HttpResponse:
    day = timezone.localdate()
    term = current_term(day)
    context = {
        "term": term,
        "is_open": term is not None and term.is_open_on(day),
        "qualifications": qualifications_with_providers(term),
    }
    return render(request, "home.html", context)
