"""The schools of one academy trust, and which of them the lists name."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalogue.queries import current_term
from funding import queries
from funding.checker.addresses import address
from funding.checker.situation import Situation
from funding.rules.vocabulary import Setting
from npq_portal.conditional import compared
from npq_portal.text import clean


@require_safe
@compared
def trust(request: HttpRequest) -> HttpResponse:
    """404 for a name that no open school has as its trust."""
    name, term = clean(request.GET.get("name", ""), 160), current_term(timezone.localdate())
    schools = list(queries.schools_of_trust(name, term)) if term else []
    if not schools:
        raise Http404
    linked = [
        (school, address(Situation(setting=Setting.ACADEMY_TRUST, workplace=school.reference)))
        for school in schools
    ]
    about = {"name": name, "term": term, "schools": linked, "as_of": queries.establishments_as_of()}
    return render(request, "funding/trust.html", about)
