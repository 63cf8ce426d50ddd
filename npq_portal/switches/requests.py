"""The switches as a page sees them: asked of the database once a request, so that a change shows on the next one."""

from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from npq_portal.switches.models import Notices, Switches


def keep_notices(request: HttpRequest, switches: Switches) -> Notices:
    """For a page that has read the switches with something else of its own."""
    notices = vars(request)["notices"] = switches.at(timezone.now())
    return notices


def notices_of(request: HttpRequest) -> Notices:
    """None at all where the database does not answer: a page that needs nothing else of it is still shown."""
    kept: dict[str, Any] = vars(request)
    if "notices" not in kept:
        try:
            keep_notices(request, Switches.objects.now())
        except (OperationalError, InterfaceError):
            kept["notices"] = Notices()
    notices: Notices = kept["notices"]
    return notices


def notices(request: HttpRequest) -> dict[str, Any]:
    """For templates (settings.TEMPLATES): nothing is asked where a template says nothing of it."""
    return {"notices": SimpleLazyObject(lambda: notices_of(request))}
