"""The applicant and the provider write to each other. Whoever did not write is told by e-mail, once a message."""

from datetime import datetime, timedelta

from applications.access import role_of
from applications.actions.errors import AlreadyDone, Incomplete, NotYours, TooManyMessages
from applications.actions.mails import tell_applicant, tell_provider
from applications.actions.moving import locked, move
from applications.journey.deadlines import answer_expected
from applications.models import Application, Message
from applications.states import LIVE, Action, Role, State, next_state
from npq_portal.accounts.models import User
from npq_portal.audit.recording import record
from npq_portal.verbs import verb

LONGEST = 4_000
# More than a conversation needs, and few enough that nobody's inbox is flooded.
A_DAY = 20
# The same words again so soon are the same message: a second click, or a page sent again.
SENT_TWICE_WITHIN = timedelta(minutes=5)


@verb
def write_message(*, application: Application, text: str, by: User, now: datetime) -> Message:
    """From the applicant to the provider, or from those who decide to the applicant. The state stays as it is.

    Raises NotYours for others and where the application has ended, as far as `by` may know, Incomplete where `text`
    is empty or longer than LONGEST characters, TooManyMessages after A_DAY from one side within a day. The same words
    sent twice are one message.
    """
    application = locked(application)
    role = role_of(by, application)
    known = application.as_told(now) if role is Role.APPLICANT else application
    if role not in (Role.APPLICANT, Role.PROVIDER, Role.PORTAL) or known.status not in LIVE:
        raise NotYours
    again = application.messages.filter(
        author=by, text=text.strip(), written_at__gt=now - SENT_TWICE_WITHIN
    ).last()
    if again is not None:
        return again
    message = write(application, text, by, now, from_applicant=role is Role.APPLICANT)
    written = record(action="applications.message_written", subject=application, by=by, now=now)
    key = f"applications.message:{application.pk}:{written.pk}"
    if message.from_applicant:
        tell_provider("message_to_provider", application, key=key, now=now)
    else:
        tell_applicant("message", application, key=key, now=now, message=message)
    return message


@verb
def ask_for_more(*, application: Application, text: str, by: User, now: datetime) -> Application:
    """The provider asks the applicant for more information, in `text`, before it decides."""
    key = move(application=application, action=Action.ASK_FOR_MORE, by=by, now=now, event="asked_for_more")
    message = write(application, text, by, now, from_applicant=False, asks=True)
    by_then = answer_expected(now, application.course_run)
    tell_applicant("more_information", application, key=key, now=now, message=message, answer_by=by_then)
    return application


@verb
def send_information(*, application: Application, text: str, by: User, now: datetime) -> Application:
    """The applicant answers, and the application is with the provider again, who is told.

    Where the provider has decided meanwhile, and the applicant does not know of it, it is a message like others.
    """
    if application.can_be_undone(now):
        known = application.as_told(now)
        next_state(known.status, Action.SEND_INFORMATION, role_of(by, application))
        write_message(application=application, text=text, by=by, now=now)
        _answered(application, now)
        return application
    key = move(
        application=application,
        action=Action.SEND_INFORMATION,
        by=by,
        now=now,
        event="information_sent",
        information_at=now,
    )
    write(application, text, by, now, from_applicant=True)
    tell_provider("information_sent", application, key=key, now=now)
    return application


def _answered(application: Application, now: datetime) -> None:
    """A decision stands that its applicant does not know of: what they know, and what undoing it puts back, is that
    they have answered. Raises AlreadyDone where it was undone since it was read, or another was made.
    """
    answered = {"state": State.SUBMITTED.value, "state_since": now.isoformat()}
    as_read = Application.objects.filter(
        pk=application.pk, undo_until=application.undo_until, before_decision=application.before_decision
    )
    if (
        as_read.update(
            before_decision={**(application.before_decision or {}), **answered}, information_at=now
        )
        != 1
    ):
        raise AlreadyDone


def write(
    application: Application, text: str, by: User, now: datetime, *, from_applicant: bool, asks: bool = False
) -> Message:
    """The row alone, in the caller's transaction. Raises as `write_message` does."""
    text = text.strip()
    if not text:
        raise Incomplete("text", "Write your message.")
    if len(text) > LONGEST:
        raise Incomplete("text", f"Use {LONGEST:,} characters or fewer.")
    since = now - timedelta(days=1)
    sent = application.messages.filter(from_applicant=from_applicant, written_at__gt=since)
    if sent.count() >= A_DAY:
        raise TooManyMessages
    return Message.objects.create(
        application=application,
        author=by,
        from_applicant=from_applicant,
        asks=asks,
        text=text,
        written_at=now,
    )
