"""The mails about an application, queued in the verb's own transaction.

Templates: templates/emails/applications.
"""

from datetime import datetime
from typing import Any

from applications.models import Application
from npq_portal.mail.outbox import queue


def tell_applicant(
    template: str, application: Application, *, key: str, now: datetime, **context: Any
) -> None:
    """One mail to the applicant about the event that `key` names; the same key again sends nothing."""
    queue(
        template=f"applications/{template}",
        to=application.applicant.email,
        context={"application": application, "path": application.get_absolute_url(), **context},
        dedupe_key=key,
        now=now,
    )
