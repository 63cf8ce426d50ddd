"""The waiting list, and the funded place that becomes free: offered to the next, held for them, passed on.

So are places that are added (`more_places`).

Design, journeys: "Waiting list in order; a freed place offers to the next, with an expiry." A place that was free
already is never offered by itself: the provider may have its reasons to keep it.
"""

from datetime import datetime, time, timedelta

from django.db import connection
from django.utils import timezone

from applications.actions import places
from applications.actions.duplicates import close_same_person, hold_to_accept, hold_with_same_person
from applications.actions.errors import AlreadyDone, NotEntitled, OfferEnded
from applications.actions.holding import until_told
from applications.actions.mails import tell_applicant
from applications.actions.moving import hold, move
from applications.actions.noting import note_why
from applications.models import Application
from applications.queries import place_in_line
from applications.states import Action
from funding.rules.vocabulary import Outcome
from npq_portal.accounts.models import User
from npq_portal.verbs import verb

# Long enough to talk to a head, short enough that the next in line still finds a course.
OPEN_FOR = timedelta(days=7)


@verb
def put_on_waiting_list(
    *, application: Application, by: User, now: datetime, reason: str = ""
) -> Application:
    """To the end of the list for this provider, NPQ and term. The applicant is told which place that is.

    Only staff read the `reason`, as a note; the page asks for one.
    """
    key = move(
        application=application,
        action=Action.PUT_ON_WAITING_LIST,
        by=by,
        now=now,
        event="put_on_waiting_list",
        waiting_number=_next_number(),
        **until_told(application, now),
    )
    note_why("On the waiting list", reason, application=application, by=by, now=now)
    place, send_after = place_in_line(application), application.undo_until
    tell_applicant("waiting_list", application, key=key, now=now, send_after=send_after, place=place)
    return application


@verb
def offer_place(*, application: Application, by: User, now: datetime) -> Application:
    """Hold one of the provider's free funded places for somebody on the list, until the offer ends.

    Raises NoPlaceLeft where none is free and NotEntitled where the funding that holds is not `funded`. Nobody is
    accepted by it: the applicant takes the place up, or turns it down.
    """
    return _offer(application, by, now)


@verb
def take_up(*, application: Application, by: User, now: datetime) -> Application:
    """The applicant says yes, and is accepted with the place that was held for them.

    Raises OfferEnded where they are too late, whether or not the place has gone to the next by now.
    """
    hold_to_accept(application)
    if application.offer_ends_at and application.offer_ends_at <= now:
        raise OfferEnded
    key = move(
        application=application,
        action=Action.TAKE_UP,
        by=by,
        now=now,
        event="took_up",
        new={"funded_place": True},
        funded_place=True,
        decided_at=now,
    )
    tell_applicant("accepted", application, key=key, now=now)
    places.exchange(left=close_same_person(application, now), taken_by=None)
    return application


@verb
def turn_down(*, application: Application, by: User, now: datetime) -> Application:
    """The applicant does not want the place: it goes to the next, and the provider decides again about them."""
    hold_with_same_person(application)
    key = move(application=application, action=Action.TURN_DOWN, by=by, now=now, event="turned_down")
    tell_applicant("offer_turned_down", application, key=key, now=now)
    free_place(application, now)
    return application


@verb
def lapse(*, application: Application, now: datetime) -> Application:
    """The portal ends an offer whose time has passed. Like turning it down, but nobody said so.

    Raises AlreadyDone where it has not passed, as when the place was offered anew since the row was read.
    """
    hold_with_same_person(application)
    if application.offer_ends_at and application.offer_ends_at > now:
        raise AlreadyDone
    key = move(application=application, action=Action.LAPSE, by=None, now=now, event="offer_lapsed")
    tell_applicant("offer_lapsed", application, key=key, now=now)
    free_place(application, now)
    return application


def free_place(application: Application, now: datetime) -> None:
    """The place that `application` held goes to the next on the list who may have one, else it is free.

    In the caller's transaction. The person's row is held before the places', as by everybody who takes one.
    """
    following = _next_in_line(application)
    places.give_back(application)
    if following is not None and places.some_left(following):
        _offer(following, None, now)


def offer_by_itself(application: Application, now: datetime) -> None:
    """One of the free places, in the caller's transaction, which holds the person's row. The portal signs."""
    _offer(application, None, now)


def _next_in_line(application: Application) -> Application | None:
    """The first who waits and may have a funded place, held until the transaction ends.

    Whoever has left the list by the time that the row is held is followed by the next.
    """
    waiting = Application.objects.alike(application).waiting().filter(funding_outcome=Outcome.FUNDED)
    while (first := waiting.values_list("pk", flat=True).first()) is not None:
        if hold(waiting.filter(pk=first)):
            return Application.objects.with_names().get(pk=first)
    return None


def _offer(application: Application, by: User | None, now: datetime) -> Application:
    if application.funding_outcome != Outcome.FUNDED:
        raise NotEntitled
    key = move(
        application=application,
        action=Action.OFFER_PLACE,
        by=by,
        now=now,
        event="place_offered",
        offer_ends_at=offer_end(now),
        # What passes on by itself nobody has decided, so nobody undoes it.
        **(until_told(application, now) if by else {}),
    )
    last_day, send_after = application.offer_last_day, application.undo_until
    tell_applicant("place_offered", application, key=key, now=now, send_after=send_after, last_day=last_day)
    places.take(application)
    return application


def offer_end(now: datetime) -> datetime:
    """The midnight, Europe/London, after the last of the days: nobody has to watch the hour."""
    last_day = timezone.localdate(now) + OPEN_FOR
    return timezone.make_aware(datetime.combine(last_day + timedelta(days=1), time()))


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('applications_waiting_number')")
        number: int = cursor.fetchone()[0]
    return number
