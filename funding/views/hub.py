"""From a school to the hubs that serve it: schools are known here, hubs and their areas to the catalogue."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue.organisations.find_hub import HubsFound, find_hubs
from funding import picker
from funding.forms import WorkplaceSearchForm
from funding.models import Establishment
from npq_portal.conditional import compared


@require_safe
@compared
def hub(request: HttpRequest) -> HttpResponse:
    """Which school? With `q` what was found; with `workplace`, the reference of one, the hubs of its district.

    404 for what is no reference. Nothing is stored.
    """
    if reference := request.GET.get("workplace", ""):
        try:
            found = Establishment.objects.by_reference(reference)
        except Establishment.DoesNotExist:
            raise Http404 from None
        return render(request, "funding/hub_of_school.html", {"school": found, "hubs": _hubs_of(found)})
    about: dict[str, Any] = {}
    if "q" in request.GET:
        about["form"] = form = WorkplaceSearchForm(request.GET.dict())
        if form.is_valid():
            about["found"] = picker.results(form.cleaned_data["q"], request.GET.get("page"))
    return render(request, "funding/hub.html", about)


def _hubs_of(school: Establishment) -> HubsFound | None:
    """By what the catalogue knows its place by; a newer register has districts that the list of hubs has not."""
    names = (school.district_code, school.district_name, school.postcode)
    return next((found for name in names if name and (found := find_hubs(name))), None)
