"""What names a person beside their applications, forgotten in one place, whoever asks for it."""

from collections.abc import Collection
from datetime import datetime

from django.db import OperationalError
from psycopg.errors import LockNotAvailable

from applications.actions.errors import MailBeingSent
from applications.models import AllowedAddress, Interest, ReminderOff, SavedFilter, TwoPeople
from catalogue.models import CourseAlert, Invitation
from npq_portal.accounts.forgetting import forget as forget_account
from npq_portal.accounts.models import User
from npq_portal.mail.outbox import forget as forget_mails


def forget_beside_applications(
    person: User, *, now: datetime, about: Collection[str] = (), still_to_send: Collection[str] = ()
) -> None:
    """Delete every row that holds their address or says who they were, their mails and those about the references in
    `about`, and empty the account; and so with each that was merged into it and keeps its address. In the caller's
    transaction, with the account held.

    Raises MailBeingSent.
    """
    for account in (person, *person.merged.all()):
        CourseAlert.objects.filter(email__iexact=account.email).delete()
        Invitation.objects.filter(email__iexact=account.email).delete()
        AllowedAddress.objects.of(account.email).delete()
        Interest.objects.filter(email=account.email.lower()).delete()
        ReminderOff.objects.of(account).delete()
        SavedFilter.objects.of(account).delete()
        TwoPeople.objects.of(account).delete()
        account.provider_memberships.all().delete()
        account.hub_memberships.all().delete()
        _forget_mails(account.email, about, still_to_send)
        forget_account(person=account, now=now)


def _forget_mails(address: str, about: Collection[str], still_to_send: Collection[str]) -> None:
    """A row is held for as long as a mail server takes to answer, which may be longer than a page waits."""
    try:
        forget_mails(address=address, about=about, still_to_send=still_to_send)
    except OperationalError as problem:
        if isinstance(problem.__cause__, LockNotAvailable):
            raise MailBeingSent from problem
        raise
