"""A course run: one NPQ, taught by one lead provider through one hub or partner, starting in one term.

Start dates belong to a run, never to an NPQ, and a run may have no date and no venue yet.
"""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from catalogue.models import run_words
from catalogue.models.dated import Dated
from catalogue.models.hub import TeachingSchoolHub
from catalogue.models.membership import MemberRole
from catalogue.models.partner import DeliveryPartner
from catalogue.models.provider import LeadProvider
from catalogue.models.qualification import Qualification
from catalogue.models.run_constraints import OF_RUN
from catalogue.models.term import Term
from npq_portal.addresses import path_of

if TYPE_CHECKING:
    from npq_portal.accounts.models import User


def _left(places: int | None, taken: int | None) -> int | None:
    return None if places is None or taken is None else places - taken


def _number(label: str) -> "models.SmallIntegerField[int | None, int | None]":
    """A number of people that may not be known; the run's own constraint keeps it from being negative."""
    return models.SmallIntegerField(label, null=True, blank=True, validators=[MinValueValidator(0)])


def _not_begun(day: date) -> Q:
    return Q(starts_on__gte=day) | Q(starts_on__isnull=True, term__in=Term.objects.still_starting(day))


def _joins(day: date) -> Q:
    return (Q(apply_by__gte=day) | Q(apply_by__isnull=True)) & Q(state__in=CourseRun.TO_JOIN)


def may_be_joined(day: date) -> Q:
    """What `to_join` asks, of a run's own columns alone: it can be put into any statement about runs."""
    return _joins(day) & _not_begun(day) & Q(qualification__in=Qualification.objects.shown())


Organisation = TeachingSchoolHub | DeliveryPartner | LeadProvider


class CourseRunQuerySet(models.QuerySet["CourseRun"]):
    def visible_to(self, user: "User") -> Self:
        """The runs a member of staff may see: all for portal staff, else their organisations'."""
        if user.sees_everything:
            return self
        if not user.works_here:
            return self.none()
        return self.filter(
            Q(hub__in=user.hub_memberships.values("hub"))
            | Q(provider__in=user.provider_memberships.values("provider"))
        )

    def kept_by(self, user: "User") -> Self:
        """The runs a member of staff may change: of their provider's, only who decides there or manages it."""
        keeping = user.provider_memberships.filter(role__in=(MemberRole.DECIDER, MemberRole.MANAGER))
        if user.sees_everything:
            return self
        return self.visible_to(user).filter(
            Q(hub__in=user.hub_memberships.values("hub")) | Q(provider__in=keeping.values("provider"))
        )

    def upcoming(self, day: date) -> Self:
        """Runs that start on or after `day`, or have no date in a term that is not over; cancelled ones left out."""
        return self.exclude(state=CourseRun.State.CANCELLED).filter(_not_begun(day))

    def past(self, day: date) -> Self:
        """Runs that began before `day`, or have no date in a term that leaves no time to begin."""
        undated = Q(starts_on__isnull=True) & ~Q(term__in=Term.objects.still_starting(day))
        return self.filter(Q(starts_on__lt=day) | undated)

    def to_join(self, day: date) -> Self:
        """Upcoming runs whose closing date has not passed and which are not closed: what somebody may choose from.

        Of the NPQs that are shown: a hidden one has no page to choose it on.
        """
        return self.filter(may_be_joined(day))

    def to_apply_for(self, day: date) -> Self:
        """Those to join that take applications, be it for the waiting list: full ones left out."""
        return self.to_join(day).filter(state__in=CourseRun.TAKES_APPLICATIONS)

    def to_join_or_cancelled(self, day: date) -> Self:
        """Those to join, and those that were to start on or after `day` and will not."""
        joins_or_cancelled = _joins(day) | Q(state=CourseRun.State.CANCELLED)
        return self.filter(_not_begun(day), joins_or_cancelled, qualification__hidden=False)


class CourseRun(Dated):
    State = run_words.State
    Mode = run_words.Mode
    Days = run_words.Days

    TO_JOIN = (State.ANNOUNCED, State.OPEN, State.FULL, State.WAITING_LIST)
    TAKES_APPLICATIONS = (State.ANNOUNCED, State.OPEN, State.WAITING_LIST)

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
    mode = models.CharField(
        "taught",
        max_length=12,
        choices=Mode,
        blank=True,
        help_text="Leave empty if not known.",
    )
    starts_on = models.DateField(
        null=True, blank=True, help_text="Leave empty while the date is to be confirmed."
    )
    ends_on = models.DateField(null=True, blank=True)
    apply_by = models.DateField(null=True, blank=True)
    days = models.CharField(
        "days and times",
        max_length=8,
        choices=Days,
        blank=True,
        help_text="When most sessions are. Leave empty while it is to be confirmed.",
    )
    price = models.DecimalField("price in pounds", max_digits=8, decimal_places=2, null=True, blank=True)
    price_plus_vat = models.BooleanField(
        "VAT is added", null=True, blank=True, help_text="Leave unknown where it is not said."
    )
    price_as_of = models.DateField("price seen on", null=True, blank=True)
    funded_places = _number("funded places")
    funded_taken = _number("funded places taken")
    paying_places = _number("paying places")
    paying_taken = _number("paying places taken")
    places_as_of = models.DateField("places counted on", null=True, blank=True)
    is_example = models.BooleanField(default=False, help_text="Made up for demonstration; the page says so.")
    # Which form or row of a file added it: the same one sent twice adds one run.
    added_with = models.UUIDField(null=True, editable=False)

    objects = CourseRunQuerySet.as_manager()

    class Meta:
        ordering = [F("starts_on").asc(nulls_last=True), "id"]
        indexes = [models.Index(fields=["starts_on", "id"], name="course_run_by_start")]
        constraints = OF_RUN

    def __str__(self) -> str:
        return f"{self.qualification}, {self.taught_at}, {self.term}"

    def validate_constraints(self, exclude: object = None) -> None:
        """Nothing: `CourseRunForm` tells each of them in better words, without a query for each, which a file of
        thousands of rows would feel; and the database refuses them in any case.
        """

    def get_absolute_url(self) -> str:
        return path_of("catalogue:course", self.pk)

    @property
    def taught_at(self) -> "Organisation":
        """Who teaches it and can be asked about it: its hub, else its partner, else its lead provider itself."""
        return self.hub or self.partner or self.provider

    @property
    def organisations(self) -> "list[Organisation]":
        """Who teaches it, and the lead provider whose course it is; one where that is the same."""
        return [self.taught_at, self.provider] if self.taught_at != self.provider else [self.provider]

    @property
    def taught_by(self) -> str:
        """ "Saffron Teaching School Hub, with Ambition Institute"."""
        return ", with ".join(each.name for each in self.organisations)

    @property
    def headline(self) -> str:
        """What and when: "Headship, from 13 January 2027"."""
        if self.starts_on is None:
            return f"{self.qualification.name}, {self.term.name.lower()}, date to be confirmed"
        return f"{self.qualification.name}, from {self.starts_on.day} {self.starts_on:%B %Y}"

    def is_past_on(self, day: date) -> bool:
        """Whether it began before `day`; without a date, whether its term leaves no time to begin."""
        if self.starts_on:
            return self.starts_on < day
        return not self.term.still_starting_on(day)

    def takes_applications_on(self, day: date) -> bool:
        """Whether somebody may apply for it on `day`, be it for the waiting list."""
        closed = self.apply_by is not None and self.apply_by < day
        joins = self.state in self.TAKES_APPLICATIONS and not closed and not self.is_past_on(day)
        return joins and self.term.is_open_on(day)

    @property
    def funded_left(self) -> int | None:
        """None where it is not known."""
        return _left(self.funded_places, self.funded_taken)

    @property
    def paying_left(self) -> int | None:
        """None where it is not known."""
        return _left(self.paying_places, self.paying_taken)
