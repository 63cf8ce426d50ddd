"""The years that the dates of courses are in.

NPQs began in 2001, and what is further ahead is a slip of the keyboard. Postgres has dates that no calendar has, too:
infinity, and the years before Christ, which Python cannot even read back.
"""

from datetime import date
from functools import reduce
from operator import and_

from django.db.models import Q

YEARS = range(2000, 2100)


def in_years(*names: str) -> Q:
    """Each of the columns `names` that has a date has one in YEARS: what a constraint says of them."""
    first, last = date(YEARS.start, 1, 1), date(YEARS.stop - 1, 12, 31)
    return reduce(and_, (Q((f"{name}__range", (first, last))) for name in names))
