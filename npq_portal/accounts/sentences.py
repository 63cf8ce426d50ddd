"""What audit rows of accounts say to staff."""

from collections.abc import Iterable

from django.db.models import Q

from npq_portal.accounts.models import User
from npq_portal.audit.facts import Fact
from npq_portal.audit.records import MOST_PEOPLE, Named


def _names(keys: list[str]) -> dict[str, Named]:
    return {str(person.pk): Named("", str(person)) for person in User.objects.filter(pk__in=keys)}


def _found(text: str) -> Iterable[object]:
    """By a whole e-mail address or TRN, or a part of a name."""
    meant = Q(email__iexact=text) | Q(full_name__icontains=text)
    if text.isdecimal():
        meant = Q(trn=text)
    return User.objects.filter(meant).values_list("pk", flat=True)[:MOST_PEOPLE]


NAMES = {"accounts.user": _names}
FOUND_BY = {"accounts.user": _found}
FACTS = {
    "account": Fact("Account", of="accounts.user"),
    "applications": Fact("Applications"),
    "is_staff": Fact("Staff"),
    "is_portal_staff": Fact("Portal staff (DfE)"),
    "trn_verified": Fact("TRN verified"),
    "sessions": Fact("Sessions ended"),
}
SENTENCES = {
    "accounts.viewed": "Looked at.",
    "accounts.signed_in": "Signed in.",
    "accounts.user_added": "Account made by staff.",
    "accounts.user_changed": "Account changed by staff.",
    "accounts.forgotten": "Emptied, as nothing was left of it but what is counted.",
    "accounts.erased": "Erased, by the person: what stays says nothing about anybody.",
    "accounts.merged": "Another account of the same person was merged into this one.",
    "accounts.not_said_two_people": "Took back that two accounts are of two people.",
    "accounts.said_two_people": "Found that two accounts are of two people.",
    "accounts.sessions_ended": "Ended sessions.",
    "accounts.let_in": "Let into the staff area, or what they are there changed.",
    "accounts.let_out": "Let out of the staff area: staff no more.",
    "accounts.disabled": "Account closed by staff.",
    "accounts.enabled": "Account opened again.",
    "accounts.disabled_as_dormant": "Account closed: nobody had signed in with it for 90 days.",
    "accounts.second_step_removed": "Second step at sign-in removed by staff.",
}
