"""What the database refuses of an application, whoever writes it."""

from collections.abc import Iterable
from datetime import date

from django.db.models import CheckConstraint, Deferrable, Q, UniqueConstraint

from applications.states import DECIDED, ENDED, LIVE, TAKEN_ON, State
from applications.vocabulary import ERASED_REASON, KEPT_LONG_ENOUGH
from npq_portal.accounts.models import ERASED


def values(states: Iterable[State]) -> list[str]:
    """Plain, ordered text: a migration must not change with the order of a set, nor import an enumeration."""
    return sorted(state.value for state in states)


DRAFT = Q(state=State.DRAFT.value)
WAITING = Q(state=State.WAITING_LIST.value)
OFFERED = Q(state=State.OFFERED.value)
UNDECIDED = frozenset(State) - ENDED - TAKEN_ON
ERASED_REASONS = ["", ERASED_REASON, KEPT_LONG_ENOUGH]
PAST_THE_FORM = frozenset(State) - {State.DRAFT, State.REGISTERED, State.WITHDRAWN, State.REJECTED}

OF_APPLICATION = (
    CheckConstraint(condition=Q(state__in=values(State)), name="application_state_is_known"),
    UniqueConstraint(fields=["reference"], name="application_reference_unique"),
    CheckConstraint(
        condition=Q(reference__isnull=True) | Q(reference__regex=r"^NPQ-[2-9B-DF-HJ-NP-TV-Z]{6}$"),
        name="application_reference_is_readable",
    ),
    CheckConstraint(
        condition=Q(
            Q(DRAFT, reference__isnull=True, registered_at__isnull=True),
            Q(term__isnull=True, qualification__isnull=True, provider__isnull=True, full_name=""),
        )
        | Q(
            ~DRAFT,
            Q(reference__isnull=False, registered_at__isnull=False),
            Q(term__isnull=False, qualification__isnull=False, provider__isnull=False),
            ~Q(full_name=""),
        ),
        name="application_registered_is_complete",
    ),
    CheckConstraint(
        condition=Q(
            Q(DRAFT, funding_facts__isnull=True, funding_decision__isnull=True),
            Q(
                funding_evidence__isnull=True,
                funding_outcome="",
                funding_reason="",
                funding_rules_version="",
            ),
        )
        | Q(
            ~DRAFT,
            Q(
                funding_facts__isnull=False,
                funding_decision__isnull=False,
                funding_evidence__isnull=False,
            ),
            ~Q(funding_outcome="") & ~Q(funding_reason="") & ~Q(funding_rules_version=""),
        ),
        name="application_funding_frozen_together",
    ),
    UniqueConstraint(
        fields=["applicant", "qualification", "term"],
        condition=Q(state__in=values(LIVE)),
        name="application_live_once_per_npq_and_term",
    ),
    CheckConstraint(
        # Nobody was asked who pays where the rules left the outcome open.
        condition=~Q(funding_outcome="not_funded")
        | ~Q(funding_choice="")
        | Q(funding_reviewed_at__isnull=False),
        name="application_not_funded_says_who_pays",
    ),
    CheckConstraint(
        condition=Q(
            funding_reviewed_at__isnull=True, funding_reviewed_by__isnull=True, funding_review_reason=""
        )
        | Q(
            ~Q(funding_review_reason=""),
            funding_reviewed_at__isnull=False,
            funding_reviewed_by__isnull=False,
            funding_outcome__in=["funded", "not_funded"],
            funding_decision__outcome="review",
        ),
        name="application_funding_review_is_complete",
    ),
    CheckConstraint(
        condition=(~Q(state__in=values(TAKEN_ON)) | Q(funded_place__isnull=False, decided_at__isnull=False))
        & (~Q(state__in=values(UNDECIDED)) | Q(funded_place__isnull=True, decided_at__isnull=True)),
        name="application_decided_when_taken_on",
    ),
    # Who is not taken on holds no place, funded or not: it was given back, and the history says so.
    CheckConstraint(
        condition=Q(state__in=values(TAKEN_ON)) | Q(funded_place__isnull=True),
        name="application_place_while_taken_on",
    ),
    CheckConstraint(
        condition=~Q(funded_place=True) | Q(funding_outcome="funded"),
        name="application_funded_place_needs_funding",
    ),
    CheckConstraint(
        condition=~Q(state=State.REJECTED.value) | (~Q(decision_reason="") & Q(decided_at__isnull=False)),
        name="application_rejected_has_a_reason",
    ),
    CheckConstraint(
        condition=Q(WAITING, waiting_number__isnull=False) | Q(~WAITING, waiting_number__isnull=True),
        name="application_waiting_has_a_number",
    ),
    # Checked at the end, so that a list can be put into another order.
    UniqueConstraint(
        fields=["provider", "qualification", "term", "waiting_number"],
        deferrable=Deferrable.DEFERRED,
        name="application_waiting_number_once",
    ),
    CheckConstraint(
        condition=Q(OFFERED, offer_ends_at__isnull=False) | Q(~OFFERED, offer_ends_at__isnull=True),
        name="application_offer_has_an_end",
    ),
    CheckConstraint(
        condition=~OFFERED | Q(funding_outcome="funded"),
        name="application_offer_needs_funding",
    ),
    CheckConstraint(
        condition=Q(undo_until__isnull=True, before_decision__isnull=True)
        | Q(
            state__in=values(DECIDED),
            undo_until__isnull=False,
            before_decision__isnull=False,
            erased_at__isnull=True,
        ),
        name="application_undo_is_of_a_decision",
    ),
    CheckConstraint(
        condition=Q(course_run_as_of__isnull=True) | Q(course_run__isnull=False),
        name="application_course_run_as_of_has_a_run",
    ),
    CheckConstraint(condition=Q(trn="") | Q(trn__regex=r"^\d{7}$"), name="application_trn_is_7_digits"),
    CheckConstraint(
        condition=Q(date_of_birth__isnull=True)
        | Q(date_of_birth__gte=date(1900, 1, 1), date_of_birth__lt=date(2100, 1, 1)),
        name="application_date_of_birth_is_sensible",
    ),
    CheckConstraint(
        condition=~Q(state__in=values(PAST_THE_FORM)) | Q(form__isnull=False),
        name="application_past_the_form_has_a_form",
    ),
    CheckConstraint(
        condition=Q(erased_at__isnull=True)
        | Q(
            Q(state__in=values(ENDED), full_name=ERASED, date_of_birth__isnull=True, trn=""),
            Q(workplace_reference="", workplace_name="", decision_reason__in=ERASED_REASONS),
            Q(funding_review_reason__in=ERASED_REASONS),
        ),
        name="application_erased_says_nothing",
    ),
)
