"""One school or college, and whether each of the eleven NPQs is funded for the people who work there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from funding import queries
from funding.checker.addresses import address
from funding.checker.at_school import SETTINGS, other_settings, situation_at
from funding.checker.situation import Situation
from funding.checker.terms import term_for
from funding.checker.workplace import of_establishment
from funding.models import Establishment
from funding.ranking.standing import standing
from funding.rules.vocabulary import Setting
from funding.views.answers import answers_page, without_rules
from npq_portal.conditional import compared


@require_safe
@compared
def establishment(request: HttpRequest, reference: str) -> HttpResponse:
    """The grid of eleven, or for a closed school where its people went. 404 for what is no reference.

    Everything that the answers depend on is in the address, so that it can be shared; nothing is stored.
    """
    try:
        found = Establishment.objects.by_reference(reference)
    except Establishment.DoesNotExist:
        raise Http404 from None
    if not found.is_pickable:
        return _closed(request, found)
    situation, workplace = situation_at(found, Situation.read(request.GET)), of_establishment(found)
    today = timezone.localdate()
    term = term_for(situation, today)
    if term is None or not queries.has_rules(term):
        return without_rules(request, term, workplace)
    others = other_settings(found, situation)
    about = answers_page(situation, workplace, term, today) | {
        "establishment": found,
        "as_of": queries.establishments_as_of(),
        "in_setting": SETTINGS[situation.setting or Setting.SCHOOL],
        "other_settings": [(words, address(other)) for words, other in others],
        "standing": standing(found, term),
    }
    return render(request, "funding/answers.html", about)


def _closed(request: HttpRequest, found: Establishment) -> HttpResponse:
    followed = queries.successors([found.urn] if found.urn else [])
    about = {
        "workplace": found,
        "as_of": queries.establishments_as_of(),
        "successors": followed.get(found.urn or "", []),
    }
    return render(request, "funding/closed.html", about)
