"""Taking a decision back before anybody is told of it: one by its screen, many where they were decided together."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils import timezone

from applications import actions
from applications.actions.errors import AlreadyDone, Refused
from applications.admin.deciding import back, refused
from applications.admin.decisions import stands
from applications.admin.together import CAME_OF_IT, list_address, stands_as_done
from applications.models import Application
from npq_portal.accounts.requests import person
from npq_portal.staff.admin import ScopedModelAdmin


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


def undo_together(site: ScopedModelAdmin, request: HttpRequest) -> HttpResponse:
    """Of the reader's last decision about many, each that stands as it left it and can still be undone.

    What cannot is told by name.
    """
    if not site.has_module_permission(request):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    kept = request.session.pop(CAME_OF_IT, {"done": {}})
    user, now, undone = person(request), timezone.now(), 0
    for application in site.get_queryset(request).filter(pk__in=kept["done"]):
        try:
            if not stands_as_done(application, kept):
                raise AlreadyDone
            actions.undo(application=application, by=user, now=now)
            undone += 1
        except Refused as refusal:
            messages.warning(request, f"{application.full_name}, {application.reference}: {refusal}")
    told = f"{undone} undone. Nobody was told of these." if undone else "Nothing was undone."
    messages.add_message(request, messages.SUCCESS if undone else messages.WARNING, told)
    return redirect(list_address(request))


def _is_now(application: Application) -> str:
    return f"The application is “{application.status.label}” again."
