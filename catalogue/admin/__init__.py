"""The catalogue in the staff area."""

from catalogue.admin import (
    course_run,
    dashboard,
    framework,
    invitations,
    people,
    provider,
    qualification,
    session,
)

__all__ = [
    "course_run",
    "dashboard",
    "framework",
    "invitations",
    "people",
    "provider",
    "qualification",
    "session",
]
