"""Why staff decided as they did, where the applicant is not told why: a note beside the decision."""

from datetime import datetime

from applications.models import Application, Note
from npq_portal.accounts.models import User


def note_why(decision: str, reason: str, *, application: Application, by: User, now: datetime) -> None:
    """In the transaction of the decision, whose audit row tells of it. Nothing where no reason is given."""
    if reason := reason.strip():
        text = f"{decision}: {reason}"
        Note.objects.create(application=application, author=by, text=text, written_at=now)
