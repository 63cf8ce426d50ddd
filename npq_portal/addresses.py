"""Whole addresses, for those who read them somewhere else: mails, calendars, search engines."""

from django.conf import settings


def absolute(path: str) -> str:
    """The address of a page of this portal. Not of the request's own host, which whoever asks may choose."""
    return settings.PORTAL_ADDRESS.rstrip("/") + path
