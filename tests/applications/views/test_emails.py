"""E-mails from us: chosen on a page, and ended by the link in a mail, by a button or a mail program."""

import re

import pytest
from django.test import Client

from applications.actions.errors import Busy
from applications.models import ReminderOff
from applications.models.reminder import off_path
from applications.vocabulary import ReminderKind

pytestmark = pytest.mark.django_db
PAGE = "/e-mails/"
FORM = ReminderKind.FORM


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def ticked(client):
    boxes = re.findall(r"<input[^>]*checkbox[^>]*>", client.get(PAGE).content.decode())
    assert len(boxes) == 3
    return [re.search(r'value="(\w+)"', box)[1] for box in boxes if "checked" in box]


def off(user):
    return ReminderOff.objects.of(user).kinds()


def test_all_are_on_until_somebody_says_otherwise(teacher_client, teacher):
    assert ticked(teacher_client) == ["draft", "form", "deadline"]
    answer = teacher_client.post(PAGE, {"remind": ["form"]}, follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert "Your choice is saved." in words(answer)
    assert ticked(teacher_client) == ["form"]
    assert off(teacher) == {ReminderKind.DRAFT, ReminderKind.DEADLINE}


def test_none_and_all_again(teacher_client, teacher):
    teacher_client.post(PAGE, {})
    assert off(teacher) == set(ReminderKind)
    teacher_client.post(PAGE, {"remind": ["draft", "form", "deadline"]})
    assert not off(teacher)


def test_what_is_no_kind_changes_nothing(teacher_client, teacher):
    answer = teacher_client.post(PAGE, {"remind": ["decision"]})
    assert answer.status_code == 200
    assert "Tick the reminders that you want" in words(answer)
    assert not off(teacher)


def test_it_says_what_cannot_be_switched_off_and_is_found(teacher_client):
    assert "codes to sign in with" in words(teacher_client.get(PAGE))
    for page in ("/applications/", "/my-data/"):
        assert f'href="{PAGE}"' in teacher_client.get(page).content.decode()


def test_signed_out_one_signs_in_first(client):
    assert client.get(PAGE)["Location"] == f"/sign-in/?next={PAGE}"


def test_following_the_link_switches_nothing_off(client, teacher):
    """Mail scanners follow links, by GET and HEAD."""
    path = off_path(teacher, FORM)
    page = client.get(path)
    client.head(path)
    assert "Switch them off" in words(page)
    assert "no-store" in page["Cache-Control"]
    assert teacher.email not in page.content.decode()
    assert not off(teacher)


def test_its_button_does_once_without_signing_in(client, teacher):
    path = off_path(teacher, FORM)
    for _ in range(2):
        answer = client.post(path, follow=True)
        assert answer.redirect_chain == [(path, 302)]
        assert "These reminders are off" in words(answer)
    assert off(teacher) == {FORM}


def test_a_mail_program_does_with_one_click(teacher):
    """RFC 8058: a POST from nobody's browser, answered without a redirect."""
    answer = Client(enforce_csrf_checks=True).post(off_path(teacher, FORM), {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert off(teacher) == {FORM}


@pytest.mark.parametrize("token", ["x", "form:x", "%F0%9F%8F%AB", "0" * 500, "form:00000000:abc"])
def test_a_link_of_nobody(client, teacher, token):
    path = f"/e-mails/off/{token}/"
    assert "This link does not work" in words(client.get(path))
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert client.post(path).status_code == 302
    assert not ReminderOff.objects.exists()


def test_a_changed_link_is_nobodys(client, teacher, stranger):
    path = off_path(teacher, FORM)
    for forged in (
        path.replace("form", "draft"),
        path.replace(str(teacher.pk), str(stranger.pk)),
    ):
        client.post(forged)
    assert not ReminderOff.objects.exists()


def test_the_link_of_a_person_who_is_gone(client, teacher):
    path = off_path(teacher, FORM)
    teacher.delete()
    assert "This link does not work" in words(client.get(path))
    assert client.post(path).status_code == 302


def test_what_is_off_is_part_of_what_we_hold(teacher_client, teacher):
    ReminderOff.objects.create(user=teacher, kind="form")
    assert FORM.label in words(teacher_client.get("/my-data/"))


def test_a_choice_at_a_busy_moment_is_told_of_and_can_be_made_again(teacher_client, teacher, monkeypatch):
    def busy(**_):
        raise Busy

    monkeypatch.setattr("applications.actions.choose_reminders", busy)
    monkeypatch.setattr("applications.actions.switch_off", busy)
    assert str(Busy()) in words(teacher_client.post("/e-mails/", {}, follow=True))
    assert teacher_client.post(off_path(teacher, FORM), {"List-Unsubscribe": "One-Click"}).status_code == 503
    assert off(teacher) == set()
