"""The workplace behind a stored reference."""

from funding.models import ChildcareSetting, Establishment, ListEntry, Namespace


def find_workplace(reference: str) -> Establishment | None:
    """The establishment that may be given as a workplace under this reference; None for any other text."""
    try:
        return Establishment.objects.pickable().by_reference(reference)
    except Establishment.DoesNotExist:
        return None


def holds_ofsted_number(number: str) -> bool:
    """Whether a register or list that the portal holds names this Ofsted number."""
    listed = ListEntry.objects.filter(namespace=Namespace.OFSTED_URN, identifier=number)
    return ChildcareSetting.objects.filter(ofsted_urn=number).exists() or listed.exists()
