"""Addresses of pages: whole ones for those who read them somewhere else (mails, calendars, search engines), and those
that a list has dozens of.
"""

from functools import lru_cache

from django.conf import settings
from django.urls import reverse


def absolute(path: str) -> str:
    """The address of a page of this portal. Not of the request's own host, which whoever asks may choose."""
    return settings.PORTAL_ADDRESS.rstrip("/") + path


@lru_cache(maxsize=8192)  # Django takes longer to work out a list's addresses than Postgres to find its rows
def path_of(name: str, argument: str | int) -> str:
    """The path of the page that Django's `reverse` gives for `name` and its one argument."""
    return reverse(name, args=[argument])
