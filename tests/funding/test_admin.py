"""Reference data in the admin: portal staff may read it, nobody changes it, nobody else sees it."""

import pytest

from tests.factories.funding import EstablishmentFactory, ImportRunFactory, ListEditionFactory
from tests.people import PortalStaffFactory, StaffFactory, sign_in

pytestmark = pytest.mark.django_db
LISTS = ["establishment", "establishmentlink", "listedition", "termlist", "importrun"]


@pytest.fixture
def rows():
    return {
        "establishment": EstablishmentFactory(),
        "listedition": ListEditionFactory(),
        "importrun": ImportRunFactory(),
    }


@pytest.mark.parametrize("name", LISTS)
def test_portal_staff_read_the_list(client, name, rows):
    sign_in(client, PortalStaffFactory())
    assert client.get(f"/admin/funding/{name}/").status_code == 200


@pytest.mark.parametrize("name", ["establishment", "listedition", "importrun"])
def test_portal_staff_read_a_row_and_cannot_change_it(client, name, rows):
    sign_in(client, PortalStaffFactory())
    address = f"/admin/funding/{name}/{rows[name].pk}/change/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"name": "Changed"}).status_code == 403


@pytest.mark.parametrize("name", LISTS)
def test_nobody_adds_by_hand(client, name):
    sign_in(client, PortalStaffFactory())
    assert client.get(f"/admin/funding/{name}/add/").status_code == 403


@pytest.mark.parametrize("name", LISTS)
def test_other_staff_do_not_see_it(client, name):
    sign_in(client, StaffFactory())
    assert client.get(f"/admin/funding/{name}/").status_code == 403
