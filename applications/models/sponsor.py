"""The person at the applicant's workplace who stands behind the application, and the links by which they answer."""

from datetime import datetime
from hashlib import sha256
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from applications.models.application import Application
from applications.states import State
from applications.vocabulary import SponsorRole, SponsorState

ROLE_CHOICES = [(role.value, role.label) for role in SponsorRole]
HOLDING = ("endorsed", "named", "waiting")
ANSWERED = ("declined", "endorsed", "wrong_person")
NAMED = Q(state=SponsorState.NAMED.value)


def hash_of(token: str) -> str:
    return sha256(token.encode(errors="replace")).hexdigest()


class SponsorQuerySet(models.QuerySet["Sponsor"]):
    def holding(self) -> Self:
        """Named, waiting or endorsed: at most one of an application."""
        return self.filter(state__in=HOLDING)

    def waiting_at(self, now: datetime) -> Self:
        """Asked, not answered, not run out, and the application still waits for them."""
        return self.filter(
            state=SponsorState.WAITING.value,
            expires_at__gt=now,
            application__state=State.AWAITING_SPONSOR.value,
        )

    def of_link(self, token: str) -> "Sponsor | None":
        """Whom the link with `token` was sent to, whatever became of it since."""
        with_names = self.select_related(
            "application__applicant",
            "application__qualification",
            "application__term",
            "application__provider",
        )
        return with_names.filter(links__token_hash=hash_of(token)).first()


class Sponsor(models.Model):
    """One person asked, once. Who is asked instead is another row; this one then says what became of it."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="sponsors")
    name = models.CharField(max_length=200)
    email = models.EmailField("e-mail address")
    # Empty for those named before sponsors were asked by e-mail.
    role = models.CharField(max_length=20, choices=ROLE_CHOICES, blank=True)
    state = models.CharField(
        max_length=12,
        choices=[(state.value, state.value) for state in SponsorState],
        default=SponsorState.NAMED.value,
    )
    asked_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True, help_text="Until when the links work.")
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, help_text="Why they declined: the applicant reads it.")
    reminders_sent = models.PositiveSmallIntegerField(default=0)

    objects = SponsorQuerySet.as_manager()

    class Meta:
        ordering = ["application", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(email=""), name="sponsor_has_a_name_and_an_address"
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(state.value for state in SponsorState)),
                name="sponsor_state_is_known",
            ),
            models.UniqueConstraint(
                fields=["application"], condition=Q(state__in=HOLDING), name="sponsor_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(NAMED, asked_at__isnull=True, expires_at__isnull=True)
                | Q(~NAMED, asked_at__isnull=False, expires_at__isnull=False),
                name="sponsor_asked_until_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ANSWERED, answered_at__isnull=False)
                | Q(~Q(state__in=ANSWERED), answered_at__isnull=True),
                name="sponsor_answered_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=SponsorState.DECLINED.value) | ~Q(reason=""),
                name="sponsor_declined_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(Lower("email"), condition=Q(state="waiting"), name="sponsor_waiting_by_address"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def standing(self) -> SponsorState:
        return SponsorState(self.state)

    def has_run_out_at(self, now: datetime) -> bool:
        return (
            self.standing is SponsorState.WAITING and self.expires_at is not None and self.expires_at <= now
        )


class SponsorLink(models.Model):
    """A mailed link. Its random token is in the mail alone; here is what recognises it."""

    sponsor = models.ForeignKey(Sponsor, models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token_hash"], name="sponsor_link_token_unique")]

    def __str__(self) -> str:
        return f"Link of {self.made_at:%-d %B %Y}"
