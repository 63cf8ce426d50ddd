"""The funding check's first page: where do you work?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from funding import picker
from funding.forms import WorkplaceSearchForm


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Asks; with `q` answered, shows what was found. Nothing is stored."""
    if "q" not in request.GET:
        return render(request, "funding/start.html")
    form = WorkplaceSearchForm(request.GET.dict())
    found = picker.results(form.cleaned_data["q"], request.GET.get("page")) if form.is_valid() else None
    return render(request, "funding/start.html", {"form": form, "found": found})
