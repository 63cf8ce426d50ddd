"""An alert of Headship courses near SK7, asked for and confirmed."""

from datetime import timedelta

from django.http import QueryDict

from catalogue.actions import alerts
from catalogue.finder.ask import ask
from catalogue.finder.choices import choices_on
from catalogue.models import CourseAlert
from npq_portal.mail.models import OutboxMessage
from tests.catalogue.conftest import DAY, NOW

EMAIL = "tess@example.test"
QUERY = "npq=headship&near=SK7&within=20"


def asked(email=EMAIL, query=QUERY, now=NOW, address="192.0.2.1"):
    choices = choices_on(DAY)
    search = ask(QueryDict(query), choices, DAY)
    alerts.ask_for_alert(email=email, search=search, choices=choices, address=address, now=now)
    return CourseAlert.objects.get(email=email, search=search.text)


def confirmed(**more):
    alert = asked(**more)
    assert alerts.confirm_alert(alert=alert, now=NOW)
    alert.refresh_from_db()
    return alert


def told(now=NOW + timedelta(hours=1)):
    return alerts.tell_of_new_courses(now=now)


def mails(email=EMAIL, template=""):
    return list(
        OutboxMessage.objects.filter(to=email, template__startswith=f"catalogue/{template}").order_by("pk")
    )
