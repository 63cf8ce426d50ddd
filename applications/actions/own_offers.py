"""What a lead provider offers no longer. What stands on an offer are applications: hence not in the catalogue."""

from datetime import datetime

from django.db import connection

from applications.actions.errors import NotManager, OfferInUse
from applications.models import Application
from applications.states import LIVE
from catalogue.models import CourseRun, Offer
from npq_portal.accounts.models import User
from npq_portal.audit.recording import record
from npq_portal.verbs import verb


@verb
def withdraw_offer(*, offer: Offer, by: User, now: datetime) -> None:
    """The provider does not offer the NPQ in the term any more; one that is withdrawn already stays so.

    Raises OfferInUse where a live application is to it, or a course run of it is not cancelled: people count on it.
    Whoever registers at this moment is waited for. NotManager where `by` does not keep the provider's set-up.
    """
    if not Offer.objects.managed_by(by).filter(pk=offer.pk).exists():
        raise NotManager
    # A lock that the shared one of `still_stands` excludes.
    if Offer.objects.select_for_update(of=("self",)).filter(pk=offer.pk).first() is None:
        return
    same = {"provider": offer.provider_id, "qualification": offer.qualification_id, "term": offer.term_id}
    live = Application.objects.filter(**same, state__in=LIVE).count()
    runs = CourseRun.objects.filter(**same).exclude(state=CourseRun.State.CANCELLED).count()
    if live or runs:
        raise OfferInUse(live, runs)
    facts = {"qualification": offer.qualification.identifier, "term": offer.term.identifier}
    record(action="applications.offer_withdrawn", subject=offer.provider, by=by, now=now, old=facts)
    Offer.objects.filter(pk=offer.pk).delete()


def still_stands(offer: Offer) -> bool:
    """Whether the offer is there, and then nobody withdraws it until the caller's transaction ends.

    Any number may hold it so at once; Django knows no lock that is shared.
    """
    table = connection.ops.quote_name(Offer._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR KEY SHARE", [offer.pk])  # noqa: S608
        return cursor.fetchone() is not None
