"""The provider moves somebody to another of its course runs: what the person themselves changes is in `changing`."""

from datetime import datetime

from applications.access import role_of
from applications.actions.errors import NotOffered
from applications.actions.mails import tell_applicant
from applications.actions.messages import write
from applications.actions.moving import locked, move
from applications.journey.courses import run_of
from applications.models import Application
from applications.states import Action, next_state
from catalogue.models import CourseRun
from npq_portal.accounts.models import User
from npq_portal.verbs import verb


@verb
def move_to_run(
    *, application: Application, run: CourseRun, text: str, by: User, now: datetime
) -> Application:
    """To another run of the same provider, NPQ and term, with a message to the person, who is told by e-mail.

    The state stays as it is, and no place of any run is counted. A run that is full, or takes no applications any more,
    may be chosen: the provider knows better. The one that it is already changes nothing. Raises NotOffered for a
    cancelled run and for another's, Incomplete without a message.
    """
    application = locked(application)
    next_state(application.status, Action.MOVE_TO_RUN, role_of(by, application))
    if application.course_run_id == run.pk:
        return application
    held = _held(application, run)
    message = write(application, text, by, now, from_applicant=False)
    key = move(
        application=application,
        action=Action.MOVE_TO_RUN,
        by=by,
        now=now,
        event="moved_to_run",
        old={"course_run": application.course_run_id},
        new={"course_run": held.pk},
        course_run=held,
        course_run_as_of=held.updated_at,
    )
    tell_applicant("moved_to_run", application, key=key, now=now, course=run_of(held.pk), message=message)
    return application


def _held(application: Application, run: CourseRun) -> CourseRun:
    """Held until the transaction ends, so that whoever cancels it tells this person too."""
    rows = CourseRun.objects.filter(
        pk=run.pk,
        provider=application.provider_id,
        qualification=application.qualification_id,
        term=application.term_id,
    ).exclude(state=CourseRun.State.CANCELLED)
    held = rows.select_for_update(of=("self",), no_key=True).first()
    if held is None:
        raise NotOffered
    return held
