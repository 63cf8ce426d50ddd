"""Funded places: the last one is given once only. One guarded UPDATE; Postgres decides who was first."""

from django.db.models import F

from applications.actions.errors import BelowTaken, NoPlaceLeft
from applications.models import Application, FundedPlaces
from applications.models.funded_places import FundedPlacesQuerySet


def take(application: Application) -> None:
    """One place for `application`, inside the caller's transaction. Raises NoPlaceLeft where none is left."""
    if _places(application).filter(taken__lt=F("cap")).update(taken=F("taken") + 1) != 1:
        raise NoPlaceLeft


def give_back(application: Application) -> None:
    """The place that `application` held, if it held one, is free again."""
    if application.funded_place:
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
