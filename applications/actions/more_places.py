"""How many funded places there are. What is added is offered to the waiting list by itself, in its order."""

from datetime import datetime

from applications.actions.errors import BelowTaken
from applications.actions.moving import hold
from applications.actions.offers import offer_by_itself
from applications.actions.places import some_left
from applications.models import Application, FundedPlaces
from applications.models.application_sets import ApplicationQuerySet
from funding.rules.vocabulary import Outcome
from npq_portal.accounts.models import User
from npq_portal.audit.recording import record
from npq_portal.verbs import verb


@verb
def set_cap(*, places: FundedPlaces, cap: int, by: User, now: datetime) -> int:
    """Change how many there are, and return how many of the new ones were offered: a place may be given meanwhile.

    Each who is offered one has as long to answer as for any other, and is told by e-mail at once. Places that were free
    before are left: the provider may have its reasons. The number that it is already is not recorded. Raises
    BelowTaken where more have been given by now.
    """
    before = FundedPlaces.objects.values_list("cap", flat=True).get(pk=places.pk)
    # People before places, as everybody holds them who gives one.
    following = _held_in_line(places, cap - before)
    held = FundedPlaces.objects.select_for_update(of=("self",)).get(pk=places.pk)
    if cap < held.taken:
        raise BelowTaken
    if cap != held.cap:
        FundedPlaces.objects.filter(pk=places.pk).update(cap=cap)
        record(
            action="applications.fundedplaces_changed",
            subject=held,
            by=by,
            now=now,
            old={"cap": held.cap},
            new={"cap": cap},
        )
    return _offer_to(following, now)


@verb
def offer_first_places(*, places: FundedPlaces, now: datetime) -> int:
    """As above, for a number that is set for the first time, in a row that was just written."""
    return _offer_to(_held_in_line(places, places.cap), now)


def _held_in_line(places: FundedPlaces, most: int) -> list[Application]:
    """The first who wait and may have a funded place, held until the transaction ends."""
    if most <= 0:
        return []
    waiting = waiting_for(places)
    keys = list(waiting.values_list("pk", flat=True)[:most])
    hold(Application.objects.filter(pk__in=keys))
    return list(waiting.filter(pk__in=keys).with_names())


def _offer_to(following: list[Application], now: datetime) -> int:
    offered = 0
    for application in following:
        if some_left(application):
            offer_by_itself(application, now)
            offered += 1
    return offered


def waiting_for(places: FundedPlaces) -> ApplicationQuerySet:
    """Those to whom places that are added are offered, the next first."""
    return Application.objects.waiting().filter(
        provider=places.provider_id,
        qualification=places.qualification_id,
        term=places.term_id,
        funding_outcome=Outcome.FUNDED,
    )
