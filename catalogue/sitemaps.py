"""What search engines may look for: the pages without a choice of the reader's in their address.

Example runs are left out, as they are of catalogue.structured and for its reason. So are cancelled ones and those of a
hidden NPQ, which nobody looks for; whoever has the address of one still gets its page.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from catalogue.models import (
    CourseRun,
    DeliveryPartner,
    FrameworkSection,
    LeadProvider,
    Qualification,
    TeachingSchoolHub,
)

Items = Iterable[Any]
# By name, as some belong to apps that stand above this one.
PAGES = (
    "home",
    "catalogue:qualifications",
    "catalogue:compare",
    "catalogue:chooser",
    "catalogue:courses",
    "catalogue:providers",
    "catalogue:hubs",
    "funding:start",
    "accessibility",
    "privacy",
    "cookies",
    "contact",
    "data_sources",
)


class Part(Sitemap):
    """`items` are paths, or rows with a page of their own and the time they were last written."""

    def __init__(self, items: Items) -> None:
        self.given = items

    def items(self) -> Items:
        return self.given

    def location(self, item: Any) -> str:
        path: str = item if isinstance(item, str) else item.get_absolute_url()
        return path

    def lastmod(self, item: Any) -> datetime | None:
        return getattr(item, "updated_at", None)

    def get_protocol(self, protocol: str | None = None) -> str:
        """The portal's own, as in other whole addresses, not the request's."""
        return settings.PORTAL_ADDRESS.partition("://")[0]

    def get_domain(self, site: Any = None) -> str:
        return settings.PORTAL_ADDRESS.partition("://")[2].rstrip("/")


def _courses() -> Items:
    runs = CourseRun.objects.filter(is_example=False, qualification__hidden=False)
    runs = runs.exclude(state=CourseRun.State.CANCELLED)
    return runs.only("pk", "updated_at").order_by("-pk")


def _frameworks() -> Items:
    """Each NPQ's framework, where it has one, and each of its sections."""
    sections = FrameworkSection.objects.filter(qualification__hidden=False).select_related("qualification")
    by_npq = groupby(
        sections.order_by("qualification__position", "position"), lambda each: each.qualification
    )
    for npq, of_npq in by_npq:
        yield reverse("catalogue:framework", args=[npq.slug])
        yield from of_npq


SITEMAP: dict[str, Callable[[], Part]] = {
    "pages": lambda: Part([reverse(name) for name in PAGES]),
    "qualifications": lambda: Part(Qualification.objects.shown().order_by("position")),
    "frameworks": lambda: Part(list(_frameworks())),
    "courses": lambda: Part(_courses()),
    "providers": lambda: Part(LeadProvider.objects.order_by("name")),
    "hubs": lambda: Part(TeachingSchoolHub.objects.order_by("code")),
    "partners": lambda: Part(DeliveryPartner.objects.order_by("name")),
}
