"""What some questions need beside their form: the workplaces found, the funding decision, the places left."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from applications.journey.decision import decide_for
from applications.journey.forms import StepForm
from applications.journey.shape import Answers, Step, fingerprint, said
from applications.journey.steps import BY_SLUG, FACT_STEPS
from applications.journey.workplace import holds_ofsted_number
from applications.models import Application, FundedPlaces
from applications.queries import places_by_provider
from catalogue.models import Qualification, Term
from funding import picker
from funding.gather import evidence_for
from funding.models import ListKind

LONGEST_SEARCH = 100
UNLISTED = "unlisted"
OF_OFSTED_NUMBERS = (ListKind.CHILDMINDERS, ListKind.DISADVANTAGED_EARLY_YEARS)


def extra_for(
    form: StepForm, request: HttpRequest, application: Application, answers: Answers
) -> dict[str, Any]:
    """More context for the page of the form's step."""
    match form.step.slug:
        case "funding":
            return {"funding": decide_for(answers, application.applicant), "npq": _npq(answers)}
        case "provider":
            term = Term.objects.get(identifier=said(answers, "term"))
            npq = _npq(answers)
            if said(answers, "funding") != "not_funded":  # Nobody else could have one of the places.
                places, day = places_by_provider(npq, term), timezone.localdate()
                form.add_hints("provider", {slug: _places(each, day) for slug, each in places.items()})
            return {"npq": npq}
        case "workplace":
            return _search(request)
        case "ofsted" if form.has_error("ofsted", UNLISTED):
            term = Term.objects.get(identifier=said(answers, "term"))
            looked_at = [each for each in evidence_for(None, term) if each.kind in OF_OFSTED_NUMBERS]
            return {"unlisted": form.cleaned_data["ofsted_number"], "lists": looked_at}
    return {}


def search_instead(step: Step, request: HttpRequest) -> str | None:
    """Without JavaScript the workplace page posts words to search for: the query to show results under."""
    words = request.POST.get("q", "").strip()
    if step.slug != "workplace" or request.POST.get("workplace") or not words:
        return None
    return urlencode({"q": words[:LONGEST_SEARCH]})


def _search(request: HttpRequest) -> dict[str, Any]:
    query = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    missing = BY_SLUG["workplace"].asks[0].missing if request.method == "POST" else ""
    return {
        "query": query,
        "found": picker.results(query, request.GET.get("page")) if query else None,
        "search_error": missing,
        "search_errors": [("id_q", missing)],
    }


def prefill(step: Step, application: Application, answers: Answers) -> dict[str, Any]:
    """What an unanswered question starts with: what the person has told us before, here or elsewhere."""
    match step.slug:
        case "name" | "trn":
            return _known(application)
        case "funding":
            return _seen(application, answers)
    return {}


def _known(application: Application) -> dict[str, Any]:
    """Name and TRN, from the last time the person registered, else from their account."""
    person = application.applicant
    last = Application.objects.registered().held_by(person).order_by("-registered_at").first()
    name, trn = (last.full_name, last.trn) if last else (person.full_name, person.trn)
    return {"name": name, **({"has_trn": "yes", "trn": trn} if trn else {})}


def still_true(form: StepForm, application: Application, answers: Answers) -> bool:
    """Whether what the page showed is still so.

    Only the funding page shows something that can change by itself.
    """
    if form.step.slug != "funding" or form.cleaned_data == _seen(application, answers):
        return True
    form.add_error(
        None, "The answer about your funding changed while you read it. Read it again, then continue."
    )
    form.data = {**form.data.dict(), **_seen(application, answers)}  # type: ignore[attr-defined]
    return False


def is_meant(form: StepForm) -> bool:
    """False for an Ofsted number that nothing held here names, until the person says to go on with it.

    Funding can hang on the number, so a slip of the fingers must not decide it.
    """
    if form.step.slug != "ofsted":
        return True
    number = form.cleaned_data["ofsted"]
    if not number or form.data.get(UNLISTED) == number or holds_ofsted_number(number):
        return True
    form.cleaned_data["ofsted_number"] = number  # An error takes the field's own value away.
    form.add_error(
        "ofsted",
        ValidationError(f"We do not find {number} in the lists we hold: check the number", code=UNLISTED),
    )
    return False


def _seen(application: Application, answers: Answers) -> dict[str, str]:
    decision = decide_for(answers, application.applicant).decision
    return {"funding": decision.outcome.value, "about": fingerprint(answers, FACT_STEPS)}


def _places(places: FundedPlaces, day: date) -> str:
    count = "No" if not places.left else str(places.left)
    told = f"{count} funded place{'' if places.left == 1 else 's'} left on {day:%-d %B %Y}"
    return f"Example, not the provider's figure: {told}" if places.is_example else told


def _npq(answers: Answers) -> Qualification:
    return Qualification.objects.get(identifier=said(answers, "npq"))
