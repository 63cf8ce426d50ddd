"""Lead providers and delivery partners, those of today and those of the past."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalogue.models import DeliveryPartner, LeadProvider, PartnerAlias
from catalogue.organisations.courses import courses_of, hubs_in, partners_in, prices_in, providers_in
from catalogue.organisations.offers import listed_providers, offer_grid, offers_with_prices
from catalogue.queries import current_term
from catalogue.structured import organization_page
from catalogue.views.version import of_the_day
from npq_portal.conditional import unchanged


@require_safe
@unchanged(of_the_day)
def providers(request: HttpRequest) -> HttpResponse:
    day = timezone.localdate()
    term = current_term(day)
    context = {
        "term": term,
        "providers": listed_providers(term, day),
        "past": LeadProvider.objects.past().order_by("name"),
        "partners": DeliveryPartner.objects.order_by("name"),
    }
    return render(request, "catalogue/providers.html", context)


@require_safe
@unchanged(of_the_day)
def provider(request: HttpRequest, slug: str) -> HttpResponse:
    """One that has left stays readable, as past."""
    found = get_object_or_404(LeadProvider, slug=slug)
    day = timezone.localdate()
    upcoming, term = found.course_runs.upcoming(day), current_term(day)
    context = {
        "provider": found,
        "structured": organization_page(found),
        "grid": offer_grid(found),
        "courses": courses_of(found, day),
        "hubs": hubs_in(upcoming),
        "partners": partners_in(upcoming),
        "partnerships": found.partnerships.with_names(),
        "term": term,
        "own_prices": offers_with_prices(found, term),
        "prices": prices_in(found.course_runs.all()),
    }
    return render(request, "catalogue/provider.html", context)


@require_safe
@unchanged(of_the_day)
def partner(request: HttpRequest, slug: str) -> HttpResponse:
    """One that was merged into another leads to that one, for good."""
    found = DeliveryPartner.objects.filter(slug=slug).first()
    if found is None:
        alias = get_object_or_404(PartnerAlias.objects.select_related("partner"), slug=slug)
        return redirect(alias.partner, permanent=True)
    day = timezone.localdate()
    context = {
        "partner": found,
        "once_called": [alias.name for alias in found.aliases.all()],
        "structured": organization_page(found),
        "courses": courses_of(found, day),
        "providers": providers_in(found.course_runs.upcoming(day)),
        "partnerships": found.partnerships.with_names(),
    }
    return render(request, "catalogue/partner.html", context)
