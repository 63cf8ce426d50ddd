"""Alerts by e-mail of new courses: asked for, confirmed by whoever reads the mail, told, stopped, and ended.

Nobody signs these: who asks has no account, and what is written is nobody's decision, so there are no audit rows.
"""

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import transaction
from django.db.models import BigIntegerField, F, Func, Value
from django.http import QueryDict
from django.utils import timezone

from catalogue.finder.ask import ask, title
from catalogue.finder.choices import Choices, choices_on
from catalogue.finder.fitting import Fitting
from catalogue.finder.index import Index, index_now, members, read_index
from catalogue.finder.search import Search
from catalogue.models import CourseAlert, CourseRun
from catalogue.models.alert import CONFIRM_WITHIN
from npq_portal.accounts import limits
from npq_portal.addresses import absolute
from npq_portal.mail import outbox

# So often for one e-mail address, and for one client address: a school's machines may share theirs.
IN_AN_HOUR, IN_A_DAY = timedelta(hours=1), timedelta(days=1)
ASKED_BY_EMAIL = {IN_AN_HOUR: 5, IN_A_DAY: 10}
ASKED_BY_ADDRESS = {IN_AN_HOUR: 20, IN_A_DAY: 100}
# Asking again sooner, with a double click for one, makes no second mail.
AGAIN_AFTER = timedelta(minutes=10)
LONGEST = timedelta(days=365)
RUNS_IN_A_MAIL = 20


class TooManyAlertsError(Exception):
    """Too many alerts asked for. Known and unknown addresses are told alike."""


@transaction.atomic
def ask_for_alert(*, email: str, search: Search, choices: Choices, address: str, now: datetime) -> None:
    """Mail `email` a link that confirms an alert of what `search` will find; or, where it is confirmed, that it is on.

    Nothing that happens tells whoever asks whether the address or the alert was known. Nothing is searched yet: anybody
    may ask, so that asking costs one row. Raises TooManyAlertsError; `address` is the client's.
    """
    if not (_may_ask(email, ASKED_BY_EMAIL, now) and _may_ask(address, ASKED_BY_ADDRESS, now)):
        raise TooManyAlertsError
    lasting = {"asked_at": now, "ends_on": last_day(search)}
    made = CourseAlert.objects.get_or_create(email=email, search=search.text, defaults=lasting)[1]
    alert = CourseAlert.objects.select_for_update().get(email=email, search=search.text)
    if not made and alert.asked_at + AGAIN_AFTER > now:
        return
    alert.asked_at = now
    if alert.confirmed_at is None:
        alert.ends_on = last_day(search)
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
        about=alert,
        now=now,
        unsubscribe=absolute(alert.stop_path) if alert.confirmed_at else "",
    )


def _may_ask(key: str, allowed: dict[timedelta, int], now: datetime) -> bool:
    return limits.within(name="course alert asked", key=key, allowed=allowed, now=now)


def last_day(search: Search) -> date:
    """The end of the month that courses are to start in, else a year from the search's day."""
    if search.wanted.start:
        year, month = (int(part) for part in search.wanted.start.split("-"))
        return date(year, month, monthrange(year, month)[1])
    return search.day + LONGEST


def confirm_alert(*, alert: CourseAlert, now: datetime) -> bool:
    """Whether its link turned it on now. Of two who follow it at once, or one who does twice, one does.

    What it finds already is not told later.
    """
    asked = CourseAlert.objects.filter(
        pk=alert.pk, confirmed_at__isnull=True, asked_at__gt=now - CONFIRM_WITHIN
    )
    day = timezone.localdate(now)
    known = _found(ask(QueryDict(alert.search), choices_on(day), day), index_now(day))
    return asked.update(confirmed_at=now, known_runs=known) == 1


def stop_alert(*, alert: CourseAlert) -> None:
    """Nothing of it is left, and none of its mails follow."""
    alert.delete()


def end_alerts(*, now: datetime) -> int:
    """Delete those that nobody confirmed in time and those that are over. How many rows went."""
    over, unconfirmed = (
        CourseAlert.objects.over_on(timezone.localdate(now)),
        CourseAlert.objects.unconfirmed_at(now),
    )
    return over.delete()[0] + unconfirmed.delete()[0]


def tell_of_new_courses(*, now: datetime) -> int:
    """Mail each alert the courses that its search finds now and that it does not know. How many were mailed.

    Each search is made once, however many alerts have it.
    """
    day = timezone.localdate(now)
    choices, index = choices_on(day), read_index(day)
    alerts = CourseAlert.objects.on(day)
    told = 0
    for text in alerts.order_by("search").values_list("search", flat=True).distinct():
        search = ask(QueryDict(text), choices, day)
        # Who confirmed after the index was read knows more than is found by it, and is told nothing.
        new_to = _new_to(list(alerts.filter(search=text)), _found(search, index))
        if new_to:
            told += _tell_all(new_to, search, title(search, choices), now)
    return told


def _found(search: Search, index: Index) -> list[int]:
    """The runs it finds, as mails list them.

    None where some part of it means nothing any more, as a hub that is gone: without that part it would find what
    nobody asked for.
    """
    return [] if search.wanted.not_known else index.keys(members(Fitting(search, index).runs))


def _new_to(alerts: list[CourseAlert], found: list[int]) -> list[tuple[CourseAlert, list[int]]]:
    """The alerts that do not know all that was found, each with what it does not know."""
    unknown = []
    for alert in alerts:
        known = set(alert.known_runs)
        if new := [run for run in found if run not in known]:
            unknown.append((alert, new))
    return unknown


def _tell_all(new_to: list[tuple[CourseAlert, list[int]]], search: Search, named: str, now: datetime) -> int:
    """How many were mailed. The runs that the mails show are read once for all of them."""
    shown = {run for _, new in new_to for run in new[:RUNS_IN_A_MAIL]}
    runs = CourseRun.objects.select_related("qualification", "provider", "hub", "partner", "term").in_bulk(
        shown
    )
    told = 0
    for alert, new in new_to:
        context = {
            "alert": alert,
            "title": named,
            "path": search.wanted.address,
            "runs": [runs[run] for run in new[:RUNS_IN_A_MAIL] if run in runs],
            "count": len(new),
            "more": max(0, len(new) - RUNS_IN_A_MAIL),
        }
        told += _tell(alert, new, context, now)
    return told


@transaction.atomic
def _tell(alert: CourseAlert, new: list[int], context: dict[str, Any], now: datetime) -> bool:
    """Whether it was mailed: not where somebody has stopped it, or told it something, since it was read.

    What it knows and the mail are written together or not at all, so that whatever ends the task tells nobody twice and
    forgets nobody.
    """
    # Whenever it is told something, it is told at another time. What it knows may be 20,000 runs, which take seconds to
    # compare and to write anew.
    as_read = CourseAlert.objects.filter(pk=alert.pk, told_at=alert.told_at)
    if as_read.update(known_runs=_and(new), told_at=now) == 0:
        return False
    outbox.queue(
        template="catalogue/alert_of_courses",
        to=alert.email,
        context=context,
        # No run is told twice, so its first run names the mail.
        dedupe_key=f"catalogue.course_alert:{alert.pk}:{new[0]}",
        about=alert,
        now=now,
        unsubscribe=absolute(alert.stop_path),
    )
    return True


def _and(new: list[int]) -> Func:
    known: ArrayField[list[int], list[int]] = ArrayField(BigIntegerField())
    return Func(F("known_runs"), Value(new, output_field=known), function="array_cat", output_field=known)
