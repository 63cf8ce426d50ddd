"""The one screen about an application: everything needed to decide, and access needs kept from those who score."""

import pytest
from django.urls import reverse

from applications import actions
from applications.models import Application
from catalogue.models import MemberRole
from tests.factories.applications import LATER, FundedPlacesFactory, registered_by, staff_of
from tests.people import UserFactory, sign_in


def test_it_shows_what_is_needed_to_decide(admin_as, theirs, address):
    html = admin_as("decider").get(address("change", theirs)).content.decode()
    for words in (
        "Ada Applicant",
        "ada@example.test",
        "Oakwood School",
        "1234567",
        "To lead well.",
        "Sam Sponsor",
        "autumn-2026/1",
        "You work in England.",
        "Registered.",
        "Endorsed the application, which is with the provider now.",
        address("accept", theirs),
        address("reject", theirs),
    ):
        assert words in html, words


@pytest.mark.parametrize("role", [MemberRole.SCORER, MemberRole.VIEWER])
def test_those_who_score_see_no_access_needs_and_no_decision(client, world, theirs, address, role):
    html = sign_in(client, staff_of(world.ambition, role)).get(address("change", theirs)).content.decode()
    assert "To lead well." in html
    assert "A quiet room." not in html
    assert "Kept back until the applicant is accepted" in html
    assert address("accept", theirs) not in html


@pytest.mark.parametrize("who", ["decider", "portal_staff"])
def test_access_needs_are_shown_once_the_applicant_is_accepted(
    admin_as, theirs, decider, portal_staff, address, who
):
    client = admin_as(who)
    assert "A quiet room." not in client.get(address("change", theirs)).content.decode()
    actions.accept(application=theirs, funded_place=False, by=decider, now=LATER)
    assert "A quiet room." in client.get(address("change", theirs)).content.decode()


@pytest.mark.parametrize("who", ["decider", "portal_staff"])
def test_equality_answers_are_never_shown(admin_as, theirs, decider, portal_staff, address, who):
    theirs.form_answers.create(question="ethnic-group", value="Zqxmark", answered_at=LATER)
    actions.accept(application=theirs, funded_place=False, by=decider, now=LATER)
    html = admin_as(who).get(address("change", theirs)).content.decode()
    assert "What is your ethnic group?" in html
    assert "Zqxmark" not in html
    assert "Only counted" in html


def test_what_is_not_sent_yet_is_not_shown(admin_as, world, teacher, address):
    application = registered_by(teacher)
    written = {"why-this-npq": "Half a thought"}
    actions.save_form(application=application, answers=written, sponsor=None, by=teacher, now=LATER)
    html = admin_as("decider").get(address("change", application)).content.decode()
    assert "Half a thought" not in html
    assert "has not sent it yet" in html


def test_the_same_trn_under_another_account_is_pointed_out(admin_as, world, theirs, address):
    other = registered_by(UserFactory(), name={"name": "Ada Again"})
    assert "Ada Again" in admin_as("decider").get(address("change", theirs)).content.decode()
    assert other.trn == theirs.trn


def test_what_people_wrote_is_only_words(admin_as, world, teacher, address):
    application = registered_by(teacher)
    Application.objects.update(full_name="<script>alert(1)</script>")
    client = admin_as("decider")
    for html in (client.get(address("change", application)), client.get(address("changelist"))):
        assert "<script>alert" not in html.content.decode()


def test_it_asks_the_database_a_constant_number_of_times(
    admin_as, theirs, decider, address, django_assert_max_num_queries
):
    for _ in range(20):
        actions.note(application=theirs, text="Called.", by=decider, now=LATER)
    client = admin_as("decider")
    with django_assert_max_num_queries(31):
        client.get(address("change", theirs))


def test_the_queue_begins_with_what_needs_deciding(admin_as, world, teacher, theirs, address):
    waiting = registered_by(UserFactory(), name={"name": "Not Yet"})
    html = admin_as("decider").get(address("changelist")).content.decode()
    assert html.index(theirs.reference) < html.index(waiting.reference)
    assert (
        waiting.reference
        not in admin_as("decider").get(address("changelist"), {"doing": "decide"}).content.decode()
    )


def test_staff_read_words_and_not_codes(admin_as, world, teacher, address):
    application = registered_by(teacher, npq={"npq": "npq-leading-literacy"}, who_pays={"who_pays": "school"})
    html = admin_as("decider").get(address("change", application)).content.decode()
    assert "Reason: Workplace not on the list." in html
    assert "ineligible_establishment_not_a_pp50" not in html
    assert "<dt>Who pays</dt><dd>My workplace</dd>" in html
    assert "as the applicant reads them" in html


def test_a_funded_place_is_told_at_the_top(admin_as, theirs, world, decider, address):
    FundedPlacesFactory(provider=world.ambition, cap=1)
    actions.accept(application=theirs, funded_place=True, by=decider, now=LATER)
    html = admin_as("decider").get(address("change", theirs)).content.decode()
    assert html.index("<strong>Has a funded place</strong>") < html.index("review-columns")


def test_the_queue_says_by_when(admin_as, theirs, address):
    assert "decide by 13 Dec 2026" in admin_as("decider").get(address("changelist")).content.decode()


def test_the_history_and_the_audit_name_people_whose_rows_do_not(admin_as, theirs, teacher, address):
    client = admin_as("portal_staff")
    for page in (reverse("admin:audit_auditevent_changelist"), address("history", theirs)):
        html = client.get(page).content.decode()
        assert str(teacher) in html
        assert f"user:{teacher.pk}" not in html
