"""The pages about the portal itself: plain words, no rows."""

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from npq_portal.addresses import absolute
from npq_portal.conditional import compared
from npq_portal.retention import RULES


class Source(NamedTuple):
    """A set of published data that the portal's answers rest on."""

    what: str
    publisher: str
    as_of: str
    note: str


# Pages of one person, of staff and of developers, and those that are themselves what a search found.
NOT_FOR_SEARCH = (
    "/admin/",
    "/applications/",
    "/apply/",
    "/courses/alerts/",
    "/dev/",
    "/my-data/",
    "/search/",
    "/sign-in/",
)
DFE = "Department for Education"
SOURCES = (
    Source(
        "Schools and 16 to 19 institutions",
        DFE,
        "2022 to 2023 school census; links between closed and new schools from April 2025",
        "25,737 places, put together from several publications. It is not a complete copy of the official register.",
    ),
    Source(
        "Scholarship funding lists",
        DFE,
        "Autumn 2024, spring 2025 and autumn 2025 editions, and the 2021 list",
        "Used exactly as published. Autumn 2026 uses the autumn 2025 lists until newer ones are loaded.",
    ),
    Source(
        "Pupil premium figures by school",
        DFE,
        "2021 to 2022",
        "The newest school by school figures that could be had. Used to show where a school ranks.",
    ),
    Source(
        "Nurseries and other childcare",
        "Ofsted",
        "31 August 2021",
        "27,378 places that are not somebody's home.",
    ),
    Source(
        "Teaching school hubs and their areas",
        DFE,
        "2026",
        "87 hub areas covering 392 districts. Some districts have two hubs.",
    ),
    Source(
        "Lead providers and what each offers",
        DFE,
        "Autumn 2026 and spring 2026",
        "Providers can stop offering an NPQ during a term.",
    ),
    Source("Accredited initial teacher training providers", DFE, "2025", "170 providers, for lead mentors."),
    Source("Local authorities", DFE, "Date not known", "152 authorities with their regions."),
    Source(
        "NPQ frameworks",
        DFE,
        "Page last seen 23 February 2024",
        "Editions, sizes and section headings only; the one-line summaries are our own words.",
    ),
)


@require_safe
@compared
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@require_safe
@compared
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html", {"rules": RULES})


@require_safe
@compared
def cookies(request: HttpRequest) -> HttpResponse:
    names = {"session_cookie": settings.SESSION_COOKIE_NAME, "csrf_cookie": settings.CSRF_COOKIE_NAME}
    return render(request, "pages/cookies.html", names)


@require_safe
@compared
def contact(request: HttpRequest) -> HttpResponse:
    given = settings.PORTAL_CONTACT_EMAIL
    address = {"contact_email": given or settings.EXAMPLE_CONTACT_EMAIL, "is_example": not given}
    return render(request, "pages/contact.html", address)


@require_safe
@compared
def data_sources(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/data_sources.html", {"sources": SOURCES})


@require_safe
@compared
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_SEARCH), ""]
    lines += [f"Sitemap: {absolute(reverse('catalogue:sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
