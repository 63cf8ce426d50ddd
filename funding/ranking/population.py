"""Which schools are ranked, and whose figures are theirs."""

from typing import Any

from funding.models.establishment import OPEN, PROPOSED_TO_CLOSE
from funding.rules import types
from funding.successors import FOLLOWED, MOST_LINKS_FOLLOWED

# The government's list of schools has none of these. Nurseries and 16 to 19 institutions have lists of their
# own, and type 10 is an independent special school.
NEVER_LISTED = frozenset({types.INDEPENDENT_SPECIAL, types.NURSERY_SCHOOL}) | types.TEACHES_16_TO_19
RANKED_TYPES = types.ELIGIBLE - NEVER_LISTED
# A school that is only proposed has no pupils yet; one that is proposed to close still has.
RANKED_STATUSES = (OPEN, PROPOSED_TO_CLOSE)

PARAMETERS: dict[str, Any] = {
    "open": list(RANKED_STATUSES),
    "types": sorted(RANKED_TYPES),
    "most": MOST_LINKS_FOLLOWED,
}

# Needs a relation `started (urn)` before it. Gives `leads_to (start, urn)`: each URN that is an open school
# leads to itself; one that is not, to every open school that its successor links reach without passing
# another open one.
LEADS_TO = f"""
    {FOLLOWED},
    leads_to (start, urn) AS (
        SELECT DISTINCT followed.start, followed.urn
        FROM followed
        JOIN funding_establishment AS school ON school.urn = followed.urn
        WHERE school.status_code = ANY(%(open)s) AND school.type_code = ANY(%(types)s)
    )
"""  # noqa: S608 (only our own constants are put in)
