"""The funding check's first page: where do you work?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from funding import picker, queries
from funding.forms import WorkplaceSearchForm


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Asks; with `q` answered, shows what was found. Nothing is stored."""
    if "q" not in request.GET:
        return render(request, "funding/start.html")
    form = WorkplaceSearchForm(request.GET.dict())
    if not form.is_valid():
        return render(request, "funding/start.html", {"form": form})
    typed = form.cleaned_data["q"]
    about = {
        "form": form,
        "found": picker.results(typed, request.GET.get("page")),
        "authorities": queries.authorities_named(typed),
    }
    return render(request, "funding/start.html", about)
