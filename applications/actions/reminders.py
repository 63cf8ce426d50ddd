"""Reminding applicants by e-mail, and which reminders a person wants."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from applications.actions.mails import tell_reminder
from applications.journey.reminding import Due
from applications.models import Application, Reminder, ReminderOff
from applications.vocabulary import ReminderKind
from npq_portal.accounts.models import User
from npq_portal.audit.recording import record
from npq_portal.verbs import verb


@verb
def remind_applicant(*, application: Application, due: Due, about: Mapping[str, Any], now: datetime) -> bool:
    """Mail the reminder, and whether it was: each once, and no two about an application on one day.

    Nothing happens where the application has moved, or its draft been saved, since it was read; where the person has
    switched such reminders off; and where their account is closed.
    """
    as_read = Application.objects.filter(
        pk=application.pk,
        state=application.state,
        state_since=application.state_since,
        answers_saved_at=application.answers_saved_at,
        applicant__is_active=True,
    ).exclude(applicant__reminders_off__kind=due.kind.value)
    if not as_read.select_for_update(of=("self",)).exists():
        return False
    day = timezone.localdate(now)
    same = Q(kind=due.kind.value, counted_from=due.counted_from, days=due.days)
    # The application's row is held, so that nobody else reminds in between.
    if Reminder.objects.filter(same | Q(sent_on=day), application=application).exists():
        return False
    reminder = Reminder.objects.create(
        application=application,
        kind=due.kind.value,
        counted_from=due.counted_from,
        days=due.days,
        sent_on=day,
    )
    record(
        action="applications.applicant_reminded",
        subject=application,
        by=None,
        now=now,
        new={"of": due.ends or due.kind, "days": due.days},
    )
    tell_reminder(
        due.template,
        application,
        kind=due.kind,
        key=f"applications.reminder:{application.pk}:{reminder.pk}",
        now=now,
        **about,
    )
    return True


@verb
def choose_reminders(*, user: User, wanted: Collection[ReminderKind], now: datetime) -> None:
    """Switch on what is `wanted` and off every other kind. What stays as it is leaves no audit row."""
    _switch(user, _off(user), frozenset(ReminderKind) - frozenset(wanted), now)


@verb
def switch_off(*, user: User, kind: ReminderKind, now: datetime) -> None:
    """No more reminders of this kind. A second time changes nothing."""
    off = _off(user)
    _switch(user, off, off | {kind}, now)


def _off(user: User) -> frozenset[ReminderKind]:
    """What is off now. The person's row is held: two choices at once would not see each other's."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    return ReminderOff.objects.of(user).kinds()


def _switch(user: User, before: frozenset[ReminderKind], off: frozenset[ReminderKind], now: datetime) -> None:
    if before == off:
        return
    ReminderOff.objects.of(user).exclude(kind__in=off).delete()
    ReminderOff.objects.bulk_create(ReminderOff(user=user, kind=kind.value) for kind in off - before)
    record(
        action="applications.reminders_chosen",
        subject=user,
        by=user,
        now=now,
        old={"off": sorted(before)},
        new={"off": sorted(off)},
    )
