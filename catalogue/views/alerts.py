"""Alerts by e-mail of new courses: asking for one, and what its mailed links lead to.

A link's page has a button, and following the link changes nothing: mail programs follow links by themselves.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from catalogue.actions.alerts import TooManyAlertsError, ask_for_alert, confirm_alert, last_day, stop_alert
from catalogue.alert_forms import AlertForm
from catalogue.finder.ask import ask, tags
from catalogue.finder.choices import choices_on
from catalogue.models import CourseAlert
from npq_portal.accounts.limits import client_address
from npq_portal.mail.links import CONFIRM, STOP
from npq_portal.mail.stopping import stopped
from npq_portal.text import listed


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def alert(request: HttpRequest) -> HttpResponse:
    """The search is in the address, as the course finder has it."""
    day = timezone.localdate()
    choices = choices_on(day)
    search = ask(request.GET, choices, day)
    known = request.user.email if request.user.is_authenticated else ""
    form = AlertForm(request.POST or None, initial={"email": known})
    if request.method == "POST" and search.wanted.filters and form.is_valid():
        now, address = timezone.now(), client_address(request)
        email = form.cleaned_data["email"]
        try:
            ask_for_alert(email=email, search=search, choices=choices, address=address, now=now)
        except TooManyAlertsError:
            return render(request, "errors/429.html", status=429)
        return redirect("catalogue:alert_asked")
    context = {
        "form": form,
        "wanted": search.wanted,
        "tags": tags(search, choices),
        "ends_on": last_day(search),
        "not_known": listed(search.wanted.not_known),
    }
    return render(request, "catalogue/alert.html", context)


@require_safe
def alert_asked(request: HttpRequest) -> HttpResponse:
    """The same for whoever asked: who is known is not told."""
    return render(request, "catalogue/alert_asked.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def alert_confirm(request: HttpRequest, token: str) -> HttpResponse:
    asked = CourseAlert.objects.of_link(CONFIRM, token).first()
    now = timezone.now()
    if asked and request.method == "POST":
        confirm_alert(alert=asked, now=now)
        return redirect(request.path)
    if asked is None or asked.has_lapsed_at(now):
        return render(request, "catalogue/alert_over.html")
    context = {"alert": asked, **_in_words(asked)}
    return render(request, "catalogue/alert_confirm.html", context)


# Posted to by mail programs, which have no token of ours; whoever has the mail's own token may end its alert.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def alert_stop(request: HttpRequest, token: str) -> HttpResponse:
    wanted = CourseAlert.objects.of_link(STOP, token).first()
    if request.method != "POST":
        page = "catalogue/alert_stop.html" if wanted else "catalogue/alert_over.html"
        return render(request, page, _in_words(wanted) if wanted else {})
    if wanted:
        stop_alert(alert=wanted)
    return stopped(request, "catalogue:alert_stopped")


@require_safe
def alert_stopped(request: HttpRequest) -> HttpResponse:
    return render(request, "catalogue/alert_stopped.html")


def _in_words(alert: CourseAlert) -> dict[str, Any]:
    """What it looks for, and the page that shows what there is of that now."""
    day = timezone.localdate()
    choices = choices_on(day)
    search = ask(QueryDict(alert.search), choices, day)
    return {"tags": tags(search, choices), "courses": search.wanted.address}
