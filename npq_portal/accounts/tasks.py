"""Daily: staff accounts that nobody uses are told of and closed. What is over goes with what is kept long enough."""

from django.utils import timezone
from procrastinate.contrib.django import app

from npq_portal.accounts.dormant import see_to_dormant


@app.periodic(cron="40 7 * * *")
@app.task(name="accounts.dormant", queueing_lock="accounts.dormant")
def dormant(timestamp: int) -> None:
    see_to_dormant(now=timezone.now())
