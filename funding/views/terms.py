"""One situation under the rules of every term: what changed, and since when."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from funding.checker.about_you import about_you
from funding.checker.addresses import address
from funding.checker.at_school import situation_at
from funding.checker.questions import unanswered
from funding.checker.situation import ABOUT_YOU, Situation
from funding.checker.terms import FIRST_SHOWN, side_by_side, terms_with_rules
from funding.checker.workplace import NotFoundError, Workplace, described, find
from funding.rules import vocabulary
from npq_portal.conditional import compared
from npq_portal.text import clean, listed

SINCE = "since"
LONGEST = 40


@require_safe
@compared
def terms(request: HttpRequest) -> HttpResponse:
    """The table of NPQs by terms, from `since` on. Who has not said enough to decide is asked first."""
    situation = Situation.read(request.GET)
    # Whoever names a school and no setting is taken to mean the likely one.
    situation = situation if situation.reference and situation.setting is None else situation.tidy()
    try:
        workplace = find(situation)
    except NotFoundError:
        raise Http404 from None
    if workplace.establishment and not workplace.establishment.is_pickable:
        return redirect(workplace.establishment)
    if workplace.establishment:
        situation = situation_at(workplace.establishment, situation)
    elif unanswered(situation):
        # As it was asked, so that the page with the question tells what it could not use.
        return redirect(f"{reverse('funding:check')}?{request.GET.urlencode()}")
    return render(request, "funding/terms.html", _about(request, situation, workplace))


def _about(request: HttpRequest, situation: Situation, workplace: Workplace) -> dict[str, object]:
    asked = clean(request.GET.get(SINCE, ""), LONGEST)
    since = vocabulary.Term(asked) if asked in set(vocabulary.Term) else FIRST_SHOWN
    not_known = (
        situation.not_known if not asked or since == asked else (*situation.not_known, f"the term “{asked}”")
    )
    all_terms = terms_with_rules(vocabulary.Term.AUTUMN_2021_FIRST)
    known = list(vocabulary.Term)
    shown = [
        term for term in all_terms if known.index(vocabulary.Term(term.identifier)) >= known.index(since)
    ]
    table = side_by_side(workplace, situation, shown)
    carried = situation.pairs(leave_out=["term"])
    return {
        "situation": situation,
        "not_known": listed(not_known),
        "where": described(situation, workplace),
        "since": since,
        "table": table,
        "columns": [
            (column, address(situation.answering("term", column.term.identifier))) for column in table.columns
        ],
        "all_terms": all_terms,
        "carried": carried,
        "about_you": about_you(situation),
        "carried_to_about_you": [
            *((name, value) for name, value in carried if name not in ABOUT_YOU),
            (SINCE, since.value),
        ],
        "answers_url": address(situation.but(term=None)),
    }
