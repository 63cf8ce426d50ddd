"""The one place that says who sees everything."""

import pytest

from npq_portal.accounts.models import User


@pytest.mark.parametrize(
    ("facts", "works_here", "sees_everything"),
    [
        ({}, False, False),
        ({"is_staff": True}, True, False),
        ({"is_staff": True, "is_portal_staff": True}, True, True),
        ({"is_staff": True, "is_superuser": True}, True, True),
        ({"is_superuser": True}, False, False),
        ({"is_staff": True, "is_portal_staff": True, "is_active": False}, False, False),
    ],
)
def test_who_works_here_and_who_sees_everything(facts, works_here, sees_everything):
    person = User(**facts)
    assert (person.works_here, person.sees_everything) == (works_here, sees_everything)
