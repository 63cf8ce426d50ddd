"""Delivery partners that may be one under two names: those whose plain names are alike."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection, transaction
from django.db.models import Count

from catalogue.models import CourseRun, DifferentPartners

# How many of the letters that stand together two names share, of 1 (pg_trgm). Slips, other spellings and words left out
# lie above, most names that share a word or an ending below.
ALIKE = 0.6
NAMES = "SELECT md5(string_agg(id || ' ' || plain_name, ' ' ORDER BY id)) FROM catalogue_deliverypartner"
PAIRS = """
    SELECT one.id, other.id, round(100 * similarity(one.plain_name, other.plain_name)::numeric)::integer AS percent
    FROM catalogue_deliverypartner one JOIN catalogue_deliverypartner other
      ON one.plain_name % other.plain_name AND one.id < other.id
    ORDER BY percent DESC, one.name, one.id, other.name
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """The keys of two partners, the lower first, and how much their plain names share, in percent."""

    one: int
    other: int
    percent: int


@dataclass(frozen=True, slots=True)
class Taught:
    """`runs` course runs for a lead provider in a term."""

    provider: str
    term: str
    runs: int


def waiting() -> list[Pair]:
    """Those that nobody has found to be two, the nearest first. Two queries, and a third after a name has changed."""
    different = set(DifferentPartners.objects.values_list("one", "other"))
    return [pair for pair in _pairs() if (pair.one, pair.other) not in different]


def alike(partner: int) -> list[int]:
    """The keys of those that `partner` waits with, the nearest first."""
    mine = [pair for pair in waiting() if partner in (pair.one, pair.other)]
    return [pair.other if pair.one == partner else pair.one for pair in mine]


def found_different() -> list[Pair]:
    """Those that staff found to be two, the last first; 0 percent where their names are not alike any more."""
    percents = {(pair.one, pair.other): pair.percent for pair in _pairs()}
    keys = DifferentPartners.objects.order_by("-said_at", "-pk").values_list("one", "other")
    return [Pair(one, other, percents.get((one, other), 0)) for one, other in keys]


def taught_by(partners: Collection[int]) -> dict[int, list[Taught]]:
    """The course runs of each, the newest term first. One query."""
    runs = CourseRun.objects.filter(partner__in=partners).order_by("-term__position", "provider__name")
    rows = runs.values_list("partner", "provider__name", "term__name").annotate(Count("pk"))
    found: dict[int, list[Taught]] = defaultdict(list)
    for partner, *what in rows:
        found[partner].append(Taught(*what))
    return found


def _pairs() -> tuple[Pair, ...]:
    with connection.cursor() as cursor:
        cursor.execute(NAMES)
        (names,) = cursor.fetchone()
    return _pairs_of(names)


@lru_cache(maxsize=1)
def _pairs_of(names: str) -> tuple[Pair, ...]:
    """`names` stands for all of them as they are: comparing 2,000 takes a second, and they seldom change."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(ALIKE)])
        cursor.execute(PAIRS)
        return tuple(Pair(*row) for row in cursor.fetchall())
