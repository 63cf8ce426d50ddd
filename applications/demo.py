"""What the demonstration needs before anybody can apply: a form to fill in, and funded places to give."""

from datetime import datetime

from django.utils import timezone

from applications.models import FundedPlaces
from applications.provider_forms.default import publish_default
from catalogue.models import Offer, Term

PLACES = 20
# Few enough to run out while somebody tries it.
SCARCE = {("ambition-institute", "npq-headship"): 2}


def create(now: datetime) -> None:
    """The form that ships, and a number of funded places for each offer of the newest term.

    Safe to repeat.
    """
    publish_default(now)
    term = Term.objects.current(timezone.localdate(now))
    for offer in Offer.objects.filter(term=term).select_related("provider", "qualification"):
        cap = SCARCE.get((offer.provider.slug, offer.qualification.identifier), PLACES)
        FundedPlaces.objects.get_or_create(
            provider=offer.provider, qualification=offer.qualification, term=term, defaults={"cap": cap}
        )
