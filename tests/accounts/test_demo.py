"""The demonstration: made once, refused in production."""

import pytest
from django.core.management import CommandError, call_command

from applications.access import builds_forms_of
from catalogue.models import MemberRole, ProviderMembership
from npq_portal import demo
from npq_portal.accounts.models import User
from npq_portal.staff.roles import Role, roles_of
from tests.catalogue.conftest import real_catalogue
from tests.people import app_code

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="class")
def demonstration(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), real_catalogue():
        call_command("create_demo", verbosity=0)
        yield


@pytest.mark.usefixtures("demonstration")
class TestOnTheRealCatalogue:
    def test_makes_people_who_can_do_what_they_are_said_to(self):
        roles = {person.email: roles_of(User.objects.get(email=person.email)) for person in demo.PEOPLE}
        assert roles == {
            "teacher@example.test": frozenset(),
            "ambition@example.test": {Role.PROVIDER, Role.MANAGER},
            "scorer@example.test": {Role.PROVIDER},
            "second.scorer@example.test": {Role.PROVIDER},
            "teachfirst@example.test": {Role.PROVIDER},
            "hub@example.test": {Role.HUB},
            "dfe@example.test": {Role.PORTAL},
        }

    def test_again_changes_nothing(self):
        before = list(User.objects.order_by("email").values())
        call_command("create_demo", verbosity=0)
        assert list(User.objects.order_by("email").values()) == before

    def test_who_is_said_to_build_a_form_may_also_where_the_role_was_another(self):
        ProviderMembership.objects.update(role=MemberRole.DECIDER)
        call_command("create_demo", verbosity=0)
        builders = {
            person.email
            for person in demo.PEOPLE
            if (user := User.objects.get(email=person.email)).provider_memberships.exists()
            and builds_forms_of(user, user.provider_memberships.get().provider)
        }
        assert builders == {person.email for person in demo.PEOPLE if "build its form" in person.can}
        assert builders

    @pytest.mark.parametrize(
        "person", [person for person in demo.PEOPLE if person.is_staff], ids=lambda person: person.email
    )
    def test_the_code_signs_in(self, client, capsys, person):
        call_command("demo_code", person.email)
        code = capsys.readouterr().out.strip()
        assert code in {app_code(step, person.app_key) for step in (-1, 0)}
        client.post("/staff/sign-in/", {"login": person.email, "password": demo.PASSWORD})
        client.post("/staff/sign-in/second-step/", {"code": code})
        assert client.get("/admin/").status_code == 200


def test_without_reference_data_says_what_to_run():
    with pytest.raises(CommandError, match="load_reference_data"):
        call_command("create_demo")
    assert not User.objects.exists()


def test_a_code_of_nobody_says_who_there_is():
    with pytest.raises(CommandError, match=r"ambition@example\.test"):
        call_command("demo_code", "tess@example.test")


@pytest.mark.parametrize("command", [["create_demo"], ["demo_code", "dfe@example.test"]])
def test_production_refuses(settings, command):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="refused in production"):
        call_command(*command)
    assert not User.objects.exists()


def test_tells_how_everybody_signs_in():
    told = demo.sign_ins()
    assert all(person.email in told for person in demo.PEOPLE)
    assert demo.PASSWORD in told
