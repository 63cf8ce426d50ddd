"""The list of a person's applications, and deleting a draft."""

import pytest

from applications.models import Application
from tests.factories.applications import ApplicationFactory, draft_of, registered_by
from tests.factories.catalogue import QualificationFactory


def test_it_lists_drafts_and_applications_apart(teacher_client, world, teacher, stranger):
    live = registered_by(teacher)
    draft_of(teacher, npq={"npq": "npq-leading-literacy"})
    other = registered_by(stranger)
    html = teacher_client.get("/applications/").content.decode()
    assert live.reference in html
    assert "Leading literacy" in html
    assert other.reference not in html


def test_nothing_yet_offers_to_begin(teacher_client, world):
    html = teacher_client.get("/applications/").content.decode()
    assert "You have not applied for an NPQ yet." in html
    assert "/apply/" in html


@pytest.mark.parametrize("count", [1, 30])
def test_it_asks_the_database_no_more_for_more(
    teacher_client, world, teacher, count, django_assert_num_queries
):
    for number in range(count):
        npq = QualificationFactory(identifier=f"npq-extra-{number}", position=100 + number)
        ApplicationFactory(registered=True, applicant=teacher, qualification=npq, provider=world.ambition)
        draft_of(teacher)
    with django_assert_num_queries(8):
        teacher_client.get("/applications/")


def test_a_draft_is_deleted_after_asking(teacher_client, world, teacher):
    draft = draft_of(teacher)
    assert "Delete this draft?" in teacher_client.get(f"/applications/{draft.pk}/delete/").content.decode()
    assert teacher_client.post(f"/applications/{draft.pk}/delete/").url == "/applications/"
    assert not Application.objects.exists()
    assert teacher_client.post(f"/applications/{draft.pk}/delete/").status_code == 404


def test_a_registered_one_is_not_deleted(teacher_client, world, teacher):
    application = registered_by(teacher)
    assert (
        teacher_client.post(f"/applications/{application.pk}/delete/").url
        == f"/applications/{application.pk}/"
    )
    assert Application.objects.exists()
