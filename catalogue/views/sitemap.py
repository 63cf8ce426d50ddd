"""The sitemap, for search engines."""

from typing import Any

from django.contrib.sitemaps.views import sitemap as written
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from catalogue.models import CatalogueVersion
from catalogue.sitemaps import SITEMAP
from npq_portal.conditional import unchanged


def _version(request: HttpRequest) -> str:
    """It is large, so nothing else in the address makes another of it to be kept; nor does the day."""
    try:
        page = int(request.GET.get("p", 1))
    except ValueError:  # which the view answers with 404
        page = 0
    return f"sitemap {page} {CatalogueVersion.objects.now()}"


@require_safe
@unchanged(_version)
def sitemap(request: HttpRequest) -> HttpResponse:
    page: Any = written(request, {name: part() for name, part in SITEMAP.items()})
    return page.render()
