"""Every tile of the staff area's first page opens, for each role that is shown it."""

import pytest
from django.utils import timezone

from npq_portal.staff import dashboard
from npq_portal.staff.roles import roles_of
from tests.sweeps.world import make_world

pytestmark = pytest.mark.django_db


def test_every_tile_leads_to_a_page():
    world = make_world()
    opened = 0
    for role in ("provider", "rival", "hub", "portal"):
        user = world.people[role]
        for panel in dashboard.panels_for(user, roles_of(user), timezone.now()):
            assert world.clients[role].get(panel.url).status_code == 200, (role, panel.title)
            opened += 1
    assert opened > 5
