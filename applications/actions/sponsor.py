"""The sponsor: asked by a mailed link, answers without an account, is reminded, or somebody else is asked instead.

Each verb holds the application's row first, so that of an answer and a withdrawal, or of an answer and another sponsor
being asked, one happens and the other is told.
"""

import secrets
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from applications.access import role_of
from applications.actions.errors import AlreadyDone, Incomplete, TooManyInvitations
from applications.actions.mails import tell_applicant, tell_sponsor
from applications.actions.moving import locked, move
from applications.journey.deadlines import decision_expected, new_sponsor_expected
from applications.models import Application, Sponsor, SponsorLink
from applications.models.sponsor import hash_of
from applications.provider_forms.saved import asks_for_scores, saved_form
from applications.states import Action, Role, State, next_state
from applications.vocabulary import LONGEST_REASON, SponsorState
from applications.working_days import working_day_after
from npq_portal.accounts import limits
from npq_portal.accounts.models import User
from npq_portal.audit.recording import record
from npq_portal.verbs import verb

LINK_WORKS = timedelta(days=28)
# After so many working days, counted from the day of asking.
REMINDERS = (5, 10)
# Invitations that one person has sent, to whomever: enough for slips, and nobody's inbox is flooded.
INVITATIONS_A_DAY = 6


@verb
def ask_sponsor(*, application: Application, by: User, now: datetime) -> Application:
    """Mail the named sponsor a link, once the form is complete: the provider has nothing before they endorse.

    A second call changes nothing and returns the application as it is. Raises Incomplete("form") where an answer is
    missing or a word limit passed, Incomplete("sponsor") where nobody is named, TooManyInvitations.
    """
    application = locked(application)
    role = role_of(by, application)
    if application.status is State.AWAITING_SPONSOR and role is Role.APPLICANT:
        return application
    next_state(application.status, Action.ASK_SPONSOR, role)
    if not saved_form(application, strict=True).is_valid():
        raise Incomplete("form", "Finish the questions marked below, then ask your sponsor.")
    sponsor = application.sponsors.filter(state=SponsorState.NAMED.value).first()
    if sponsor is None or not sponsor.role:
        raise Incomplete("sponsor", "Name your sponsor before you go on.")
    _invite(application, sponsor, by, now, event="sponsor_asked")
    return application


@verb
def change_sponsor(
    *, application: Application, name: str, email: str, role: str, by: User, now: datetime
) -> Application:
    """Ask somebody else instead. The old link no longer works, and who was waiting is told that they need do nothing.

    AlreadyDone where the sponsor has answered in the meantime.
    """
    application = locked(application)
    next_state(application.status, Action.ASK_SPONSOR, role_of(by, application))
    old = _waiting(application)
    ran_out = old.has_run_out_at(now)
    old.state = SponsorState.REPLACED.value
    old.save(update_fields=["state"])
    sponsor = Sponsor.objects.create(application=application, name=name, email=email, role=role)
    key = _invite(application, sponsor, by, now, event="sponsor_changed")
    if not ran_out:
        tell_sponsor("sponsor_replaced", old, key=f"{key}:old", now=now)
    return application


@verb
def send_link_again(*, application: Application, by: User, now: datetime) -> Application:
    """Another link to the same sponsor, which works from today for as long as a first one. Earlier ones work too."""
    application = locked(application)
    next_state(application.status, Action.ASK_SPONSOR, role_of(by, application))
    _invite(application, _waiting(application), by, now, event="sponsor_asked_again")
    return application


def _invite(application: Application, sponsor: Sponsor, by: User, now: datetime, *, event: str) -> str:
    """The move with its audit row, the link with its mail, and the sponsor's row. Returns the event's key."""
    if not limits.hit(
        name="sponsor invited", key=str(by.pk), limit=INVITATIONS_A_DAY, window=timedelta(days=1), now=now
    ):
        raise TooManyInvitations
    key = move(application=application, action=Action.ASK_SPONSOR, by=by, now=now, event=event)
    sponsor.state = SponsorState.WAITING.value
    sponsor.asked_at = sponsor.asked_at or now
    sponsor.expires_at = now + LINK_WORKS
    sponsor.save(update_fields=["state", "asked_at", "expires_at"])
    _mail_link("sponsor_invited", sponsor, key=key, now=now)
    return key


def _waiting(application: Application) -> Sponsor:
    sponsor = application.sponsors.filter(state=SponsorState.WAITING.value).first()
    if sponsor is None:
        raise AlreadyDone
    return sponsor


def _new_link(sponsor: Sponsor, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    SponsorLink.objects.create(sponsor=sponsor, token_hash=hash_of(token), made_at=now)
    return token


def _mail_link(template: str, sponsor: Sponsor, *, key: str, now: datetime) -> None:
    path = reverse("applications:sponsor_request", args=[_new_link(sponsor, now)])
    # The body holds the token, so nothing of it is kept once it is sent.
    tell_sponsor(template, sponsor, key=key, now=now, sensitive=True, path=path)


@verb
def endorse(*, sponsor: Sponsor, now: datetime) -> str | None:
    """The application is with the provider from now on, and the applicant is told.

    Returns the token of a link to the next request that waits for the same address, or None. AlreadyDone where it was
    answered, where somebody else has been asked, where the link has run out, and where the application was withdrawn.
    """
    application, sponsor = _answered(sponsor, SponsorState.ENDORSED, now)
    key = move(
        application=application,
        action=Action.ENDORSE,
        by=sponsor,
        now=now,
        event="endorsed",
        submitted_at=now,
        awaits_scores=asks_for_scores(application),
    )
    decision_by = decision_expected(now, application.course_run)
    tell_applicant("submitted", application, key=key, now=now, decision_by=decision_by, sponsor=sponsor)
    return _next(sponsor, now)


@verb
def decline(*, sponsor: Sponsor, reason: str, now: datetime) -> str | None:
    """The applicant reads `reason` and may ask somebody else. Otherwise as `endorse`; Incomplete without a reason."""
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise Incomplete("reason", f"Give a reason, in {LONGEST_REASON:,} characters or fewer.")
    application, sponsor = _answered(sponsor, SponsorState.DECLINED, now, reason=reason)
    key = move(application=application, action=Action.DECLINE, by=sponsor, now=now, event="sponsor_declined")
    name_by = new_sponsor_expected(application.with_provider_since, now, application.course_run)
    tell_applicant("sponsor_declined", application, key=key, now=now, sponsor=sponsor, name_by=name_by)
    return _next(sponsor, now)


@verb
def say_wrong_person(*, sponsor: Sponsor, now: datetime) -> None:
    """The applicant is asked for somebody else. Whoever reads this address is shown nobody else's request."""
    application, sponsor = _answered(sponsor, SponsorState.WRONG_PERSON, now)
    key = move(application=application, action=Action.DECLINE, by=sponsor, now=now, event="sponsor_was_wrong")
    name_by = new_sponsor_expected(application.with_provider_since, now, application.course_run)
    tell_applicant("sponsor_was_wrong", application, key=key, now=now, sponsor=sponsor, name_by=name_by)


def _answered(
    sponsor: Sponsor, state: SponsorState, now: datetime, *, reason: str = ""
) -> tuple[Application, Sponsor]:
    """Hold the application, and give the answer if it can still be given."""
    application = locked(sponsor.application)
    waiting = Sponsor.objects.waiting_at(now).filter(pk=sponsor.pk)
    if waiting.update(state=state.value, answered_at=now, reason=reason) != 1:
        raise AlreadyDone
    return application, Sponsor.objects.get(pk=sponsor.pk)


def _next(sponsor: Sponsor, now: datetime) -> str | None:
    """A link for whoever has just shown that they read this address."""
    others = Sponsor.objects.waiting_at(now).filter(email__iexact=sponsor.email)
    other = others.order_by("asked_at", "pk").first()
    return _new_link(other, now) if other else None


@verb
def remind(*, sponsor: Sponsor, now: datetime) -> bool:
    """Mail a link once more, if a reminder is due that was not sent; whether one was.

    Each is sent once, however often and by however many this is called. Of two that have come due together, as after
    a long outage, one mail is sent.
    """
    if sponsor.asked_at is None:
        return False
    asked_on, today = timezone.localdate(sponsor.asked_at), timezone.localdate(now)
    due = sum(working_day_after(asked_on, count) <= today for count in REMINDERS)
    # Held first: the condition below reads two tables, and would not see what another call has just done.
    application = locked(sponsor.application)
    unsent = Sponsor.objects.waiting_at(now).filter(pk=sponsor.pk, reminders_sent__lt=due)
    if unsent.update(reminders_sent=due) != 1:
        return False
    written = record(
        action="applications.sponsor_reminded",
        subject=application,
        by=None,
        now=now,
        new={"reminder": due},
    )
    _mail_link(
        "sponsor_reminded",
        sponsor,
        key=f"applications.sponsor_reminded:{application.pk}:{written.pk}",
        now=now,
    )
    return True
