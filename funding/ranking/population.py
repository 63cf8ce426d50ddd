"""Which schools are ranked, and whose figures are theirs."""

from typing import Any

from funding.models.establishment import OPEN, PROPOSED_TO_CLOSE
from funding.rules.changes import TEACHES_16_TO_19
from funding.rules.policy import ELIGIBLE_TYPES

# The government's list of schools has none of these. Nurseries and 16 to 19 institutions have lists of their
# own, and type 10 is an independent special school.
NEVER_LISTED = frozenset({"10", "15"}) | TEACHES_16_TO_19
RANKED_TYPES = ELIGIBLE_TYPES - NEVER_LISTED
# A school that is only proposed has no pupils yet; one that is proposed to close still has.
RANKED_STATUSES = (OPEN, PROPOSED_TO_CLOSE)
# Chains of closed schools are short; the limit is there for a loop in the data.
MOST_LINKS_FOLLOWED = 10

PARAMETERS: dict[str, Any] = {
    "open": list(RANKED_STATUSES),
    "types": sorted(RANKED_TYPES),
    "most": MOST_LINKS_FOLLOWED,
}

# Needs a relation `started (urn)` before it. Gives `leads_to (start, urn)`: each URN that is an open school
# leads to itself; one that is not, to every open school that its successor links reach without passing
# another open one.
LEADS_TO = """
    step (start, urn, steps) AS (
        SELECT urn, urn::varchar, 0 FROM started
        UNION
        SELECT step.start, link.linked_urn, step.steps + 1
        FROM step
        JOIN funding_establishmentlink AS link ON link.urn = step.urn AND link.kind LIKE 'Successor%%'
        WHERE step.steps < %(most)s AND NOT EXISTS (
            SELECT FROM funding_establishment AS school
            WHERE school.urn = step.urn AND school.status_code = ANY(%(open)s)
        )
    ),
    leads_to (start, urn) AS (
        SELECT DISTINCT step.start, step.urn
        FROM step
        JOIN funding_establishment AS school ON school.urn = step.urn
        WHERE school.status_code = ANY(%(open)s) AND school.type_code = ANY(%(types)s)
    )
"""
