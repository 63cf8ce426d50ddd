"""The sessions of a course run: when and where it meets."""

from datetime import time
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from catalogue.models.course_run import CourseRun
from catalogue.models.years import in_years
from catalogue.moves import session_name

if TYPE_CHECKING:
    from npq_portal.accounts.models import User

# A full postcode in capitals, with its space: what comes before the space is the outward code.
POSTCODE = r"^[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$"


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, user: "User") -> Self:
        """The sessions of the runs that a member of staff may see and change."""
        return self.filter(run__in=CourseRun.objects.visible_to(user))


class Session(models.Model):
    """One meeting of a run. Times are wall-clock times in England; a session may still have no date.

    A cancelled one stays: people and calendars that know of it are told by it.
    """

    run = models.ForeignKey(CourseRun, models.CASCADE, related_name="sessions")
    position = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=120, blank=True)
    on = models.DateField("date", null=True, blank=True, help_text="Leave empty while it is to be confirmed.")
    starts_at = models.TimeField(null=True, blank=True)
    ends_at = models.TimeField(null=True, blank=True)
    facilitator = models.CharField("taught by", max_length=120, blank=True)
    online = models.BooleanField(default=False)
    venue = models.CharField(max_length=160, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    cancelled = models.BooleanField(default=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["run", "position"]
        indexes = [models.Index(fields=["on", "starts_at", "id"], name="session_by_date")]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "position"],
                name="session_position_unique",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="session_ends_after_it_starts",
            ),
            # Postgres takes 24:00 for a time, and Python does not.
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__lte=time.max),
                name="session_ends_within_its_day",
            ),
            models.CheckConstraint(condition=in_years("on"), name="session_date_is_from_2000_to_2099"),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(on__isnull=False), name="session_time_has_a_date"
            ),
            models.CheckConstraint(
                condition=Q(venue="") | ~Q(postcode=""), name="session_venue_has_a_postcode"
            ),
            models.CheckConstraint(
                condition=Q(postcode="") | Q(postcode__regex=POSTCODE), name="session_postcode_is_whole"
            ),
        ]

    def __str__(self) -> str:
        return session_name(self.title, self.on)

    @property
    def is_off(self) -> bool:
        """Whether it is cancelled, by itself or with its run."""
        return self.cancelled or self.run.state == CourseRun.State.CANCELLED

    def validate_constraints(self, exclude: object = None) -> None:
        """Nothing, as for a run: `SessionForm` tells them."""


class RunVenue(models.Model):
    """The outward codes that a run's sessions are held in, each once; one that is cancelled is not held.

    The database alone writes them, with every change of a session (trigger `run_venues`), so that the course finder
    compares a few rows with a place, and not every session.
    """

    run = models.ForeignKey(CourseRun, models.CASCADE, related_name="venues", db_index=False)
    outward_code = models.CharField(max_length=4)

    class Meta:
        ordering = ["run", "outward_code"]
        constraints = [models.UniqueConstraint(fields=["run", "outward_code"], name="run_venue_once")]

    def __str__(self) -> str:
        return self.outward_code
