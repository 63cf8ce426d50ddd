"""Daily: what is over is deleted, and staff accounts that nobody uses are told of and closed."""

from django.utils import timezone
from procrastinate.contrib.django import app

from npq_portal.accounts.dormant import see_to_dormant
from npq_portal.accounts.models import RateLimit, Session, SignInCode
from npq_portal.retention import BY_KEY


@app.periodic(cron="15 2 * * *")
@app.task(name="accounts.tidy", queueing_lock="accounts.tidy")
def tidy(timestamp: int) -> None:
    """Delete codes and sessions that have ended, and counts older than any window."""
    now = timezone.now()
    SignInCode.objects.filter(expires_at__lt=now).delete()
    Session.objects.filter(expire_date__lt=now).delete()
    RateLimit.objects.filter(started_at__lt=BY_KEY["limits"].before(now)).delete()


@app.periodic(cron="40 7 * * *")
@app.task(name="accounts.dormant", queueing_lock="accounts.dormant")
def dormant(timestamp: int) -> None:
    see_to_dormant(now=timezone.now())
