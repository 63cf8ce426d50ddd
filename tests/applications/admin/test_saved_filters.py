"""Filters that somebody keeps: shown above their queue, deleted by them, and never another's."""

import pytest
from django.urls import reverse

from applications.actions.saved_filters import MOST
from applications.models import SavedFilter
from catalogue.models import MemberRole
from npq_portal.audit.models import AuditEvent
from tests.factories.applications import NOW, staff_of
from tests.people import sign_in

SAVE = "admin:applications_application_save_filter"


@pytest.fixture
def colleague(world):
    return staff_of(world.ambition, MemberRole.VIEWER)


@pytest.fixture
def saved(decider):
    return SavedFilter.objects.create(owner=decider, name="Mine", query="state=submitted", saved_at=NOW)


def deleting(saved):
    return reverse("admin:applications_application_delete_filter", args=[saved.pk])


def save(client, name="To read", query="state=submitted&doing=new"):
    return client.post(reverse(SAVE), {"name": name, "query": query}, follow=True)


def test_saving_keeps_known_filters_alone_and_no_search(admin_as, theirs, decider):
    response = save(
        admin_as("decider"), query="q=Ada&state=submitted&after=1_2_3&doing=new&owner=x&doing=decide"
    )
    kept = SavedFilter.objects.get()
    assert (kept.owner, kept.name, kept.query) == (decider, "To read", "doing=decide&state=submitted")
    assert response.redirect_chain == [
        (f"{reverse('admin:applications_application_changelist')}?{kept.query}", 302)
    ]
    assert "“To read” is saved. Only you see it." in response.content.decode()
    event = AuditEvent.objects.get(action="applications.filter_saved")
    assert event.new == {"query": kept.query}


def test_it_is_offered_where_a_filter_is_in_use_and_not_saved_yet(admin_as, theirs, saved, address):
    client = admin_as("decider")
    assert "Save these filters as" not in client.get(address("changelist"), {"q": "Ada"}).content.decode()
    assert "Save these filters as" in client.get(address("changelist"), {"doing": "new"}).content.decode()
    html = client.get(address("changelist"), {"state": "submitted"}).content.decode()
    assert "Save these filters as" not in html
    assert '<a href="?state=submitted" aria-current="page">Mine</a>' in html


def test_a_name_that_is_there_already_stands_for_the_new_filters(admin_as, saved):
    save(admin_as("decider"), name="Mine", query="doing=new")
    assert SavedFilter.objects.get().query == "doing=new"


@pytest.mark.parametrize(
    ("name", "query", "told"),
    [
        ("", "doing=new", "Give the filter a name"),
        ("x" * 61, "doing=new", "Use 60 characters or fewer"),
        ("Empty", "q=Ada&nonsense=1", "Choose a filter before you save it."),
    ],
)
def test_what_cannot_be_saved_says_what_to_do(admin_as, theirs, name, query, told):
    assert told in save(admin_as("decider"), name=name, query=query).content.decode()
    assert not SavedFilter.objects.exists()


def test_there_is_a_most(admin_as, decider):
    SavedFilter.objects.bulk_create(
        SavedFilter(owner=decider, name=str(number), query="doing=new", saved_at=NOW)
        for number in range(MOST)
    )
    assert "Delete one before you save another" in save(admin_as("decider")).content.decode()
    assert SavedFilter.objects.count() == MOST


def test_deleting_is_for_the_owner_alone(client, admin_as, saved, colleague, address):
    signed_in = sign_in(client, colleague)
    assert "Mine" not in signed_in.get(address("changelist")).content.decode()
    assert signed_in.post(deleting(saved)).status_code == 404
    assert SavedFilter.objects.exists()
    owner = admin_as("decider")
    assert owner.get(deleting(saved)).status_code == 405
    assert "“Mine” is deleted." in owner.post(deleting(saved), follow=True).content.decode()
    assert not SavedFilter.objects.exists()
    assert AuditEvent.objects.filter(action="applications.filter_deleted").count() == 1
    assert owner.post(deleting(saved)).status_code == 404
