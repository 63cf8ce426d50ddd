"""Another course, or another lead provider, until there is a decision: a change, never a second application.

A decision of which the applicant is not told yet gives way to it, as it does to withdrawing: to them there is none.
"""

from datetime import datetime, timedelta
from typing import Any, cast

from django.utils import timezone

from applications.access import role_of
from applications.actions.errors import NotOffered, TooManyChanges
from applications.actions.mails import tell_applicant, tell_provider_that_is_left, tell_waiting_sponsor
from applications.actions.moving import locked, move
from applications.actions.own_offers import still_stands
from applications.actions.undoing import give_way
from applications.form_definition import UnusableForm
from applications.journey.courses import run_of
from applications.journey.deadlines import form_expected
from applications.models import Application, ClosedApplication, Sponsor
from applications.provider_forms.fields import in_words
from applications.queries import form_answers_of
from applications.states import Action, next_state
from catalogue.models import CourseRun, LeadProvider, Offer
from npq_portal.accounts import limits
from npq_portal.accounts.models import User
from npq_portal.verbs import verb

# Each tells the provider that is left by e-mail.
CHANGES_A_DAY = 5
WENT_ELSEWHERE = "The applicant chose another lead provider."


@verb
def change_course(*, application: Application, run: CourseRun | None, by: User, now: datetime) -> Application:
    """Another run of the same provider, NPQ and term, or with None no particular one. The state stays as it is.

    The one that it is already changes nothing. Raises NotOffered for a run that does not take applications.
    """
    application = locked(application)
    next_state(application.as_told(now).status, Action.CHANGE_COURSE, role_of(by, application))
    if application.course_run_id == (run and run.pk):
        return application
    run = run and _held(application, application.provider, run, now)
    before = application.status
    give_way(application, Action.CHANGE_COURSE, by, now)
    key = move(
        application=application,
        action=Action.CHANGE_COURSE,
        by=by,
        now=now,
        event="course_changed",
        old={"state": before.value, "course_run": application.course_run_id},
        new={"course_run": run and run.pk},
        course_run=run,
        course_run_as_of=run and run.updated_at,
    )
    course = run_of(run.pk) if run else None
    tell_applicant("course_chosen", application, key=key, now=now, course=course)
    return application


@verb
def change_provider(
    *, application: Application, provider: LeadProvider, by: User, now: datetime
) -> Application:
    """The application goes on with another lead provider, from its form on, under the same reference.

    The provider it leaves is told by e-mail and keeps a ClosedApplication; what was written for it is put away there,
    and the new one never sees it. The funding decision stays as it was frozen. The course is no particular one.
    The provider that it is with already changes nothing. Raises NotOffered where that provider does not offer the NPQ
    in the term, or nobody registers for the term any more.
    """
    application = locked(application)
    next_state(application.as_told(now).status, Action.CHANGE_PROVIDER, role_of(by, application))
    left = application.provider
    if left == provider:
        return application
    if not _is_offered(application, provider, now):
        raise NotOffered
    if not limits.hit(
        name="provider changed",
        key=str(application.pk),
        limit=CHANGES_A_DAY,
        window=timedelta(days=1),
        now=now,
    ):
        raise TooManyChanges
    before = application.status
    give_way(application, Action.CHANGE_PROVIDER, by, now)
    put_away(application, WENT_ELSEWHERE, now, by_staff=False)
    key = move(
        application=application,
        action=Action.CHANGE_PROVIDER,
        by=by,
        now=now,
        event="provider_changed",
        old={"state": before.value, "provider": left and left.slug},
        new={"provider": provider.slug},
        provider=provider,
        provider_since=now,
        course_run=None,
        course_run_as_of=None,
        form=None,
        submitted_at=None,
        awaits_scores=False,
        information_at=None,
        decision_reason="",
    )
    tell_applicant("provider_changed", application, key=key, now=now, left=left, form_by=form_expected(now))
    if left:
        tell_provider_that_is_left(left, application, key=key, now=now)
    return application


def _is_offered(application: Application, provider: LeadProvider, now: datetime) -> bool:
    offers = Offer.objects.filter(
        provider=provider, qualification=application.qualification, term=application.term
    )
    open_now = application.term is not None and application.term.is_open_on(timezone.localdate(now))
    offer = offers.first() if open_now else None
    return offer is not None and still_stands(offer)


def _held(
    application: Application, provider: LeadProvider | None, run: CourseRun, now: datetime
) -> CourseRun:
    """The run, held until the transaction ends, so that whoever cancels it tells this person too."""
    taking = CourseRun.objects.to_apply_for(timezone.localdate(now)).filter(
        provider=provider, qualification=application.qualification, term=application.term
    )
    held = taking.select_for_update(of=("self",), no_key=True).filter(pk=run.pk).first()
    if held is None:
        raise NotOffered
    return held


def put_away(application: Application, why: str, now: datetime, *, by_staff: bool) -> None:
    """What was written for the provider goes to a ClosedApplication; a sponsor who has not answered is told."""
    registered = cast(Any, application)  # A registered one has each of these: a constraint holds it.
    closed = ClosedApplication.objects.create(
        application=application,
        provider=registered.provider,
        qualification=registered.qualification,
        term=registered.term,
        reference=registered.reference,
        registered_at=registered.with_provider_since,
        submitted_at=application.submitted_at,
        closed_at=now,
        why=why,
        form_answers=_told(application),
        sponsor=[
            {"who": f"{each.name}, {each.email}", "became": _became(each)}
            for each in application.sponsors.all()
        ],
        messages=[
            {"from_applicant": said.from_applicant, "text": said.text, "at": said.written_at.isoformat()}
            for said in application.messages.all()
        ],
    )
    application.messages.all().delete()
    application.form_answers.all().delete()
    application.scores.all().delete()
    key = f"applications.left:{application.pk}:{closed.pk}"
    tell_waiting_sponsor("sponsor_form_gone", application, key=key, now=now, by_staff=by_staff)
    application.sponsors.all().delete()


def _told(application: Application) -> list[dict[str, str]]:
    """The questions in the words in which they were asked, two of which may be alike, each with its answer: the form
    may be gone when somebody reads them.
    """
    written = form_answers_of(application)
    try:
        questions = application.form.definition.questions if application.form else ()
    except UnusableForm:
        return [{"question": name, "answer": answer} for name, answer in written.items()]
    return [
        {"question": question.label, "answer": answer}
        for question in questions
        if (answer := in_words(question, written))
    ]


def _became(sponsor: Sponsor) -> str:
    """What became of a sponsor, with its day and the reason given."""
    answered = f"{timezone.localdate(sponsor.answered_at):%-d %B %Y}" if sponsor.answered_at else ""
    return ", ".join(filter(None, [sponsor.get_role_display(), sponsor.state, answered, sponsor.reason]))
