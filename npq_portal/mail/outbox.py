"""Queueing mail: one row and one job, in the caller's transaction."""

from collections.abc import Collection
from datetime import datetime
from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.core.validators import validate_email
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from npq_portal.accounts.models import User
from npq_portal.audit.models import reference
from npq_portal.audit.recording import record
from npq_portal.mail.dress import dressed
from npq_portal.mail.jobs import defer_delivery, defer_first_delivery
from npq_portal.mail.models import MailState, OutboxMessage
from npq_portal.mail.rendering import rendered


def queue(
    *,
    template: str,
    to: str,
    context: dict[str, Any],
    dedupe_key: str,
    now: datetime,
    about: models.Model | None = None,
    sensitive: bool = False,
    unsubscribe: str = "",
    forget_address: bool = False,
    send_after: datetime | None = None,
) -> OutboxMessage:
    """Write the mail in templates/emails/<template>.subject.txt, .txt and .html to be sent after the commit.

    Nothing is sent here, and nothing at all happened if the caller's transaction rolls back. A second call
    with the same `dedupe_key` returns the first row and makes no second mail. `about` is the row by which the
    mail is found again, and with which it is forgotten. `sensitive` empties the body
    once it is sent, `forget_address` the address too. `unsubscribe` is the whole address that ends such mails
    when it is posted to. With `send_after` it waits until then, and can be taken back by `withdraw`.
    Raises ValidationError when `to` is not an e-mail address.
    """
    validate_email(to)
    mail = rendered(template, context)
    message = OutboxMessage(
        dedupe_key=dedupe_key,
        about=reference(about) if about else "",
        template=template,
        to=to,
        subject=mail.subject,
        text=mail.text,
        html=dressed(mail.html),
        sensitive=sensitive,
        unsubscribe=unsubscribe,
        forget_address=forget_address,
        message_id=make_msgid(domain=settings.MAIL_DOMAIN),
        queued_at=now,
        next_try_at=send_after or now,
    )
    try:
        with transaction.atomic():
            message.save(force_insert=True)
            defer_first_delivery(message.pk, at=send_after)
    except IntegrityError:
        # It was written before, which is rare, so it is not looked for first.
        before = OutboxMessage.objects.filter(dedupe_key=dedupe_key).first()
        if before is None:
            raise
        return before
    return message


@transaction.atomic
def send_again(message: OutboxMessage, *, by: User, now: datetime) -> bool:
    """Put a mail that was given up back in the queue, with its patience renewed. False if it was not given up."""
    revived = OutboxMessage.objects.filter(pk=message.pk, state=MailState.DEAD).update(
        state=MailState.QUEUED, next_try_at=now, queued_at=now, attempts=0
    )
    if revived:
        defer_delivery(message.pk)
        record(action="mail.tried_again", subject=message, by=by, now=now)
    return revived == 1


def withdraw(*, about: models.Model, send_after: datetime) -> bool:
    """Delete the mail about the row that waits until `send_after`, in the caller's transaction.

    False where there is none any more. One that is being sent at this moment is waited for, and then was sent.
    """
    waiting = OutboxMessage.objects.filter(
        about=reference(about), state=MailState.QUEUED, attempts=0, next_try_at=send_after
    )
    return waiting.delete()[0] > 0


def forget(*, address: str, about: Collection[str], still_to_send: Collection[str] = ()) -> None:
    """Delete every mail to `address`, and to whomever about these references, sent or not.

    Mails from the templates in `still_to_send` that were not sent yet, and are about other rows, still go. In the
    caller's transaction.
    """
    to_them = Q(to__iexact=address) & ~Q(template__in=still_to_send, state=MailState.QUEUED)
    OutboxMessage.objects.filter(to_them | Q(about__in=about)).delete()
