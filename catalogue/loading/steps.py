"""The steps of a load, in the order their rows depend on each other."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.text import slugify

from catalogue.loading import partnerships, places
from catalogue.loading.entries import must
from catalogue.loading.files import CatalogueData
from catalogue.loading.rows import add_missing, bring, keep_only
from catalogue.models import (
    FrameworkEdition,
    FrameworkSection,
    LeadProvider,
    Offer,
    PriceSeen,
    Qualification,
    QualificationFact,
    Term,
)

# provider_offers.csv has no date of its own: the day it was put together.
OFFERS_SEEN = date(2026, 11, 22)


@dataclass(frozen=True)
class Step:
    rows: int
    run: Callable[[], None]


def in_order(data: CatalogueData) -> Iterable[Step]:
    """Later steps look up what earlier ones wrote, so run each before taking the next."""
    yield Step(len(data.terms), partial(_terms, data))
    yield Step(len(data.qualifications), partial(_qualifications, data))
    yield Step(len(data.facts), partial(_facts, data))
    yield Step(len(data.frameworks), partial(_frameworks, data))
    yield Step(len(data.prices), partial(_prices, data))
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


def _qualifications(data: CatalogueData) -> None:
    terms = dict(Term.objects.values_list("identifier", "id"))
    rows = [
        Qualification(
            identifier=each.identifier,
            slug=each.identifier.removeprefix("npq-"),
            code=each.code,
            name=each.name,
            category=each.category,
            position=position,
            summary=each.summary,
            audience=each.audience,
            taught_months=each.taught_months,
            total_months_low=each.total_months[0],
            total_months_high=each.total_months[1],
            hidden=each.hidden,
            first_term_id=terms[each.first_term] if each.first_term else None,
        )
        for position, each in enumerate(data.qualifications, 1)
    ]
    bring(Qualification, ("identifier",), rows)


def _facts(data: CatalogueData) -> None:
    ids, position = _npq_ids(), Counter[tuple[str, str]]()
    rows = []
    for fact in data.facts:
        for npq in data.about(fact.about):
            position[npq, fact.kind] += 1
            rows.append(
                QualificationFact(
                    qualification_id=ids[npq],
                    kind=fact.kind,
                    position=position[npq, fact.kind],
                    text=fact.text,
                    as_of=fact.as_of,
                    certain=fact.certain,
                )
            )
    key = ("qualification_id", "kind", "position")
    keep_only(QualificationFact, key, rows)
    bring(QualificationFact, key, rows)


def _frameworks(data: CatalogueData) -> None:
    ids = _npq_ids()
    editions = [
        FrameworkEdition(qualification_id=ids[each.npq], reference=each.reference, **edition)
        for each in data.frameworks
        for edition in each.editions
    ]
    sections = [
        FrameworkSection(
            qualification_id=ids[each.npq],
            position=position,
            title=title,
            summary=summary,
            certain=each.certain,
        )
        for each in data.frameworks
        for position, (title, summary) in enumerate(each.sections, 1)
    ]
    bring(FrameworkEdition, ("qualification_id", "published_on"), editions)
    key = ("qualification_id", "title")
    _keep_statements(sections)
    keep_only(FrameworkSection, key, sections)
    bring(FrameworkSection, key, sections)


def _keep_statements(wanted: Iterable[FrameworkSection]) -> None:
    """Operators loaded them, so a heading that has some may move but not go: raises DataFileError."""
    kept = {(each.qualification_id, each.title) for each in wanted}
    filled = FrameworkSection.objects.exclude(statements=None).select_related("qualification").distinct()
    for section in filled:
        must(
            (section.qualification_id, section.title) in kept,
            f"frameworks.toml: {section.qualification} has no section {section.title} any more, and statements were"
            " loaded under it. Give it back its heading, or load the framework without them first",
        )


def _prices(data: CatalogueData) -> None:
    ids = _npq_ids()
    rows = [
        PriceSeen(
            qualification_id=ids[npq],
            seen_in=each.seen_in,
            position=position,
            pounds=pounds,
            plus_vat=each.plus_vat,
        )
        for position, each in enumerate(data.prices, 1)
        for npq, pounds in each.pounds.items()
    ]
    keep_only(PriceSeen, ("qualification_id", "seen_in"), rows)
    bring(PriceSeen, ("qualification_id", "seen_in"), rows)


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
    npqs = _npq_ids()
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


def _npq_ids() -> dict[str, int]:
    return dict(Qualification.objects.values_list("identifier", "id"))
