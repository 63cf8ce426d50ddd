"""Whose request it is: Django says a person or nobody, and behind a sign-in it is a person."""

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
