"""All the data files together, and the checks that need more than one of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from catalogue.loading.entries import (
    CATEGORIES,
    FactEntry,
    FrameworkEntry,
    OfferEntry,
    PartnerEntry,
    PartnershipEntry,
    PriceEntry,
    ProviderEntry,
    QualificationEntry,
    TermEntry,
    must,
)
from catalogue.loading.place_entries import (
    AreaEntry,
    DistrictEntry,
    HubEntry,
    OtherNameEntry,
    PostcodeDistrictEntry,
)
from catalogue.loading.reading import DATA, read_csv, read_toml


@dataclass(frozen=True)
class CatalogueData:
    """What the files say. Terms and prices are oldest first; qualifications in the order they are shown."""

    qualifications: list[QualificationEntry]
    facts: list[FactEntry]
    frameworks: list[FrameworkEntry]
    prices: list[PriceEntry]
    terms: list[TermEntry]
    providers: list[ProviderEntry]
    offers: list[OfferEntry]
    hubs: list[HubEntry]
    areas: list[AreaEntry]
    districts: list[DistrictEntry]
    other_names: list[OtherNameEntry]
    postcode_districts: list[PostcodeDistrictEntry]
    partners: list[PartnerEntry]
    partnerships: list[PartnershipEntry]

    def about(self, names: Iterable[str]) -> list[str]:
        """The identifiers that `names` (identifiers or categories) stand for, in the order they are shown."""
        wanted = set(names)
        return [each.identifier for each in self.qualifications if wanted & {each.identifier, each.category}]


def read_all(folder: Path = DATA) -> CatalogueData:
    """Raises DataFileError for the first mistake found."""
    data = CatalogueData(
        qualifications=read_toml("qualifications.toml", "qualification", QualificationEntry, folder),
        facts=read_toml("qualifications.toml", "fact", FactEntry, folder),
        frameworks=read_toml("frameworks.toml", "framework", FrameworkEntry, folder),
        prices=read_toml("prices.toml", "price", PriceEntry, folder),
        terms=read_toml("terms.toml", "term", TermEntry, folder),
        providers=read_toml("providers.toml", "provider", ProviderEntry, folder),
        offers=read_csv("provider_offers.csv", OfferEntry, folder),
        hubs=read_csv("teaching_school_hubs.csv", HubEntry, folder),
        areas=read_csv("teaching_school_hub_areas.csv", AreaEntry, folder),
        districts=read_csv("districts.csv", DistrictEntry, folder),
        other_names=read_csv("other_district_names.csv", OtherNameEntry, folder),
        postcode_districts=read_csv("postcode_districts.csv", PostcodeDistrictEntry, folder),
        partners=read_toml("partnerships.toml", "partner", PartnerEntry, folder),
        partnerships=read_toml("partnerships.toml", "partnership", PartnershipEntry, folder),
    )
    _check_names(data)
    _check_windows(data.terms)
    return data


def _check_names(data: CatalogueData) -> None:
    npqs = {each.identifier for each in data.qualifications}
    terms = {each.identifier for each in data.terms}
    providers = {each.name for each in data.providers}
    hubs = {each.code for each in data.hubs}
    for number, npq in enumerate(data.qualifications, 1):
        _known(
            [npq.first_term] if npq.first_term else [], terms, f"qualifications.toml, qualification {number}"
        )
    for number, fact in enumerate(data.facts, 1):
        _known(fact.about, npqs | set(CATEGORIES), f"qualifications.toml, fact {number}")
    for number, framework in enumerate(data.frameworks, 1):
        _known([framework.npq], npqs, f"frameworks.toml, framework {number}")
    for number, price in enumerate(data.prices, 1):
        _known(price.pounds, npqs, f"prices.toml, price {number}")
    for number, offer in enumerate(data.offers, 2):
        where = f"provider_offers.csv, row {number}"
        _known([offer.npq], npqs, where)
        _known([offer.term], terms, where)
        _known([offer.provider], providers, where)
    for number, area in enumerate(data.areas, 2):
        _known([area.hub], hubs, f"teaching_school_hub_areas.csv, row {number}")
    districts = {each.district_code for each in data.districts}
    for number, other in enumerate(data.other_names, 2):
        _known([other.district_code], districts, f"other_district_names.csv, row {number}")
    partners = {each.name for each in data.partners}
    for number, each in enumerate(data.partnerships, 1):
        where = f"partnerships.toml, partnership {number}"
        _known([each.provider], providers, where)
        _known([each.hub] if each.hub else [], hubs, where)
        _known([each.partner] if each.partner else [], partners, where)
        _known([each.term], terms, where)
        _known(each.npqs, npqs, where)


def _known(names: Iterable[str], known: set[str], where: str) -> None:
    for name in names:
        must(name in known, f"{where}: {name!r} is not in the files")


def _check_windows(terms: list[TermEntry]) -> None:
    """A term that is over must never look open, so only the newest may have opened without a closing date."""
    for number, term in enumerate(terms[:-1], 1):
        open_ended = term.registration_opens is not None and term.registration_closes is None
        must(
            not open_ended,
            f"terms.toml, term {number}: give registration_closes, or leave out registration_opens",
        )
