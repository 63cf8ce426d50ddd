"""Every page about an application is for its owner. A stranger does not learn that it exists."""

import uuid

import pytest
from django.urls import reverse

from applications.models import Application
from tests.factories.applications import draft_of, registered_by
from tests.people import sign_in

PAGES = ["tracker", "check_answers", "registered", "provider_form", "send_form", "withdraw", "discard"]


def addresses(pk):
    named = [reverse(f"applications:{page}", args=[pk]) for page in PAGES]
    return [*named, reverse("applications:step", args=[pk, "name"])]


@pytest.fixture
def applications(world, teacher):
    return [registered_by(teacher), draft_of(teacher, npq={"npq": "npq-leading-literacy"})]


@pytest.fixture(params=["stranger", "decider", "rival", "portal_staff"])
def someone_else(request, client):
    return sign_in(client, request.getfixturevalue(request.param))


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_gets_the_same_page_as_for_one_that_is_not_there(someone_else, applications, method):
    before = list(Application.objects.order_by("pk").values())
    for application in applications:
        for theirs, nobodys in zip(addresses(application.pk), addresses(uuid.uuid4()), strict=True):
            seen, unknown = (getattr(someone_else, method)(address) for address in (theirs, nobodys))
            assert seen.status_code == unknown.status_code, theirs
            assert seen.status_code in ((404, 405) if method == "post" else (404,)), theirs
            assert without_token(seen) == without_token(unknown)
    assert list(Application.objects.order_by("pk").values()) == before


def without_token(response):
    """The page but for the token of its sign-out button, which differs each time."""
    return [line for line in response.content.decode().splitlines() if "csrfmiddlewaretoken" not in line]


def test_signed_out_people_are_asked_to_sign_in(client, applications):
    for application in applications:
        for address in [*addresses(application.pk), "/applications/"]:
            assert client.get(address).url == f"/sign-in/?next={address}"
            assert client.post(address).status_code in (302, 405)


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(teacher_client, applications, method):
    for address in addresses(applications[0].pk):
        assert getattr(teacher_client, method)(address).status_code == 405


def test_a_bad_id_is_not_found(teacher_client, world):
    for bad in ("1", "x", "00000000-0000-0000-0000-00000000000z"):
        assert teacher_client.get(f"/applications/{bad}/").status_code == 404


def test_pages_are_not_kept_by_caches(teacher_client, applications):
    for application in applications:
        for address in addresses(application.pk):
            assert "no-store" in teacher_client.get(address)["Cache-Control"]


def test_looking_writes_nothing(teacher_client, applications, left_behind):
    before = list(Application.objects.order_by("pk").values()), left_behind()
    for application in applications:
        for address in addresses(application.pk):
            teacher_client.get(address)
    assert (list(Application.objects.order_by("pk").values()), left_behind()) == before
