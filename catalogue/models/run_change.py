"""What people on a course run have to be told: that it, or one of its sessions, moved or was cancelled."""

from django.db import models
from django.db.models import Q

from catalogue.models.course_run import CourseRun


class RunChange(models.Model):
    """One save of a run that moved or cancelled something, in the words that its people read.

    It is written with the save. Whoever holds the people on a run tells them later, once, and then sets `told_at`.
    """

    run = models.ForeignKey(CourseRun, models.CASCADE, related_name="changes")
    made_at = models.DateTimeField()
    # The run's `updated_at` by this save; empty for those from before it was kept.
    run_updated_at = models.DateTimeField(null=True)
    cancelled = models.BooleanField(default=False, help_text="The whole run was cancelled.")
    lines = models.JSONField(help_text="A sentence for each thing that moved or was cancelled.")
    note = models.TextField(blank=True, help_text="What the staff who did it say to the people on the run.")
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["made_at"], condition=Q(told_at__isnull=True), name="run_change_to_be_told")
        ]
        constraints = [models.CheckConstraint(condition=~Q(lines=[]), name="run_change_says_something")]

    def __str__(self) -> str:
        return f"{self.run}, {self.made_at:%-d %B %Y}"
