"""The real catalogue in the staff area, as portal staff see it."""

import pytest

from catalogue.models import Qualification
from tests.catalogue.test_reference_admin import MODELS
from tests.people import PortalStaffFactory, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.mark.parametrize("model", MODELS)
def test_portal_staff_see_it(client, model):
    sign_in(client, PortalStaffFactory())
    assert client.get(f"/admin/catalogue/{model}/").status_code == 200


def test_an_npq_is_shown_and_not_changed(client):
    sign_in(client, PortalStaffFactory())
    npq = Qualification.objects.get(code="NPQH")
    url = f"/admin/catalogue/qualification/{npq.pk}/change/"
    assert client.get(url).status_code == 200
    assert client.post(url, {"name": "Mine"}).status_code == 403
    assert Qualification.objects.get(code="NPQH").name == "Headship"
