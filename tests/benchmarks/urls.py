"""The portal's addresses, and two pages to measure the others by."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path


def bare(request: HttpRequest) -> HttpResponse:
    """Nothing but the middleware."""
    return HttpResponse("bare")


def page(request: HttpRequest) -> HttpResponse:
    """The base template, with the menu of whoever asks: two queries for a person, none for nobody."""
    return render(request, "base.html")


urlpatterns = [
    path("benchmark/bare/", bare),
    path("benchmark/page/", page),
    path("", include("npq_portal.urls")),
]
