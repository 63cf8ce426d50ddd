"""The web server is killed (kill -9) at each point of registering and of sending: all of it happened, or nothing.

Then the person tries again, and has one application with one reference, and one mail.
"""

import pytest
from django.core import serializers
from django.db import connection
from django.test import Client

from applications.models import Answer, Application, FormAnswer, Sponsor, SponsorLink
from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
from tests.applications.views.test_sponsoring import NOW, link
from tests.factories.applications import draft_of, waiting_by
from tests.kills import each_kill
from tests.people import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def everything():
    """Every row that registering or endorsing writes, as it stands; jobs by what they are about."""
    kinds = (Application, Answer, FormAnswer, Sponsor, SponsorLink, AuditEvent, OutboxMessage)
    rows = [row for kind in kinds for row in serializers.serialize("python", kind.objects.order_by("pk"))]
    with connection.cursor() as cursor:
        jobs = cursor.execute("SELECT task_name, args::text FROM procrastinate_jobs ORDER BY id").fetchall()
    return rows, jobs


def added(before, after):
    """How many rows and jobs there are more of."""
    return tuple(len(late) - len(early) for early, late in zip(before, after, strict=True))


def survives_every_kill(post, *, whole):
    """`whole` says that all of it is there. Returns how often it was killed before it was done, and how often after."""
    untouched, done = everything(), None
    kills = {"before": 0, "after": 0}
    for point in each_kill(post):
        stands = everything()
        if done is None and stands != untouched:
            assert whole(), f"half an application, killed at point {point}"
            done = stands
        assert stands == (done or untouched), f"changed by the kill at point {point}"
        kills["after" if done else "before"] += 1
    assert whole()
    assert done is None or everything() == done
    return kills, added(untouched, everything())


def registering(person):
    draft, browser = draft_of(person), sign_in(Client(), person)

    def post():
        assert browser.post(f"/applications/{draft.pk}/check-answers/").url.endswith("/registered/")

    return draft, post


def endorsing(person):
    application = waiting_by(person, now=NOW)
    request = link()

    def post():
        # Once it is endorsed, the page says so.
        assert Client().post(request, {"answer": "endorse"}).status_code in (302, 200)

    return application, post


def test_registering(world, teacher, stranger):
    registering(stranger)[1]()  # so that each forked process has the templates and forms already
    draft, post = registering(teacher)

    def registered():
        row = Application.objects.get(pk=draft.pk)
        audit = AuditEvent.objects.about(row).filter(action="applications.registered").count()
        mails = OutboxMessage.objects.filter(template="applications/registered", to=teacher.email).count()
        return (row.state, bool(row.reference), audit, mails) == ("registered", True, 1, 1)

    kills, more = survives_every_kill(post, whole=registered)
    assert kills["before"] > 20
    assert kills["after"] >= 1
    assert more == (2, 1), "one audit row and one mail, with one job"


def test_the_endorsement_that_sends_it_to_the_provider(world, teacher, stranger):
    endorsing(stranger)[1]()
    application, post = endorsing(teacher)

    def submitted():
        row = Application.objects.get(pk=application.pk)
        audit = AuditEvent.objects.about(row).filter(action="applications.endorsed").count()
        mails = OutboxMessage.objects.filter(template="applications/submitted", to=teacher.email).count()
        stands = (row.state, row.sponsors.get().state, bool(row.submitted_at), audit, mails)
        return stands == ("submitted", "endorsed", True, 1, 1)

    kills, more = survives_every_kill(post, whole=submitted)
    assert kills["before"] > 10
    assert kills["after"] >= 1
    assert more == (2, 1)
