"""Taking a decision back before anybody is told of it, on its screen; many are where they were `decided` together."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone

from applications import actions
from applications.actions.errors import AlreadyDone, Refused
from applications.admin.deciding import back, refused
from applications.admin.decisions import stands
from applications.models import Application
from npq_portal.accounts.requests import person


def undo(request: HttpRequest, application: Application) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if request.POST.get("seen", stands(application)) != stands(application):
        return refused(request, application, AlreadyDone())
    try:
        actions.undo(application=application, by=person(request), now=timezone.now())
    except Refused as refusal:
        return refused(request, application, refusal)
    messages.success(
        request, f"That is undone, and {application.full_name} was not told. {_is_now(application)}"
    )
    return back(application)


def _is_now(application: Application) -> str:
    return f"The application is “{application.status.label}” again."
