"""One decision about many applications: what was confirmed, and what came of each. Its reader's own, for a while.

What was decided stands on each application and in its history; this is the page of it. Posted again it is found by its
key, which its preview had; and where the machine stopped in between, it says what is still to be done.
"""

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from applications.models.application import Application

if TYPE_CHECKING:
    from npq_portal.accounts.models import User


class BulkDecisionQuerySet(models.QuerySet["BulkDecision"]):
    def of(self, user: "User") -> Self:
        return self.filter(by=user)

    def unfinished(self) -> Self:
        return self.filter(finished_at=None)


class BulkDecision(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="bulk_decisions")
    choice = models.CharField(max_length=20)
    given = models.JSONField(
        default=dict, help_text="The words that each applicant reads. Emptied when it is finished."
    )
    gone = models.PositiveIntegerField(
        default=0, help_text="How many were chosen that had left the list by then."
    )
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = BulkDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        indexes = [
            models.Index(fields=["by"], condition=Q(finished_at=None), name="bulk_decision_to_go_on_with")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(given={}), name="bulk_decision_finished_keeps_no_words"
            )
        ]

    def __str__(self) -> str:
        return f"{self.choice}, {self.made_at:%-d %B %Y}"


class BulkDecisionLine(models.Model):
    """One of its applications. `seen` is how it stood when it was confirmed, `left` how this decision left it."""

    class Outcome(models.TextChoices):
        NOT_YET = "not_yet", "not decided yet"
        DONE = "done", "done"
        NOT_DONE = "not_done", "nothing was done"
        UNDONE = "undone", "undone"

    bulk = models.ForeignKey(BulkDecision, models.CASCADE, related_name="lines")
    application = models.ForeignKey(Application, models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    seen = models.CharField(max_length=100)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.NOT_YET.value)
    left = models.CharField(max_length=100, blank=True)
    why_not = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["bulk", "application"], name="bulk_decision_line_once_per_application"
            ),
            models.CheckConstraint(
                condition=Q(outcome="not_yet", left="", why_not="")
                | Q(Q(outcome__in=["done", "undone"], why_not="") & ~Q(left=""))
                | Q(Q(outcome="not_done", left="") & ~Q(why_not="")),
                name="bulk_decision_line_says_what_came_of_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.outcome}"
