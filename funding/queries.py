"""Questions asked of the funding tables, by the names people would use."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from catalogue.models import Term
from funding.models import (
    ChildcareSetting,
    Establishment,
    ImportRun,
    IttProvider,
    ListEntry,
    ListKind,
    LocalAuthority,
    Namespace,
)
from funding.models.establishment import PICKABLE
from funding.rules.numbers import ofsted_number
from funding.rules.policies import POLICIES
from funding.successors import FOLLOWED, MOST_LINKS_FOLLOWED

# Words that say what kind of body is meant, or what somebody does for it, and not which one.
OF_AN_AUTHORITY = frozenset(
    {"council", "county", "borough", "city", "metropolitan", "district", "royal", "unitary"}
    | {"local", "authority", "la", "lea", "education", "virtual", "school", "schools", "supply", "teacher"}
    | {"teaching", "the", "of", "and"}
)
WORDS = re.compile(r"[a-z0-9]+")
# Each trust is compared once, not once for each of its schools: OFFSET 0 keeps the two steps apart.
_TRUSTS = """
    SELECT name, schools FROM (
        SELECT trust AS name, count(*) AS schools FROM funding_establishment
        WHERE trust <> '' AND status_code = ANY(%(open)s) GROUP BY trust OFFSET 0
    ) AS trusts
    WHERE word_similarity(%(typed)s, name) >= %(alike)s
    ORDER BY word_similarity(%(typed)s, name) DESC, schools DESC, name LIMIT %(limit)s
"""
LONGEST_TRUST = 60
ALIKE = 0.6  # how much of what was typed a trust's name holds

_SUCCESSORS = f"""
    WITH RECURSIVE started (urn) AS (SELECT unnest(%(urns)s::varchar[])),
    {FOLLOWED}
    SELECT DISTINCT start, urn FROM followed WHERE urn <> start
"""  # noqa: S608 (only our own constants are put in)


def successors(urns: Iterable[str]) -> dict[str, list[Establishment]]:
    """The schools that people may pick now which came, in one step or several, after each of these closed schools.

    By name. What came after one that may be picked is not looked for, and a URN that nothing open came after is not
    a key. Two queries, whatever the number of URNs.
    """
    wanted = sorted(set(urns))
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SUCCESSORS, {"urns": wanted, "open": list(PICKABLE), "most": MOST_LINKS_FOLLOWED})
        pairs = cursor.fetchall()
    open_now = Establishment.objects.pickable().filter(urn__in={later for _, later in pairs})
    by_urn = {each.urn: each for each in open_now}
    found: dict[str, list[Establishment]] = defaultdict(list)
    for urn, later in pairs:
        if later in by_urn:
            found[urn].append(by_urn[later])
    return {
        urn: sorted(schools, key=lambda school: (school.name, school.pk)) for urn, schools in found.items()
    }


def establishments_as_of() -> str:
    """How old the facts about workplaces are, in words: "school census 2022 to 2023". Empty before any are loaded."""
    return ImportRun.objects.in_use("establishments").values_list("as_of", flat=True).first() or ""


def settings_as_of() -> str:
    """How old the facts about childcare settings are: "31 August 2021". Empty before any are loaded."""
    return ImportRun.objects.in_use("childcare").values_list("as_of", flat=True).first() or ""


def has_rules(term: Term) -> bool:
    """Whether anything can be decided in `term`: its rules come with a release, and its row may be there first."""
    return term.identifier in POLICIES


def newest_with_rules() -> Term | None:
    return Term.objects.filter(identifier__in=list(POLICIES)).order_by("-position").first()


def accredited_training_providers() -> list[str]:
    """The legal names of those on the accredited list in use, by name."""
    return list(IttProvider.objects.filter(approved=True).values_list("legal_name", flat=True))


def authorities_named(typed: str) -> list[LocalAuthority]:
    """The local authorities that somebody may mean who types "Derbyshire County Council" or "derby virtual school".

    Only where the whole name was typed and nothing else: a school may be named after its place. By name; one
    query, or none where nothing but the name of a kind was typed.
    """
    words = _telling(typed)
    if not words:
        return []
    # "London Borough of Camden" is called Camden.
    meant = (words, words - {"london"})
    return [each for each in LocalAuthority.objects.all() if _telling(each.name) in meant]


def holds_ofsted_number(number: str) -> bool:
    """Whether a register or list that the portal holds names this Ofsted number."""
    listed = ListEntry.objects.filter(namespace=Namespace.OFSTED_URN, identifier=number)
    return ChildcareSetting.objects.filter(ofsted_urn=number).exists() or listed.exists()


def setting_numbered(typed: str) -> ChildcareSetting | None:
    """The childcare setting whose Ofsted number was typed. One query for what can be such a number, else none.

    A number without letters may be a school's as well.
    """
    number = ofsted_number(typed)
    return ChildcareSetting.objects.filter(ofsted_urn=number).first() if number else None


@dataclass(frozen=True)
class Trust:
    name: str
    schools: int


def trusts_named(typed: str, *, limit: int = 5) -> list[Trust]:
    """The academy trusts with open schools whose names are most like what was typed. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            _TRUSTS, {"typed": typed[:LONGEST_TRUST], "open": list(PICKABLE), "alike": ALIKE, "limit": limit}
        )
        return [Trust(*row) for row in cursor.fetchall()]


def schools_of_trust(name: str, term: Term) -> QuerySet[Establishment]:
    """Its open schools by name, each with `on_pp50` and `on_rise`: whether the lists of `term` name it."""

    def named_by(kind: ListKind) -> Exists:
        return Exists(
            ListEntry.objects.filter(
                namespace=Namespace.GIAS_URN,
                identifier=OuterRef("urn"),
                edition__terms__term=term,
                edition__terms__kind=kind,
            )
        )

    schools = Establishment.objects.pickable().filter(trust=name).exclude(trust="")
    return schools.annotate(on_pp50=named_by(ListKind.PP50_SCHOOLS), on_rise=named_by(ListKind.RISE))


def _telling(name: str) -> set[str]:
    return {word for word in WORDS.findall(name.lower()) if word not in OF_AN_AUTHORITY}
