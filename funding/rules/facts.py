"""What a funding decision is made from.

Source: design, funding rules, sections 1 and 7. Facts are frozen, hold no
names of people or places, and say nothing about how they were found: the lists
are already looked up, by (list kind, establishment kind, number), because a
school and a childminder can share a number.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from funding.rules import reading, types
from funding.rules.reading import Choice, FactsError
from funding.rules.vocabulary import (
    EarlyYearsKind,
    Employment,
    EstablishmentKind,
    ListKind,
    Npq,
    NpqhStatus,
    Setting,
    Term,
)

__all__ = ["Establishment", "Facts", "FactsError"]

AUTHORITIES_OUTSIDE_ENGLAND = frozenset({"673", "702", "000", "704", "708"})

# Described by section 1 but read by no rule: welcome in a file, and not kept.
UNREAD = ("name", "phase", "pupils")


@dataclass(frozen=True, slots=True)
class Establishment:
    """A workplace: the numbers and codes of GIAS (or Ofsted, for childcare).

    `type_code` is kept without leading zeros. `status_code` is carried for the
    record and plays no part in a decision (section 3).
    """

    kind: EstablishmentKind
    urn: str | None = None
    ukprn: str | None = None
    type_code: str | None = None
    status_code: str | None = None
    la_code: str | None = None
    lists: frozenset[ListKind] = frozenset()

    def __post_init__(self) -> None:
        # object.__setattr__ is how a frozen value tidies itself while being made.
        if type(self.kind) is not EstablishmentKind:
            object.__setattr__(self, "kind", EstablishmentKind(self.kind))
        object.__setattr__(self, "lists", _members_of(ListKind, self.lists))
        if self.type_code:
            object.__setattr__(self, "type_code", self.type_code.lstrip("0") or None)

    @property
    def in_england(self) -> bool:
        return self.type_code != types.WELSH_ESTABLISHMENT and self.la_code not in AUTHORITIES_OUTSIDE_ENGLAND

    @property
    def is_nursery_school(self) -> bool:
        """A local authority nursery school, GIAS type 15."""
        return self.type_code == types.NURSERY_SCHOOL

    @property
    def has_ofsted_urn(self) -> bool:
        """A school's URN is GIAS's, from another series; only childcare has Ofsted's."""
        return self.kind is EstablishmentKind.CHILDCARE and bool(self.urn)

    @classmethod
    def from_json(cls, data: object) -> "Establishment":
        """Raises FactsError. `kind` is required; every other key may be missing or null."""
        if not isinstance(data, dict):
            raise FactsError(f"establishment is {reading.quoted(data)}; it must be an object or null")
        reading.only_known(data, _DESCRIBED, "establishment")
        return cls(
            kind=reading.choice(data.get("kind", reading.MISSING), EstablishmentKind, "establishment.kind"),
            lists=reading.choices(data.get("lists"), ListKind, "establishment.lists"),
            **{name: reading.text(data.get(name), f"establishment.{name}") for name in _NUMBERS},
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "urn": self.urn,
            "ukprn": self.ukprn,
            "type_code": self.type_code,
            "status_code": self.status_code,
            "la_code": self.la_code,
            "lists": sorted(self.lists),
        }


@dataclass(frozen=True, slots=True)
class Facts:
    """One person, one NPQ, one term, one workplace.

    None always means "not known yet"; where a rule turns on it the decision is
    `incomplete` and names it. `new_headteacher` is the test of the term's own
    rule: head now and in the first five years (the first 24 months in 2021;
    for headship in `autumn-2021-first`, about to start as head counts too).
    `previously_funded` holds the NPQs with an accepted application that was
    eligible and whose funded place is not "no". `decided_on` matters only where
    a rule changed inside a term (spring 2025, on 2 April 2025); None takes the
    term's final rule.
    """

    term: Term
    npq: Npq
    works_in_england: bool | None = None
    setting: Setting | None = None
    early_years_kind: EarlyYearsKind | None = None
    employment: Employment | None = None
    establishment: Establishment | None = None
    itt_provider_approved: bool | None = False
    referred_by_return_to_teaching_adviser: bool | None = False
    new_headteacher: bool | None = False
    npqh_status: NpqhStatus | None = None
    previously_funded: frozenset[Npq] = frozenset()
    decided_on: date | None = None

    def __post_init__(self) -> None:
        """Takes plain text for an enumerated fact too; raises ValueError on an unknown one."""
        for name, kind in _ENUMERATED:
            value = getattr(self, name)
            if value is not None and type(value) is not kind:
                object.__setattr__(self, name, kind(value))
        if self.previously_funded:
            object.__setattr__(self, "previously_funded", _members_of(Npq, self.previously_funded))

    @classmethod
    def from_json(cls, data: object) -> "Facts":
        """Reads the object of section 7; raises FactsError naming the first wrong fact.

        `term` and `npq` are required. A missing key reads as the field's
        default: null, an empty array, and false for the three questions that
        only some people are asked. An explicit null is "not known yet".
        """
        if not isinstance(data, dict):
            raise FactsError(f"the facts are {reading.quoted(data)}; they must be an object")
        reading.only_known(data, _NAMES, "the object")
        establishment, optional = data.get("establishment"), reading.optional_choice
        adviser = "referred_by_return_to_teaching_adviser"
        return cls(
            term=reading.choice(data.get("term", reading.MISSING), Term, "term"),
            npq=reading.choice(data.get("npq", reading.MISSING), Npq, "npq"),
            works_in_england=reading.flag(data.get("works_in_england"), "works_in_england"),
            setting=optional(data.get("setting"), Setting, "setting"),
            early_years_kind=optional(data.get("early_years_kind"), EarlyYearsKind, "early_years_kind"),
            employment=optional(data.get("employment"), Employment, "employment"),
            establishment=None if establishment is None else Establishment.from_json(establishment),
            itt_provider_approved=reading.flag(
                data.get("itt_provider_approved", False), "itt_provider_approved"
            ),
            referred_by_return_to_teaching_adviser=reading.flag(data.get(adviser, False), adviser),
            new_headteacher=reading.flag(data.get("new_headteacher", False), "new_headteacher"),
            npqh_status=optional(data.get("npqh_status"), NpqhStatus, "npqh_status"),
            previously_funded=reading.choices(data.get("previously_funded"), Npq, "previously_funded"),
            decided_on=reading.day(data.get("decided_on"), "decided_on"),
        )

    def to_json(self) -> dict[str, Any]:
        """The object of section 7; `decided_on` is there only when it is known."""
        data = {name: getattr(self, name) for name in _NAMES}
        for name, _ in _ENUMERATED:
            data[name] = None if data[name] is None else data[name].value
        data["establishment"] = self.establishment.to_json() if self.establishment else None
        data["previously_funded"] = sorted(self.previously_funded)
        data["decided_on"] = self.decided_on and self.decided_on.isoformat()
        if self.decided_on is None:
            del data["decided_on"]
        return data


def _members_of(kind: type[Choice], values: Iterable[str]) -> frozenset[Choice]:
    """The values as members; unchanged when they are already, as that is nearly always so."""
    if type(values) is frozenset and all(type(value) is kind for value in values):
        return values
    return frozenset(map(kind, values))


_NAMES = tuple(field.name for field in fields(Facts))
_NUMBERS = ("urn", "ukprn", "type_code", "status_code", "la_code")
_DESCRIBED = (*(field.name for field in fields(Establishment)), *UNREAD)
_ENUMERATED = (
    ("term", Term),
    ("npq", Npq),
    ("setting", Setting),
    ("early_years_kind", EarlyYearsKind),
    ("employment", Employment),
    ("npqh_status", NpqhStatus),
)
