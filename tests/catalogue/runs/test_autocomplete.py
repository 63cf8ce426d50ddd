"""A run is suggested only to those who may see it."""

import pytest

from tests.people import PortalStaffFactory, sign_in

WHERE = "/admin/autocomplete/?app_label=applications&model_name=application&field_name=course_run&term="


def suggested(client, words=""):
    return {int(each["id"]) for each in client.get(WHERE + words).json()["results"]}


def test_a_hub_is_offered_its_own(desk, run, rival):
    assert suggested(desk) == {run.pk}
    assert suggested(desk, "Literacy") == set()


@pytest.mark.django_db
def test_portal_staff_are_offered_all(client, run, rival):
    assert suggested(sign_in(client, PortalStaffFactory())) == {run.pk, rival.pk}
