"""Questions asked of the funding tables, by the names people would use."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection

from catalogue.models import Term
from funding.models import Establishment, ImportRun
from funding.rules.policies import POLICIES

# Chains of closed schools are short; the limit is there for a loop in the data.
MOST_LINKS_FOLLOWED = 10

_SUCCESSORS = """
    WITH RECURSIVE later (start, urn, step) AS (
        SELECT urn, linked_urn, 1 FROM funding_establishmentlink
        WHERE urn = ANY(%(urns)s) AND kind LIKE 'Successor%%'
        UNION
        SELECT later.start, link.linked_urn, later.step + 1
        FROM later JOIN funding_establishmentlink AS link
            ON link.urn = later.urn AND link.kind LIKE 'Successor%%'
        WHERE later.step < %(most)s
    )
    SELECT DISTINCT start, urn FROM later WHERE urn <> start
"""


def successors(urns: Iterable[str]) -> dict[str, list[Establishment]]:
    """The schools that people may pick now which came, in one step or several, after each of these URNs.

    By name. A URN that nothing open came after is not a key. Two queries, whatever the number of URNs.
    """
    wanted = sorted(set(urns))
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SUCCESSORS, {"urns": wanted, "most": MOST_LINKS_FOLLOWED})
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
