"""Loads the catalogue's data files into the database. Safe to repeat: a second load changes nothing.

What the files own is brought to what they say. What operators keep in the admin (terms' windows, offers,
providers, course runs) is only ever filled in where it is missing. Nothing that someone may have to explain
later (an edition, an offer, a hub, a provider, a term) is removed.
"""

from typing import Any, Protocol

from django.db import transaction

from catalogue.loading import files, steps


class Progress(Protocol):
    """A bar such as npq_portal.progress.bar gives; its total grows by the rows there are to load."""

    total: Any

    def update(self, n: float = ..., /) -> object: ...


def load(progress: Progress) -> None:
    """Load everything in one transaction. A mistake in a file raises DataFileError and changes nothing."""
    data = files.read_all()
    with transaction.atomic():
        for step in steps.in_order(data):
            progress.total = (progress.total or 0) + step.rows
            step.run()
            progress.update(step.rows)
