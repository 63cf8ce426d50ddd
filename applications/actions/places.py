"""Funded places: the last one is given once only. One guarded UPDATE; Postgres decides who was first."""

from django.db.models import F

from applications.actions.errors import BelowTaken, NoPlaceLeft
from applications.models import Application, FundedPlaces
from applications.models.funded_places import FundedPlacesQuerySet
from applications.states import State


def take(application: Application) -> None:
    """One place for `application`, inside the caller's transaction. Raises NoPlaceLeft where none is left."""
    if _places(application).filter(taken__lt=F("cap")).update(taken=F("taken") + 1) != 1:
        raise NoPlaceLeft


def some_left(application: Application) -> bool:
    """Whether a place is free now. Only `take` gives one; another may be first."""
    return _places(application).filter(taken__lt=F("cap")).exists()


def holds(application: Application) -> bool:
    """Whether one of the taken places is this application's: it was accepted with one, or one is offered to it."""
    return bool(application.funded_place) or application.status is State.OFFERED


def give_back(application: Application) -> None:
    """The place that `application` holds is free again. Ask whether it `holds` one before its state moves."""
    _places(application).filter(taken__gt=0).update(taken=F("taken") - 1)


def set_cap(*, places: FundedPlaces, cap: int) -> None:
    """Change how many there are, and nothing else: a place may be given at the same moment.

    Raises BelowTaken where more have been given by now.
    """
    if FundedPlaces.objects.filter(pk=places.pk, taken__lte=cap).update(cap=cap) != 1:
        raise BelowTaken


def _places(application: Application) -> FundedPlacesQuerySet:
    return FundedPlaces.objects.filter(
        provider=application.provider, qualification=application.qualification, term=application.term
    )
