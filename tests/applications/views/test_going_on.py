"""Something found elsewhere, a course or an NPQ, goes into the draft that was left for it: no second draft, no loss."""

import uuid

import pytest

from applications.models import Application
from tests.applications.views.test_course_step import LATE
from tests.factories.applications import draft_of, registered_by
from tests.factories.catalogue import CourseRunFactory

pytestmark = pytest.mark.django_db
FOUND = "/apply/?npq=npq-headship&term=autumn-2026&provider=teach-first"
OFFER = "Take this into my draft"


@pytest.fixture
def draft(world, teacher):
    return draft_of(teacher, provider=None)


@pytest.fixture
def found(world):
    run = CourseRunFactory(provider=world.other, qualification=world.headship, term=world.term, **LATE)
    return f"{FOUND}&run={run.pk}"


def said(draft, step):
    return draft.answers.filter(step=step).values_list("value", flat=True).first()


def test_from_the_provider_question_to_the_finder_and_back_to_the_same_draft(
    teacher_client, draft, found, world
):
    world.school.postcode = "SK7 1AA"
    world.school.save()
    page = teacher_client.get(f"/applications/{draft.pk}/provider/").content.decode()
    assert "/courses/?npq=headship&amp;near=SK7+1AA" in page
    assert OFFER in teacher_client.get(found).content.decode()
    response = teacher_client.post(found, {"draft": draft.pk})
    assert response.url == f"/applications/{draft.pk}/check-answers/"
    assert said(draft, "provider") == {"provider": "teach-first"}
    assert said(draft, "course") == {"course": found.partition("run=")[2]}
    assert said(draft, "name") == {"name": "Ada Applicant"}
    assert Application.objects.count() == 1


def test_the_npq_question_leads_to_the_chooser_and_back(teacher_client, teacher, world):
    draft = draft_of(teacher, npq=None, provider=None, seen=False)
    assert "/which-npq/" in teacher_client.get(f"/applications/{draft.pk}/npq/").content.decode()
    response = teacher_client.post("/apply/?npq=npq-headship", {"draft": draft.pk})
    assert response.url == f"/applications/{draft.pk}/funding/"
    assert said(draft, "npq") == {"npq": "npq-headship"}


def test_a_draft_about_another_npq_is_not_offered(teacher_client, draft):
    address = FOUND.replace("headship", "leading-literacy")
    assert OFFER not in teacher_client.get(address).content.decode()


def test_without_anything_carried_no_draft_is_offered(teacher_client, draft):
    assert OFFER not in teacher_client.get("/apply/").content.decode()


def test_what_it_takes_the_place_of_is_said(teacher_client, teacher, world, found):
    mine = CourseRunFactory(provider=world.ambition, qualification=world.headship, term=world.term, **LATE)
    draft = draft_of(teacher, course={"course": str(mine.pk)})
    html = teacher_client.post(FOUND, {"draft": draft.pk}, follow=True).content.decode()
    assert "This changed what you had said about: Course." in html


def test_twice_is_once(teacher_client, draft, found):
    first, second = (teacher_client.post(found, {"draft": draft.pk}) for _ in range(2))
    assert first.url == second.url
    assert Application.objects.count() == 1


def test_one_that_is_registered_stays_as_it_is(teacher_client, teacher, world, found):
    application = registered_by(teacher, course={"course": "none"})
    for address, page in ((found, "already/"), ("/apply/?npq=npq-leading-literacy", "")):
        response = teacher_client.post(address, {"draft": application.pk})
        assert response.url == f"/applications/{application.pk}/{page}"
    assert Application.objects.get().provider == world.ambition


@pytest.mark.parametrize("other", ["x", "", str(uuid.UUID(int=1))])
def test_a_draft_that_is_not_there_is_not_found(teacher_client, found, other):
    assert teacher_client.post(found, {"draft": other}).status_code == 404


def test_somebody_elses_draft_is_not_found(teacher_client, stranger, world, found):
    theirs = draft_of(stranger, provider=None)
    assert OFFER not in teacher_client.get(found).content.decode()
    assert teacher_client.post(found, {"draft": theirs.pk}).status_code == 404
    assert said(theirs, "provider") is None
