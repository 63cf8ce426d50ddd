"""The bridge from rows to facts: the only place where the funding rules meet the database.

What the rules are given is looked up by (list kind, whose number, number), never by a bare number: a school
and a childminder may share one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from catalogue.models import Qualification, Term
from funding.models import (
    ChildcareSetting,
    Establishment,
    ListEntry,
    ListKind,
    LocalAuthority,
    TermList,
)
from funding.rules import facts as rules
from funding.rules import vocabulary
from funding.rules.decide import Decision, decide
from funding.rules.numbers import numbers_of
from funding.rules.policies import POLICIES
from funding.rules.vocabulary import EstablishmentKind, Npq

# The rows that somebody may work at.
WorkplaceRow = Establishment | ChildcareSetting | LocalAuthority
# What Evidence tells of an edition: nothing else of it is read, since every decision asks.
TOLD = tuple(f"edition__{name}" for name in ("term_label", "published_on", "computed", "entry_count"))


@dataclass(frozen=True)
class Evidence:
    """One list that a term decides with, and whether it names the workplace.

    `term_name` says which term the edition was published for ("autumn 2025"), which may be an earlier one
    than the term decided; `published_on` is None where the day is not known. `entries` is the number of
    entries.
    """

    kind: str
    name: str
    edition_id: int
    term_name: str
    published_on: date | None
    computed: bool
    entries: int
    names_it: bool

    @property
    def edition(self) -> str:
        """The edition in words: "edition for autumn 2025, published 1 September 2025"."""
        if self.published_on:
            return f"edition for {self.term_name}, published {self.published_on:%-d %B %Y}"
        return f"edition for {self.term_name}, publication day not recorded"

    def to_json(self) -> dict[str, Any]:
        """What a stored decision keeps of it."""
        return {
            "kind": self.kind,
            "edition": self.edition_id,
            "term": self.term_name,
            "published_on": self.published_on.isoformat() if self.published_on else None,
            "computed": self.computed,
            "entries": self.entries,
            "names_it": self.names_it,
        }


def workplace_of(row: WorkplaceRow | None) -> rules.Establishment | None:
    """What the rules need to know of the row, its lists not looked up yet."""
    match row:
        case Establishment():
            return rules.Establishment(
                kind=EstablishmentKind.SCHOOL if row.urn else EstablishmentKind.POST16,
                urn=row.urn,
                ukprn=row.ukprn,
                type_code=row.type_code,
                status_code=row.status_code,
                la_code=row.la_code or None,
            )
        case ChildcareSetting():
            return childcare(row.ofsted_urn)
        case LocalAuthority():
            return rules.Establishment(kind=EstablishmentKind.LOCAL_AUTHORITY, la_code=row.code)
        case None:
            return None


def childcare(ofsted_urn: str) -> rules.Establishment:
    """Someone whom Ofsted registers, also a childminder, of whom we hold nothing but the number."""
    return rules.Establishment(kind=EstablishmentKind.CHILDCARE, urn=ofsted_urn)


def evidence_for(workplace: rules.Establishment | None, term: Term) -> tuple[Evidence, ...]:
    """The lists that `term` decides with, and which of them name the workplace. One query."""
    return evidence_by_term(workplace, [term])[term.pk]


def evidence_by_term(
    workplace: rules.Establishment | None, terms: Iterable[Term]
) -> Mapping[int, tuple[Evidence, ...]]:
    """Primary key of each term -> as `evidence_for`. One query, whatever the number of terms."""
    named = ListEntry.objects.filter(entries_of(workplace), edition=OuterRef("edition"))
    keys = [term.pk for term in terms]
    in_use = TermList.objects.filter(term__in=keys).select_related("edition").only("term", "kind", *TOLD)
    in_use = in_use.annotate(names_it=Exists(named))
    found: dict[int, list[Evidence]] = {key: [] for key in keys}
    for used in in_use.order_by("kind"):
        found[used.term_id].append(
            Evidence(
                kind=used.kind,
                name=ListKind(used.kind).label,
                edition_id=used.edition.pk,
                term_name=used.edition.term_name,
                published_on=used.edition.published_on,
                computed=used.edition.computed,
                entries=used.edition.entry_count,
                names_it=used.names_it,
            )
        )
    return {key: tuple(lists) for key, lists in found.items()}


def facts_for(
    workplace: rules.Establishment | None,
    term: Term,
    setting: str | None,
    *,
    npq: str,
    evidence: Iterable[Evidence] | None = None,
    **personal: Any,
) -> rules.Facts:
    """The facts for one NPQ. `personal` are further fields of rules.Facts, as the person answered them.

    Without `evidence` (of this workplace and term) it is asked for: one query. Raises ValueError for a
    term, NPQ or setting that the rules do not know.
    """
    found = evidence_for(workplace, term) if evidence is None else evidence
    return rules.Facts(
        term=vocabulary.Term(term.identifier),
        npq=Npq(npq),
        setting=vocabulary.Setting(setting) if setting else None,
        establishment=listed(workplace, found),
        **personal,
    )


def decide_all(
    workplace: rules.Establishment | None,
    term: Term,
    setting: str | None,
    *,
    qualifications: Iterable[Qualification],
    evidence: Iterable[Evidence] | None = None,
    **personal: Any,
) -> list[tuple[Qualification, Decision]]:
    """A decision for each of the NPQs. One query, or none with `evidence` given.

    The coaching offer is decided under the name that it had in the term.
    """
    found = tuple(evidence_for(workplace, term) if evidence is None else evidence)
    return [
        (
            each,
            decide(
                facts_for(
                    workplace,
                    term,
                    setting,
                    npq=_name_in_term(each.identifier, term),
                    evidence=found,
                    **personal,
                )
            ),
        )
        for each in qualifications
    ]


def listed(workplace: rules.Establishment | None, evidence: Iterable[Evidence]) -> rules.Establishment | None:
    """The workplace with the lists that name it."""
    if workplace is None:
        return None
    kinds = frozenset(vocabulary.ListKind(each.kind) for each in evidence if each.names_it)
    return replace(workplace, lists=kinds)


def entries_of(workplace: rules.Establishment | None) -> Q:
    """The entries that mean this workplace: its URN among those who numbered it so, its UKPRN among UKPRNs."""
    entries = Q(pk__in=[])
    for series, number in numbers_of(workplace):
        entries |= Q(namespace=series.value, identifier=number)
    return entries


def _name_in_term(identifier: str, term: Term) -> Npq:
    """In 2021 what is now the coaching offer was the additional support offer (funding rules, section 1)."""
    npq, offered = Npq(identifier), POLICIES[vocabulary.Term(term.identifier)].offered
    if npq is Npq.EARLY_HEADSHIP_COACHING and Npq.ADDITIONAL_SUPPORT in offered:
        return Npq.ADDITIONAL_SUPPORT
    return npq
