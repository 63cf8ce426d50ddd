"""Where applying begins: explained to anyone, started by those who are signed in, nothing asked twice."""

from urllib.parse import quote

import pytest

from applications.models import Answer, Application
from funding.models import LocalAuthority
from tests.factories.catalogue import TermFactory

CARRIED = "/apply/?workplace=800100&setting=school&npq=npq-headship&term=autumn-2026"


def test_it_explains_without_signing_in(client, world):
    page = client.get("/apply/")
    assert page.status_code == 200
    assert "Sign in to start" in page.content.decode()


def test_signing_in_keeps_what_was_carried_over(client, world):
    page = client.get(CARRIED)
    assert f"/sign-in/?next={quote(CARRIED, safe='')}" in page.content.decode().replace("&amp;", "&")
    assert client.post(CARRIED).url == f"/sign-in/?next={quote(CARRIED, safe='')}"
    assert not Application.objects.exists()


def test_it_says_what_it_carries_over(teacher_client, world):
    page = teacher_client.get(CARRIED).content.decode()
    assert "Oakwood School" in page
    assert "Headship" in page


@pytest.mark.parametrize(
    ("address", "from_before"),
    [
        (CARRIED, True),
        ("/apply/?setting=school", True),
        ("/apply/?npq=npq-headship", False),
        ("/apply/?npq=npq-headship&term=autumn-2026&provider=ambition-institute", False),
    ],
)
def test_only_what_somebody_said_of_themselves_is_from_before(teacher_client, world, address, from_before):
    page = teacher_client.get(address).content.decode()
    assert ("We have kept these from before" in page) is from_before
    assert ("Your registration begins with this" in page) is not from_before


def test_starting_goes_to_the_first_question_that_is_not_answered(teacher_client, world):
    response = teacher_client.post(CARRIED)
    draft = Application.objects.get()
    assert response.url == f"/applications/{draft.pk}/had/"
    assert set(draft.answers.values_list("step", flat=True)) == {
        "term",
        "england",
        "setting",
        "workplace",
        "npq",
    }


@pytest.mark.parametrize(
    ("provider", "kept"), [("ambition-institute", True), ("nobody", False), ("%00", False)]
)
def test_the_provider_of_a_course_is_not_asked_again(teacher_client, world, provider, kept):
    teacher_client.post(f"{CARRIED}&provider={provider}")
    assert Application.objects.get().answers.filter(step="provider").exists() is kept


def test_what_only_some_npqs_ask_is_kept_until_the_npq_is_chosen(teacher_client, world):
    query = "/apply/?workplace=800100&setting=school&term=autumn-2026&head=yes&npqh=studying&mastery=yes"
    page = teacher_client.get(query).content.decode()
    assert "I am studying for it now" in page
    response = teacher_client.post(query)
    draft = Application.objects.get()
    assert response.url == f"/applications/{draft.pk}/npq/"
    assert {"npqh", "new-head", "mastery"} <= set(draft.answers.values_list("step", flat=True))
    teacher_client.post(response.url, {"npq": "npq-headship"})
    assert set(draft.answers.values_list("step", flat=True)) == {
        "term",
        "england",
        "setting",
        "workplace",
        "npq",
    }


@pytest.mark.parametrize("workplace", ["999999", "nonsense", "%3Cb%3E"])
def test_a_workplace_that_cannot_be_chosen_is_not_kept(teacher_client, world, workplace):
    query = f"/apply/?workplace={workplace}&setting=school&npq=npq-headship"
    teacher_client.post(query)
    assert not Application.objects.get().answers.filter(step="workplace").exists()


def test_starting_with_nothing_asks_from_the_beginning(teacher_client, world):
    response = teacher_client.post("/apply/")
    assert response.url.endswith("/term/")


def test_starting_twice_makes_one(teacher_client, world):
    assert teacher_client.post("/apply/").url == teacher_client.post("/apply/").url


@pytest.mark.parametrize(
    "query",
    [
        "workplace=999999",
        "setting=moon",
        "npq=nothing",
        "term=autumn-1066",
        "npq=" + "x" * 5000,
        "term=%00",
        "workplace=%27%3B",
    ],
)
def test_what_makes_no_sense_is_left_out(teacher_client, world, query):
    assert teacher_client.get(f"/apply/?{query}").status_code == 200
    assert teacher_client.post(f"/apply/?{query}").status_code == 302


def test_when_no_term_is_open_it_says_so_and_starts_nothing(teacher_client, world):
    world.term.registration_closes = world.term.registration_opens
    world.term.save()
    assert "Registration is closed" in teacher_client.get("/apply/").content.decode()
    assert teacher_client.post("/apply/").url == "/apply/"
    assert not Application.objects.exists()


def test_a_term_without_rules_is_explained_and_cannot_be_chosen(teacher_client, world):
    world.term.registration_closes = world.term.registration_opens
    world.term.save()
    TermFactory(identifier="spring-2027")
    page = teacher_client.get("/apply/?term=spring-2027").content.decode()
    assert "The rules for this term are not published yet" in page
    assert "Registration for spring 2027 is open" in page
    assert teacher_client.post("/apply/?term=spring-2027").url == "/apply/"
    assert not Application.objects.exists()


def test_the_local_authority_of_the_funding_check_is_filled_in_as_the_employer(teacher_client, world):
    authority = LocalAuthority.objects.create(code="356", name="Stockport")
    address = (
        "/apply/?term=autumn-2026&setting=another_setting&employment=local_authority_virtual_school"
        f"&authority={authority.code}"
    )
    at = teacher_client.post(address).url
    assert at.endswith("/employer/")
    assert 'value="Stockport"' in teacher_client.get(at).content.decode()
    assert teacher_client.post(at, {"employer": "Stockport", "role": "Head"}).url.endswith("/npq/")
    assert Answer.objects.get(step="employer").value == {"employer": "Stockport", "role": "Head"}


def test_looking_starts_nothing(teacher_client, world):
    teacher_client.get(CARRIED)
    assert not Application.objects.exists()


def test_other_methods_are_refused(teacher_client, world):
    assert teacher_client.put("/apply/").status_code == 405
