"""The facts of several NPQs, row by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.text import get_text_list

from catalogue.compare.choice import FEWEST, compare_address
from catalogue.compare.split import Split, split
from catalogue.models import (
    FrameworkEdition,
    FrameworkSection,
    Offer,
    PriceSeen,
    Qualification,
    QualificationFact,
    Term,
)
from catalogue.queries import Statements, statements

Kind = QualificationFact.Kind
# The rows of facts in the order of the page, and what stands where an NPQ has none.
FACT_ROWS = (
    (Kind.STATUTORY, "Nothing in law that we know of."),
    (Kind.ENTRY, "No condition that we know of."),
    (Kind.LENGTH, "Not known to us."),
    (Kind.STUDY, "Not known to us."),
    (Kind.ASSESSMENT, "Not known to us."),
)
WORDS = {
    Kind.ENTRY: "What you need",
    Kind.LENGTH: "How long it takes",
    Kind.STUDY: "Hours of study",
    Kind.ASSESSMENT: "How you are assessed",
}


@dataclass(frozen=True)
class FactRow:
    """Statements of one kind. `nothing` stands for an NPQ without any."""

    title: str
    said: Split[Statements]
    nothing: str


@dataclass(frozen=True)
class Section:
    """A heading of a framework; `also_in` are the codes of the others that have it, where not all do."""

    title: str
    also_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """One of the NPQs. `others` is the address without it; empty where too few would be left."""

    npq: Qualification
    others: str
    edition: FrameworkEdition | None
    section_count: int
    sections_certain: bool
    prices: list[PriceSeen]
    is_offered: bool


@dataclass(frozen=True)
class Comparison:
    columns: list[Column]
    facts: list[FactRow]
    sections: Split[Section]
    offers: Split[Offer]

    @property
    def names(self) -> str:
        return get_text_list([column.npq.name for column in self.columns], "and")

    @property
    def unconfirmed(self) -> str:
        """The NPQs whose headings were not confirmed."""
        return get_text_list(
            [column.npq.name for column in self.columns if not column.sections_certain], "and"
        )

    @property
    def has_sections(self) -> bool:
        return any(column.section_count for column in self.columns)

    @property
    def offers_as_of(self) -> date | None:
        """The oldest day that one of the offers was seen on."""
        seen = [offer.as_of for column in self.columns for offer in column.npq.offers.all() if offer.as_of]
        return min(seen, default=None)


def comparison(npqs: Sequence[Qualification], term: Term | None) -> Comparison:
    """Five queries, however many there are. The providers are those of `term`."""
    offers = Offer.objects.filter(term=term).select_related("provider").order_by("provider__name")
    prefetch_related_objects(
        npqs,
        Prefetch("facts", QualificationFact.objects.order_by("kind", "position")),
        Prefetch("framework_sections", FrameworkSection.objects.order_by("position")),
        Prefetch("framework_editions", FrameworkEdition.objects.order_by("-published_on")),
        Prefetch("prices", PriceSeen.objects.order_by("-position")),
        Prefetch("offers", offers),
    )
    return Comparison(
        columns=[_column(npq, npqs) for npq in npqs],
        facts=[row for kind, nothing in FACT_ROWS if (row := _fact_row(kind, nothing, npqs))],
        sections=_sections(npqs),
        offers=split({npq: list(npq.offers.all()) for npq in npqs}, lambda offer: offer.provider_id),
    )


def _sections(npqs: Sequence[Qualification]) -> Split[Section]:
    titles = {npq: [section.title for section in npq.framework_sections.all()] for npq in npqs}
    found = split(titles, str)
    own = {
        npq: [
            Section(title, tuple(other.code for other in npqs if other != npq and title in titles[other]))
            for title in own
        ]
        for npq, own in found.own.items()
    }
    return Split([Section(title) for title in found.shared], own, found.but)


def _fact_row(kind: Kind, nothing: str, npqs: Sequence[Qualification]) -> FactRow | None:
    """None where there is nothing to say of any."""
    of_kind = {npq: [fact for fact in npq.facts.all() if fact.kind == kind] for npq in npqs}
    if not any(of_kind.values()):
        return None
    found = split(of_kind, lambda fact: (fact.text, fact.as_of, fact.certain))
    own = {npq: statements(each) for npq, each in found.own.items()}
    return FactRow(WORDS.get(kind, kind.label), Split(statements(found.shared), own, found.but), nothing)


def _column(npq: Qualification, npqs: Sequence[Qualification]) -> Column:
    sections = list(npq.framework_sections.all())
    return Column(
        npq=npq,
        others=compare_address(other for other in npqs if other != npq) if len(npqs) > FEWEST else "",
        edition=next(iter(npq.framework_editions.all()), None),
        section_count=len(sections),
        sections_certain=all(section.certain for section in sections),
        prices=list(npq.prices.all()),
        is_offered=bool(npq.offers.all()),
    )
