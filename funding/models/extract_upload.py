"""An extract of the register of establishments that was uploaded: looked at, perhaps being taken, or done with."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When

from funding.models.import_run import ImportRun
from npq_portal.accounts.models import User

# A file that brings more new establishments than this share of those in use is more likely a wrong file.
LARGE_SHARE = 0.2


class ExtractUploadQuerySet(models.QuerySet["ExtractUpload"]):
    def visible_to(self, user: User) -> Self:
        return self if user.sees_everything else self.none()

    def expired(self, now: datetime) -> Self:
        """Those that nobody has asked to take in time."""
        return self.filter(asked_at=None, expires_at__lte=now)

    def at_work(self) -> Self:
        return self.filter(asked_at__isnull=False, done_at=None)


class ExtractUpload(models.Model):
    """What the file would change when it was looked at, and the file itself until it is taken.

    `compared_with` is the run that was in use then. `asked_at` is when `asked_by`, who need not have uploaded it, asked
    for it to be taken, and signs that. Then the queue takes it, and `run` says what became of it; with a `refusal`
    nothing was changed after all. `tries` are those that were begun.
    """

    file_name = models.CharField(max_length=200)
    content = models.BinaryField(help_text="The file as it was uploaded; empty once it is taken.")
    as_of = models.CharField(max_length=160)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    compared_with = models.ForeignKey(ImportRun, models.PROTECT, null=True, related_name="+")
    in_use = models.PositiveIntegerField(help_text="Open establishments before.")
    rows_read = models.PositiveIntegerField()
    rows_added = models.PositiveIntegerField()
    rows_changed = models.PositiveIntegerField()
    rows_removed = models.PositiveIntegerField()
    rows_rejected = models.PositiveIntegerField()
    rejected = models.JSONField(default=list, help_text="The first hundred rejected rows: number and reason.")
    examples = models.JSONField(
        default=dict, help_text="Some that would be added, changed and closed, by name."
    )

    without_rejected_rows = models.BooleanField(default=False)
    large_change = models.BooleanField(default=False)
    asked_at = models.DateTimeField(null=True)
    # Of those that were asked for before this was kept nobody knows it.
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    tries = models.PositiveSmallIntegerField(db_default=0)
    rows_done = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    run = models.ForeignKey(ImportRun, models.PROTECT, null=True, related_name="+")
    refusal = models.TextField(blank=True, default="")

    objects = ExtractUploadQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                Case(When(asked_at__isnull=False, done_at__isnull=True, then=Value(1))),
                name="one_extract_at_work",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, run__isnull=True, refusal="")
                | Q(asked_at__isnull=False, done_at__isnull=False),
                name="extract_is_done_after_it_was_asked_for",
            ),
            models.CheckConstraint(
                condition=Q(asked_by__isnull=True) | Q(asked_at__isnull=False),
                name="extract_is_asked_for_by_somebody_at_some_time",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="extract_expires_later"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_at_work(self) -> bool:
        return self.asked_at is not None and self.done_at is None

    @property
    def changes_nothing(self) -> bool:
        return not (self.rows_added or self.rows_changed or self.rows_removed)

    @property
    def reasons_to_look_again(self) -> list[str]:
        """What looks like a wrong file, in sentences."""
        most = self.in_use * LARGE_SHARE
        reasons = []
        if self.rows_removed > most:
            reasons.append(
                f"It would close {self.rows_removed:,} of {self.in_use:,} open establishments, more than a fifth."
                " Is it the whole file?"
            )
        if self.in_use and self.rows_added > most:
            reasons.append(
                f"It would add {self.rows_added:,} establishments to {self.in_use:,}, more than a fifth."
                " Is it the right file?"
            )
        return reasons
