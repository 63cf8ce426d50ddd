"""Two accounts are merged while something else happens: one wins, the other is told, and nothing is in both or lost."""

import os
from functools import partial

import pytest

from applications import actions
from applications.actions.errors import AlreadyDone, Merged
from applications.actions.mergeable import ClosedMeanwhile, FoundToBeTwo, LiveInBoth
from applications.models import Application, TwoPeople
from applications.states import NotAllowed
from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
from tests.applications.races.threads import all_at_once
from tests.factories.applications import LATER, draft_of, registered_by
from tests.people import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = int(os.environ.get("MERGE_ROUNDS", "3"))


def merging(kept, closed, staff):
    return partial(actions.merge, kept=kept, closed=closed, reason="One person.", by=staff, now=LATER)


def test_while_the_person_registers_in_the_other_account_what_is_live_in_the_first(world, portal_staff):
    """The worst: each alone is right, and both together would be two live applications of one person."""
    for _ in range(ROUNDS):
        kept, closed = UserFactory(), UserFactory()
        first, draft = registered_by(kept), draft_of(closed)
        register = partial(actions.register, application=draft, by=closed, now=LATER)
        merged, registered = all_at_once([merging(kept, closed, portal_staff), register])
        holders = {
            each.pk: each.applicant_id for each in Application.objects.filter(pk__in=[first.pk, draft.pk])
        }
        draft.refresh_from_db()
        if isinstance(merged, LiveInBoth):
            assert (draft.state, holders[draft.pk]) == ("registered", closed.pk)
        else:
            assert merged is True
            assert isinstance(registered, NotAllowed | AlreadyDone)
            assert (draft.state, holders[draft.pk]) == ("draft", kept.pk)
        assert Application.objects.live().held_by(kept).count() == 1


def test_both_ways_at_once(world, portal_staff):
    for _ in range(ROUNDS):
        one, other = UserFactory(), UserFactory()
        registered_by(one)
        results = all_at_once([merging(one, other, portal_staff), merging(other, one, portal_staff)])
        assert sum(each is True for each in results) == 1
        assert sum(isinstance(each, ClosedMeanwhile) for each in results) == 1
        kept = one if results[0] is True else other
        kept.refresh_from_db()
        assert kept.is_active
        assert kept.applications.count() == 1


def test_one_merges_what_others_find_to_be_two_people(world, portal_staff):
    for _ in range(ROUNDS):
        kept, closed = UserFactory(), UserFactory()
        said = {"reason": "Twins.", "by": portal_staff, "now": LATER}
        merged, *found = all_at_once(
            [
                merging(kept, closed, portal_staff),
                partial(actions.say_two_people, one=kept, other=closed, **said),
                partial(actions.say_two_people, one=closed, other=kept, **said),
            ]
        )
        if merged is True:
            assert all(isinstance(each, ClosedMeanwhile) for each in found)
            assert not TwoPeople.objects.of(kept).exists()
        else:
            assert isinstance(merged, FoundToBeTwo)
            assert sorted(found) == [False, True]
            assert TwoPeople.objects.between(kept, closed).count() == 1
        rows = AuditEvent.objects.filter(action__in=("accounts.merged", "accounts.said_two_people"))
        assert rows.filter(subject__in=[f"accounts.user:{each.pk}" for each in (kept, closed)]).count() == 1


def test_posted_twice(world, portal_staff):
    one, other = UserFactory(), UserFactory()
    assert sorted(all_at_once([merging(one, other, portal_staff)] * 2)) == [False, True]
    assert AuditEvent.objects.filter(action="accounts.merged").count() == 1
    assert OutboxMessage.objects.count() == 2


@pytest.mark.parametrize("erased", ["kept", "closed"])
def test_while_the_person_erases_themselves(world, portal_staff, erased):
    for _ in range(ROUNDS):
        people = {"kept": UserFactory(), "closed": UserFactory()}
        registered_by(people["closed"])
        person = people[erased]
        erase = partial(actions.erase, person=person, by=person, now=LATER)
        merged, gone = all_at_once([merging(**people, staff=portal_staff), erase])
        for each in people.values():
            each.refresh_from_db()
        if merged is True and erased == "closed":
            assert isinstance(gone, Merged)
            assert people["kept"].applications.count() == 1
        else:
            assert gone is None
            assert person.erased_at
            assert merged is True or isinstance(merged, ClosedMeanwhile)
            assert bool(people["closed"].erased_at) == (merged is True or erased == "closed")
