"""What the applicant and the provider write to each other, and the answer to a question that holds the decision up."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from applications import actions
from applications.access import can
from applications.actions.errors import Refused
from applications.forms import ToProviderForm
from applications.states import LIVE, Action, NotAllowed, State
from applications.views.own import SignedInRequest, own_application, refused, signed_in, to_step


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request: SignedInRequest, pk: UUID) -> HttpResponse:
    application = own_application(request, pk)
    if application.status is State.DRAFT:
        return to_step(application, None)
    answers = can(request.user, Action.SEND_INFORMATION, application)
    form = ToProviderForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {
            "application": application,
            "form": form,
            "written": application.messages.all(),
            "answers": answers,
            "may_write": application.status in LIVE,
        }
        return render(request, "applications/messages.html", context)
    verb = actions.send_information if answers else actions.write_message
    try:
        verb(
            application=application,
            text=form.cleaned_data["text"],
            by=request.user,
            now=timezone.now(),
        )
    except (Refused, NotAllowed) as refusal:
        return refused(request, application, refusal)
    messages.success(request, f"Sent to {application.provider}.")
    return redirect(application) if answers else redirect("applications:messages", pk)
