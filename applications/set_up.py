"""What a lead provider has set up for a term, and what is missing there.

Missing is what applicants are left without: a price, a number of funded places, a way to ask. A form is not: who has
none of their own uses the portal's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode

from applications.models import FundedPlaces, ProviderForm
from catalogue.models import CourseRun, LeadProvider, Offer, Qualification, Term

# After so long nobody can rely on an address or a telephone number.
CONFIRMED_FOR = timedelta(days=365)


@dataclass(frozen=True)
class Part:
    """One NPQ: its offer and funded places in the term, None where there are none, and its course runs to come."""

    npq: Qualification
    offer: Offer | None
    places: FundedPlaces | None
    runs: int


@dataclass(frozen=True)
class Missing:
    """In words, and the page where it is put right."""

    text: str
    url: str


@dataclass(frozen=True)
class SetUp:
    provider: LeadProvider
    term: Term
    parts: list[Part]
    missing: list[Missing]
    drafts: int


def set_up_of(provider: LeadProvider, term: Term, day: date) -> SetUp:
    """Five queries, whatever the rows."""
    mine = {"provider": provider.pk, "term": term}
    offers = {offer.qualification_id: offer for offer in Offer.objects.filter(**mine)}
    places = {row.qualification_id: row for row in FundedPlaces.objects.filter(**mine)}
    runs = dict(
        CourseRun.objects.upcoming(day)
        .filter(**mine)
        .order_by()
        .values_list("qualification")
        .annotate(Count("pk"))
    )
    parts = [
        Part(npq, offers.get(npq.pk), places.get(npq.pk), runs.get(npq.pk, 0))
        for npq in Qualification.objects.shown().order_by("position")
    ]
    drafts = ProviderForm.objects.drafts().filter(provider=provider.pk).count()
    return SetUp(provider, term, parts, list(_missing(provider, term, parts, day)), drafts)


def _missing(provider: LeadProvider, term: Term, parts: list[Part], day: date) -> Iterator[Missing]:
    when = term.name[:1].lower() + term.name[1:]
    contacts = reverse("admin:catalogue_leadprovider_change", args=[provider.pk])
    if not provider.email and not provider.telephone:
        yield Missing("No e-mail address or telephone number that people can ask at", contacts)
    elif provider.contact_as_of and provider.contact_as_of < day - CONFIRMED_FOR:
        yield Missing("Your contact details have not been confirmed for a year", contacts)
    if not any(part.offer for part in parts):
        yield Missing(f"No NPQ is offered, {when}", _adding("catalogue_offer", provider, term))
    for part in parts:
        if part.offer and part.offer.price is None:
            offer = reverse("admin:catalogue_offer_change", args=[part.offer.pk])
            yield Missing(f"No price for NPQ {part.npq.name}, {when}", offer)
        if part.offer and part.places is None and term.funding == Term.Funding.CAPPED:
            url = _adding("applications_fundedplaces", provider, term, part.npq)
            yield Missing(f"No number of funded places for NPQ {part.npq.name}, {when}", url)


def _adding(model: str, provider: LeadProvider, term: Term, npq: Qualification | None = None) -> str:
    """The page that adds one, with what is known filled in."""
    known = {"provider": provider.pk, "term": term.pk, **({"qualification": npq.pk} if npq else {})}
    return f"{reverse(f'admin:{model}_add')}?{urlencode(known)}"
