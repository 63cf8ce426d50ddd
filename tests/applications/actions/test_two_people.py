"""Two accounts that look like one person's are found to be two people's, by whom and of whom; and erased with them."""

import pytest

from applications import actions
from applications.actions.errors import Incomplete
from applications.actions.mergeable import ClosedMeanwhile, NotPortalStaff, StaffAccounts
from applications.models import TwoPeople
from npq_portal.accounts.models import User
from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
from tests.factories.applications import LATER, NOW, two_people
from tests.people import PortalStaffFactory, StaffFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return sorted((UserFactory(), UserFactory()), key=lambda each: each.pk)


@pytest.fixture
def say(pair):
    def saying(**changed):
        usual = {
            "one": pair[1],
            "other": pair[0],
            "reason": " Twins. ",
            "by": PortalStaffFactory(),
            "now": NOW,
        }
        return actions.say_two_people(**{**usual, **changed})

    return saying


def test_said_once_by_whom_when_and_why(say, pair):
    staff = PortalStaffFactory()
    assert [say(by=staff), say(reason="Another.", now=LATER)] == [True, False]
    said = TwoPeople.objects.get()
    assert (said.one, said.other, said.reason) == (*pair, "Twins.")
    assert (said.said_by, said.said_at) == (staff, NOW)
    row = AuditEvent.objects.get()
    assert (row.action, row.subject) == ("accounts.said_two_people", f"accounts.user:{pair[0].pk}")
    assert (row.new, row.note) == ({"account": str(pair[1].pk)}, "Twins.")
    assert not OutboxMessage.objects.exists()


def test_taken_back_once(pair):
    two_people(*pair)
    take_back = {"one": pair[1], "other": pair[0], "by": PortalStaffFactory(), "now": NOW}
    assert [actions.take_back_two_people(**take_back) for _ in range(2)] == [True, False]
    assert AuditEvent.objects.get().action == "accounts.not_said_two_people"


@pytest.mark.parametrize(
    ("column", "value", "refusal"), [("is_active", False, ClosedMeanwhile), ("is_staff", True, StaffAccounts)]
)
def test_which_accounts_are_no_pair(say, pair, column, value, refusal):
    two_people(*pair)
    User.objects.filter(pk=pair[0].pk).update(**{column: value})
    with pytest.raises(refusal):
        say()
    with pytest.raises(refusal):
        actions.take_back_two_people(one=pair[0], other=pair[1], by=PortalStaffFactory(), now=NOW)
    assert not AuditEvent.objects.exists()


def test_who_may_with_a_reason_and_of_two(say, pair):
    for by in (pair[0], StaffFactory(), PortalStaffFactory(is_active=False)):
        with pytest.raises(NotPortalStaff):
            say(by=by)
    with pytest.raises(Incomplete):
        say(reason="  ")
    with pytest.raises(ClosedMeanwhile):
        say(one=pair[0])
    assert not TwoPeople.objects.exists()
