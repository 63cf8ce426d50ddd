"""What some questions need beside their form: the workplaces found, the funding decision, the places left.

`EXTRAS` names those questions. Every other is asked, shown and saved alike.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from applications.journey.courses import whereabouts
from applications.journey.forms import StepForm
from applications.journey.funding_step import FUNDING, outcome_seen, seen
from applications.journey.shape import Answers, said
from applications.journey.workplace import find_workplace
from applications.models import Answer, Application
from applications.queries import PlacesTold, places_by_provider
from applications.views.asked import Asked
from applications.views.own import registered_already
from funding import picker
from funding.gather import evidence_for
from funding.models import ListKind
from funding.queries import holds_ofsted_number
from funding.rules.vocabulary import Outcome

LONGEST_SEARCH = 100
UNLISTED = "unlisted"
OF_OFSTED_NUMBERS = (ListKind.CHILDMINDERS, ListKind.DISADVANTAGED_EARLY_YEARS)


@dataclass(frozen=True, slots=True)
class Extra:
    """`initial` is what an unanswered question starts with, `context` more for its page.

    `search` is the query to show results under when a post asks for them and answers nothing; `accepts` is
    what is looked at beyond the form, and marks the form where it says no; `goes_to` is the application that
    an answer leads away to.
    """

    initial: Callable[[Asked], dict[str, Any]] = lambda asked: {}
    context: Callable[[Asked, StepForm, HttpRequest], dict[str, Any]] = lambda asked, form, request: {}
    search: Callable[[HttpRequest], str | None] = lambda request: None
    accepts: Callable[[Asked, StepForm], bool] = lambda asked, form: True
    goes_to: Callable[[Application, Answers], Application | None] = lambda application, answers: None


def _seen(asked: Asked) -> dict[str, Any]:
    return seen(asked.funding.decision.outcome, asked.known)


def _decided(asked: Asked, form: StepForm, request: HttpRequest) -> dict[str, Any]:
    return {"funding": asked.funding, "npq": asked.npq}


def _as_it_was_seen(asked: Asked, form: StepForm) -> bool:
    """The decision may have changed by itself, after a new list; then the page shows it as it is now."""
    now = _seen(asked)
    if form.cleaned_data == now:
        return True
    form.add_error(
        None, "The answer about your funding changed while you read it. Read it again, then continue."
    )
    form.data = {**form.data.dict(), **now}  # type: ignore[attr-defined]
    return False


def _places(asked: Asked, form: StepForm, request: HttpRequest) -> dict[str, Any]:
    if outcome_seen(asked.known) != Outcome.NOT_FUNDED:  # Nobody else could have one of the places.
        now = timezone.now()
        places, day = places_by_provider(asked.npq, asked.term, now), timezone.localdate(now)
        form.add_hints("provider", {slug: _in_words(each, day) for slug, each in places.items()})
    workplace = find_workplace(said(asked.known, "workplace") or "")
    near = {"near": workplace.postcode} if workplace and workplace.postcode else {}
    return {"npq": asked.npq, "finder": _finder(npq=asked.npq.slug, **near)}


def _finder(**wanted: str) -> str:
    return f"{reverse('catalogue:courses')}?{urlencode(wanted)}"


def _in_words(places: PlacesTold, day: date) -> str:
    told = f"{places.left or 'No'} funded place{'' if places.left == 1 else 's'} left on {day:%-d %B %Y}"
    return f"Example, not the provider's figure: {told}" if places.is_example else told


def _courses(asked: Asked, form: StepForm, request: HttpRequest) -> dict[str, Any]:
    """How many of the provider's courses are shown, and where all of them are."""
    npq, provider = asked.npq, said(asked.known, "provider")
    key = (asked.term.identifier, npq.identifier, provider)
    total, shown = len(asked.place.choices.courses[key]), len(form.fields["course"].choices) - 1  # type: ignore[attr-defined]
    return {
        "npq": npq,
        "provider": asked.place.choices.providers[key[:2]][provider],
        "total": total,
        "shown": shown,
        "more": total > shown,
        "near": whereabouts(said(asked.known, "workplace") or ""),
        "finder": _finder(npq=npq.slug, provider=provider),
    }


def _found(asked: Asked, form: StepForm, request: HttpRequest) -> dict[str, Any]:
    query = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    missing = asked.step.asks[0].missing if request.method == "POST" else ""
    return {
        "query": query,
        "found": picker.results(query, request.GET.get("page")) if query else None,
        "search_error": missing,
        "search_errors": [("id_q", missing)],
    }


def _search_instead(request: HttpRequest) -> str | None:
    """Without JavaScript the workplace page posts words to search for."""
    words = request.POST.get("q", "").strip()
    if request.POST.get("workplace") or not words:
        return None
    return urlencode({"q": words[:LONGEST_SEARCH]})


def _is_meant(asked: Asked, form: StepForm) -> bool:
    """False for an Ofsted number that nothing held here names, until the person says to go on with it.

    Funding can hang on the number, so a slip of the fingers must not decide it.
    """
    number = form.cleaned_data["ofsted"]
    if not number or form.data.get(UNLISTED) == number or holds_ofsted_number(number):
        return True
    form.cleaned_data["ofsted_number"] = number  # An error takes the field's own value away.
    form.add_error(
        "ofsted",
        ValidationError(f"We do not find {number} in the lists we hold: check the number", code=UNLISTED),
    )
    return False


def _looked_at(asked: Asked, form: StepForm, request: HttpRequest) -> dict[str, Any]:
    if not form.has_error("ofsted", UNLISTED):
        return {}
    lists = [each for each in evidence_for(None, asked.term) if each.kind in OF_OFSTED_NUMBERS]
    return {"unlisted": form.cleaned_data["ofsted_number"], "lists": lists}


def _told_before(asked: Asked) -> dict[str, Any]:
    """Name, date of birth and TRN, from the last time the person registered, else from their account."""
    person = asked.application.applicant
    last = Application.objects.registered().held_by(person).order_by("-registered_at").first()
    name, trn = (last.full_name, last.trn) if last else (person.full_name, person.trn)
    born = (last and last.date_of_birth) or person.date_of_birth
    return {
        "name": name,
        **({"day": born.day, "month": born.month, "year": born.year} if born else {}),
        **({"has_trn": "yes", "trn": trn} if trn else {}),
    }


def _had_before(asked: Asked) -> dict[str, Any]:
    """What the person said the last time, where they have registered before."""
    said_last = Answer.objects.filter(
        application__in=Application.objects.registered().held_by(asked.application.applicant), step="had"
    )
    last = said_last.order_by("-application__registered_at").first()
    return dict(last.value) if last else {}


def _registered_already(application: Application, answers: Answers) -> Application | None:
    return registered_already(application.applicant, answers)


NOTHING = Extra()
EXTRAS = {
    "term": Extra(goes_to=_registered_already),
    "ofsted": Extra(accepts=_is_meant, context=_looked_at),
    "workplace": Extra(context=_found, search=_search_instead),
    "npq": Extra(goes_to=_registered_already),
    "had": Extra(initial=_had_before),
    FUNDING.slug: Extra(initial=_seen, context=_decided, accepts=_as_it_was_seen),
    "provider": Extra(context=_places),
    "course": Extra(context=_courses),
    "name": Extra(initial=_told_before),
    "birth": Extra(initial=_told_before),
    "trn": Extra(initial=_told_before),
}
