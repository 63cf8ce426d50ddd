"""What lead providers offer, term by term."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from catalogue.models import CourseRun, LeadProvider, Offer, Qualification, Term

TERMS_SHOWN = 4


@dataclass(frozen=True)
class OfferedNpq:
    """`offered` says of each of the grid's terms whether the provider offers the NPQ in it."""

    npq: Qualification
    offered: list[bool]


@dataclass(frozen=True)
class OfferGrid:
    """The newest terms of which we know who offers what, and the eleven; `as_of` is the newest day of its offers."""

    terms: list[Term]
    npqs: list[OfferedNpq]
    as_of: date | None


@dataclass(frozen=True)
class ListedProvider:
    """How many NPQs it offers in the term, and how many of its courses somebody may still choose."""

    provider: LeadProvider
    npqs: int
    courses: int


def offer_grid(provider: LeadProvider) -> OfferGrid | None:
    """None where we know of no offer of `provider`. Three queries."""
    offers = list(provider.offers.values_list("term_id", "qualification_id", "as_of"))
    if not offers:
        return None
    terms = list(Term.objects.filter(pk__in=Offer.objects.values("term")).order_by("-position")[:TERMS_SHOWN])
    offered = {(term, npq) for term, npq, _ in offers}
    npqs = [
        OfferedNpq(npq, [(term.pk, npq.pk) in offered for term in terms])
        for npq in Qualification.objects.shown().order_by("position")
    ]
    return OfferGrid(terms, npqs, max((day for _, _, day in offers if day), default=None))


def offers_with_prices(provider: LeadProvider, term: Term | None) -> QuerySet[Offer]:
    """What `provider` offers in `term` at a price that it has given, with the NPQs in order."""
    offers = provider.offers.filter(term=term, price__isnull=False).select_related("qualification")
    return offers.order_by("qualification__position")


def listed_providers(term: Term | None, day: date) -> list[ListedProvider]:
    """Those that have not left, by name. Two queries."""
    courses = dict(
        CourseRun.objects.to_join(day).order_by().values_list("provider").annotate(courses=Count("pk"))
    )
    teaching = LeadProvider.objects.teaching().annotate(npqs=Count("offers", filter=Q(offers__term=term)))
    return [ListedProvider(each, each.npqs, courses.get(each.pk, 0)) for each in teaching.order_by("name")]
