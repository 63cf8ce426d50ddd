"""Rival providers: neither reads, finds, filters by, counts or decides the other's applications."""

import uuid

import pytest

from applications import actions
from applications.models import Application
from catalogue.models import HubMembership
from tests.factories.applications import LATER, NOW, ApplicationFactory, registered_by, staff_of
from tests.factories.catalogue import HubFactory
from tests.people import StaffFactory, sign_in

OWN_PAGES = ["change", "history", "accept", "reject"]


@pytest.fixture
def hub_staff(world):
    user = StaffFactory(email="hub@example.test")
    HubMembership.objects.create(user=user, hub=HubFactory())
    return user


def shown(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("who", ["decider", "portal_staff"])
def test_those_who_may_see_it(admin_as, theirs, address, who):
    client = admin_as(who)
    assert theirs.reference in shown(client, address("changelist"))
    assert theirs.full_name in shown(client, address("change", theirs))


def test_a_rival_sees_an_empty_list_and_no_page(admin_as, theirs, address):
    client = admin_as("rival")
    listed = shown(client, address("changelist"))
    assert theirs.reference not in listed
    assert "Ambition Institute" not in listed
    for page in OWN_PAGES:
        assert client.get(address(page, theirs)).status_code == 404


@pytest.mark.parametrize("page", ["change", "accept", "reject", "note"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_rival_is_told_the_same_as_about_one_that_is_not_there(admin_as, theirs, address, page, method):
    client = admin_as("rival")
    before = list(Application.objects.values())
    nobodys = Application(pk=uuid.uuid4())
    seen = getattr(client, method)(address(page, theirs), {"reason": "x", "place": "unfunded", "text": "x"})
    unknown = getattr(client, method)(address(page, nobodys), {"reason": "x"})
    assert seen.status_code == unknown.status_code == 404
    assert without_token(seen) == without_token(unknown)
    assert list(Application.objects.values()) == before


def without_token(response):
    return [line for line in response.content.decode().splitlines() if "csrfmiddlewaretoken" not in line]


@pytest.mark.parametrize(
    "query", [{"q": "Ada"}, {"q": "1234567"}, {"q": "ada@example.test"}, {"doing": "decide"}]
)
def test_a_rivals_search_finds_nothing(admin_as, theirs, address, query):
    assert "0 applications" in shown(admin_as("rival"), address("changelist"), **query)


@pytest.mark.parametrize(
    "lookup", ["applicant__email__startswith", "full_name__startswith", "trn__exact", "funding_facts__term"]
)
def test_a_list_is_not_narrowed_by_what_it_does_not_offer(admin_as, theirs, address, lookup):
    response = admin_as("decider").get(address("changelist"), {lookup: "a"})
    assert response.status_code == 400


def test_nobody_sees_a_draft(admin_as, world, teacher, address):
    draft = ApplicationFactory(applicant=teacher)
    client = admin_as("portal_staff")
    assert "0 applications" in shown(client, address("changelist"))
    assert client.get(address("change", draft)).status_code == 404


def test_staff_do_not_read_their_own_application_here(client, world, address):
    rival = staff_of(world.other)
    own = registered_by(rival)
    signed_in = sign_in(client, rival)
    assert signed_in.get(address("change", own)).status_code == 404
    assert own.reference not in shown(signed_in, address("changelist"))


def test_hub_staff_have_no_applications_at_all(admin_as, theirs, address):
    client = admin_as("hub_staff")
    assert client.get(address("changelist")).status_code == 403
    assert client.get(address("change", theirs)).status_code == 404


def test_teachers_and_visitors_are_sent_away(client, teacher, theirs, address):
    assert client.get(address("change", theirs)).status_code == 302
    sign_in(client, teacher)
    assert client.get(address("change", theirs)).status_code == 302


def test_ending_a_membership_counts_on_the_next_request(admin_as, theirs, decider, address):
    client = admin_as("decider")
    assert client.get(address("change", theirs)).status_code == 200
    decider.provider_memberships.all().delete()
    assert client.get(address("change", theirs)).status_code == 404


def test_nothing_is_edited_added_or_deleted_by_hand(admin_as, theirs, address):
    client = admin_as("portal_staff")
    before = list(Application.objects.values())
    assert client.post(address("change", theirs), {"state": "accepted"}).status_code == 403
    assert client.get(address("add")).status_code == 403
    assert client.post(address("delete", theirs), {"post": "yes"}).status_code == 403
    client.post(
        address("changelist"),
        {"action": "delete_selected", "_selected_action": [str(theirs.pk)], "post": "yes"},
    )
    assert list(Application.objects.values()) == before


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_the_database_no_more_for_more(
    admin_as, world, address, count, django_assert_max_num_queries
):
    for _ in range(count):
        ApplicationFactory(submitted=True, provider=world.ambition)
    client = admin_as("decider")
    with django_assert_max_num_queries(19):
        client.get(address("changelist"))


def test_the_history_begins_with_the_new_provider(admin_as, theirs, teacher, world, address):
    """What the first provider's staff did before is not told to the second's, on no page."""
    accepted_by = staff_of(world.ambition, full_name="First Providers Person")
    actions.note(application=theirs, text="A note.", by=accepted_by, now=NOW)
    actions.change_provider(application=theirs, provider=world.other, by=teacher, now=LATER)
    assert "First Providers Person" in shown(admin_as("portal_staff"), address("history", theirs))
    for page in ("history", "change"):
        assert "First Providers Person" not in shown(admin_as("rival"), address(page, theirs))


def test_staff_who_apply_to_their_own_provider_do_not_read_notes_about_themselves(
    admin_as, theirs, decider, world, address
):
    colleague = staff_of(world.ambition)
    actions.note(application=theirs, text="Doubtful.", by=colleague, now=NOW)
    Application.objects.filter(pk=theirs.pk).update(applicant=decider)
    assert "Doubtful." not in shown(admin_as("decider"), address("change", theirs))
    assert "Doubtful." in shown(admin_as("portal_staff"), address("change", theirs))


@pytest.mark.parametrize(
    "query", [{"funding_outcome__range": "x"}, {"state_since__year": "9" * 20}, {"term__id__range": "1"}]
)
def test_comparisons_that_no_filter_makes_are_refused(admin_as, theirs, address, query):
    assert admin_as("decider").get(address("changelist"), query).status_code == 400
