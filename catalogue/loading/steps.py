"""The steps of a load, in the order their rows depend on each other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.text import slugify

from catalogue.loading import partnerships, places, suite
from catalogue.loading.files import CatalogueData
from catalogue.loading.rows import add_missing
from catalogue.models import LeadProvider, Offer, Term

# provider_offers.csv has no date of its own: the day it was put together.
OFFERS_SEEN = date(2026, 11, 22)


@dataclass(frozen=True)
class Step:
    rows: int
    run: Callable[[], None]


def in_order(data: CatalogueData) -> Iterable[Step]:
    """Later steps look up what earlier ones wrote, so run each before taking the next."""
    yield Step(len(data.terms), partial(_terms, data))
    yield Step(len(data.qualifications), partial(suite.qualifications, data))
    yield Step(len(data.facts), partial(suite.facts, data))
    yield Step(len(data.frameworks), partial(suite.frameworks, data))
    yield Step(len(data.prices), partial(suite.prices, data))
    yield Step(len(data.providers), partial(_providers, data))
    yield Step(len(data.offers), partial(_offers, data))
    yield Step(len(data.hubs), partial(places.hubs, data))
    yield Step(len(data.areas), partial(places.areas, data))
    yield Step(len(data.postcode_districts), partial(places.postcode_districts, data))
    yield Step(len(data.partners), partial(partnerships.partners, data))
    yield Step(len(data.partnerships), partial(partnerships.partnerships, data))


def _terms(data: CatalogueData) -> None:
    rows = [
        Term(
            identifier=each.identifier,
            name=each.name,
            position=position,
            starts_on=each.starts_on,
            registration_opens=each.registration_opens,
            registration_closes=each.registration_closes,
            funding=each.funding,
            note=each.note,
        )
        for position, each in enumerate(data.terms, 1)
    ]
    add_missing(Term, ("identifier",), rows)


def _providers(data: CatalogueData) -> None:
    rows = [
        LeadProvider(
            name=each.name,
            slug=slugify(each.name),
            ofsted_grade=each.ofsted_grade,
            ofsted_on=each.ofsted_on,
            left_on=each.left_on,
            note=each.note,
            website=each.website,
        )
        for each in data.providers
    ]
    add_missing(LeadProvider, ("slug",), rows)


def _offers(data: CatalogueData) -> None:
    """Only into a term that has no offers at all: in any other the operators' word counts."""
    npqs = suite.npq_ids()
    terms = dict(Term.objects.filter(offers=None).values_list("identifier", "id"))
    providers = dict(LeadProvider.objects.values_list("slug", "id"))
    Offer.objects.bulk_create(
        Offer(
            provider_id=providers[slugify(each.provider)],
            qualification_id=npqs[each.npq],
            term_id=terms[each.term],
            as_of=OFFERS_SEEN,
        )
        for each in data.offers
        if each.term in terms
    )
