"""The NPQs: the list of eleven."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def qualifications(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html")
