"""Whom to remind of what on a day, read from the rows: some queries for all, and six for each CHUNK of applications."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from applications.journey.courses import key_of
from applications.journey.deadlines import form_expected
from applications.journey.remindable import Near, remindable
from applications.journey.reminding import (
    AFTER_SAVING,
    AFTER_THE_PROVIDER,
    BEFORE_A_DEADLINE,
    BEFORE_AN_OFFER_ENDS,
    Deadline,
    Due,
    Ends,
    Sent,
    after,
    before,
    chosen,
)
from applications.journey.shape import Answers, said
from applications.models import Answer, Application, Reminder, ReminderOff, Sponsor
from applications.states import State
from applications.vocabulary import ReminderKind, SponsorState

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """A reminder to send: `about` is what its mail says beside the application."""

    application: Application
    due: Due
    about: Mapping[str, Any]


def reminders_due(day: date) -> Iterator[Wanted]:
    """At most one for an application. Those who ended, and people whose account is closed, are left out."""
    near = Near.on(day)
    keys = remindable(near)
    for first in range(0, len(keys), CHUNK):
        yield from _of(keys[first : first + CHUNK], near)


def _of(keys: list[UUID], near: Near) -> Iterator[Wanted]:
    applications = (
        Application.objects.filter(pk__in=keys).with_names().select_related("course_run").without_decisions()
    )
    answers: dict[UUID, dict[str, Any]] = {key: {} for key in keys}
    steps = Answer.objects.filter(application__in=keys, step__in=("term", "npq", "course"))
    for key, step, value in steps.values_list("application", "step", "value"):
        answers[key][step] = value
    waiting = Sponsor.objects.filter(application__in=keys, state=SponsorState.WAITING.value)
    sponsors = {sponsor.application_id: sponsor for sponsor in waiting}
    sent: dict[UUID, list[Sent]] = {key: [] for key in keys}
    for row in Reminder.objects.filter(application__in=keys):
        sent[row.application_id].append(Sent(ReminderKind(row.kind), row.counted_from, row.days, row.sent_on))
    people = [application.applicant_id for application in applications]
    off: dict[UUID, set[ReminderKind]] = {person: set() for person in people}
    for person, kind in ReminderOff.objects.filter(user__in=people).values_list("user", "kind"):
        off[person].add(ReminderKind(kind))
    for application in applications:
        given, sponsor = answers[application.pk], sponsors.get(application.pk)
        dues = _dues(application, given, sponsor, near)
        due = chosen(dues, off[application.applicant_id], sent[application.pk], near.day)
        if due is not None:
            yield Wanted(application, due, _about(application, given, sponsor, due, near))


def _dues(application: Application, given: Answers, sponsor: Sponsor | None, near: Near) -> Iterable[Due]:
    """The most urgent first."""
    day, since = near.day, application.with_provider_since
    match application.status:
        case State.DRAFT:
            term = said(given, "term")
            ends = (
                [*near.term(term), *near.course(key_of(said(given, "course")))] if term in near.terms else []
            )
            saved_on = timezone.localdate(application.answers_saved_at)
            yield from before(ends, BEFORE_A_DEADLINE, day)
            yield from after(ReminderKind.DRAFT, saved_on, AFTER_SAVING, day)
        case State.REGISTERED | State.FORM_STARTED if since:
            form_by = Deadline(form_expected(since, application.course_run), Ends.FORM)
            # Where they fall on one day the course's is told, which is no target of ours.
            yield from before([*near.course(application.course_run_id), form_by], BEFORE_A_DEADLINE, day)
            if application.status is State.REGISTERED:
                provider_on = timezone.localdate(since)
                yield from after(ReminderKind.FORM, provider_on, AFTER_THE_PROVIDER, day)
        case State.AWAITING_SPONSOR if sponsor and sponsor.expires_at:
            link_ends = Deadline(timezone.localdate(sponsor.expires_at), Ends.SPONSOR)
            yield from before([link_ends], BEFORE_A_DEADLINE, day)
        case State.OFFERED if last_day := application.offer_last_day:
            yield from before([Deadline(last_day, Ends.OFFER)], BEFORE_AN_OFFER_ENDS, day)


def _about(
    application: Application, given: Answers, sponsor: Sponsor | None, due: Due, near: Near
) -> dict[str, Any]:
    run = key_of(said(given, "course")) or application.course_run_id
    since = application.with_provider_since
    form_by = form_expected(since, application.course_run) if since else None
    return {
        "path": _page(application),
        "last_day": due.counted_from,
        "course": near.runs.get(run) if run and due.ends is Ends.COURSE else None,
        "npq": near.npqs.get(said(given, "npq") or "", ""),
        "term": near.terms.get(said(given, "term") or ""),
        "sponsor": sponsor,
        "form_by": form_by,
        "late": form_by is not None and form_by < near.day,
    }


def _page(application: Application) -> str:
    """Where the person does what they are reminded of."""
    match application.status:
        case State.REGISTERED | State.FORM_STARTED:
            return reverse("applications:provider_form", args=[application.pk])
        case State.OFFERED:
            return reverse("applications:offer", args=[application.pk])
        case _:
            return application.get_absolute_url()
