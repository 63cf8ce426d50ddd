"""The NPQs: the list of eleven, a page for each, its framework, and each section of that."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalogue.editions import side_by_side, statements_of
from catalogue.models import FrameworkStatement, Qualification
from catalogue.queries import (
    current_term,
    facts_by_kind,
    offers_of,
    qualifications_with_providers,
    terms_taught,
    upcoming_runs,
)
from catalogue.structured import course
from catalogue.views.version import of_the_day
from npq_portal.conditional import unchanged

RUNS_SHOWN = 4


@require_safe
@unchanged(of_the_day)
def qualifications(request: HttpRequest) -> HttpResponse:
    term = current_term(timezone.localdate())
    context = {"term": term, "qualifications": qualifications_with_providers(term)}
    return render(request, "catalogue/qualifications.html", context)


@require_safe
@unchanged(of_the_day)
def qualification(request: HttpRequest, slug: str) -> HttpResponse:
    npq = get_object_or_404(Qualification.objects.shown().select_related("first_term"), slug=slug)
    day = timezone.localdate()
    term = current_term(day)
    runs = list(upcoming_runs(npq, day)[: RUNS_SHOWN + 1])
    offers = offers_of(npq, term)
    context = {
        "npq": npq,
        "structured": course(npq, [offer.provider for offer in offers], runs[:RUNS_SHOWN]),
        "facts": facts_by_kind(npq),
        "framework": side_by_side(npq),
        "prices": npq.prices.order_by("-position"),
        "term": term,
        "is_open": term is not None and term.is_open_on(day),
        "offers": offers,
        "terms_taught": terms_taught(npq),
        "runs": runs[:RUNS_SHOWN],
        "more_runs": len(runs) > RUNS_SHOWN,
    }
    return render(request, "catalogue/qualification.html", context)


@require_safe
@unchanged(of_the_day)
def framework(request: HttpRequest, slug: str) -> HttpResponse:
    npq = get_object_or_404(Qualification.objects.shown(), slug=slug)
    found = side_by_side(npq)
    if not found.rows:
        raise Http404
    context = {
        "npq": npq,
        "framework": found,
        "any_statements": found.has_statements or FrameworkStatement.objects.exists(),
        "facts": facts_by_kind(npq),
        "crumbs": _crumbs(npq, framework_too=False),
    }
    return render(request, "catalogue/qualification_framework.html", context)


@require_safe
@unchanged(of_the_day)
def framework_section(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    npq = get_object_or_404(Qualification.objects.shown(), slug=slug)
    sections = list(npq.framework_sections.select_related("qualification").order_by("position"))
    place = next((place for place, each in enumerate(sections) if each.slug == section), None)
    if place is None:
        raise Http404
    context = {
        "npq": npq,
        "section": sections[place],
        "kinds": statements_of(sections[place]),
        "before": sections[place - 1] if place else None,
        "after": next(iter(sections[place + 1 :]), None),
        "crumbs": _crumbs(npq, framework_too=True),
    }
    return render(request, "catalogue/qualification_section.html", context)


def _crumbs(npq: Qualification, *, framework_too: bool) -> list[tuple[str, str]]:
    crumbs = [
        ("Qualifications", reverse("catalogue:qualifications")),
        (npq.name, npq.get_absolute_url()),
        ("Framework", reverse("catalogue:framework", args=[npq.slug])),
    ]
    return crumbs if framework_too else crumbs[:-1]
