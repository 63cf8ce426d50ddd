"""An Ofsted number that nothing held here names is not taken without a word: funding may hang on it."""

import pytest

from applications.models import Answer
from funding.models import ChildcareSetting
from tests.factories.applications import draft_of

CHILDMINDER = {
    "setting": {"setting": "early_years"},
    "childcare_kind": {"childcare_kind": "childminder"},
    "workplace": None,
}
UNKNOWN = {"has_number": "yes", "ofsted": "EY999999"}


@pytest.fixture
def draft(world, teacher):
    return draft_of(teacher, seen=False, **CHILDMINDER)


def post(client, draft, posted):
    return client.post(f"/applications/{draft.pk}/ofsted/", posted)


def saved(draft):
    return Answer.objects.filter(application=draft, step="ofsted")


def test_an_unknown_number_is_asked_about(teacher_client, draft):
    html = post(teacher_client, draft, UNKNOWN).content.decode()
    assert "We do not find EY999999 in the lists we hold: check the number" in html
    assert "Go on with EY999999" in html
    assert not saved(draft).exists()


def test_one_can_go_on_knowingly(teacher_client, draft):
    assert post(teacher_client, draft, {**UNKNOWN, "unlisted": "EY999999"}).status_code == 302
    assert saved(draft).get().value == UNKNOWN


def test_another_unknown_number_is_asked_about_again(teacher_client, draft):
    posted = {**UNKNOWN, "ofsted": "EY999998", "unlisted": "EY999999"}
    assert "Go on with EY999998" in post(teacher_client, draft, posted).content.decode()


def test_a_known_number_goes_on_at_once(teacher_client, draft):
    ChildcareSetting.objects.create(ofsted_urn="EY999999", name="Little Acorns")
    assert post(teacher_client, draft, UNKNOWN).status_code == 302


def test_having_no_number_goes_on_at_once(teacher_client, draft):
    assert post(teacher_client, draft, {"has_number": "no"}).status_code == 302
