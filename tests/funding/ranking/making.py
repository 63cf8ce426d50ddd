"""Schools with figures, and what a ranking makes of them."""

from funding.models import PupilPremium, RankedSchool, Ranking
from funding.ranking.working import work_out
from tests.factories.funding import EstablishmentFactory

YEAR = "2021-22"


def figures(urn: str, eligible: int, roll: int, year: str = YEAR) -> None:
    PupilPremium.objects.create(
        urn=urn, year=year, school_type="Mainstream", roll=roll, secondary_roll=0, eligible=eligible
    )


def school(urn: str, eligible: int, roll: int, **fields: str) -> None:
    """An open school with figures of its own."""
    EstablishmentFactory(urn=urn, **fields)
    figures(urn, eligible, roll)


def rank(name: str = "computed-2021-22") -> Ranking:
    ranking, _ = work_out(YEAR, name)
    return ranking


def ranks(ranking: Ranking) -> dict[str, int]:
    """{urn: rank}."""
    return dict(RankedSchool.objects.filter(ranking=ranking).values_list("urn", "rank"))


def top_half(ranking: Ranking) -> set[str]:
    """The URNs on the computed list."""
    return set(ranking.edition.entries.values_list("identifier", flat=True))
