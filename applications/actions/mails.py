"""The mails about an application, queued in the verb's own transaction.

Templates: templates/emails/applications. Whoever has to do something, or need no longer do it, is told. A provider is
not told of each form that arrives: its queue shows those, and there may be hundreds a day.
"""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from applications.access import DECIDING
from applications.models import Application, Sponsor
from applications.models.reminder import off_path
from applications.vocabulary import ReminderKind, SponsorState
from catalogue.models import LeadProvider
from npq_portal.accounts.models import User
from npq_portal.addresses import absolute
from npq_portal.mail.outbox import queue

AT_MOST = 20


def tell_applicant(
    template: str,
    application: Application,
    *,
    key: str,
    now: datetime,
    send_after: datetime | None = None,
    **context: Any,
) -> None:
    """One mail to the applicant about the event that `key` names; the same key again sends nothing."""
    queue(
        template=f"applications/{template}",
        to=application.applicant.email,
        context={"application": application, "path": application.get_absolute_url(), **context},
        dedupe_key=key,
        about=application,
        now=now,
        send_after=send_after,
    )


def tell_reminder(
    template: str, application: Application, *, kind: ReminderKind, key: str, now: datetime, **about: Any
) -> None:
    """One mail to the applicant, which they can end by the link in it, or by their mail program with one click.

    `about` holds what the template says, and `path`, where the person does what they are reminded of.
    """
    off = off_path(application.applicant, kind)
    queue(
        template=f"applications/{template}",
        to=application.applicant.email,
        context={"application": application, "off": off, "kind": kind, **about},
        dedupe_key=key,
        about=application,
        now=now,
        unsubscribe=absolute(off),
    )


def tell_provider(
    template: str, application: Application, *, key: str, now: datetime, **context: Any
) -> None:
    """One mail to whoever of the provider wrote to the applicant last, else to each who decides there.

    At most AT_MOST of them. It holds nothing of what the applicant wrote: that is read behind the sign-in. A
    provider without such staff is not told by mail; its queue shows the application all the same.
    """
    for person in _who_to_tell(application):
        queue(
            template=f"applications/{template}",
            to=person.email,
            context={"application": application, "path": admin_path(application), **context},
            dedupe_key=f"{key}:{person.pk}",
            about=application,
            now=now,
        )


def tell_sponsor(
    template: str, sponsor: Sponsor, *, key: str, now: datetime, sensitive: bool = False, **context: Any
) -> None:
    """One mail to the sponsor. It says who applies for what where, and nothing else of the application."""
    application = sponsor.application
    queue(
        template=f"applications/{template}",
        to=sponsor.email,
        context={"application": application, "sponsor": sponsor, **context},
        dedupe_key=key,
        about=application,
        now=now,
        sensitive=sensitive,
    )


def tell_waiting_sponsor(
    template: str, application: Application, *, key: str, now: datetime, **given: Any
) -> None:
    """One mail to the sponsor who was asked and has not answered; none where the link has run out, or nobody was."""
    for sponsor in application.sponsors.filter(state=SponsorState.WAITING.value, expires_at__gt=now):
        tell_sponsor(template, sponsor, key=f"{key}:sponsor", now=now, **given)


def tell_others_it_ended(application: Application, *, key: str, now: datetime, had_a_place: bool) -> None:
    """That an application was withdrawn: to the sponsor who has not answered, and to a provider that has its form."""
    tell_waiting_sponsor("sponsor_not_needed", application, key=key, now=now)
    if application.submitted_at:
        tell_provider(
            "provider_withdrawn", application, key=f"{key}:provider", now=now, had_a_place=had_a_place
        )


def admin_path(application: Application) -> str:
    return reverse("admin:applications_application_change", args=[application.pk])


def tell_provider_that_is_left(
    provider: LeadProvider, application: Application, *, key: str, now: datetime
) -> None:
    """One mail to each who decides at `provider`, AT_MOST of them, that the application is another's now: not whose
    it is, nor where it went."""
    _tell_deciding(provider.pk, "provider_left", application, key=key, now=now, provider=provider)


def tell_earlier_providers(
    template: str, application: Application, *, key: str, now: datetime, **context: Any
) -> None:
    """One mail to each who decides at a provider that the application has left for good, AT_MOST of each."""
    left = application.closed.exclude(provider=application.provider_id)
    context["path"] = reverse("admin:applications_closedapplication_changelist")
    for provider in left.values_list("provider", flat=True).distinct().order_by("provider"):
        _tell_deciding(provider, template, application, key=f"{key}:left", now=now, **context)


def _tell_deciding(
    provider: int, template: str, application: Application, /, *, key: str, now: datetime, **context: Any
) -> None:
    for person in _deciding(provider)[:AT_MOST]:
        queue(
            template=f"applications/{template}",
            to=person.email,
            context={"application": application, **context},
            dedupe_key=f"{key}:{person.pk}",
            about=application,
            now=now,
        )


def _who_to_tell(application: Application) -> list[User]:
    deciding = _deciding(application.provider_id)
    last = (
        application.messages.filter(from_applicant=False, author__in=deciding).order_by("-written_at").first()
    )
    return [last.author] if last else list(deciding[:AT_MOST])


def _deciding(provider: int | None) -> QuerySet[User]:
    return (
        User.objects.filter(
            is_active=True,
            provider_memberships__provider=provider,
            provider_memberships__role__in=DECIDING,
        )
        .distinct()
        .order_by("email")
    )
