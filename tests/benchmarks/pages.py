"""Pages by kind: content against a bare view, lists against a signed-in page, deep in a list against its start.

A content page is made once for each version of the catalogue (npq_portal.conditional), and then given to everybody who
is not signed in; what making it costs is a figure for information.
"""

from collections.abc import Callable

from django.core.cache import caches
from django.test import Client

from funding.models import Establishment
from tests.benchmarks.browsing import asking, benchmark_addresses, signed_in
from tests.benchmarks.measuring import Figure, by_turns

TITLE = "Pages and lists"
USES_DATABASE = True
STEPS = 15
EACH = 2
ADMIN_PAGE = 100


def measure(step: Callable[[], object]) -> list[Figure]:
    establishments = "/admin/funding/establishment/"
    with benchmark_addresses():
        anybody, person, staff = Client(), signed_in(), signed_in(portal_staff=True)
        bare, content, made, page, own, found, first, deep = by_turns(
            [
                asking(anybody, "/benchmark/bare/"),
                asking(anybody, "/qualifications/"),
                _made_anew(asking(anybody, "/qualifications/")),
                asking(person, "/benchmark/page/"),
                asking(person, "/applications/"),
                asking(person, "/funding/?q=oakwood"),
                asking(staff, establishments),
                asking(staff, f"{establishments}?p={_last_admin_page()}"),
            ],
            STEPS,
            step,
            each=EACH,
        )
    # The targets are those of the design's quality figures, 3.2.
    return [
        Figure("content page to a bare view", content / bare, "x", 4),
        Figure("content page to a bare view, when it is made", made / bare, "x"),
        Figure("signed-in page to a bare view", page / bare, "x"),
        Figure("own applications to a signed-in page", own / page, "x", 4),
        Figure("page of workplaces found to a signed-in page", found / page, "x", 4),
        Figure(f"admin, last page of {Establishment.objects.count():,} to the first", deep / first, "x", 1.3),
    ]


def _made_anew(ask: Callable[[], None]) -> Callable[[], None]:
    def forget_and_ask() -> None:
        caches["pages"].clear()
        ask()

    return forget_and_ask


def _last_admin_page() -> int:
    from django.contrib import admin

    per_page = admin.site._registry[Establishment].list_per_page
    return max(1, -(-Establishment.objects.count() // per_page))
