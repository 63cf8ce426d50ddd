"""Who may do what comes from the `access` table, and from nothing else."""

import pytest
from django.contrib.auth.models import Permission
from django.core.checks import Error

from npq_portal.accounts.models import RateLimit, User
from npq_portal.staff.admin import ScopedModelAdmin
from tests.people import StaffFactory, sign_in
from tests.staff.urls import PersonAdmin, site

PEOPLE = "/admin/accounts/user/"


def test_provider_staff_may_view_and_change_but_not_add_or_delete(our_client, ours):
    assert our_client.get(f"{PEOPLE}{ours.pk}/change/").status_code == 200
    assert our_client.get(f"{PEOPLE}add/").status_code == 403
    assert our_client.get(f"{PEOPLE}{ours.pk}/delete/").status_code == 403


def test_an_inline_has_its_own_verbs(our_client, portal_client, ours):
    own = sign_in(type(our_client)(), ours).get(f"{PEOPLE}{ours.pk}/change/").content.decode()
    assert 'name="provider_memberships-0-role"' not in own
    theirs = portal_client.get(f"{PEOPLE}{ours.pk}/change/").content.decode()
    assert 'name="provider_memberships-0-role"' in theirs


@pytest.mark.django_db
def test_staff_without_a_role_see_an_empty_staff_area(client):
    sign_in(client, StaffFactory())
    page = client.get("/admin/").content.decode()
    assert "You have no role in the staff area yet" in page
    assert client.get(PEOPLE).status_code == 403


@pytest.mark.django_db
def test_permissions_in_djangos_own_tables_open_nothing(client):
    user = StaffFactory()
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="accounts"))
    sign_in(client, user)
    assert client.get(PEOPLE).status_code == 403


@pytest.mark.django_db
def test_a_role_without_is_staff_is_no_role(client, ours):
    ours.is_staff = False
    ours.save()
    sign_in(client, ours)
    assert client.get(PEOPLE, follow=True).status_code == 403


def test_an_admin_that_does_not_say_who_sees_its_rows_is_an_error():
    class Forgetful(ScopedModelAdmin):
        pass

    errors = [error for error in Forgetful(RateLimit, site).check() if isinstance(error, Error)]
    assert [error.id for error in errors] == ["staff.E001"]
    assert not PersonAdmin(User, site).check()


def test_pages_of_libraries_are_left_out():
    from django.contrib import admin
    from django.contrib.auth.models import Group

    site.register(Group, admin.ModelAdmin)
    assert Group not in site._registry
    foreign = [
        model for model, page in admin.site._registry.items() if not isinstance(page, ScopedModelAdmin)
    ]
    assert not foreign
