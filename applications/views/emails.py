"""Which reminders a person gets by e-mail: on a page of their own, and by the link in each reminder.

A link's page has a button, and following the link changes nothing: mail programs and scanners follow links.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from applications import actions
from applications.actions.errors import Refused
from applications.forms import RemindersForm
from applications.journey.reminding import WHEN
from applications.models import ReminderOff
from applications.models.reminder import of_off_link
from applications.views.own import SignedInRequest, signed_in
from npq_portal.mail.stopping import stopped


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def emails(request: SignedInRequest) -> HttpResponse:
    off = ReminderOff.objects.of(request.user).kinds()
    form = RemindersForm(request.POST if request.method == "POST" else None, off=off)
    if form.is_valid():
        try:
            actions.choose_reminders(user=request.user, wanted=form.wanted, now=timezone.now())
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, "Your choice is saved.")
        return redirect("applications:emails")
    return render(request, "applications/emails.html", {"form": form})


# Posted to by mail programs, which have no token of ours; whoever has the mail's own token may end such mails.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reminders_off(request: HttpRequest, token: str) -> HttpResponse:
    """The same page says that they are on, with a button, and that they are off."""
    link = of_off_link(token)
    if link and request.method == "POST":
        user, kind = link
        try:
            actions.switch_off(user=user, kind=kind, now=timezone.now())
        except Refused as refusal:
            # A mail program is told to come again.
            return HttpResponse(str(refusal), status=503, content_type="text/plain")
    if request.method == "POST":
        return stopped(request, "applications:reminders_off", token)
    context: dict[str, Any] = {}
    if link:
        user, kind = link
        off = kind in ReminderOff.objects.of(user).kinds()
        context = {"kind": kind, "when": WHEN[kind], "off": off}
    return render(request, "applications/reminders_off.html", context)
