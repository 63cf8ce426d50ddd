"""Staff upload a list, look at what it would change, and confirm; nobody else comes near it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from funding.models import EditionUpload, ListEdition
from tests.funding.editions.conftest import IN_USE
from tests.funding.editions.making import csv_of, everything, numbers_in_use, urns
from tests.people import PortalStaffFactory, StaffFactory, UserFactory, sign_in

UPLOAD = "/admin/funding/listedition/upload/"
MORE = csv_of([*IN_USE, *urns(100_010, 2)])
FEWER = csv_of([*IN_USE[:5], "100 006"])


@pytest.fixture
def desk(client, staff, in_use):
    return sign_in(client, staff)


def upload(client, content=MORE, **changed):
    file = SimpleUploadedFile("Eligible<i>.csv", content)
    given = {
        "kind": "pp50-schools",
        "term": "autumn-2026",
        "published_on": "31/08/2026",
        "file": file,
        **changed,
    }
    return client.post(UPLOAD, given)


def text_of(response) -> str:
    return response.content.decode()


def test_the_list_of_editions_leads_there(desk):
    page = desk.get(reverse("admin:funding_listedition_changelist"))
    assert UPLOAD in text_of(page)
    assert desk.get(UPLOAD).status_code == 200


def test_from_the_file_to_the_new_edition(desk, term):
    before = everything()
    looked = upload(desk)
    assert looked.status_code == 302
    page = desk.get(looked.url)
    assert everything() == before
    for words in (
        "Nothing has changed yet",
        "<td>12</td>",
        "31 August 2026",
        "0 of 0",
        "Put this list in use for Autumn 2026",
    ):
        assert words in text_of(page)
    done = desk.post(looked.url)
    edition = ListEdition.objects.latest("id")
    assert done.url == reverse("admin:funding_listedition_change", args=[edition.pk])
    assert "now decides with this edition" in text_of(desk.get(done.url))
    assert numbers_in_use(term) == {*IN_USE, *urns(100_010, 2)}


def test_posting_the_confirmation_again_leads_to_the_edition(desk):
    looked = upload(desk)
    first, again = desk.post(looked.url), desk.post(looked.url)
    assert first.url == again.url
    assert ListEdition.objects.count() == 2


def test_what_a_person_typed_into_the_file_is_shown_as_text(desk):
    page = desk.get(upload(desk, MORE + b"<script>x</script>\n").url)
    assert "&lt;script&gt;x&lt;/script&gt;" in text_of(page)
    assert "Eligible&lt;i&gt;.csv" in text_of(page)


def test_a_list_that_looks_wrong_asks_twice(desk, term):
    address = upload(desk, FEWER).url
    page = text_of(desk.get(address))
    for words in (
        "Check this first",
        "remove 5 of 10 numbers",
        "Rejected rows",
        "100 006",
        "Leave out the rejected rows: 1",
    ):
        assert words in page
    refused = desk.post(address)
    assert "Tick this if the rejected rows are to be left out." in text_of(refused)
    assert "Tick this when you have checked the file." in text_of(refused)
    assert "<title>Error: " in text_of(refused)
    assert numbers_in_use(term) == set(IN_USE)
    assert desk.post(address, {"rejected_rows": "on", "large_loss": "on"}).status_code == 302
    assert numbers_in_use(term) == set(IN_USE[:5])


def test_a_list_that_grows_much_asks_twice(desk, term):
    address = upload(desk, csv_of([*IN_USE, *urns(100_010, 3)])).url
    assert "It would add 3 numbers to 10, more than a fifth." in text_of(desk.get(address))
    assert "Tick this when you have checked the file." in text_of(desk.post(address))
    assert numbers_in_use(term) == set(IN_USE)


def test_the_list_in_use_has_nothing_to_confirm(desk):
    page = text_of(desk.get(upload(desk, csv_of(IN_USE)).url))
    assert "There is nothing to change" in page
    assert "Put this list in use" not in page


def test_thrown_away(desk, term):
    address = upload(desk).url
    assert desk.post(address, {"discard": "1"}).status_code == 302
    assert desk.get(address).status_code == 404
    assert numbers_in_use(term) == set(IN_USE)


def test_why_it_could_not_be_confirmed_is_said_on_the_page(desk, term):
    address = upload(desk).url
    EditionUpload.objects.update(made_at="2026-01-01T00:00Z", expires_at="2026-01-01T01:00Z")
    assert "more than two hours old" in text_of(desk.post(address))
    assert numbers_in_use(term) == set(IN_USE)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"kind": ""}, "Choose which list it is."),
        ({"term": ""}, "Choose the term."),
        ({"term": "autumn-2099"}, "Choose one of the terms."),
        ({"published_on": "soon"}, "Write the day as 31/08/2026."),
        ({"file": ""}, "Choose the file."),
        ({"file": SimpleUploadedFile("a.csv", b"")}, "The file is empty."),
        ({"kind": "pp50-16-to-19"}, "has no column UKPRN. It has URN."),
    ],
)
def test_says_what_to_do_where_a_question_is_not_answered(desk, changed, words):
    before = everything()
    page = upload(desk, **changed)
    assert page.status_code == 200
    assert words in text_of(page)
    assert (everything(), EditionUpload.objects.count()) == (before, 0)


def test_a_file_over_the_limit_is_refused_before_it_is_read(desk):
    page = desk.post(
        UPLOAD,
        data=b"--x\r\n",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(21_000_000),
    )
    assert page.status_code == 413
    assert "too large" in text_of(page)


def test_elsewhere_no_file_is_taken_at_all(client):
    page = client.post(
        "/sign-in/", data=b"--x\r\n", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH="3000000"
    )
    assert page.status_code == 413


def test_a_preview_is_for_who_made_it(desk, client):
    address = upload(desk).url
    other = sign_in(type(client)(), PortalStaffFactory())
    assert other.get(address).status_code == other.post(address).status_code == 404


@pytest.mark.parametrize("person", [StaffFactory, UserFactory, None])
def test_nobody_but_portal_staff(client, desk, person):
    address = upload(desk).url
    stranger = type(client)()
    if person:
        sign_in(stranger, person())
    for there in (UPLOAD, address):
        for answer in (stranger.get(there), stranger.post(there)):
            assert answer.status_code in (302, 403)
            assert answer.status_code == 403 or "/login/?next=" in answer.url


def test_a_preview_costs_the_same_however_much_is_rejected(desk, django_assert_max_num_queries):
    few, many = upload(desk, MORE + b"x\n").url, upload(desk, MORE + b"x\n" * 90).url
    for address in (few, many):
        with django_assert_max_num_queries(10):
            desk.get(address)
