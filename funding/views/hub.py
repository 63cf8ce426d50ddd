"""From a school to the hubs that serve it: schools are known here, hubs and their areas to the catalogue."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from catalogue.organisations.find_hub import find_hubs
from funding import picker
from funding.forms import WorkplaceSearchForm
from funding.models import Establishment
from npq_portal.conditional import compared


@require_safe
@compared
def hub(request: HttpRequest) -> HttpResponse:
    """Which school? With `q` what was found; with `workplace`, the reference of one, on to the hubs of its district.

    404 for what is no reference. Nothing is stored.
    """
    if reference := request.GET.get("workplace", ""):
        try:
            found = Establishment.objects.by_reference(reference)
        except Establishment.DoesNotExist:
            raise Http404 from None
        return redirect(f"{reverse('catalogue:hubs')}?{urlencode({'place': _place(found)})}")
    about: dict[str, Any] = {}
    if "q" in request.GET:
        about["form"] = form = WorkplaceSearchForm(request.GET.dict())
        if form.is_valid():
            about["found"] = picker.results(form.cleaned_data["q"], request.GET.get("page"))
    return render(request, "funding/hub.html", about)


def _place(school: Establishment) -> str:
    """What the catalogue knows the school's place by; a newer register has districts that the list of hubs has not."""
    names = (school.district_code, school.district_name, school.postcode)
    return next((name for name in names if name and find_hubs(name)), school.postcode)
