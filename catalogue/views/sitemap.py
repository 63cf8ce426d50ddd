"""The sitemap, for search engines."""

from typing import Any

from django.contrib.sitemaps.views import sitemap as written
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from catalogue.sitemaps import SITEMAP
from npq_portal.conditional import compared


@require_safe
@compared
def sitemap(request: HttpRequest) -> HttpResponse:
    page: Any = written(request, {name: part() for name, part in SITEMAP.items()})
    return page.render()
