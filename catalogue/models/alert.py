"""Alerts by e-mail of new courses. They hold an e-mail address, so a row lives no longer than somebody wants it."""

from datetime import date, datetime, timedelta
from typing import Self
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse

from npq_portal.mail.links import CONFIRM, STOP, Links
from npq_portal.retention import BY_KEY

CONFIRM_WITHIN = timedelta(days=BY_KEY["unconfirmed_alerts"].days or 0)
LINKS = Links("catalogue.course_alert")


class CourseAlertQuerySet(models.QuerySet["CourseAlert"]):
    def of_link(self, purpose: str, token: str) -> Self:
        """The alert whose mailed link for that purpose holds `token`; none where it is of no such link."""
        return self.filter(pk=LINKS.key(purpose, token))

    def on(self, day: date) -> Self:
        """Those that somebody confirmed and that are not over on `day`."""
        return self.filter(confirmed_at__isnull=False, ends_on__gte=day)

    def unconfirmed_at(self, now: datetime) -> Self:
        """Those whose link has grown too old to confirm them."""
        return self.filter(confirmed_at__isnull=True, asked_at__lte=now - CONFIRM_WITHIN)

    def over_on(self, day: date) -> Self:
        """Those that may tell of no course any more."""
        return self.filter(ends_on__lt=day)


class CourseAlert(models.Model):
    """Somebody wants to be told when a course appears that a search of the course finder finds.

    Personal data: the address, and what is searched for. No account belongs to it. It is deleted by its stop link, when
    nobody confirms it within seven days of asking, and when it is over (`ends_on`); what was mailed stays in the outbox
    for as long as other mails do.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField()
    # The finder's address without page and order, as catalogue.finder.wanted writes it: equal searches are equal text.
    search = models.CharField(max_length=2_000)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    # In the alert's own row, as it may be thousands of them, and nothing asks which alerts know a run.
    known_runs = ArrayField(
        models.BigIntegerField(),
        default=list,
        help_text="The runs it tells of no more: they were there when it was confirmed, or have been told.",
    )
    ends_on = models.DateField(help_text="The last day it may tell of a course.")

    objects = CourseAlertQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["search"], name="course_alert_by_search")]
        constraints = [
            models.UniqueConstraint(Lower("email"), "search", name="course_alert_once_for_an_address"),
            models.CheckConstraint(condition=~Q(search=""), name="course_alert_searches_for_something"),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | Q(confirmed_at__isnull=False),
                name="course_alert_tells_only_when_confirmed",
            ),
            # Anybody may ask for one to any address: until it is confirmed it is one small row.
            models.CheckConstraint(
                condition=Q(known_runs=[]) | Q(confirmed_at__isnull=False),
                name="course_alert_knows_runs_only_when_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.search}, until {self.ends_on:%-d %B %Y}"

    def has_lapsed_at(self, now: datetime) -> bool:
        """Whether its link has grown too old to confirm it."""
        return self.confirmed_at is None and self.asked_at <= now - CONFIRM_WITHIN

    @property
    def confirm_path(self) -> str:
        return reverse("catalogue:alert_confirm", args=[LINKS.token(CONFIRM, self.pk)])

    @property
    def stop_path(self) -> str:
        return reverse("catalogue:alert_stop", args=[LINKS.token(STOP, self.pk)])
