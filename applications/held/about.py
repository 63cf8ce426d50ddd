"""All that the portal holds about one person, as they may take it with them (UK GDPR, articles 15 and 20).

One reading for the page and for the file. A constant number of queries, and a few more for each draft and alert.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db.models import Prefetch, Q
from django.http import QueryDict
from django.utils import timezone

from applications.held.application import name_of_application, names, of_application
from applications.held.facts import Fact, Held, Section, facts
from applications.models import Application, ReminderOff, Sponsor
from catalogue.finder.ask import ask, title
from catalogue.finder.choices import choices_on
from catalogue.models import CourseAlert
from npq_portal.accounts.models import User
from npq_portal.mail.models import OutboxMessage


def held_about(user: User, now: datetime) -> list[Section]:
    """Account, applications with all that belongs to them, alerts and e-mails. Not what staff wrote to each other."""
    applications = Application.objects.held_by(user).with_names().order_by("started_at", "pk")
    of = applications.select_related(
        "course_run__provider", "course_run__hub", "course_run__partner"
    ).prefetch_related(
        "answers",
        "form_answers",
        "form",
        "messages",
        "training",
        "closed__provider",
        Prefetch("sponsors", Sponsor.objects.all()),
    )
    merged = list(user.merged.order_by("email").values_list("email", flat=True))
    alerts = CourseAlert.objects.filter(email__iexact=user.email).order_by("asked_at")
    to_them = reduce(or_, (Q(to__iexact=address) for address in (user.email, *merged)))
    mails = OutboxMessage.objects.filter(to_them).told_at(now).only("subject", "queued_at", "sent_at")
    known = names() if applications else {}
    sections = [Section("Your account", (_account(user, merged),))]
    sections += [
        Section(
            name_of_application(application),
            tuple(each for each in of_application(application, known) if each.facts),
        )
        for application in (each.as_told(now) for each in of)
    ]
    sections.append(Section("Alerts of new courses", tuple(_alerts(alerts, timezone.localdate(now)))))
    sections.append(Section("E-mails we sent you", tuple(map(_mail, mails))))
    return [section for section in sections if section.held]


def _account(user: User, merged: list[str]) -> Held:
    return Held(
        "Account",
        facts(
            ("E-mail address", user.email),
            ("Addresses of accounts that were merged into it", ", ".join(merged)),
            ("Name", user.full_name),
            ("Teacher reference number", user.trn),
            ("Teacher reference number verified", user.trn_verified if user.trn else None),
            ("Date of birth", user.date_of_birth),
            ("Account made", user.date_joined),
            ("Last signed in", user.last_login),
            (
                "Reminders switched off",
                ", ".join(sorted(kind.label for kind in ReminderOff.objects.of(user).kinds())),
            ),
        ),
    )


def _alerts(alerts: Iterable[CourseAlert], day: date) -> Iterator[Held]:
    """Each in the finder's words; at most three queries for each that names a place."""
    choices = None
    for alert in alerts:
        choices = choices or choices_on(day)
        search = ask(QueryDict(alert.search), choices, day)
        yield Held(
            "Alert",
            facts(
                ("Asked", alert.asked_at),
                ("Confirmed", alert.confirmed_at),
                ("Ends", alert.ends_on),
                ("Search", Fact("Search", title(search, choices), key=search.wanted.address)),
            ),
        )


def _mail(mail: OutboxMessage) -> Held:
    return Held(
        "E-mail", facts(("Subject", mail.subject), ("Written", mail.queued_at), ("Sent", mail.sent_at))
    )
