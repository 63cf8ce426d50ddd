"""A course that an address or a draft names by what is no key: left out, not an error."""

import pytest

from applications.actions import register
from applications.actions.errors import Incomplete
from tests.factories.applications import NOW, draft_of

NONSENSE = ["abc", "1e5", "²", "-1", "9" * 40, "\uff11\uff12", "\x00"]


@pytest.mark.parametrize("run", NONSENSE)
def test_starting_with_it_says_that_it_is_gone(teacher_client, world, run):
    assert teacher_client.get("/apply/", {"run": run}).status_code == 200
    assert teacher_client.post("/apply/", query_params={"run": run}).status_code == 302


@pytest.mark.parametrize("run", ["abc", "9" * 40])
def test_registering_with_it_asks_again(world, teacher, run):
    with pytest.raises(Incomplete):
        register(application=draft_of(teacher, course={"course": run}), by=teacher, now=NOW)
