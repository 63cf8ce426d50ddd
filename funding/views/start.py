"""The funding check's first page: where do you work?"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from funding import picker, queries
from funding.checker import ways
from funding.checker.addresses import address
from funding.forms import WorkplaceSearchForm
from npq_portal.conditional import compared


@require_safe
@compared
def start(request: HttpRequest) -> HttpResponse:
    """Asks; with `q` answered, shows what was found. Nothing is stored."""
    about: dict[str, Any] = {"elsewhere": [(way.words, address(way.situation)) for way in ways.ELSEWHERE]}
    if "q" not in request.GET:
        return render(request, "funding/start.html", about)
    about["form"] = form = WorkplaceSearchForm(request.GET.dict())
    if form.is_valid():
        typed = form.cleaned_data["q"]
        about["found"] = picker.results(typed, request.GET.get("page"))
        about["meant"] = [(way.words, address(way.situation)) for way in ways.meant_by(typed)]
        if setting := queries.setting_numbered(typed):
            about["meant"] += [
                (f"{setting.name}, {setting.place}", address(ways.of_setting(setting.ofsted_urn)))
            ]
        about["authorities"] = [
            (each, [(words, address(way)) for words, way in ways.for_authority(each.code)])
            for each in queries.authorities_named(typed)
        ]
    return render(request, "funding/start.html", about)
