"""Telling an applicant that the mail to their sponsor came to nothing: a slip in the address, as a rule."""

from datetime import datetime

from applications.actions.mails import tell_applicant
from applications.models import Sponsor
from applications.queries import failed_invitation
from npq_portal.verbs import verb


@verb
def tell_of_failed_invitation(*, sponsor: Sponsor, now: datetime) -> bool:
    """Whether the mail was given up and the applicant hears of it now or has heard: once for each given up.

    The application stays as it is, and nobody is asked again by it.
    """
    failed = failed_invitation(sponsor)
    if failed is None:
        return False
    tell_applicant(
        "sponsor_unreachable",
        sponsor.application,
        key=f"applications.sponsor_unreachable:{sponsor.application_id}:{failed.pk}",
        now=now,
        sponsor=sponsor,
    )
    return True
