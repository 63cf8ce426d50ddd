"""The applications that a reminder may be due about on a day, and what of the catalogue bears on that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Any, Self
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from applications.journey.deadlines import FORM_WITHIN
from applications.journey.reminding import (
    AFTER_SAVING,
    AFTER_THE_PROVIDER,
    BEFORE_A_DEADLINE,
    GRACE,
    Deadline,
    Ends,
)
from applications.models import Answer, Application, Sponsor
from applications.models.application_sets import ApplicationQuerySet
from applications.states import State
from applications.vocabulary import SponsorState
from catalogue.models import CourseRun, Qualification, Term
from npq_portal.switches.models import Switches

LONGEST_BEFORE = timedelta(days=max(BEFORE_A_DEADLINE))
WRITING = (State.REGISTERED, State.FORM_STARTED)


@dataclass(frozen=True, slots=True)
class Near:
    """What the catalogue knows on `day`: terms open for registering by identifier, courses that close soon by key."""

    day: date
    terms: Mapping[str, Term]
    runs: Mapping[int, CourseRun]
    npqs: Mapping[str, str]

    @classmethod
    def on(cls, day: date) -> Self:
        closing = CourseRun.objects.filter(
            state__in=CourseRun.TO_JOIN, apply_by__range=(day, day + LONGEST_BEFORE)
        )
        terms = Term.objects.registering_on(day).exclude(Exists(Switches.objects.closing()))
        return cls(
            day,
            {term.identifier: term for term in terms},
            closing.select_related("provider", "hub", "partner", "qualification").in_bulk(),
            dict(Qualification.objects.values_list("identifier", "name")),
        )

    def course(self, key: int | None) -> list[Deadline]:
        run = self.runs.get(key) if key else None
        return [Deadline(run.apply_by, Ends.COURSE)] if run and run.apply_by else []

    def term(self, identifier: str | None) -> list[Deadline]:
        term = self.terms.get(identifier or "")
        closes = term and term.registration_closes
        return [Deadline(closes, Ends.TERM)] if closes else []


def remindable(near: Near) -> list[UUID]:
    """A few too many: which reminder is due, if any, is worked out from each. Ended ones are never among them."""
    rows = [_forms(near), _waiting_for_a_sponsor(near.day), _offers(near.day)]
    if near.terms:  # while nobody can register, there is nothing to finish a draft for
        rows.append(_drafts(near))
    return list(chain.from_iterable(each.order_by().values_list("pk", flat=True) for each in rows))


def _midnight(day: date) -> datetime:
    """When `day` begins in England."""
    return timezone.make_aware(datetime.combine(day, time()))


def _open_accounts() -> ApplicationQuerySet:
    return Application.objects.filter(applicant__is_active=True)


def _drafts(near: Near) -> ApplicationQuerySet:
    """Each person's newest alone, unless they have registered since; not one that was saved today."""
    mine = Application.objects.filter(applicant=OuterRef("applicant"))
    newer = mine.drafts().filter(answers_saved_at__gt=OuterRef("answers_saved_at"))
    since = mine.registered().filter(registered_at__gt=OuterRef("answers_saved_at"))
    earliest = near.day - timedelta(days=max(AFTER_SAVING) + GRACE)
    closing = [
        identifier
        for identifier, term in near.terms.items()
        if term.registration_closes and term.registration_closes <= near.day + LONGEST_BEFORE
    ]
    return (
        _open_accounts()
        .drafts()
        .filter(answers_saved_at__lt=_midnight(near.day))
        .filter(
            Q(answers_saved_at__gte=_midnight(earliest))
            | Q(pk__in=_answered(step="term", value__term__in=closing))
            | Q(pk__in=_answered(step="course", value__course__in=list(map(str, near.runs))))
        )
        .exclude(Exists(newer) | Exists(since))
    )


def _answered(**answer: Any) -> QuerySet[Answer, Any]:
    return Answer.objects.filter(**answer).values("application")


def _forms(near: Near) -> ApplicationQuerySet:
    """With a provider since before today, and not sent to it."""
    earliest = near.day - max(FORM_WITHIN, timedelta(days=max(AFTER_THE_PROVIDER) + GRACE))
    with_provider = _open_accounts().alias(since=Coalesce("provider_since", "registered_at"))
    return with_provider.filter(
        Q(since__gte=_midnight(earliest)) | Q(course_run__in=list(near.runs)),
        state__in=WRITING,
        since__lt=_midnight(near.day),
    )


def _waiting_for_a_sponsor(day: date) -> ApplicationQuerySet:
    soon = Sponsor.objects.filter(state=SponsorState.WAITING.value, expires_at__range=_until_soon(day))
    return _open_accounts().filter(state=State.AWAITING_SPONSOR, pk__in=soon.values("application"))


def _offers(day: date) -> ApplicationQuerySet:
    return _open_accounts().filter(state=State.OFFERED, offer_ends_at__range=_until_soon(day))


def _until_soon(day: date) -> tuple[datetime, datetime]:
    return _midnight(day), _midnight(day + LONGEST_BEFORE + timedelta(days=2))
