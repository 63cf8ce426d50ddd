"""What the confirmation, the tracker and the mail say of funding, of the next step, and of the days."""

import re
from datetime import date

import pytest

from applications.models import Application
from npq_portal.mail.models import OutboxMessage
from tests.factories.applications import ApplicationFactory, registered_by


def page(client, application, tail=""):
    return client.get(f"/applications/{application.pk}/{tail}").content.decode()


def test_the_confirmation_says_that_one_is_eligible(teacher_client, world, teacher):
    html = page(teacher_client, registered_by(teacher), "registered/")
    assert "You are eligible for scholarship funding." in html
    assert "they say whether you have a funded place" in html


def test_someone_not_eligible_reads_who_pays_and_of_no_funded_place(teacher_client, world, teacher):
    application = registered_by(teacher, npq={"npq": "npq-leading-literacy"}, who_pays={"who_pays": "school"})
    html = page(teacher_client, application, "registered/")
    assert "You are not eligible for scholarship funding. You said who pays: “My workplace”." in html
    assert "whether you have a funded place" not in html
    mail = OutboxMessage.objects.get()
    assert "You said who pays: “My workplace”." in mail.text
    assert "funded place" not in mail.text


@pytest.mark.parametrize("tail", ["", "registered/"])
def test_a_review_says_who_acts_and_by_when(teacher_client, teacher, tail):
    application = ApplicationFactory(registered=True, applicant=teacher, funding_outcome="review")
    html = page(teacher_client, application, tail)
    assert "staff are reviewing your scholarship funding, and should be done by 27 November 2026." in html


def test_after_withdrawing_nothing_is_being_reviewed(teacher_client, teacher):
    application = ApplicationFactory(withdrawn=True, applicant=teacher, funding_outcome="review")
    assert "reviewing" not in page(teacher_client, application)


@pytest.mark.parametrize(
    ("starts_on", "words"),
    [(date(2026, 10, 1), "Courses start from October 2026"), (None, "not announced here yet")],
)
def test_training_says_when_it_starts_as_far_as_known(teacher_client, teacher, starts_on, words):
    application = ApplicationFactory(accepted=True, applicant=teacher)
    application.term.starts_on = starts_on
    application.term.save()
    assert words in page(teacher_client, application)


def test_after_a_rejection_one_can_apply_elsewhere_without_being_asked_again(teacher_client, world, teacher):
    application = registered_by(teacher)
    Application.objects.update(
        state="rejected", decision_reason="Full.", decided_at=application.registered_at
    )
    html = page(teacher_client, application)
    query = "term=autumn-2026&amp;setting=school&amp;workplace=800100&amp;npq=npq-headship"
    assert f"/apply/?{query}" in html
    started = teacher_client.post(f"/apply/?{query.replace('&amp;', '&')}")
    draft = Application.objects.get(state="draft")
    assert set(draft.answers.values_list("step", flat=True)) >= {"term", "setting", "workplace", "npq"}
    assert not draft.answers.filter(step="provider").exists()
    # What was said of earlier funding is asked again, as it may have changed, with the last answer filled in.
    assert started.url == f"/applications/{draft.pk}/had/"
    html = teacher_client.get(started.url).content.decode()
    assert re.search(r'value="none"[^>]*checked', html)
