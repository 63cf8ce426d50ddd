"""Every address x role x method. The table in access.toml is the decision that people review; the resolver is the
list of what must be decided (design: quality figures 1, 2, 4, 17)."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.db import connection, transaction
from django.test import Client

from tests.sweeps.access_table import TABLE, expected, expected_of_managers
from tests.sweeps.addresses import Address, addresses, arguments, model_of, nobodys
from tests.sweeps.world import ROLES, World, make_world

ADDRESSES = addresses()
WITH_KEYS = {address for address in ADDRESSES if {"pk", "object_id"} & set(address.arguments)}
# Sessions are kept alive by reading; limits count what is asked for. Neither is anybody's data.
MAY_BE_WRITTEN_BY_GET = {"accounts_session", "accounts_ratelimit"}
# Who looks at people is written down as they do (npq_portal.staff.viewing): one row for each whom the address names,
# or one for a page about many, and nothing else.
LOOKS = "audit_auditevent"
ABOUT_MANY = ("_changelist", "_decided_page")
# Pages of Django's admin take any other method for reading: what they must not do is write.
LIBRARIES = ("admin",)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker) -> Iterator[World]:
    """The world, made once and rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(made, settings) -> Iterator[World]:
    """The same world for every test: what a test does to it is undone. All signed in a moment ago, however long the
    sweep has been going on.
    """
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 24 * 60 * 60
    everybody = {**made.clients, **made.managers}
    cookies = {role: client.cookies.copy() for role, client in everybody.items()}
    with transaction.atomic():
        yield made
        transaction.set_rollback(True)
    for role, client in everybody.items():
        client.cookies = cookies[role]


def written() -> dict[str, int]:
    """Rows written in this transaction so far, by table. Not from Postgres's view of them, which reads indexes too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, rows FROM (SELECT relname, pg_stat_get_xact_tuples_inserted(oid)"
            " + pg_stat_get_xact_tuples_updated(oid) + pg_stat_get_xact_tuples_deleted(oid) AS rows"
            " FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace) AS tables WHERE rows > 0"
        )
        return {name: count for name, count in cursor.fetchall() if name not in MAY_BE_WRITTEN_BY_GET}


def written_since(before: dict[str, int]) -> dict[str, int]:
    return {
        name: count - before.get(name, 0) for name, count in written().items() if count != before.get(name, 0)
    }


def tells_of_people(address) -> bool:
    model, many = model_of(address), address.name.endswith(ABOUT_MANY)
    named = many or address in WITH_KEYS
    return named and model in admin.site._registry and admin.site._registry[model].tells_of_people


def name(value):
    return f"{value.name} {value.route}"


def tried_by(address: Address, world: World) -> dict[str, Client]:
    """Everybody; managers of a provider where that they are counts."""
    return {**world.clients, **(world.managers if address.name.startswith(LIBRARIES) else {})}


def decided(address: Address, method: str) -> list[int]:
    of_managers = expected_of_managers(address.name, method) if address.name.startswith(LIBRARIES) else []
    return expected(TABLE[address.name][method]) + of_managers


def test_every_address_is_decided():
    names = {address.name for address in ADDRESSES}
    assert set(TABLE) == names, f"undecided: {names - set(TABLE)}; gone: {set(TABLE) - names}"


@pytest.mark.parametrize("address", ADDRESSES, ids=name)
def test_reading(address, world):
    """Each role gets what the table says, under the enforced policy, and reading writes nothing but who looked."""
    given = arguments(address, world)
    path = address.path(given)
    got = []
    for role, client in tried_by(address, world).items():
        before = written()
        answer = client.get(path)
        seen = answer.status_code == 200 and tells_of_people(address)
        looked = {LOOKS: 1 + ("other" in given)} if seen else {}
        assert written_since(before) == looked, f"GET {path} by {role}"
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        got.append(answer.status_code)
        if address in WITH_KEYS:
            absent = address.path(nobodys(given))
            assert_as_if_it_never_was(answer, path, client.get(absent), absent, role)
    assert got == decided(address, "get"), f"GET {path}: {' '.join(map(str, got))}"


def assert_as_if_it_never_was(theirs, path, nobody, absent, role):
    """A row that a role may not know of answers just as a key that no row has: status, place and words."""
    if theirs.status_code != nobody.status_code and nobody.status_code in (302, 404):
        return  # They may know of it: what they get then, the table says.
    assert theirs.status_code == nobody.status_code, role
    if theirs.status_code != 200:
        assert _words(theirs, path) == _words(nobody, absent), role


@pytest.mark.parametrize("address", ADDRESSES, ids=name)
def test_posting_nothing(address, world):
    path = address.path(arguments(address, world))
    got = [client.post(path).status_code for client in tried_by(address, world).values()]
    assert got == decided(address, "post"), f"POST {path}: {' '.join(map(str, got))}"


@pytest.mark.parametrize("address", ADDRESSES, ids=name)
def test_other_methods(address, world):
    """None of them is used: no error, no answer, and nothing is written."""
    path = address.path(arguments(address, world))
    # Django's admin reads for the one as for the other: those who may do the most there try one of them each.
    library = address.name.startswith(LIBRARIES)
    tried = (
        {"portal": ("put",), "provider": ("delete",)} if library else dict.fromkeys(ROLES, ("put", "delete"))
    )
    before = written()
    looks = {LOOKS} if tells_of_people(address) else set()
    for role, methods in tried.items():
        for method in methods:
            status = getattr(world.clients[role], method)(path).status_code
            assert status < 500, f"{method} {path} by {role}: {status}"
            assert library or status >= 300, f"{method} {path} by {role}: {status}"
        assert written_since(before).keys() <= looks, f"{methods} {path} by {role} wrote something"


def _words(answer, path) -> str:
    """The page without what differs in every answer, and without the address that was asked for."""
    words = re.sub(r'(nonce|value)="[^"]*"', "", answer.content.decode())
    words += answer.headers.get("Location", "")
    return words.replace(path, "").replace(quote(path, safe=""), "").replace(quote(path), "")
