"""NPQs side by side. What to compare is in the address; without enough to compare, a form asks for it."""

from operator import attrgetter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalogue.compare.choice import choice, compare_address
from catalogue.compare.comparison import comparison
from catalogue.models import Qualification
from catalogue.queries import current_term
from catalogue.views.version import of_the_day
from npq_portal.conditional import unchanged


@require_safe
@unchanged(of_the_day)
def compare(request: HttpRequest) -> HttpResponse:
    shown = list(Qualification.objects.shown().order_by("position"))
    asked = choice(request.GET.getlist("npq"), shown)
    context: dict[str, Any] = {"qualifications": shown, "choice": asked}
    if not asked.can_be_compared:
        errors = [("id_npq", asked.error)] if asked.error else []
        return render(request, "catalogue/compare_choose.html", context | {"errors": errors})
    day = timezone.localdate()
    term = current_term(day)
    context |= {
        "canonical": compare_address(sorted(asked.chosen, key=attrgetter("position"))),
        "term": term,
        "is_open": term is not None and term.is_open_on(day),
        "comparison": comparison(asked.chosen, term),
    }
    return render(request, "catalogue/compare.html", context)
