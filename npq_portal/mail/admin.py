"""Mail as portal staff see it: what waits, what was given up and why. Bodies are not shown."""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from npq_portal.accounts.models import User
from npq_portal.accounts.requests import person
from npq_portal.audit.recording import record
from npq_portal.mail.models import MailState, OutboxMessage
from npq_portal.mail.outbox import send_again
from npq_portal.mail.sending import give_up, in_words
from npq_portal.staff import dashboard
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.dashboard import Panel
from npq_portal.staff.roles import Role


@admin.register(OutboxMessage)
class OutboxMessageAdmin(ScopedModelAdmin):
    access: ClassVar = {Role.PORTAL: "view change"}
    every_row = True  # only portal staff come here, and they see everything
    tells_of_people = True
    list_display = ("queued_at", "template", "to", "state", "attempts", "why", "next_try_at")
    list_filter = ("state", "template")
    # Each has an index.
    search_fields = ("=to", "about__exact", "dedupe_key__exact")
    search_help_text = "A whole e-mail address, or what it is about as the audit trail names it"
    actions = ("try_again", "stop_trying")
    fields = readonly_fields = (
        "dedupe_key",
        "about",
        "template",
        "to",
        "subject",
        "state",
        "attempts",
        "why",
        "message_id",
        "queued_at",
        "next_try_at",
        "sent_at",
    )

    @admin.display(description="Why it has not been sent")
    def why(self, message: OutboxMessage) -> str:
        return in_words(message.last_error)

    @admin.action(description="Give up what waits to be sent", permissions=["change"])
    def stop_trying(self, request: HttpRequest, queryset: QuerySet[OutboxMessage]) -> None:
        """What is being sent at this moment is left, and what is held for a while, as after a decision."""
        now, stopped = timezone.now(), 0
        for message in queryset.filter(state=MailState.QUEUED):
            with transaction.atomic():
                if give_up(message.pk, now=now):
                    record(action="mail.given_up", subject=message, by=person(request), now=now)
                    stopped += 1
        self.message_user(request, f"{stopped} given up.", messages.SUCCESS if stopped else messages.WARNING)

    @admin.action(description="Try again to send what was given up", permissions=["change"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[OutboxMessage]) -> None:
        """Sign-in codes and links that stand for somebody are left: they were emptied, and new ones can be had.

        So are those whose address was forgotten.
        """
        now, tried = timezone.now(), 0
        for message in queryset.filter(state=MailState.DEAD, sensitive=False).exclude(to=""):
            with transaction.atomic():
                if send_again(message.pk, now=now):
                    record(action="mail.tried_again", subject=message, by=person(request), now=now)
                    tried += 1
        self.message_user(
            request, f"{tried} to be sent again.", messages.SUCCESS if tried else messages.WARNING
        )


@dashboard.register
def given_up(user: User, roles: frozenset[Role], now: datetime) -> Iterator[Panel]:
    if Role.PORTAL in roles:
        count = OutboxMessage.objects.filter(state=MailState.DEAD).count()
        url = reverse("admin:mail_outboxmessage_changelist") + "?state__exact=dead"
        yield Panel("E-mails that could not be sent", count, url, urgent=True)
