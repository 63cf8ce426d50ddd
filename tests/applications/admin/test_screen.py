"""The one screen about an application: everything needed to decide, and access needs kept from those who score."""

import pytest

from applications import actions
from catalogue.models import MemberRole
from tests.factories.applications import LATER, registered_by, staff_of
from tests.people import UserFactory, sign_in


def test_it_shows_what_is_needed_to_decide(admin_as, theirs, address):
    html = admin_as("decider").get(address("change", theirs)).content.decode()
    for words in (
        "Ada Applicant",
        "ada@example.test",
        "Oakwood School",
        "1234567",
        "To lead well.",
        "A quiet room.",
        "Sam Sponsor",
        "autumn-2026/1",
        "You work in England.",
        "Registered with DfE.",
        "Sent the form to the provider.",
        address("accept", theirs),
        address("reject", theirs),
    ):
        assert words in html, words


@pytest.mark.parametrize("role", [MemberRole.SCORER, MemberRole.VIEWER])
def test_those_who_score_see_no_access_needs_and_no_decision(client, world, theirs, address, role):
    html = sign_in(client, staff_of(world.ambition, role)).get(address("change", theirs)).content.decode()
    assert "To lead well." in html
    assert "A quiet room." not in html
    assert "Kept from those who score." in html
    assert address("accept", theirs) not in html


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
    application = registered_by(teacher, name={"name": "<script>alert(1)</script>"})
    client = admin_as("decider")
    for html in (client.get(address("change", application)), client.get(address("changelist"))):
        assert "<script>alert" not in html.content.decode()


def test_it_asks_the_database_a_constant_number_of_times(
    admin_as, theirs, decider, address, django_assert_max_num_queries
):
    for _ in range(20):
        actions.note(application=theirs, text="Called.", by=decider, now=LATER)
    client = admin_as("decider")
    with django_assert_max_num_queries(22):
        client.get(address("change", theirs))


def test_the_queue_begins_with_what_needs_deciding(admin_as, world, teacher, theirs, address):
    waiting = registered_by(UserFactory(), name={"name": "Not Yet"})
    html = admin_as("decider").get(address("changelist")).content.decode()
    assert html.index(theirs.reference) < html.index(waiting.reference)
    assert (
        waiting.reference
        not in admin_as("decider").get(address("changelist"), {"doing": "decide"}).content.decode()
    )
