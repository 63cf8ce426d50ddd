"""Undo on the screen and after deciding about many; what the applicant sees meanwhile."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications import actions
from applications.actions.holding import HELD_FOR
from applications.admin.why_not import UNTOLD
from applications.models import Application, BulkDecision
from npq_portal.mail.models import OutboxMessage
from tests.applications.admin.test_deciding_together import DECIDED, confirmed, previewed
from tests.factories.applications import ApplicationFactory, ProviderFormFactory, staff_of
from tests.people import sign_in


def undo_together():
    return reverse("admin:applications_application_undo_together", args=[BulkDecision.objects.get().pk])


def state():
    return Application.objects.get().state


def minutes_pass():
    """As if the decision had been made ten minutes before."""
    for row in Application.objects.exclude(undo_until=None):
        Application.objects.filter(pk=row.pk).update(undo_until=row.undo_until - HELD_FOR)
    OutboxMessage.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))


@pytest.fixture
def accepted(admin_as, theirs, address):
    client = admin_as("decider")
    told = client.post(
        address("accept", theirs), {"place": "unfunded", "reason": "Strong."}, follow=True
    ).content.decode()
    until = f"{timezone.localtime(Application.objects.get().undo_until):%H:%M}"
    assert f"They are told by e-mail at {until}: until then you can undo it." in told
    assert f"Mail goes out at {until}." in told
    return client


def test_undoing_by_its_screen(accepted, theirs, address):
    page = accepted.get(address("change", theirs))
    assert page.context["decisions"] == []
    answer = accepted.post(address("undo", theirs), {"seen": page.context["seen"]}, follow=True)
    assert f"That is undone, and {theirs.full_name} was not told." in answer.content.decode()
    assert state() == "submitted"
    assert not OutboxMessage.objects.filter(template="applications/accepted").exists()
    accepted.post(address("undo", theirs), {"seen": page.context["seen"]})
    assert state() == "submitted"


def test_a_page_of_an_earlier_decision_undoes_no_later_one(accepted, theirs, address):
    seen = accepted.get(address("change", theirs)).context["seen"]
    accepted.post(address("undo", theirs), {"seen": seen})
    accepted.post(address("reject", theirs), {"reason": "No."})
    answer = accepted.post(address("undo", theirs), {"seen": seen}, follow=True)
    assert "changed while you were looking at it" in answer.content.decode()
    assert state() == "rejected"


def test_it_is_too_late_once_the_mail_may_go(accepted, theirs, address):
    minutes_pass()
    assert "Mail goes out at" not in accepted.get(address("change", theirs)).content.decode()
    answer = accepted.post(address("undo", theirs), follow=True)
    assert "can no longer be undone" in answer.content.decode()
    assert state() == "accepted"


def test_nothing_else_is_decided_before_it_is_undone(accepted, theirs, address):
    answer = accepted.post(address("reject", theirs), {"reason": "No."}, follow=True)
    assert "Undo it before you decide again" in answer.content.decode()
    assert state() == "accepted"


def test_nor_is_it_decided_with_many(accepted, theirs):
    client, one = accepted, Application.objects.get()
    for choice in ("reject", "waiting-list", "accept-unfunded"):
        (line,) = previewed(client, [one], choice).context["preview"].lines
        assert line.why_not != ""
    Application.objects.update(state="waiting_list", waiting_number=1, decided_at=None, funded_place=None)
    (line,) = previewed(client, [one]).context["preview"].lines
    assert line.why_not == UNTOLD


def test_looking_undoes_nothing_and_rivals_know_of_nothing(accepted, theirs, rival, address):
    assert accepted.get(address("undo", theirs)).status_code == 405
    assert sign_in(Client(), rival).post(address("undo", theirs)).status_code == 404
    assert state() == "accepted"


def test_the_applicant_reads_of_it_when_the_mail_may_go(accepted, theirs):
    teacher = sign_in(Client(), theirs.applicant)
    pages = [reverse("applications:tracker", args=[theirs.pk]), reverse("applications:list")]
    seen = [teacher.get(page).content.decode() for page in pages]
    assert "They read your form and your registration." in seen[0]
    assert not any("accepted" in html.lower() for html in seen)
    minutes_pass()
    seen = [teacher.get(page).content.decode() for page in pages]
    assert "You were accepted" in seen[0]
    assert "Accepted" in seen[1]


def test_an_offer_is_answered_when_they_were_told_of_it(theirs):
    now = timezone.now()
    Application.objects.update(state="offered", offer_ends_at=now + timedelta(days=7), state_since=now)
    before = {"state": "submitted", "state_since": theirs.state_since.isoformat(), "offer_ends_at": None}
    Application.objects.update(undo_until=now + HELD_FOR, before_decision=before)
    teacher = sign_in(Client(), theirs.applicant)
    page = reverse("applications:offer", args=[theirs.pk])
    assert teacher.get(page).status_code == 302
    minutes_pass()
    assert teacher.get(page).status_code == 200


def test_their_own_data_says_nothing_of_it_before(accepted, theirs):
    teacher = sign_in(Client(), theirs.applicant)
    page = reverse("applications:own_data")
    before = teacher.get(page).content.decode()
    minutes_pass()
    after = teacher.get(page).content.decode()
    assert ("accepted for" in before, "accepted for" in after) == (False, True)


def test_all_that_were_decided_together(admin_as, world):
    like = {"provider": world.ambition, "qualification": world.headship, "term": world.term}
    three = [ApplicationFactory(submitted=True, form=ProviderFormFactory(), **like) for _ in range(3)]
    client = admin_as("decider")
    html = confirmed(client, previewed(client, three)).content.decode()
    assert "Undo all these" in html
    gone = Application.objects.get(pk=three[0].pk)
    Application.objects.filter(pk=gone.pk).update(undo_until=timezone.now())
    told = client.post(undo_together(), follow=True).content.decode()
    assert "2 undone. Nobody was told of these." in told
    assert f"{gone.full_name}, {gone.reference}: The e-mail about this decision has gone out" in told
    assert sorted(Application.objects.values_list("state", flat=True)) == [
        "accepted",
        "submitted",
        "submitted",
    ]
    assert "Nothing was undone." in client.post(undo_together(), follow=True).content.decode()
    html = client.get(DECIDED, follow=True).content.decode()
    assert "You undid 2, and nobody was told" in html


def test_what_a_colleague_decided_since_stays(admin_as, world):
    like = {"provider": world.ambition, "qualification": world.headship, "term": world.term}
    two = [ApplicationFactory(submitted=True, form=ProviderFormFactory(), **like) for _ in range(2)]
    client = admin_as("decider")
    confirmed(client, previewed(client, two))
    colleague, now = staff_of(world.ambition), timezone.now()
    one = Application.objects.get(pk=two[0].pk)
    actions.undo(application=one, by=colleague, now=now)
    actions.reject(application=one, reason="No headship experience.", by=colleague, now=now)
    told = client.post(undo_together(), follow=True).content.decode()
    assert "1 undone. Nobody was told of these." in told
    assert f"{one.full_name}, {one.reference}: This application changed while" in told
    assert sorted(Application.objects.values_list("state", flat=True)) == ["rejected", "submitted"]
