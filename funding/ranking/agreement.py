"""How far a computed list and a published one name the same schools."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import F, Max

from funding.models import ListEdition, ListKind, Namespace, Ranking
from funding.ranking.population import LEADS_TO, PARAMETERS
from funding.ranking.working import TOP_HALF

_COMPARE = f"""
    WITH RECURSIVE started (urn) AS (
        SELECT identifier FROM funding_listentry WHERE edition_id = %(edition)s AND namespace = %(namespace)s
    ),
    {LEADS_TO},
    published AS (SELECT DISTINCT urn FROM leads_to),
    ranked AS (
        SELECT urn, percent_rank < %(half)s AS in_top_half
        FROM funding_rankedschool WHERE ranking_id = %(ranking)s
    )
    SELECT
        count(published.urn),
        count(*) FILTER (WHERE ranked.in_top_half),
        count(*) FILTER (WHERE published.urn IS NOT NULL AND ranked.urn IS NOT NULL),
        count(*) FILTER (WHERE published.urn IS NOT NULL AND ranked.in_top_half)
    FROM published FULL JOIN ranked ON ranked.urn = published.urn
"""  # noqa: S608 (only our own constants are put in)


@dataclass(frozen=True)
class Agreement:
    """Numbers of schools open today, after successor links have been followed on both sides.

    `published` are on the published list, `published_and_ranked` are those of them that have figures;
    `computed` are in the top half of the ranking, `both` are in the top half and on the published list.
    """

    published: int
    computed: int
    published_and_ranked: int
    both: int

    @property
    def precision(self) -> float:
        """The part of the computed list that is on the published one. 0 where nothing is computed."""
        return self.both / self.computed if self.computed else 0.0

    @property
    def recall(self) -> float:
        """The part of the published list that is computed too, among schools with figures: a school without
        cannot be ranked. 0 where there is none.
        """
        return self.both / self.published_and_ranked if self.published_and_ranked else 0.0


def agreement(ranking: Ranking, edition: ListEdition) -> Agreement:
    """Compares the ranking's top half with a published edition of the schools' list. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            _COMPARE,
            {
                "edition": edition.pk,
                "namespace": Namespace.GIAS_URN.value,
                "ranking": ranking.pk,
                "half": TOP_HALF,
                **PARAMETERS,
            },
        )
        return Agreement(*cursor.fetchone())


def published_editions() -> list[ListEdition]:
    """The published editions of the schools' list: the one that the newest term decides with first, then by the
    newest of the terms that use them; those that no term uses last, the one loaded last first.
    """
    published = ListEdition.objects.filter(kind=ListKind.PP50_SCHOOLS, computed=False)
    newest_term = F("newest_term").desc(nulls_last=True)
    return list(
        published.annotate(newest_term=Max("terms__term__position")).order_by(
            newest_term, "-loaded_at", "-id"
        )
    )
