"""The provider's queue of 100,000 applications, against a signed-in bare page: its first page, and its page 900."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from applications.admin.queue import written
from applications.models import Application, ProviderForm
from applications.models.queue import QUEUE_NUMBER, QUEUE_PLACE, QUEUE_SINCE
from tests.benchmarks.browsing import asking, benchmark_addresses, signed_in
from tests.benchmarks.measuring import Figure, by_turns

TITLE = "Queue of applications"
USES_DATABASE = True
STEPS = 15
APPLICATIONS = 100_000
PAGE, EACH_PAGE = 900, 50
TARGET = 1.3  # first pages; issue: staff, point 1
MADE_PEOPLE = """
    INSERT INTO accounts_user (id, password, is_superuser, email, full_name, trn, trn_verified, is_staff, is_active,
        is_portal_staff, date_joined)
    SELECT gen_random_uuid(), '!', false, 'queue-' || number || '@example.test', 'Person ' || number, '', false, false,
        true, false, %(now)s
    FROM generate_series(1, %(people)s) number
"""
# Of all states that the queue tells apart, with every provider, NPQ and name, over a year.
MADE_APPLICATIONS = """
    INSERT INTO applications_application (id, applicant_id, state, state_since, started_at, answers_saved_at, reference,
        registered_at, term_id, qualification_id, provider_id, full_name, date_of_birth, trn, workplace_reference,
        workplace_name, funding_facts, funding_decision, funding_outcome, funding_reason, funding_rules_version,
        funding_evidence, funding_choice, form_id, submitted_at, awaits_scores, information_at, decision_reason,
        decided_at, funded_place, funding_review_reason, earlier_decisions)
    SELECT gen_random_uuid(), person.id, state, since, since, since, reference, since,
        (SELECT id FROM catalogue_term WHERE identifier = 'autumn-2026'), npqs[1 + number %% cardinality(npqs)],
        providers[1 + number %% cardinality(providers)], full_name, date '1970-01-01' + (number %% 10000)::int,
        lpad((number %% 9999999)::text, 7, '0'), '100000', 'Example School ' || number %% 20000,
        made.facts, made.facts, 'funded', 'funded', 'benchmark', '[]', '', %(form)s, since, number %% 3 = 0,
        CASE WHEN number %% 5 = 0 THEN since END, CASE WHEN state = 'rejected' THEN 'Full.' ELSE '' END,
        CASE WHEN state IN ('accepted', 'rejected') THEN since END, CASE WHEN state = 'accepted' THEN false END, '',
        '[]'
    FROM (
        SELECT id, full_name, number, 'NPQ-' || translate(lpad(number::text, 6, '0'), '01', 'BC') AS reference,
            (ARRAY['submitted', 'awaiting_sponsor', 'registered', 'accepted', 'rejected', 'submitted',
                'more_information'])[1 + number %% 7] AS state, %(now)s - number * interval '5 minutes' AS since
        FROM (
            SELECT id, full_name, row_number() OVER (ORDER BY id) AS number FROM accounts_user
            WHERE email LIKE 'queue-%%'
        ) numbered
    ) person,
        (SELECT jsonb_build_object('trace', jsonb_agg(repeat('x', 200))) AS facts FROM generate_series(1, 8)) made,
        (SELECT array_agg(id) providers FROM catalogue_leadprovider) provider,
        (SELECT array_agg(id) npqs FROM catalogue_qualification WHERE NOT hidden) npq
"""


@dataclass
class Made:
    first: str
    deep: str


def measure(step: Callable[[], object]) -> list[Figure]:
    with many_applications() as made, benchmark_addresses():
        staff = signed_in(portal_staff=True)
        asked = [asking(staff, address) for address in ("/benchmark/page/", made.first, made.deep)]
        page, first, deep = by_turns(asked, STEPS, step)
    return [
        Figure(f"page {PAGE}, to the first page", deep / first, "x", TARGET),
        Figure("first page, to a signed-in page", first / page, "x"),
        Figure(f"page {PAGE}, to a signed-in page", deep / page, "x"),
    ]


@contextmanager
def many_applications() -> Iterator[Made]:
    """The addresses of the two pages, while there are so many applications."""
    now = timezone.now()
    form = ProviderForm.objects.create(
        version=9_999, title="Benchmark", questions=[], published_at=now, purpose="general"
    )
    with connection.cursor() as cursor:
        cursor.execute(MADE_PEOPLE, {"now": now, "people": APPLICATIONS})
        cursor.execute(MADE_APPLICATIONS, {"now": now, "form": form.pk})
        cursor.execute("ANALYZE accounts_user")
        # As autovacuum does in use: an index answers alone only of pages that were vacuumed.
        vacuum = "" if connection.in_atomic_block else "VACUUM "
        cursor.execute(f"{vacuum}ANALYZE applications_application")
    queue = Application.objects.registered().annotate(
        queue_place=QUEUE_PLACE, queue_number=QUEUE_NUMBER, queue_since=QUEUE_SINCE
    )
    assert queue.count() == APPLICATIONS
    last_before = queue.order_by("queue_place", "queue_number", "queue_since", "pk")[
        (PAGE - 1) * EACH_PAGE - 1
    ]
    address = reverse("admin:applications_application_changelist")
    try:
        yield Made(address, f"{address}?after={written(last_before)}")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM applications_application WHERE form_id = %s", [form.pk])
            cursor.execute("DELETE FROM accounts_user WHERE email LIKE 'queue-%%'")
