"""Cancelling is asked on a page of its own, not done by choosing a word in a list."""

import pytest

from catalogue.run_forms import CourseRunForm
from tests.catalogue.conftest import DAY
from tests.factories.catalogue import CourseRunFactory

pytestmark = pytest.mark.django_db


def problems(run, day, state):
    form = CourseRunForm({"state": state}, instance=run)
    form.day = day
    return form.errors.get("state")


def test_saving_cancels_nothing():
    assert "Cancel this run" in str(problems(CourseRunFactory(state="open"), DAY, "cancelled"))


@pytest.mark.parametrize(("was", "day"), [("cancelled", DAY), ("open", None)])
def test_a_cancelled_one_may_be_saved_and_a_file_has_its_preview(was, day):
    assert problems(CourseRunFactory(state=was), day, "cancelled") is None
