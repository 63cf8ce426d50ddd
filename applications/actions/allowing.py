"""Portal staff let people register while registration is closed, and no longer. The audit trail names no address."""

from collections.abc import Collection
from datetime import datetime

from applications.models import AllowedAddress
from catalogue.models import Term
from npq_portal.accounts.models import User
from npq_portal.audit.recording import record
from npq_portal.verbs import verb


@verb
def allow(*, emails: Collection[str], term: Term, by: User, now: datetime) -> int:
    """Whoever signs in with one of `emails` may register for `term`, whatever its dates and the switch say.

    How many were not on the list before. Where none was, nothing is written. Nobody is told: that is left to whoever
    asked for it.
    """
    wanted = {email.lower() for email in emails}
    Term.objects.select_for_update(no_key=True).get(
        pk=term.pk
    )  # two lists at once would count the same twice
    known = set(AllowedAddress.objects.filter(term=term, email__in=wanted).values_list("email", flat=True))
    new = sorted(wanted - known)
    if not new:
        return 0
    AllowedAddress.objects.bulk_create(AllowedAddress(term=term, email=email, added_at=now) for email in new)
    record(action="applications.addresses_allowed", subject=term, by=by, now=now, new={"addresses": len(new)})
    return len(new)


@verb
def no_longer_allow(*, addresses: Collection[AllowedAddress], by: User, now: datetime) -> int:
    """How many went. Drafts of theirs are kept; what is registered stays registered. One audit row a term."""
    held = (
        AllowedAddress.objects.filter(pk__in=[each.pk for each in addresses])
        .order_by("pk")
        .select_for_update()
    )
    by_term: dict[int, list[int]] = {}
    for pk, term in held.values_list("pk", "term_id"):
        by_term.setdefault(term, []).append(pk)
    for term, keys in by_term.items():
        AllowedAddress.objects.filter(pk__in=keys).delete()
        removed = {"addresses": len(keys)}
        record(action="applications.addresses_removed", subject=Term(pk=term), by=by, now=now, new=removed)
    return sum(map(len, by_term.values()))
