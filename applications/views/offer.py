"""The answer to a funded place that is offered."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from applications import actions
from applications.access import can
from applications.actions.errors import Refused
from applications.forms import OfferForm
from applications.states import Action, NotAllowed
from applications.views.own import SignedInRequest, own_application, refused, signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: SignedInRequest, pk: UUID) -> HttpResponse:
    application = own_application(request, pk)
    if not can(request.user, Action.TAKE_UP, application):
        messages.info(request, "No funded place is on offer to you in this application now.")
        return redirect(application)
    until = application.offer_ends_at.isoformat() if application.offer_ends_at else ""
    form = OfferForm(request.POST if request.method == "POST" else None, initial={"until": until})
    if request.method != "POST" or not form.is_valid():
        context = {"application": application, "form": form}
        return render(request, "applications/offer.html", context)
    if form.cleaned_data["until"] != until:
        messages.warning(request, "You answered an earlier offer. This is another one: answer it here.")
        return redirect("applications:offer", pk)
    takes = form.cleaned_data["answer"] == "yes"
    verb = actions.take_up if takes else actions.turn_down
    try:
        verb(application=application, by=request.user, now=timezone.now())
    except (Refused, NotAllowed) as refusal:
        return refused(request, application, refusal)
    messages.success(
        request, "The funded place is yours." if takes else "You have turned down the funded place."
    )
    return redirect(application)
