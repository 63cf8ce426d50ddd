"""The page of figures over 200,000 applications and 20,000 drafts, against the queue's first page over the same."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from applications.models import Application, EndedDraft, ProviderForm
from catalogue.models import Term
from tests.benchmarks.browsing import asking, benchmark_addresses, signed_in
from tests.benchmarks.measuring import Figure, by_turns

TITLE = "Figures"
USES_DATABASE = True
STEPS = 9
REGISTERED, DRAFTS, ENDED = 200_000, 20_000, 20_000
TARGET = 10  # queue pages; issue: staff, point 7
TERMS = "SELECT array_agg(id ORDER BY position DESC) terms FROM catalogue_term"
NPQS = "SELECT array_agg(id) npqs FROM catalogue_qualification WHERE NOT hidden"
PROVIDERS = "SELECT array_agg(id) providers FROM catalogue_leadprovider"
MADE_PEOPLE = """
    INSERT INTO accounts_user (id, password, is_superuser, email, full_name, trn, trn_verified, is_staff, is_active,
        is_portal_staff, date_joined)
    SELECT gen_random_uuid(), '!', false, 'figures-' || number || '@example.test', 'Person ' || number, '', false,
        false, true, false, %(now)s
    FROM generate_series(1, %(people)s) number
"""
# Of all states, providers, NPQs and outcomes and of three terms; their decisions weigh what real ones do.
MADE_APPLICATIONS = f"""
    INSERT INTO applications_application (id, applicant_id, state, state_since, started_at, answers_saved_at, reference,
        registered_at, term_id, qualification_id, provider_id, full_name, trn, workplace_reference, workplace_name,
        funding_facts, funding_decision, funding_outcome, funding_reason, funding_rules_version, funding_evidence,
        funding_choice, form_id, submitted_at, awaits_scores, decision_reason, decided_at, funded_place,
        funding_review_reason, earlier_decisions)
    SELECT gen_random_uuid(), person.id, state, since, since - interval '2 days', since,
        'NPQ-' || translate(lpad(number::text, 6, '0'), '01', 'BC'), since - interval '1 day',
        terms[1 + number %% least(3, cardinality(terms))], npqs[1 + number %% cardinality(npqs)],
        providers[1 + (number * number) %% cardinality(providers)], full_name, '', '100000', 'Example School',
        made.facts, made.facts, (ARRAY['funded', 'funded', 'not_funded', 'review'])[1 + number %% 4], 'benchmark',
        'benchmark', '[]', 'self', %(form)s, CASE WHEN sent THEN since END, false,
        CASE WHEN state = 'rejected' THEN 'Full.' ELSE '' END,
        CASE WHEN state IN ('accepted', 'rejected') THEN since END, CASE WHEN state = 'accepted' THEN false END, '',
        '[]'
    FROM (
        SELECT *, state NOT IN ('registered', 'awaiting_sponsor') AS sent FROM (
            SELECT id, full_name, number, (ARRAY['submitted', 'awaiting_sponsor', 'registered', 'accepted',
                'accepted', 'rejected', 'more_information'])[1 + number %% 7] AS state,
                %(now)s - number * interval '4 minutes' AS since
            FROM (
                SELECT id, full_name, row_number() OVER (ORDER BY id) AS number FROM accounts_user
                WHERE email LIKE 'figures-%%'
            ) numbered
        ) stated
    ) person,
        (SELECT jsonb_build_object('trace', jsonb_agg(repeat('x', 200))) AS facts FROM generate_series(1, 8)) made,
        ({PROVIDERS}) provider, ({NPQS}) npq, ({TERMS}) term
"""
MADE_DRAFTS = """
    INSERT INTO applications_application (id, applicant_id, state, state_since, started_at, answers_saved_at, full_name,
        trn, workplace_reference, workplace_name, funding_outcome, funding_reason, funding_rules_version,
        funding_choice, awaits_scores, decision_reason, funding_review_reason, earlier_decisions)
    SELECT gen_random_uuid(), id, 'draft', %(now)s, %(now)s - number * interval '6 minutes', %(now)s, '', '', '', '',
        '', '', '', '', false, '', '', '[]'
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS number FROM accounts_user WHERE email LIKE 'figures-%%') person
    WHERE number <= %(drafts)s
"""
MADE_ANSWERS = """
    INSERT INTO applications_answer (application_id, step, value, answered_at)
    SELECT draft.id, said.step, said.value::jsonb, %(now)s FROM applications_application draft, (VALUES
        ('term', '{"term": "autumn-2026"}'), ('npq', '{"npq": "npq-headship"}'),
        ('provider', '{"provider": "ambition-institute"}')) said (step, value)
    WHERE draft.state = 'draft'
"""


def measure(step: Callable[[], object]) -> list[Figure]:
    with many_applications(), benchmark_addresses():
        staff = signed_in(portal_staff=True)
        queue, page = (
            reverse(f"admin:applications_{name}_changelist") for name in ("application", "figures")
        )
        addresses = ("/benchmark/page/", queue, page, f"{page}?npq=npq-headship&funding=funded")
        bare, queued, figures, narrowed = by_turns(
            [asking(staff, address) for address in addresses], STEPS, step
        )
    return [
        Figure("all figures, to the queue's first page", figures / queued, "x", TARGET),
        Figure("figures of one NPQ, to the queue's first page", narrowed / queued, "x", TARGET),
        Figure("all figures, to a signed-in page", figures / bare, "x"),
        Figure("queue's first page of 200,000, to a signed-in page", queued / bare, "x"),
    ]


@contextmanager
def many_applications() -> Iterator[None]:
    now = timezone.now()
    form = ProviderForm.objects.create(
        version=9_998, title="Benchmark", questions=[], published_at=now, purpose="general"
    )
    given = {"now": now, "people": REGISTERED, "form": form.pk, "drafts": DRAFTS}
    EndedDraft.objects.bulk_create(
        [EndedDraft(week="2026-01-05", term=Term.objects.first()) for _ in range(ENDED)], batch_size=5_000
    )
    with connection.cursor() as cursor:
        for made in (MADE_PEOPLE, MADE_APPLICATIONS, MADE_DRAFTS, MADE_ANSWERS):
            cursor.execute(made, given)
        if not connection.in_atomic_block:
            cursor.execute("VACUUM (ANALYZE) applications_application")  # as autovacuum does in use
            cursor.execute("VACUUM (ANALYZE) applications_answer")
    assert Application.objects.registered().count() >= REGISTERED
    try:
        yield
    finally:
        # The people stay: each would be looked for in every table, and nobody asks for them.
        EndedDraft.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("TRUNCATE applications_application CASCADE")
