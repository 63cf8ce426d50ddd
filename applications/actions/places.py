"""Funded places: the last one is given once only. One guarded UPDATE; Postgres decides who was first."""

from django.db.models import F, Q

from applications.actions.errors import NoPlaceLeft
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


def exchange(*, left: list[Application], taken_by: Application | None) -> None:
    """The places of those in `left` are free again, and one is taken for `taken_by`, as by `take`.

    Where several providers' rows change they are held in one order first, so that two such exchanges, each freeing what
    the other takes, wait in turn.
    """
    if left:
        either = Q()
        for application in [*left, *filter(None, [taken_by])]:
            either |= _these(application)
        list(FundedPlaces.objects.filter(either).order_by("pk").select_for_update())
    for application in left:
        give_back(application)
    if taken_by is not None:
        take(taken_by)


def _places(application: Application) -> FundedPlacesQuerySet:
    return FundedPlaces.objects.filter(_these(application))


def _these(application: Application) -> Q:
    return Q(provider=application.provider, qualification=application.qualification, term=application.term)
