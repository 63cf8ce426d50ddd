"""Alerts by e-mail: what is new is told every hour, and what is over ends every night."""

from django.utils import timezone
from procrastinate.contrib.django import app

from catalogue.actions.alerts import end_alerts, tell_of_new_courses


@app.periodic(cron="20 * * * *")
@app.task(name="catalogue.tell_of_new_courses", queueing_lock="catalogue.tell_of_new_courses")
def tell(timestamp: int) -> None:
    tell_of_new_courses(now=timezone.now())


@app.periodic(cron="25 2 * * *")
@app.task(name="catalogue.end_alerts", queueing_lock="catalogue.end_alerts")
def end(timestamp: int) -> None:
    end_alerts(now=timezone.now())
