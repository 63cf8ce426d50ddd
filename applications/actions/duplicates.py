"""One person under two accounts, known by a verified teacher reference number: accepted once, not twice.

Design, journeys, "States of an application": accepting checks other accounts with the same verified TRN. Under one
account it cannot happen: a person has one live application for an NPQ and term (a constraint).
"""

from datetime import datetime
from uuid import UUID

from applications.actions import places
from applications.actions.errors import InTraining
from applications.actions.mails import tell_applicant, tell_others_it_ended
from applications.actions.moving import move
from applications.models import Application
from applications.models.application_sets import ApplicationQuerySet
from applications.states import IN_TRAINING, Action


def same_person(application: Application) -> ApplicationQuerySet:
    """The live applications of other accounts with the same verified TRN, for the same NPQ and term."""
    applicant = application.applicant
    if not (applicant.trn_verified and applicant.trn):
        return Application.objects.none()
    others = Application.objects.live().filter(
        qualification=application.qualification_id,
        term=application.term_id,
        applicant__trn=applicant.trn,
        applicant__trn_verified=True,
    )
    return others.exclude(applicant=applicant)


def hold_with_same_person(application: Application) -> dict[UUID, str]:
    """Hold the row and the person's others until the transaction ends, and return key -> state.

    In one order, before anything else is held: who accepts the person and who frees their place, for which they
    themselves may be next in line, then wait in turn.
    """
    others = same_person(application).values("pk")
    mine = Application.objects.filter(pk=application.pk).values("pk")
    rows = Application.objects.filter(pk__in=others.union(mine)).order_by("pk")
    return dict(rows.select_for_update(of=("self",)).values_list("pk", "state"))


def hold_to_accept(application: Application) -> bool:
    """Whether the person has others, which end by it.

    Raises InTraining where one of the person's others is in training already: that is for people to settle.
    """
    states = hold_with_same_person(application)
    if any(state in IN_TRAINING for pk, state in states.items() if pk != application.pk):
        raise InTraining
    return len(states) > 1


def close_same_person(application: Application, now: datetime) -> list[Application]:
    """End the person's other applications for this NPQ and term, and tell each. Returns those that held a place.

    Their places are for `places.exchange` to give back. They are not passed on: the provider sees them as left.
    """
    held_a_place = []
    for other in same_person(application).with_names().order_by("pk"):
        held = places.holds(other)
        key = move(
            application=other,
            action=Action.WITHDRAW,
            by=None,
            now=now,
            event="closed_as_accepted_elsewhere",
            old={"funded_place": other.funded_place},
            funded_place=None,
        )
        tell_applicant("closed", other, key=key, now=now)
        tell_others_it_ended(other, key=key, now=now, had_a_place=held)
        if held:
            held_a_place.append(other)
    return held_a_place
