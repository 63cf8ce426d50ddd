"""A stock change page writes what was changed on it alone, and never over what somebody else changed meanwhile."""

import re
import threading
from datetime import date

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from applications.actions import erase
from catalogue.models import Partnership, Term
from npq_portal import verbs
from npq_portal.accounts.models import User
from npq_portal.audit.models import AuditEvent
from npq_portal.staff.stale import MARK
from tests.factories.catalogue import LeadProviderFactory, PartnershipFactory, TermFactory
from tests.people import PortalStaffFactory, UserFactory, sign_in
from tests.sweeps.test_forged_fields import Fields

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _test_admin(settings):
    """Not this folder's own pages, but the portal's."""
    settings.ROOT_URLCONF = "npq_portal.urls"


@pytest.fixture
def dfe(client):
    return sign_in(client, PortalStaffFactory(full_name="Mia Me"))


@pytest.fixture
def colleague():
    return sign_in(Client(), PortalStaffFactory(full_name="Cole League"))


def page_of(row):
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


def read(client, page):
    """What a browser would post of the page as it came."""
    return Fields(client.get(page).content.decode()).posted


def test_a_colleagues_day_is_not_wiped_by_a_note(dfe, colleague):
    term = TermFactory()
    page = page_of(term)
    mine, theirs = read(dfe, page), read(colleague, page)
    assert colleague.post(page, {**theirs, "registration_closes": "2026-11-30"}).status_code == 302
    answer = dfe.post(page, {**mine, "note": "A word more."})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Cole League changed this after you opened the page: registration closes." in text
    assert "It was changed after you opened this page, and is shown as it is now." in text
    saved = Term.objects.get()
    assert (saved.registration_closes, saved.note) == (date(2026, 11, 30), "")
    again = Fields(text).posted
    assert (again["registration_closes"], again["note"]) == ("30/11/2026", "A word more.")
    assert dfe.post(page, again).status_code == 302
    saved.refresh_from_db()
    assert (saved.registration_closes, saved.note) == (date(2026, 11, 30), "A word more.")


def test_of_two_who_change_one_field_the_second_is_told_and_decides(dfe, colleague):
    term = TermFactory(note="Was")
    page = page_of(term)
    mine, theirs = read(dfe, page), read(colleague, page)
    colleague.post(page, {**theirs, "note": "Theirs"})
    text = dfe.post(page, {**mine, "note": "Mine"}).content.decode()
    assert "It was changed to “Theirs” after you opened this page." in text
    assert Term.objects.get().note == "Theirs"
    assert Fields(text).posted["note"] == "Mine"
    dfe.post(page, Fields(text).posted)
    assert Term.objects.get().note == "Mine"


def test_a_choice_is_told_by_its_name(dfe):
    partnership, another = PartnershipFactory(), LeadProviderFactory(name="The Other")
    page = page_of(partnership)
    mine = read(dfe, page)
    third = LeadProviderFactory()
    Partnership.objects.update(provider=another, is_past=True)
    text = dfe.post(page, {**mine, "provider": third.pk, "is_past": ""}).content.decode()
    assert "It was changed to “The Other”" in text
    assert "Somebody else changed this after you opened the page:" in text
    assert Fields(text).posted["is_past"] == "on"


def test_sending_the_same_page_twice_is_no_conflict(dfe):
    term = TermFactory()
    page = page_of(term)
    mine = {**read(dfe, page), "note": "Once"}
    assert [dfe.post(page, mine).status_code for _ in range(2)] == [302, 302]


def test_in_another_window_of_ones_own(dfe):
    page = page_of(TermFactory())
    mine = read(dfe, page)
    dfe.post(page, {**mine, "note": "One"})
    assert "You yourself, in another window, changed this" in dfe.post(page, mine).content.decode()


@pytest.mark.parametrize("mark", ["", "nonsense", "2026-13-40T00:00 note=", "x note=1 funding"])
def test_a_mark_of_ones_own_making_breaks_nothing(dfe, mark):
    page = page_of(TermFactory())
    assert dfe.post(page, {**read(dfe, page), MARK: mark}).status_code in (200, 302)


def test_only_what_was_changed_is_written(dfe, django_assert_max_num_queries):
    term = TermFactory()
    page = page_of(term)
    with django_assert_max_num_queries(30) as asked:
        dfe.post(page, {**read(dfe, page), "note": "A word"})
    (written,) = [each["sql"] for each in asked if each["sql"].startswith('UPDATE "catalogue_term"')]
    set_to = written.partition(" SET ")[2].partition(" WHERE")[0]
    assert re.findall(r'"(\w+)" =', set_to) == ["updated_at", "note"]
    (held,) = [each["sql"] for each in asked if "FOR NO KEY UPDATE" in each["sql"]]
    assert '"catalogue_term"' in held


def test_who_was_erased_meanwhile_stays_erased(dfe):
    person = UserFactory(full_name="Jo Teacher")
    page = page_of(person)
    mine = read(dfe, page)
    erase(person=person, by=person, now=timezone.now())
    answer = dfe.post(page, {**mine, "trn": "1234567"}, follow=True)
    assert "it has become something that nobody changes here. Nothing was saved." in answer.content.decode()
    saved = User.objects.get(pk=person.pk)
    assert (saved.full_name, saved.trn) == ("Erased person", "")


def test_what_is_gone_meanwhile_is_told_of(dfe):
    term = TermFactory()
    mine = read(dfe, page_of(term))
    page = page_of(term)
    Term.objects.all().delete()
    answer = dfe.post(page, mine, follow=True)
    assert "What you had open is not here any more. Nothing was saved." in answer.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("patience", ["3s", "50ms"])
def test_a_page_waits_for_an_erasure_and_not_for_long(dfe, monkeypatch, patience):
    monkeypatch.setattr(verbs, "PATIENCE", patience)
    person = UserFactory(email="jo@example.test", full_name="Jo Teacher")
    page = page_of(person)
    mine = {**read(dfe, page), "full_name": "Jo T."}
    erased, saving = threading.Event(), threading.Event()

    def erasing():
        with transaction.atomic():
            erase(person=person, by=person, now=timezone.now())
            erased.set()
            saving.wait(timeout=0.4)
        connection.close()

    thread = threading.Thread(target=erasing)
    thread.start()
    erased.wait(timeout=30)
    told = dfe.post(page, mine, follow=True).content.decode()
    thread.join()
    saved = User.objects.get(pk=person.pk)
    assert (saved.full_name, saved.email == "jo@example.test") == ("Erased person", False)
    if patience == "3s":
        assert "nobody changes here" in told
    else:
        assert "Someone else is changing this at the same time. Nothing was saved" in told
    assert not AuditEvent.objects.filter(action="accounts.user_changed").exists()
