"""The funding checker's page of one school, all eleven decisions, ranking and lists, against bare views."""

from collections.abc import Callable

from django.test import Client

from funding.models import RankedSchool
from tests.benchmarks.browsing import asking, benchmark_addresses, signed_in
from tests.benchmarks.measuring import Figure, by_turns

TITLE = "Funding checker"
USES_DATABASE = True
STEPS = 15
EACH = 4
# As for a list: four signed-in pages, each of twelve bare views, as the design measured them (quality figures, 3.2).
TARGET = 4 * 12


def measure(step: Callable[[], object]) -> list[Figure]:
    middle = RankedSchool.objects.order_by("rank")[RankedSchool.objects.count() // 2]
    with benchmark_addresses():
        anybody, person = Client(), signed_in()
        bare, page, checker = by_turns(
            [
                asking(anybody, "/benchmark/bare/"),
                asking(person, "/benchmark/page/"),
                asking(anybody, f"/funding/establishments/{middle.urn}/"),
            ],
            STEPS,
            step,
            each=EACH,
        )
    return [
        Figure("checker page to a bare view", checker / bare, "x", TARGET),
        Figure("checker page to a signed-in page", checker / page, "x"),
        Figure("checker page", checker * 1000, "ms"),
    ]
