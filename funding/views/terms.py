"""One situation under the rules of every term: what changed, and since when."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from funding.checker.about_you import about_you
from funding.checker.addresses import address
from funding.checker.questions import unanswered
from funding.checker.situation import Situation
from funding.checker.terms import FIRST_SHOWN, side_by_side, terms_with_rules
from funding.checker.workplace import NotFoundError, Workplace, described, find
from funding.rules import vocabulary
from funding.views.establishment import situation_at

SINCE = "since"


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """The table of NPQs by terms, from `since` on. Who has not said enough to decide is asked first."""
    situation = Situation.read(request.GET)
    try:
        workplace = find(situation)
    except NotFoundError:
        raise Http404 from None
    if workplace.establishment:
        situation = situation_at(workplace.establishment, situation)
    elif unanswered(situation.tidy()):
        return redirect(address(situation.tidy()))
    return render(request, "funding/terms.html", _about(request, situation.tidy(), workplace))


def _about(request: HttpRequest, situation: Situation, workplace: Workplace) -> dict[str, object]:
    asked = request.GET.get(SINCE, "")
    since = vocabulary.Term(asked) if asked in set(vocabulary.Term) else FIRST_SHOWN
    shown = side_by_side(workplace, situation, terms_with_rules(since))
    return {
        "situation": situation,
        "where": described(situation, workplace),
        "since": since,
        "table": shown,
        "columns": [
            (column, address(situation.answering("term", column.term.identifier))) for column in shown.columns
        ],
        "all_terms": terms_with_rules(vocabulary.Term.AUTUMN_2021_FIRST),
        "carried": situation.pairs(leave_out=["term"]),
        "about_you": about_you(situation),
        "carried_to_about_you": [
            *situation.pairs(leave_out=["term", "head", "npqh", "mastery", "had"]),
            ("since", since.value),
        ],
        "answers_url": address(situation.but(term=None)),
    }
