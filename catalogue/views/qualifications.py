"""The NPQs: the list of eleven, and a page for each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalogue.models import Qualification
from catalogue.queries import (
    current_term,
    facts_by_kind,
    offers_of,
    qualifications_with_providers,
    upcoming_runs,
)
from catalogue.views.version import of_the_day
from npq_portal.conditional import unchanged

RUNS_SHOWN = 12


@require_safe
@unchanged(of_the_day)
def qualifications(request: HttpRequest) -> HttpResponse:
    term = current_term(timezone.localdate())
    context = {"term": term, "qualifications": qualifications_with_providers(term)}
    return render(request, "catalogue/qualifications.html", context)


@require_safe
@unchanged(of_the_day)
def qualification(request: HttpRequest, slug: str) -> HttpResponse:
    npq = get_object_or_404(Qualification.objects.shown(), slug=slug)
    day = timezone.localdate()
    term = current_term(day)
    runs = list(upcoming_runs(npq, day)[: RUNS_SHOWN + 1])
    context = {
        "npq": npq,
        "facts": facts_by_kind(npq),
        "editions": npq.framework_editions.order_by("-published_on"),
        "sections": npq.framework_sections.order_by("position"),
        "prices": npq.prices.order_by("-position"),
        "term": term,
        "is_open": term is not None and term.is_open_on(day),
        "offers": offers_of(npq, term),
        "runs": runs[:RUNS_SHOWN],
        "more_runs": len(runs) > RUNS_SHOWN,
    }
    return render(request, "catalogue/qualification.html", context)
