"""One application: from a draft registration to an answer, and on through training.

While it is a draft its answers live in `Answer` rows and the columns below stay empty; registering copies
them here once, with the funding decision as it was made. Nothing overwrites that afterwards, but for the outcome
that the rules left to a person (`funding_outcome`), and what portal staff put right (`actions.change_record`), which
keeps what it replaces; erasing the person empties what says who it was.
"""

import uuid
from copy import copy
from datetime import date, datetime, timedelta
from typing import Any, Self, cast

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from applications.models.application_constraints import DRAFT, OF_APPLICATION
from applications.models.application_sets import ApplicationQuerySet
from applications.models.queue import QUEUE_NUMBER, QUEUE_PLACE, QUEUE_SINCE
from applications.states import BEING_DECIDED, LABELS, REVIEWABLE, State
from applications.vocabulary import Payer
from catalogue.models import CourseRun, LeadProvider, Qualification, Term
from funding.rules.vocabulary import Outcome
from funding.rules.words import OUTCOMES

# A registered application has answered everything, so its decision is never incomplete.
OUTCOME_CHOICES = [
    (outcome.value, OUTCOMES[outcome].title) for outcome in Outcome if outcome is not Outcome.INCOMPLETE
]
PAYER_CHOICES = [(payer.value, payer.label) for payer in Payer]


class Application(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="applications")
    state = models.CharField(
        max_length=20, choices=[(state.value, LABELS[state]) for state in State], default=State.DRAFT.value
    )
    state_since = models.DateTimeField()
    started_at = models.DateTimeField()
    answers_saved_at = models.DateTimeField(help_text="When an answer was last given or changed.")

    # Set together by registering; the three that say what for change by verbs alone.
    reference = models.CharField(max_length=10, null=True, blank=True)  # noqa: DJ001 - null in drafts, unique otherwise
    registered_at = models.DateTimeField(null=True, blank=True)
    term = models.ForeignKey(Term, models.PROTECT, null=True, blank=True, related_name="applications")
    qualification = models.ForeignKey(
        Qualification, models.PROTECT, null=True, blank=True, related_name="applications", verbose_name="NPQ"
    )
    provider = models.ForeignKey(
        LeadProvider, models.PROTECT, null=True, blank=True, related_name="applications"
    )
    provider_since = models.DateTimeField(
        null=True, blank=True, help_text="Empty where it is with this provider since it was registered."
    )
    # One of the same provider, NPQ and term: the migration "course_run_of_the_same_course" has the database hold that,
    # by a reference on all four columns, which Django's models cannot say.
    course_run = models.ForeignKey(
        CourseRun, models.PROTECT, null=True, blank=True, related_name="applications"
    )
    # The run's `updated_at` when it was chosen: of what was changed by then nobody has to be told. It is read with the
    # run held, so that no clock decides.
    course_run_as_of = models.DateTimeField(null=True, blank=True)
    full_name = models.CharField("name", max_length=200, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    trn = models.CharField("teacher reference number", max_length=7, blank=True)
    workplace_reference = models.CharField(max_length=24, blank=True)
    workplace_name = models.CharField("workplace", max_length=200, blank=True)

    # The funding decision as it stood on registering: enough to decide again from nothing but this row.
    funding_facts = models.JSONField(null=True, blank=True)
    funding_decision = models.JSONField(
        null=True, blank=True, help_text="Outcome, reason, trace, what would change it."
    )
    funding_outcome = models.CharField(
        "funding",
        max_length=12,
        choices=OUTCOME_CHOICES,
        blank=True,
        help_text="What holds: the decision's own, or, where that was a review, what portal staff decided.",
    )
    funding_reason = models.CharField(max_length=60, blank=True)
    funding_rules_version = models.CharField(max_length=40, blank=True)
    funding_evidence = models.JSONField(
        null=True, blank=True, help_text="The list editions looked at, with their dates."
    )
    funding_reviewed_at = models.DateTimeField(null=True, blank=True)
    funding_reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    funding_review_reason = models.TextField(blank=True, help_text="In words that the applicant reads.")
    earlier_decisions = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text="What was decided before portal staff changed the term or the NPQ, each with its trace.",
    )
    funding_choice = models.CharField("who pays", max_length=8, choices=PAYER_CHOICES, blank=True)

    form = models.ForeignKey(
        "applications.ProviderForm",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
        help_text="The version of the provider's form that the answers were given to.",
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    awaits_scores = models.BooleanField(
        default=False, help_text="Its form has scored questions, and fewer than two people have scored them."
    )
    information_at = models.DateTimeField(
        null=True, blank=True, help_text="When the applicant last answered what the provider asked."
    )

    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(blank=True, help_text="In words that the applicant reads.")
    funded_place = models.BooleanField(
        null=True, blank=True, help_text="Known while the provider has taken the person on."
    )
    waiting_number = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="The lowest is next, among those who wait for the same provider, NPQ and term. Numbers have gaps.",
    )
    offer_ends_at = models.DateTimeField(
        null=True, blank=True, help_text="Until then a funded place is held for the person."
    )
    undo_until = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Then the mail about the decision goes out. Until then it can be undone.",
    )
    before_decision = models.JSONField(
        null=True,
        blank=True,
        editable=False,
        help_text="The state, and what went with it: until then it can be put back.",
    )
    erased_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="From then on it says nothing about a person: it is kept to be counted.",
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-state_since", "id"]
        constraints = OF_APPLICATION
        indexes = [
            models.Index(
                QUEUE_PLACE, QUEUE_NUMBER, QUEUE_SINCE, "id", condition=~DRAFT, name="application_queue_order"
            ),
            models.Index(fields=["provider", "state", "state_since"], name="application_of_a_provider"),
            models.Index(fields=["trn"], condition=~Q(trn=""), name="application_trn"),
            models.Index(fields=["applicant", "state"], name="application_of_a_person"),
            models.Index(
                Lower("full_name"),
                "date_of_birth",
                condition=Q(date_of_birth__isnull=False),
                name="application_name_and_birth",
            ),
            models.Index(
                fields=["registered_at"],
                condition=Q(funding_outcome=Outcome.REVIEW.value),
                name="application_to_review",
            ),
            # All that figures are counted by, so that they need not read the rows, which are heavy.
            models.Index(
                fields=["provider", "term", "qualification", "funding_outcome", "state"],
                include=["started_at", "registered_at", "submitted_at", "decided_at"],
                condition=~DRAFT,
                name="application_counted",
            ),
        ]

    def __str__(self) -> str:
        return self.reference or "Draft"

    def get_absolute_url(self) -> str:
        return reverse("applications:tracker", args=[self.pk])

    @property
    def offer_last_day(self) -> date | None:
        """The last whole day on which an offer can be answered; None where nothing is offered."""
        ends_at = self.offer_ends_at
        return timezone.localdate(ends_at - timedelta(seconds=1)) if ends_at else None

    @property
    def with_provider_since(self) -> datetime | None:
        """None for a draft."""
        return self.provider_since or self.registered_at

    @property
    def funding_as_of(self) -> datetime | None:
        """When what holds about the funding was decided; None for a draft."""
        return self.funding_reviewed_at or self.registered_at

    @property
    def in_review(self) -> bool:
        """Whether portal staff are to decide about the funding."""
        return self.funding_outcome == Outcome.REVIEW and self.status in REVIEWABLE

    @property
    def may_be_scored(self) -> bool:
        """The form is with the provider, and nobody has decided."""
        return self.submitted_at is not None and self.status in BEING_DECIDED

    @property
    def status(self) -> State:
        return State(self.state)

    def can_be_undone(self, now: datetime) -> bool:
        """A decision was made of which the applicant is not told yet."""
        return self.undo_until is not None and now < self.undo_until

    def as_told(self, now: datetime) -> Self:
        """As its applicant knows it: where a decision can still be undone, a copy that stands as before it.

        It is for pages. Verbs take the row itself.
        """
        if not self.can_be_undone(now):
            return self
        told = copy(self)
        for name, value in (self.before_decision or {}).items():
            field = cast("models.Field[Any, Any]", self._meta.get_field(name))
            setattr(told, name, field.to_python(value))
        told.decision_reason = ""
        return told
