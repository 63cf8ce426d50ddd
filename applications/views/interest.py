"""Being told when registration opens: asking for it, and what its mailed links lead to.

A link's page has a button, and following the link changes nothing: mail programs follow links by themselves.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from applications.actions.errors import TooManyAsked
from applications.actions.interest import ask_to_be_told, confirm_interest, stop_interest
from applications.interest_forms import InterestForm
from applications.journey.offered import choices_on
from applications.models import Interest
from npq_portal.accounts.limits import client_address
from npq_portal.mail.links import CONFIRM, STOP
from npq_portal.mail.stopping import stopped


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def interest(request: HttpRequest) -> HttpResponse:
    """While people may register there is nothing to wait for: the page leads to registering."""
    if choices_on(timezone.localdate()).terms:
        return redirect("applications:start")
    known = request.user.email if request.user.is_authenticated else ""
    form = InterestForm(request.POST or None, initial={"email": known})
    if request.method == "POST" and form.is_valid():
        address, now = client_address(request), timezone.now()
        try:
            ask_to_be_told(email=form.cleaned_data["email"], address=address, now=now)
        except TooManyAsked:
            return render(request, "errors/429.html", status=429)
        return redirect("applications:interest_asked")
    return render(request, "applications/interest/ask.html", {"form": form})


@require_safe
def interest_asked(request: HttpRequest) -> HttpResponse:
    """The same for whoever asked: who is known is not told."""
    return render(request, "applications/interest/asked.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def interest_confirm(request: HttpRequest, token: str) -> HttpResponse:
    asked = Interest.objects.of_link(CONFIRM, token).first()
    now = timezone.now()
    if asked and request.method == "POST":
        confirm_interest(interest=asked, now=now)
        return redirect(request.path)
    if asked is None or asked.has_lapsed_at(now):
        return render(request, "applications/interest/over.html")
    return render(request, "applications/interest/confirm.html", {"interest": asked})


# Posted to by mail programs, which have no token of ours; whoever has the mail's own token may end it.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def interest_stop(request: HttpRequest, token: str) -> HttpResponse:
    wanted = Interest.objects.of_link(STOP, token).first()
    if request.method != "POST":
        page = "applications/interest/stop.html" if wanted else "applications/interest/over.html"
        return render(request, page)
    if wanted:
        stop_interest(interest=wanted)
    return stopped(request, "applications:interest_stopped")


@require_safe
def interest_stopped(request: HttpRequest) -> HttpResponse:
    return render(request, "applications/interest/stopped.html")
