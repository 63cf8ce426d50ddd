"""A course run: one NPQ, taught by one lead provider through one hub or partner, starting in one term.

Start dates belong to a run, never to an NPQ, and a run may have no date and no venue yet.
"""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from catalogue.models.dated import Dated
from catalogue.models.hub import TeachingSchoolHub
from catalogue.models.partner import DeliveryPartner
from catalogue.models.provider import LeadProvider
from catalogue.models.qualification import Qualification
from catalogue.models.term import Term

if TYPE_CHECKING:
    from npq_portal.accounts.models import User


class CourseRunQuerySet(models.QuerySet["CourseRun"]):
    def visible_to(self, user: "User") -> Self:
        """The runs a member of staff may see and change: all for portal staff, else their organisations'."""
        if user.sees_everything:
            return self
        if not user.works_here:
            return self.none()
        return self.filter(
            Q(hub__in=user.hub_memberships.values("hub"))
            | Q(provider__in=user.provider_memberships.values("provider"))
        )

    def upcoming(self, day: date) -> Self:
        """Runs that start on or after `day`, or have no date yet; cancelled ones left out."""
        return self.exclude(state=CourseRun.State.CANCELLED).filter(
            Q(starts_on__gte=day) | Q(starts_on__isnull=True)
        )


class CourseRun(Dated):
    class State(models.TextChoices):
        ANNOUNCED = "announced", "Announced"
        OPEN = "open", "Open"
        FULL = "full", "Full"
        WAITING_LIST = "waiting_list", "Waiting list"
        CLOSED = "closed", "Closed"
        RUNNING = "running", "Running"
        CANCELLED = "cancelled", "Cancelled"

    class Mode(models.TextChoices):
        FACE_TO_FACE = "face_to_face", "Face to face"
        BLENDED = "blended", "Blended"
        ONLINE = "online", "Online"

    provider = models.ForeignKey(LeadProvider, models.PROTECT, related_name="course_runs")
    hub = models.ForeignKey(
        TeachingSchoolHub, models.PROTECT, null=True, blank=True, related_name="course_runs"
    )
    partner = models.ForeignKey(
        DeliveryPartner, models.PROTECT, null=True, blank=True, related_name="course_runs"
    )
    qualification = models.ForeignKey(Qualification, models.PROTECT, related_name="course_runs")
    term = models.ForeignKey(Term, models.PROTECT, related_name="course_runs")
    state = models.CharField(max_length=12, choices=State, default=State.ANNOUNCED)
    mode = models.CharField(max_length=12, choices=Mode, default=Mode.BLENDED)
    starts_on = models.DateField(
        null=True, blank=True, help_text="Leave empty while the date is to be confirmed."
    )
    ends_on = models.DateField(null=True, blank=True)
    apply_by = models.DateField(null=True, blank=True)
    is_example = models.BooleanField(default=False, help_text="Made up for demonstration; the page says so.")

    objects = CourseRunQuerySet.as_manager()

    class Meta:
        ordering = [F("starts_on").asc(nulls_last=True), "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=False, ends_on__gte=F("starts_on")),
                name="course_run_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(apply_by__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(apply_by__lte=F("starts_on")),
                name="course_run_apply_by_before_start",
            ),
        ]

    def __str__(self) -> str:
        where = self.hub or self.partner or self.provider
        return f"{self.qualification}, {where}, {self.term}"


class Session(models.Model):
    """One meeting of a run. Times are wall-clock times in England; a session may still have no date."""

    run = models.ForeignKey(CourseRun, models.CASCADE, related_name="sessions")
    position = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=120, blank=True)
    on = models.DateField("date", null=True, blank=True, help_text="Leave empty while it is to be confirmed.")
    starts_at = models.TimeField(null=True, blank=True)
    ends_at = models.TimeField(null=True, blank=True)
    online = models.BooleanField(default=False)
    venue = models.CharField(max_length=160, blank=True)
    postcode = models.CharField(max_length=8, blank=True)

    class Meta:
        ordering = ["run", "position"]
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
            models.CheckConstraint(
                condition=Q(venue="") | ~Q(postcode=""), name="session_venue_has_a_postcode"
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"Session {self.position}"
