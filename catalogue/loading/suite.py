"""Loading the NPQs themselves: what is said of each, its framework, and prices seen."""

from collections import Counter
from collections.abc import Iterable

from catalogue.loading.entries import must
from catalogue.loading.files import CatalogueData
from catalogue.loading.rows import bring, keep_only
from catalogue.models import (
    FrameworkEdition,
    FrameworkSection,
    PriceSeen,
    Qualification,
    QualificationFact,
    Term,
)


def qualifications(data: CatalogueData) -> None:
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


def facts(data: CatalogueData) -> None:
    ids, position = npq_ids(), Counter[tuple[str, str]]()
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


def frameworks(data: CatalogueData) -> None:
    ids = npq_ids()
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


def prices(data: CatalogueData) -> None:
    ids = npq_ids()
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


def npq_ids() -> dict[str, int]:
    return dict(Qualification.objects.values_list("identifier", "id"))
