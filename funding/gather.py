"""The bridge from rows to facts: the only place where the funding rules meet the database.

What the rules are given is looked up by (list kind, whose number, number), never by a bare number: a school
and a childminder may share one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from catalogue.models import Qualification, Term
from funding.models import Establishment, ListEntry, ListKind, Namespace, TermList
from funding.rules import facts as rules
from funding.rules import vocabulary
from funding.rules.decide import Decision, decide


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


def evidence_for(establishment: Establishment | None, term: Term) -> tuple[Evidence, ...]:
    """The lists that `term` decides with, and which of them name the establishment. One query."""
    named = ListEntry.objects.filter(numbers_of(establishment), edition=OuterRef("edition"))
    in_use = TermList.objects.filter(term=term).select_related("edition").annotate(names_it=Exists(named))
    return tuple(
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
        for used in in_use.order_by("kind")
    )


def facts_for(
    establishment: Establishment | None,
    term: Term,
    setting: str | None,
    *,
    npq: str,
    evidence: Iterable[Evidence] | None = None,
    **personal: Any,
) -> rules.Facts:
    """The facts for one NPQ. `personal` are further fields of rules.Facts, as the person answered them.

    Without `evidence` (of this establishment and term) it is asked for: one query. Raises ValueError for a
    term, NPQ or setting that the rules do not know.
    """
    found = evidence_for(establishment, term) if evidence is None else evidence
    return rules.Facts(
        term=vocabulary.Term(term.identifier),
        npq=vocabulary.Npq(npq),
        setting=vocabulary.Setting(setting) if setting else None,
        establishment=_as_facts(establishment, found) if establishment else None,
        **personal,
    )


def decide_all(
    establishment: Establishment | None,
    term: Term,
    setting: str | None,
    *,
    evidence: Iterable[Evidence] | None = None,
    **personal: Any,
) -> list[tuple[Qualification, Decision]]:
    """A decision for each NPQ that is shown, in the catalogue's order. Two queries, or one with `evidence` given."""
    found = tuple(evidence_for(establishment, term) if evidence is None else evidence)
    return [
        (
            each,
            decide(facts_for(establishment, term, setting, npq=each.identifier, evidence=found, **personal)),
        )
        for each in Qualification.objects.shown()
    ]


def _as_facts(establishment: Establishment, evidence: Iterable[Evidence]) -> rules.Establishment:
    kind = vocabulary.EstablishmentKind
    return rules.Establishment(
        kind=kind.SCHOOL if establishment.urn else kind.POST16,
        urn=establishment.urn,
        ukprn=establishment.ukprn,
        type_code=establishment.type_code,
        status_code=establishment.status_code,
        la_code=establishment.la_code or None,
        lists=frozenset(vocabulary.ListKind(each.kind) for each in evidence if each.names_it),
    )


def numbers_of(establishment: Establishment | None) -> Q:
    """The entries that mean this establishment: its GIAS URN among GIAS URNs, its UKPRN among UKPRNs."""
    numbers = Q(pk__in=[])
    if establishment and establishment.urn:
        numbers |= Q(namespace=Namespace.GIAS_URN, identifier=establishment.urn)
    if establishment and establishment.ukprn:
        numbers |= Q(namespace=Namespace.UKPRN, identifier=establishment.ukprn)
    return numbers
