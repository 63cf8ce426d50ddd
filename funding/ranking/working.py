"""Working out the ranking, in SQL: one statement for all schools, a few to keep what it gives.

Source: design, funding rules, section 6; the published list it imitates is one overall ranking, not one for
each phase.

**Population.** Schools that are open (or proposed to close), of a type that is eligible for funding, funded
by the state, and neither nurseries nor 16 to 19 institutions, which have lists of their own; with figures for
the year and at least one pupil on roll. Figures of a school that has closed are those of the open schools
that followed it (GIAS successor links, in one step or several): a merged school has the figures of all that
became it, added up; where a school was split, each part has all of its figures. Figures that lead to no open
school are left out, as the design ranks open schools. Of the 20,760 rows for 2021-22, 20,704 have pupils,
20,635 lead to a school that is ranked, and these are 20,557 schools today; against the list of autumn 2025
they give precision 0.912 and recall 0.877. With the 69 others ranked as well, as if they were still open,
those would be 0.908 and 0.876.

**Measure.** Share = pupils who attract deprivation pupil premium / pupils on roll. As a double: division is
correctly rounded, so equal fractions (33/66, 1/2) are equal numbers, and rolls are far too small for unequal
ones to meet.

**Ties.** As SQL's rank and percent_rank: equal shares have the same, best rank, and percent_rank is
(rank - 1) / (schools - 1), that is the part of the other schools with a larger share. The top half is
percent_rank < 0.5: schools that tie at the threshold are all in it, or all out.
"""

from contextlib import suppress
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.db.models.functions import Now

from funding.models import ImportRun, ListEdition, ListKind, Namespace, PupilPremium, Ranking
from funding.ranking.population import LEADS_TO, PARAMETERS

BANDS = 20
TOP_HALF = 0.5
SOURCES = ("establishments", "establishment-links")

_WORK_OUT = f"""
    CREATE TEMPORARY TABLE ranked ON COMMIT DROP AS
    WITH RECURSIVE figures AS (
        SELECT urn, roll, eligible FROM funding_pupilpremium WHERE year = %(year)s AND roll > 0
    ),
    started (urn) AS (SELECT urn FROM figures),
    {LEADS_TO},
    schools AS (
        SELECT leads_to.urn, array_agg(figures.urn ORDER BY figures.urn) AS figures_of,
            sum(roll)::integer AS roll, sum(eligible)::integer AS eligible
        FROM leads_to JOIN figures ON figures.urn = leads_to.start
        GROUP BY leads_to.urn
    ),
    shares AS (SELECT *, eligible::float8 / roll AS share FROM schools)
    SELECT *, rank() OVER largest AS rank, percent_rank() OVER largest AS percent_rank
    FROM shares WINDOW largest AS (ORDER BY share DESC)
"""  # noqa: S608 (only our own constants are put in)

_SUMMARY = """
    SELECT count(*),
        (SELECT count(DISTINCT figure) FROM ranked, unnest(figures_of) AS figure),
        min(share) FILTER (WHERE percent_rank < %(half)s),
        count(*) FILTER (WHERE percent_rank < %(half)s),
        encode(sha256(convert_to(
            %(year)s || string_agg(concat_ws(' ', urn, eligible, roll), ',' ORDER BY urn), 'UTF8'
        )), 'hex')
    FROM ranked
"""

_HISTOGRAM = """
    SELECT array_agg(schools ORDER BY band)
    FROM (
        SELECT band, count(ranked.urn) AS schools
        FROM generate_series(1, %(bands)s) AS band
        LEFT JOIN ranked ON least(width_bucket(share, 0, 1, %(bands)s), %(bands)s) = band
        GROUP BY band
    ) AS counted
"""

_KEEP = (
    "INSERT INTO funding_rankedschool"
    " (ranking_id, urn, figures_of, roll, eligible, share, rank, percent_rank)"
    " SELECT %(ranking)s, urn, figures_of, roll, eligible, share, rank, percent_rank FROM ranked ORDER BY urn"
)

_LIST = (
    "INSERT INTO funding_listentry (edition_id, namespace, identifier)"
    " SELECT %(edition)s, %(namespace)s, urn FROM ranked WHERE percent_rank < %(half)s ORDER BY urn"
)


class NothingToRankError(Exception):
    """There are no figures for the year, or none of a school that would be ranked."""


def edition_name(year: str) -> str:
    """What a computed edition is called, where nobody gave it a name."""
    return f"computed-{year}"


def work_out(year: str, name: str) -> tuple[Ranking, bool]:
    """Ranks the schools by their figures for `year`, keeps all that came of it, and says whether it is new.

    The top half becomes a computed edition of the schools' list called `name`; no term uses it unless a
    person says so. Where the same schools had the same figures before, nothing is made but a note of when and
    from which import runs it was worked out again. Raises NothingToRankError.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.ranked")
        cursor.execute(_WORK_OUT, {"year": year, **PARAMETERS})
        cursor.execute(_SUMMARY, {"year": year, "half": TOP_HALF})
        population, figures, threshold, entries, sha256 = cursor.fetchone()
        if not population:
            raise NothingToRankError(f"There are no figures for {year} of any school that can be ranked.")
        edition, new = ListEdition.objects.get_or_create(
            kind=ListKind.PP50_SCHOOLS,
            term_label=name,
            sha256=sha256,
            computed=True,
            defaults={"source_name": f"pupil premium figures, {year}", "entry_count": entries},
        )
        if not new:
            return _note_again(edition, year), False
        cursor.execute(_HISTOGRAM, {"bands": BANDS})
        (histogram,) = cursor.fetchone()
        ranking = Ranking.objects.create(
            edition=edition,
            year=year,
            population=population,
            figures=figures,
            threshold=threshold,
            histogram=histogram,
            sources=_sources(year),
        )
        cursor.execute(_KEEP, {"ranking": ranking.pk})
        cursor.execute(
            _LIST, {"edition": edition.pk, "namespace": Namespace.GIAS_URN.value, "half": TOP_HALF}
        )
    return ranking, True


def keep_up_to_date() -> None:
    """Ranks by the newest figures, unless the ranking in use is of these figures and schools already.

    It keeps the name that the year's edition was given. Without any figures, or any school that has some, nothing is
    done.
    """
    year = PupilPremium.objects.aggregate(newest=Max("year"))["newest"]
    if year is None:
        return
    ranking = Ranking.objects.in_use().select_related("edition").first()
    with suppress(NothingToRankError):
        if ranking is None or ranking.year != year:
            work_out(year, edition_name(year))
        elif ranking.sources != _sources(year):
            work_out(year, ranking.edition.term_label)


def _note_again(edition: ListEdition, year: str) -> Ranking:
    Ranking.objects.filter(edition=edition).update(sources=_sources(year), worked_out_at=Now())
    return Ranking.objects.select_related("edition").get(edition=edition)


def _sources(year: str) -> dict[str, Any]:
    """Source -> the import run that is in use. A source that nothing was imported from is not a key."""
    runs = ImportRun.objects.filter(source__in=(*SOURCES, f"pupil-premium-{year}"), refusal="")
    newest = runs.order_by("source", "-id").distinct("source")
    return dict(newest.values_list("source", "id"))
