"""Alerts by e-mail of new courses: asked for, confirmed by whoever reads the mail, told, stopped, and ended.

Nobody signs these: who asks has no account, and what is written is nobody's decision, so there are no audit rows.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.http import QueryDict
from django.utils import timezone

from catalogue.finder.ask import ask, title
from catalogue.finder.choices import Choices, choices_on
from catalogue.finder.find import Search
from catalogue.models import AlertedRun, CourseAlert
from catalogue.models.alert import CONFIRM_WITHIN
from npq_portal.accounts import limits
from npq_portal.addresses import absolute
from npq_portal.mail import outbox

# For one e-mail address, and for one client address: a school's machines may share theirs.
ASKED_BY_EMAIL, ASKED_BY_ADDRESS, WINDOW = 5, 20, timedelta(hours=1)
# Asking again sooner, with a double click for one, makes no second mail.
AGAIN_AFTER = timedelta(minutes=10)
LONGEST = timedelta(days=365)
RUNS_IN_A_MAIL = 20


class TooManyAlertsError(Exception):
    """Too many alerts asked for. Known and unknown addresses are told alike."""


@transaction.atomic
def ask_for_alert(*, email: str, search: Search, choices: Choices, address: str, now: datetime) -> None:
    """Mail `email` a link that confirms an alert of what `search` will find; or, where it is confirmed, that it is on.

    Nothing that happens tells whoever asks whether the address or the alert was known. What is found already is not
    told later. Raises TooManyAlertsError; `address` is the client's.
    """
    asked = [
        limits.hit(name="course alert asked", key=key, limit=limit, window=WINDOW, now=now)
        for key, limit in ((email, ASKED_BY_EMAIL), (address, ASKED_BY_ADDRESS))
    ]
    if not all(asked):
        raise TooManyAlertsError
    lasting = {"asked_at": now, "ends_on": last_day(search)}
    made = CourseAlert.objects.get_or_create(email=email, search=search.text, defaults=lasting)[1]
    alert = CourseAlert.objects.select_for_update().get(email=email, search=search.text)
    if not made and alert.asked_at + AGAIN_AFTER > now:
        return
    alert.asked_at = now
    if alert.confirmed_at is None:
        alert.ends_on = last_day(search)
        _tell_no_more(alert, search.runs.values_list("pk", flat=True))
    alert.save()
    outbox.queue(
        template="catalogue/alert_is_on" if alert.confirmed_at else "catalogue/alert_confirm",
        to=alert.email,
        context={
            "alert": alert,
            "title": title(search, choices),
            "path": search.wanted.address,
            "confirm_by": alert.asked_at + CONFIRM_WITHIN,
        },
        dedupe_key=f"catalogue.course_alert_asked:{alert.pk}:{now.isoformat()}",
        now=now,
        unsubscribe=absolute(alert.stop_path) if alert.confirmed_at else "",
    )


def last_day(search: Search) -> date:
    """The end of the month that courses are to start in, else a year from the search's day."""
    if search.wanted.start:
        year, month = (int(part) for part in search.wanted.start.split("-"))
        return date(year, month, monthrange(year, month)[1])
    return search.day + LONGEST


def confirm_alert(*, alert: CourseAlert, now: datetime) -> bool:
    """Whether its link turned it on now. Of two who follow it at once, or one who does twice, one does."""
    asked = CourseAlert.objects.filter(
        pk=alert.pk, confirmed_at__isnull=True, asked_at__gt=now - CONFIRM_WITHIN
    )
    return asked.update(confirmed_at=now) == 1


def stop_alert(*, alert: CourseAlert) -> None:
    """Nothing of it is left, and none of its mails follow."""
    alert.delete()


def end_alerts(*, now: datetime) -> int:
    """Delete those that nobody confirmed in time and those that are over. How many rows went."""
    over = Q(ends_on__lt=timezone.localdate(now))
    unconfirmed = Q(pk__in=CourseAlert.objects.unconfirmed_at(now).values("pk"))
    return CourseAlert.objects.filter(over | unconfirmed).delete()[0]


def tell_of_new_courses(*, now: datetime) -> int:
    """Mail each alert the courses that its search finds now and that it was not told of. How many were mailed.

    An alert of which some part means nothing any more, as a hub that is gone, tells nothing: without that part it
    would find what nobody asked for.
    """
    day = timezone.localdate(now)
    choices = choices_on(day)
    alerts = CourseAlert.objects.on(day).order_by("search").values_list("search", "pk")
    told = 0
    for wanted, same in groupby(alerts, key=lambda alert: alert[0]):
        search = ask(QueryDict(wanted), choices, day)
        if not search.wanted.not_known:
            told += sum(_tell(pk, search, title(search, choices), now) for _, pk in same)
    return told


@transaction.atomic
def _tell(pk: UUID, search: Search, named: str, now: datetime) -> bool:
    """Whether there was something to tell. Of two who try at once, one does."""
    alert = CourseAlert.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
    if alert is None:
        return False
    new = list(
        search.runs.exclude(pk__in=alert.alerted_runs.values("run"))
        .select_related("qualification", "provider", "hub", "partner", "term")
        .order_by(F("starts_on").asc(nulls_last=True), "pk")
    )
    if not new:
        return False
    _tell_no_more(alert, [run.pk for run in new])
    alert.told_at = now
    alert.save()
    outbox.queue(
        template="catalogue/alert_of_courses",
        to=alert.email,
        context={
            "alert": alert,
            "title": named,
            "path": search.wanted.address,
            "runs": new[:RUNS_IN_A_MAIL],
            "count": len(new),
            "more": max(0, len(new) - RUNS_IN_A_MAIL),
        },
        # No run is told twice, so its first run names the mail.
        dedupe_key=f"catalogue.course_alert:{alert.pk}:{new[0].pk}",
        now=now,
        unsubscribe=absolute(alert.stop_path),
    )
    return True


def _tell_no_more(alert: CourseAlert, runs: Iterable[int]) -> None:
    AlertedRun.objects.bulk_create(
        (AlertedRun(alert=alert, run_id=run) for run in runs), ignore_conflicts=True
    )
