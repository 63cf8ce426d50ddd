"""A person named in the address, or posted, by what is no key of anybody."""

import pytest

from tests.people import PortalStaffFactory, sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["providermembership", "hubmembership"])
def test_nobody_is_chosen(client, kind):
    client, address = sign_in(client, PortalStaffFactory()), f"/admin/catalogue/{kind}/add/"
    assert client.get(address + "?user=x").status_code == 200
    page = client.post(address, {"user": "1"})
    assert page.status_code == 200
    assert page.context["adminform"].form.errors["user"]
