"""The course finder among 20,000 runs with 80,000 sessions, against a signed-in bare page: a search that somebody made
before, and one that nobody has made since the catalogue changed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

from django.db import connection
from django.test import Client
from django.utils import timezone

from catalogue.finder.index import read_index
from catalogue.models import CourseRun, Session
from tests.benchmarks.browsing import asking, benchmark_addresses, signed_in
from tests.benchmarks.measuring import Figure, by_turns

TITLE = "Course finder"
USES_DATABASE = True
STEPS = 15
EACH = 2
RUNS, SESSIONS_EACH = 20_000, 4
TARGET = 4  # signed-in bare pages; issue: catalogue, point 6
ADDRESSES = {
    "by start date": "/courses/",
    "by distance": "/courses/?near=SK7",
    "by distance, last page": "/courses/?near=SK7&page=30",
    "within 50 miles, one NPQ": "/courses/?near=SK7&within=50&npq=headship",
    "nothing found": "/courses/?near=SK7&within=5&npq=headship&mode=face_to_face&days=saturday&places=paying",
}
# Many a month of starts, each provider, hub and NPQ, and sessions in two outward codes of all there are.
MADE_RUNS = """
    INSERT INTO catalogue_courserun (provider_id, hub_id, qualification_id, term_id, state, mode, days, starts_on,
        ends_on, apply_by, is_example, updated_at, funded_places, funded_taken, places_as_of)
    SELECT providers[1 + number %% cardinality(providers)], hubs[1 + number %% cardinality(hubs)],
        npqs[1 + number %% cardinality(npqs)],
        (SELECT id FROM catalogue_term WHERE identifier = 'autumn-2026'), 'open',
        (ARRAY['blended', 'face_to_face', 'online'])[1 + number %% 3],
        (ARRAY['weekday', 'twilight', 'saturday', ''])[1 + number %% 4],
        %(day)s + 20 + number %% 300, %(day)s + 500, %(day)s + 10, true, %(now)s, 10, number %% 11, %(day)s
    FROM generate_series(1, %(runs)s) number,
        (SELECT array_agg(id) providers FROM catalogue_leadprovider) provider,
        (SELECT array_agg(id) hubs FROM catalogue_teachingschoolhub) hub,
        (SELECT array_agg(id) npqs FROM catalogue_qualification WHERE NOT hidden) npq
"""
MADE_SESSIONS = """
    INSERT INTO catalogue_session
        (run_id, position, title, "on", facilitator, online, cancelled, venue, postcode)
    SELECT run.id, position, 'Seminar', run.starts_on + 30 * position, '', false, false, 'Example room',
        codes[1 + (run.id * 7 + position / 3 * 13) %% cardinality(codes)] || ' 9ZZ'
    FROM catalogue_courserun run, generate_series(1, %(each)s) position,
        (SELECT array_agg(outward_code) codes FROM catalogue_postcodearea) area
    WHERE run.is_example
"""


def measure(step: Callable[[], object]) -> list[Figure]:
    with many_runs(), benchmark_addresses():
        person = signed_in()
        again = [asking(person, address) for address in ADDRESSES.values()]
        anew = [asking_anew(person, address) for address in ADDRESSES.values()]
        page, index, *found = by_turns(
            [asking(person, "/benchmark/page/"), read_anew, *again, *anew], STEPS, step, each=EACH
        )
    names = [f"{name}, {times}" for times in ("made before", "for the first time") for name in ADDRESSES]
    return [
        *(
            Figure(f"{name}, to a signed-in page", taken / page, "x", TARGET)
            for name, taken in zip(names, found, strict=True)
        ),
        Figure(
            "reading the index, once after a change of the catalogue, to a signed-in page", index / page, "x"
        ),
    ]


def asking_anew(client: Client, address: str) -> Callable[[], None]:
    """A call that asks for the page at an address that it never had, by a part that the finder passes over."""
    numbers = count()
    return lambda: asking(client, f"{address}{'&' if '?' in address else '?'}never={next(numbers)}")()


def read_anew() -> None:
    read_index(timezone.localdate())


@contextmanager
def many_runs() -> Iterator[None]:
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(MADE_RUNS, {"day": timezone.localdate(now), "now": now, "runs": RUNS})
        cursor.execute("ANALYZE catalogue_courserun")  # which each session is checked against
        cursor.execute(MADE_SESSIONS, {"each": SESSIONS_EACH})
        for model in ("courserun", "session", "runvenue"):
            cursor.execute(f"ANALYZE catalogue_{model}")
    made = CourseRun.objects.filter(is_example=True)
    assert (made.count(), Session.objects.filter(run__in=made).count()) == (RUNS, RUNS * SESSIONS_EACH)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE catalogue_courserun CASCADE")
            cursor.execute("DELETE FROM catalogue_searchentry WHERE kind = 'run'")
