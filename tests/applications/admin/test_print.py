"""One application on paper: all that the screen shows but what is for work on it, with the day and by whom."""

import pytest

from applications import actions
from catalogue.models import MemberRole
from tests.factories.applications import LATER, staff_of
from tests.people import sign_in


def test_it_holds_what_was_given_and_decided(admin_as, theirs, decider, address):
    actions.note(application=theirs, text="Rang twice.", by=decider, now=LATER)
    html = admin_as("decider").get(address("print", theirs)).content.decode()
    given = ("Ada Applicant", "ada@example.test", "1234567", "To lead well.", "Sam Sponsor")
    for words in (*given, "You work in England."):
        assert words in html, words
    assert f"by {decider}" in html
    for left_out in ("Rang twice.", "<form", 'id="user-tools"'):
        assert left_out not in html, left_out


@pytest.mark.parametrize("role", [MemberRole.SCORER, MemberRole.DECIDER])
def test_it_keeps_back_what_the_screen_does(client, world, theirs, address, role):
    html = sign_in(client, staff_of(world.ambition, role)).get(address("print", theirs)).content.decode()
    assert "A quiet room." not in html
    assert "Kept back until the applicant is accepted" in html


def test_of_another_provider_it_is_not_known(admin_as, theirs, rival, address):
    assert admin_as("rival").get(address("print", theirs)).status_code == 404


def test_the_screen_leads_to_it(admin_as, theirs, decider, address):
    assert address("print", theirs) in admin_as("decider").get(address("change", theirs)).content.decode()
