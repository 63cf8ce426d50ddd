"""One attempt at sending one row."""

from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from npq_portal.accounts.models import User
from npq_portal.audit.recording import record
from npq_portal.mail.jobs import defer_delivery
from npq_portal.mail.models import MailState, OutboxMessage

FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(hours=2)
GIVE_UP_AFTER = timedelta(days=1)
BY_STAFF = "given up by staff"
# A sign-in code is good for 15 minutes: after that it would only puzzle its reader.
SIGN_IN_CODE = "sign_in_code"
GIVE_UP_A_CODE_AFTER = timedelta(minutes=15)


def attempt(pk: int, *, now: datetime) -> None:
    """Send the row if it is due and nobody else is sending it; else do nothing.

    The row stays locked while it is sent and is marked after: two senders never both send it, and a sender
    that dies between sending and marking leaves it queued, to be sent again with the same Message-ID.
    """
    with transaction.atomic():
        message = (
            OutboxMessage.objects.select_for_update(skip_locked=True)
            .filter(pk=pk, state=MailState.QUEUED, next_try_at__lte=now)
            .first()
        )
        if message is None:
            return
        message.attempts += 1
        try:
            _as_email(message).send()
        except Exception as error:
            _put_off(message, error, now)
        else:
            message.state, message.sent_at, message.next_try_at, message.last_error = (
                MailState.SENT,
                now,
                None,
                "",
            )
        _blank_if_finished(message)
        message.save()


@transaction.atomic
def give_up(message: OutboxMessage, *, by: User, now: datetime) -> bool:
    """Whether a mail that waits was given up now: not one that is being sent at this moment, or is finished.

    Nor one whose time has not come: whoever had it held can still take it back, and counts on finding it.
    """
    held = (
        OutboxMessage.objects.select_for_update(skip_locked=True)
        .filter(pk=message.pk, state=MailState.QUEUED)
        .exclude(attempts=0, next_try_at__gt=now)
        .first()
    )
    if held is None:
        return False
    held.state, held.next_try_at, held.last_error = MailState.DEAD, None, BY_STAFF
    _blank_if_finished(held)
    held.save()
    record(action="mail.given_up", subject=held, by=by, now=now)
    return True


def _as_email(message: OutboxMessage) -> EmailMultiAlternatives:
    headers = {"Message-ID": message.message_id}
    if message.unsubscribe:
        headers["List-Unsubscribe"] = f"<{message.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    email = EmailMultiAlternatives(message.subject, message.text, to=[message.to], headers=headers)
    if message.html:
        email.attach_alternative(message.html, "text/html")
    return email


def _put_off(message: OutboxMessage, error: Exception, now: datetime) -> None:
    message.last_error = describe(error)
    is_code = message.sensitive and message.template == SIGN_IN_CODE
    patience = GIVE_UP_A_CODE_AFTER if is_code else GIVE_UP_AFTER
    wait: timedelta = min(FIRST_WAIT * 2 ** min(message.attempts - 1, 12), LONGEST_WAIT)
    if _refused_for_good(error) or now + wait > message.queued_at + patience:
        message.state, message.next_try_at = MailState.DEAD, None
        return
    message.next_try_at = now + wait
    defer_delivery(message.pk, at=message.next_try_at)


def _blank_if_finished(message: OutboxMessage) -> None:
    if message.state == MailState.QUEUED:
        return
    if message.sensitive and not settings.DEVELOPMENT_MAILBOX:
        message.text = message.html = ""
    if message.forget_address:
        message.to = ""


def _refused_for_good(error: Exception) -> bool:
    """True when the server says that this address will never take mail. Every other failure may pass."""
    return isinstance(error, SMTPRecipientsRefused) and all(
        code >= 500 for code, _ in error.recipients.values()
    )


def describe(error: Exception) -> str:
    """The kind of failure and the server's code: what the server said may name the person."""
    if isinstance(error, SMTPRecipientsRefused):
        codes = ", ".join(sorted({str(code) for code, _ in error.recipients.values()}))
        return f"recipient refused ({codes})"
    if isinstance(error, SMTPResponseException):
        return f"{type(error).__name__} ({error.smtp_code})"
    return type(error).__name__


UNREACHABLE = {
    "ConnectionRefusedError",
    "ConnectionResetError",
    "OSError",
    "SMTPConnectError",
    "SMTPServerDisconnected",
    "TimeoutError",
    "gaierror",
}


def in_words(last_error: str) -> str:
    """What `describe` wrote, for staff: why, and what may help. Empty where nothing failed."""
    kind, _, code = last_error.partition(" (")
    if not last_error:
        return ""
    if kind == BY_STAFF:
        return "Given up by staff before it was sent."
    if kind == "recipient refused":
        return f"The receiver's mail server takes no mail for this address ({code}. Check the address first."
    if kind == "SMTPAuthenticationError":
        return f"Our mail server did not take our password ({code}. Ask whoever runs the portal."
    if kind in UNREACHABLE:
        return "Our mail server could not be reached. Sending again may help."
    if code:
        return f"The mail server refused the mail ({code}. Sending again may help."
    return f"It could not be sent ({kind}). Ask whoever runs the portal."


def to_do(message: OutboxMessage) -> str:
    """What staff may do about it, in words; "Nothing" where it goes its way."""
    if message.state == MailState.SENT:
        return "Nothing: it was handed over."
    if message.state == MailState.QUEUED:
        return "Nothing: it is tried again by itself." if message.attempts else "Nothing: its turn comes."
    if not message.to:
        return "Nothing: whom it was to has been erased."
    if message.sensitive:
        return "It had a code or a link for one person, which is gone: they ask for a new one."
    if message.last_error.startswith("recipient refused"):
        return "Find out how the person is reached, correct their address, then send it again."
    return "Send it again."
