"""Where one workplace stands: in the ranking, and on every published edition of every list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, OuterRef, Q

from catalogue.models import Term
from funding.charts import Histogram, histogram
from funding.gather import entries_of, workplace_of
from funding.models import Establishment, ListEdition, ListEntry, ListKind, RankedSchool, Ranking
from funding.ranking.population import RANKED_TYPES
from funding.ranking.working import TOP_HALF
from funding.rules import types


class Unranked(StrEnum):
    """Why a workplace has no rank."""

    NO_RANKING = "no ranking"
    SIXTEEN_TO_NINETEEN = "16 to 19"
    NURSERY = "nursery"
    NOT_STATE_FUNDED = "not state-funded"
    NO_URN = "no URN"
    NO_FIGURES = "no figures"


@dataclass(frozen=True)
class Edition:
    """A published edition, whether it names the workplace, and the names of the terms that decide with it."""

    edition: ListEdition
    names_it: bool
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """`ranking` is None before any was worked out. `school` is the workplace's place in it; without one,
    `unranked` says why. `published` is the schools' list to compare with: the one that the term decides with,
    else the newest; None where there is none.
    """

    ranking: Ranking | None
    school: RankedSchool | None
    unranked: Unranked | None
    editions: tuple[Edition, ...]
    published: Edition | None

    @property
    def in_top_half(self) -> bool:
        return self.school is not None and self.school.percent_rank < TOP_HALF

    @property
    def agree(self) -> bool | None:
        """Whether the published list and the ranking say the same. None where one of them says nothing."""
        if self.school is None or self.published is None:
            return None
        return self.in_top_half == self.published.names_it

    @property
    def percent_above(self) -> int:
        """How many in a hundred of the other schools have a larger share, rounded down. 0 without a rank."""
        return int(self.school.percent_rank * 100) if self.school else 0

    @property
    def share_percent(self) -> float:
        return self.school.share * 100 if self.school else 0.0

    @property
    def threshold_percent(self) -> float:
        return self.ranking.threshold * 100 if self.ranking else 0.0

    @property
    def year(self) -> str:
        """The financial year of the figures in words: "2021 to 2022". Empty without a ranking."""
        return f"{self.ranking.year[:4]} to 20{self.ranking.year[5:]}" if self.ranking else ""

    @property
    def chart(self) -> Histogram | None:
        if self.school is None or self.ranking is None:
            return None
        return histogram(self.ranking.histogram, here=self.school.share, line=self.ranking.threshold)

    @property
    def figures_of_others(self) -> list[str]:
        """The URNs of schools that closed and whose figures it has."""
        return [urn for urn in self.school.figures_of if urn != self.school.urn] if self.school else []

    @property
    def naming(self) -> dict[str, list[Edition]]:
        """The editions that name the workplace, by the name of their list."""
        return _by_list(each for each in self.editions if each.names_it)

    @property
    def not_naming(self) -> dict[str, list[Edition]]:
        return _by_list(each for each in self.editions if not each.names_it)


def standing(establishment: Establishment, term: Term) -> Standing:
    """The workplace's place in the ranking in use, and the lists it is on. Two queries for a ranked school,
    three for another.
    """
    in_use = Ranking.objects.in_use()
    places = RankedSchool.objects.select_related("ranking")
    school = places.filter(ranking__in=in_use.values("pk"), urn=establishment.urn or "").first()
    ranking = school.ranking if school else in_use.first()
    editions = _editions(establishment)
    return Standing(
        ranking=ranking,
        school=school,
        unranked=None if school else _why_unranked(establishment, ranking),
        editions=editions,
        published=_schools_list(editions, term.name),
    )


def _editions(establishment: Establishment) -> tuple[Edition, ...]:
    """All published ones but the childminders' (no establishment is one), kind by kind, the newest first."""
    named = ListEntry.objects.filter(entries_of(workplace_of(establishment)), edition=OuterRef("pk"))
    found = (
        ListEdition.objects.filter(computed=False)
        .exclude(kind=ListKind.CHILDMINDERS)
        .annotate(
            names_it=Exists(named),
            used_by=ArrayAgg(
                "terms__term__name",
                filter=Q(terms__isnull=False),
                order_by="-terms__term__position",
                default=[],
            ),
        )
    )
    newest_first = found.order_by("-loaded_at", "-id")
    editions = [Edition(each, each.names_it, tuple(each.used_by)) for each in newest_first]
    return tuple(sorted(editions, key=lambda each: ListKind.values.index(each.edition.kind)))


def _by_list(editions: Iterable[Edition]) -> dict[str, list[Edition]]:
    lists: dict[str, list[Edition]] = {}
    for each in editions:
        lists.setdefault(each.edition.get_kind_display(), []).append(each)
    return lists


def _schools_list(editions: Sequence[Edition], term_name: str) -> Edition | None:
    schools = [each for each in editions if each.edition.kind == ListKind.PP50_SCHOOLS]
    used = [each for each in schools if term_name in each.terms]
    return next(iter([*used, *schools]), None)


def _why_unranked(establishment: Establishment, ranking: Ranking | None) -> Unranked:
    if ranking is None:
        return Unranked.NO_RANKING
    if establishment.type_code in types.TEACHES_16_TO_19:
        return Unranked.SIXTEEN_TO_NINETEEN
    if establishment.type_code == types.NURSERY_SCHOOL:
        return Unranked.NURSERY
    if establishment.type_code not in RANKED_TYPES:
        return Unranked.NOT_STATE_FUNDED
    if not establishment.urn:
        return Unranked.NO_URN
    return Unranked.NO_FIGURES
