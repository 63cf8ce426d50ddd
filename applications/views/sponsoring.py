"""What a sponsor sees by a mailed link, without an account. Following the link changes nothing: mail scanners do."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from applications import actions
from applications.actions.errors import Refused
from applications.models import Sponsor
from applications.provider_forms.sponsor import AnswerForm, SponsorAnswer
from applications.states import NotAllowed, State
from applications.vocabulary import SponsorState


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sponsor_request(request: HttpRequest, token: str) -> HttpResponse:
    """What they are asked to endorse, or what became of it: never answers, TRN, date of birth or funding."""
    sponsor = Sponsor.objects.of_link(token)
    if sponsor is None:
        return render(request, "applications/sponsoring/unknown.html", status=404)
    if over := _over(sponsor):
        return _page(request, over, sponsor)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, "request", sponsor, form=form)
    try:
        following = _answer(sponsor, form)
    except (Refused, NotAllowed) as refusal:
        messages.warning(request, str(refusal))
        return redirect("applications:sponsor_request", token)
    if following is None:
        return redirect("applications:sponsor_request", token)
    messages.success(
        request, f"Thank you. {sponsor.application.full_name} is told. Somebody else waits for you too."
    )
    return redirect("applications:sponsor_request", following)


def _page(request: HttpRequest, page: str, sponsor: Sponsor, **more: Any) -> HttpResponse:
    context = {"sponsor": sponsor, "application": sponsor.application, **more}
    return render(request, f"applications/sponsoring/{page}.html", context)


def _answer(sponsor: Sponsor, form: AnswerForm) -> str | None:
    """The token of the next request that waits for this address, if there is one."""
    now = timezone.now()
    verbs: dict[str, Callable[[], str | None]] = {
        SponsorAnswer.ENDORSE: lambda: actions.endorse(sponsor=sponsor, now=now),
        SponsorAnswer.DECLINE: lambda: actions.decline(
            sponsor=sponsor, reason=form.cleaned_data["reason"], now=now
        ),
        SponsorAnswer.WRONG_PERSON: lambda: actions.say_wrong_person(sponsor=sponsor, now=now),
    }
    return verbs[form.cleaned_data["answer"]]()


def _over(sponsor: Sponsor) -> str:
    """The page that says why there is nothing to answer; empty where there is."""
    if sponsor.standing is not SponsorState.WAITING:
        return "used"
    if sponsor.application.status is not State.AWAITING_SPONSOR:
        return "ended"
    return "expired" if sponsor.has_run_out_at(timezone.now()) else ""
