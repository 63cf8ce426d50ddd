"""Whose request it is: Django says a person or nobody, and behind a sign-in it is a person."""

from datetime import UTC, datetime

from allauth.account.authentication import get_authentication_records
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from npq_portal.accounts.models import User


def person(request: HttpRequest) -> User:
    """Who is signed in, for code that only signed-in people reach, such as the admin's.

    Raises PermissionDenied where nobody is, should a page ever be left open.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def proved_at(request: HttpRequest) -> datetime:
    """When this browser last proved who is signed in, by a code or a second step; long ago where that is not known."""
    proofs = get_authentication_records(request, person(request))
    return datetime.fromtimestamp(max((proof["at"] for proof in proofs), default=0), UTC)
