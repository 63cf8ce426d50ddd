"""Mail waiting to be sent, being retried, sent, or given up. A row is written in the transaction that causes it."""

from datetime import datetime
from typing import Self

from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Upper

# What a mail program posts to the address that ends such mails (RFC 8058): List-Unsubscribe=One-Click.
ONE_CLICK = "List-Unsubscribe"

TEMPLATES = """
    WITH RECURSIVE each AS (
        SELECT min(template) AS template FROM mail_outboxmessage
        UNION ALL
        SELECT (SELECT min(template) FROM mail_outboxmessage WHERE template > each.template)
          FROM each WHERE each.template IS NOT NULL
    )
    SELECT template FROM each
"""


class MailState(models.TextChoices):
    QUEUED = "queued", "Waiting"
    SENT = "sent", "Sent"
    DEAD = "dead", "Given up"


class OutboxMessageQuerySet(models.QuerySet["OutboxMessage"]):
    def told_at(self, now: datetime) -> Self:
        """Without those that wait for their time, which may yet be taken back (`outbox.withdraw`)."""
        return self.exclude(state=MailState.QUEUED, attempts=0, next_try_at__gt=now)

    def templates(self) -> list[str]:
        """Of which there is any mail, by name: one step in the index for each, where DISTINCT reads every row."""
        with connection.cursor() as cursor:
            cursor.execute(TEMPLATES)
            return [template for (template,) in cursor.fetchall() if template is not None]


class OutboxMessage(models.Model):
    # The event that it tells of: "applications.accepted:<uuid>". A second mail with the same key is not made. Nothing
    # is read out of it.
    dedupe_key = models.CharField(max_length=200, unique=True)
    # The row that it is about, as audit rows name it: "applications.application:<uuid>"; "" where it is about none.
    about = models.CharField(max_length=160, blank=True, db_default="")
    template = models.CharField(max_length=100)
    to = models.EmailField()
    subject = models.CharField(max_length=250)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    # Where a mail program ends such mails with one click (RFC 8058), for mails that people asked for and may end.
    unsubscribe = models.URLField(max_length=300, blank=True, db_default="")
    # Sign-in codes, and links that stand for somebody: the body is emptied as soon as it is sent or given up.
    sensitive = models.BooleanField(default=False)
    # The last mail to somebody who has been erased: the address is emptied with the body.
    forget_address = models.BooleanField(default=False, db_default=False)
    state = models.CharField(max_length=6, choices=MailState, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    # The kind of the last failure and the server's code, never what the server said: that may name the person.
    last_error = models.CharField(max_length=120, blank=True)
    # The same at every attempt, so that a receiver can drop a second copy.
    message_id = models.CharField(max_length=200, unique=True)
    queued_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = OutboxMessageQuerySet.as_manager()

    class Meta:
        verbose_name = "e-mail"
        verbose_name_plural = "e-mails"
        ordering = ["-queued_at", "-pk"]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(state="queued"), name="outbox_due"),
            models.Index(fields=["-queued_at", "-id"], name="outbox_newest_first"),
            # Counted on the first page of all portal staff, and listed from there.
            models.Index(fields=["-queued_at", "-id"], condition=Q(state="dead"), name="outbox_given_up"),
            models.Index(fields=["template"], name="outbox_by_template"),
            # By both of these somebody's mails are found, and forgotten with them.
            models.Index(fields=["about"], name="outbox_by_about"),
            models.Index(Upper("to"), name="outbox_by_address"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MailState.values), name="outbox_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=MailState.SENT, sent_at__isnull=False)
                | (~Q(state=MailState.SENT) & Q(sent_at__isnull=True)),
                name="outbox_sent_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state=MailState.QUEUED, next_try_at__isnull=False)
                | (~Q(state=MailState.QUEUED) & Q(next_try_at__isnull=True)),
                name="outbox_only_queued_has_a_next_try",
            ),
            models.CheckConstraint(
                condition=Q(about__regex=r"^$|^[a-z_]+\.[a-z_]+:."), name="outbox_about_is_a_reference"
            ),
            # A line break would start a header of the sender's own making.
            models.CheckConstraint(
                condition=~Q(subject__regex=r"[\r\n]")
                & ~Q(to__regex=r"[\r\n]")
                & ~Q(unsubscribe__regex=r"[\r\n]"),
                name="outbox_headers_are_one_line",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} ({self.get_state_display()})"
