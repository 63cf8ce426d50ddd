"""The workplace behind a stored reference."""

from funding.models import Establishment


def find_workplace(reference: str) -> Establishment | None:
    """The establishment that may be given as a workplace under this reference; None for any other text."""
    try:
        return Establishment.objects.pickable().by_reference(reference)
    except Establishment.DoesNotExist:
        return None
