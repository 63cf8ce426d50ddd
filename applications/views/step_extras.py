"""What some questions need beside their form: the workplaces found, the funding decision, the places left."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from applications.journey.decision import decide_for
from applications.journey.forms import StepForm
from applications.journey.shape import Answers, Step, fingerprint, said
from applications.journey.steps import BY_SLUG, FACT_STEPS
from applications.models import Application
from applications.queries import places_left
from catalogue.models import Qualification, Term
from funding import picker

LONGEST_SEARCH = 100


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
            form.add_hints("provider", {slug: _places(left) for slug, left in places_left(npq, term).items()})
            return {"npq": npq}
        case "workplace":
            return _search(request)
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


def _seen(application: Application, answers: Answers) -> dict[str, str]:
    decision = decide_for(answers, application.applicant).decision
    return {"funding": decision.outcome.value, "about": fingerprint(answers, FACT_STEPS)}


def _places(left: int) -> str:
    if not left:
        return "No funded places left today"
    return f"{left} funded place{'' if left == 1 else 's'} left today"


def _npq(answers: Answers) -> Qualification:
    return Qualification.objects.get(identifier=said(answers, "npq"))
