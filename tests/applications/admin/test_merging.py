"""Merging accounts in the staff area: likely pairs, both side by side, and what is done with the answer."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from applications.models import TwoPeople
from npq_portal.accounts.models import User
from npq_portal.audit.looks import looks_at
from npq_portal.audit.models import AuditEvent
from tests.accounts.signing_in import ask, give, mailed_code, signed_in
from tests.factories.applications import ApplicationFactory, draft_of, registered_by, two_people
from tests.people import StaffFactory, UserFactory
from tests.queries import queries_of

LIST = "/admin/applications/accounttomerge/"
BORN = date(1987, 3, 27)
TWO = f"{LIST}two/"
MERGED = {"reason": "One person."}


def page(one, other):
    return reverse("admin:applications_accounttomerge_merge", args=[one.pk, other.pk])


def shown(client, address):
    return unescape(client.get(address).content.decode())


def shown_after(client, address, given):
    return unescape(client.post(address, given, follow=True).content.decode())


def registration(email, name="Ada Applicant", born=BORN, **more):
    person = UserFactory(email=email, full_name="")
    return ApplicationFactory(registered=True, applicant=person, full_name=name, date_of_birth=born, **more)


@pytest.fixture
def pair(world):
    numbers = {"trn": "1234567", "trn_verified": True}
    return UserFactory(email="old@example.test", **numbers), UserFactory(email="new@example.test", **numbers)


@pytest.fixture
def portal(admin_as):
    return admin_as("portal_staff")


def test_the_list_has_each_likely_pair_once(portal, pair):
    registration("ada@example.test")
    registration("ada.two@example.test", name="ADA Applicant")
    registration("namesake@example.test", born=date(1990, 1, 1))
    UserFactory(email="unverified@example.test", trn="1234567")
    StaffFactory(email="staff@example.test", trn="1234567", trn_verified=True)
    UserFactory(email="closed@example.test", trn="1234567", trn_verified=True, is_active=False)
    html = shown(portal, LIST)
    assert html.count(">the same verified teacher reference number</div>") == 1
    assert html.count(">the same name and date of birth</div>") == 1
    assert page(*sorted(pair, key=lambda each: each.pk)) in html
    for email in ("namesake", "unverified", "staff", "closed"):
        assert f"{email}@example.test" not in html


def test_a_search_finds_any_account_that_may_be_merged(portal, world):
    UserFactory(email="alone@example.test")
    StaffFactory(email="alone.staff@example.test")
    html = shown(portal, f"{LIST}?q=alone")
    assert "alone@example.test" in html
    assert "alone.staff@example.test" not in html


def test_as_many_queries_for_thirty_pairs_as_for_one(portal, pair):
    registration("ada@example.test")
    registration("ada.two@example.test")
    portal.get(LIST)  # what is asked once and kept
    few = queries_of(lambda: portal.get(LIST))
    for number in range(30):
        for _ in range(2):
            registration(f"p{UserFactory().pk}@example.test", name=f"Person {number}")
    many = queries_of(lambda: portal.get(LIST))
    assert many == few


@pytest.mark.parametrize("by", ["new@example.test", "NEW@example.test ", "1234567"])
def test_from_a_persons_page_the_other_is_found_by_address_or_number(portal, pair, by):
    old, new = pair
    assert reverse("admin:applications_accounttomerge_change", args=[old.pk]) in shown(
        portal, reverse("admin:accounts_user_change", args=[old.pk])
    )
    answer = portal.post(reverse("admin:applications_accounttomerge_change", args=[old.pk]), {"other": by})
    assert (answer.status_code, answer["Location"]) == (302, page(old, new))


@pytest.mark.parametrize("by", ["nobody@example.test", "old@example.test", "7654321", "decider@example.test"])
def test_who_is_not_found(portal, pair, by):
    StaffFactory(email="decider@example.test")
    answer = portal.post(
        reverse("admin:applications_accounttomerge_change", args=[pair[0].pk]), {"other": by}
    )
    assert "No other account that may be merged has this" in answer.content.decode()


def test_a_number_that_more_have(portal, pair):
    third = UserFactory(email="third@example.test")
    answer = portal.post(
        reverse("admin:applications_accounttomerge_change", args=[third.pk]), {"other": "1234567"}
    )
    assert "More than one account has this number" in answer.content.decode()


def test_both_side_by_side_and_a_look_at_both_is_recorded(portal, pair, portal_staff):
    old, new = pair
    application = registered_by(old)
    draft_of(new)
    html = shown(portal, page(old, new))
    assert application.reference in html
    assert html.index("old@example.test") < html.index("new@example.test")
    for person in pair:
        (look,) = looks_at(person)
        assert (look.who, look.times) == (str(portal_staff), 1)


def test_merging(portal, pair):
    old, new = pair
    application = registered_by(old)
    for _ in range(2):
        answer = portal.post(page(old, new), {**MERGED, "keep": str(new.pk)}, follow=True)
        assert answer.redirect_chain[-1][0] == reverse("admin:accounts_user_change", args=[new.pk])
    application.refresh_from_db()
    old.refresh_from_db()
    assert (application.applicant, old.merged_into) == (new, new)
    assert AuditEvent.objects.filter(action="accounts.merged").count() == 1
    assert "Merged into" in shown(portal, reverse("admin:accounts_user_change", args=[old.pk]))


def test_either_may_be_kept(portal, pair):
    old, new = pair
    portal.post(page(old, new), {**MERGED, "keep": str(old.pk)})
    new.refresh_from_db()
    assert new.merged_into == old


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"reason": "So."}, "Choose which account is kept"),
        ({"reason": "So.", "keep": "00000000-0000-0000-0000-000000000001"}, "Choose which account is kept"),
        ({"keep": "old"}, "Give a reason"),
    ],
)
def test_what_is_missing_is_asked_for(portal, pair, given, told):
    old, new = pair
    given = {key: str(old.pk) if value == "old" else value for key, value in given.items()}
    assert told in portal.post(page(old, new), given).content.decode()
    assert not User.objects.filter(merged_into__isnull=False).exists()


def test_what_stands_against_it_is_told_before_and_to_who_posts_all_the_same(portal, pair):
    for person in pair:
        registered_by(person)
    html = shown(portal, page(*pair))
    assert "These cannot be merged yet." in html
    assert "Merge, and tell both addresses" not in html
    answer = portal.post(page(*pair), {**MERGED, "keep": str(pair[0].pk)}, follow=True)
    assert "are both live, for Headship" in answer.content.decode()
    assert not User.objects.filter(merged_into__isnull=False).exists()


@pytest.mark.parametrize("who", ["decider", "rival"])
def test_nobody_but_portal_staff(admin_as, pair, who):
    client = admin_as(who)
    assert client.get(LIST).status_code == 403
    assert client.get(TWO).status_code == 403
    assert client.get(page(*pair)).status_code == 404
    assert client.post(page(*pair), {"two": "1", "reason": "Twins."}).status_code == 404
    assert not TwoPeople.objects.exists()
    assert client.post(page(*pair), {**MERGED, "keep": str(pair[0].pk)}).status_code == 404
    assert not User.objects.filter(merged_into__isnull=False).exists()


def test_two_people_are_not_offered_again_until_it_is_taken_back(portal, pair, portal_staff):
    registration("ada@example.test")
    registration("ada.two@example.test")
    of_name = User.objects.filter(email__startswith="ada").order_by("pk")
    for one, other in (sorted(pair, key=lambda each: each.pk), of_name):
        assert page(one, other) in shown(portal, LIST)
        assert "Give a reason" in shown_after(portal, page(one, other), {"two": "1"})
        told = shown_after(portal, page(other, one), {"two": "1", "reason": "Sisters."})
        assert "two people's, and not offered as a pair any more" in told
        assert page(one, other) not in told
        assert page(one, other) not in shown(portal, f"{LIST}?q={one.email}")
        assert page(one, other) in shown(portal, TWO)
        assert page(one, other) not in shown(
            portal, reverse("admin:applications_accounttomerge_change", args=[one.pk])
        )
    html = shown(portal, page(*pair))
    assert f"{portal_staff} found so on" in html
    assert "Sisters." in html
    assert "Merge, and tell both addresses" not in html
    assert "may be merged again" in shown_after(portal, page(*pair), {"together": "1"})
    assert page(*sorted(pair, key=lambda each: each.pk)) in shown(portal, LIST)
    assert TwoPeople.objects.get().one == of_name[0]
    actions = AuditEvent.objects.filter(action__contains="two_people").order_by("pk")
    assert list(actions.values_list("action", "note")) == [
        ("accounts.said_two_people", "Sisters."),
        ("accounts.said_two_people", "Sisters."),
        ("accounts.not_said_two_people", ""),
    ]


def test_what_cannot_be_merged_can_be_found_to_be_two_people(portal, pair):
    for person in pair:
        registered_by(person)
    assert "These are two people" in shown(portal, page(*pair))
    portal.post(page(*pair), {"two": "1", "reason": "Twins."})
    assert TwoPeople.objects.between(*pair).exists()


def test_who_comes_second_reads_what_happened(portal, pair):
    given = {"two": "1", "reason": "Twins."}
    portal.post(page(*pair), given)
    assert "found to be two people's already" in shown_after(portal, page(*pair), given)
    merge = {**MERGED, "keep": str(pair[0].pk)}
    assert "so they were not merged" in shown_after(portal, page(*pair), merge)
    portal.post(page(*pair), {"together": "1"})
    assert "taken back already" in shown_after(portal, page(*pair), {"together": "1"})
    portal.post(page(*pair), merge)
    assert "have been merged meanwhile" in shown_after(portal, page(*pair), given)
    third = UserFactory()
    assert "so nothing was done" in shown_after(portal, page(pair[1], third), given)
    assert not TwoPeople.objects.exists()


def test_the_list_of_two_people_asks_as_much_for_thirty_and_leaves_out_who_is_gone(portal, pair):
    two_people(*pair)
    portal.get(TWO)  # what is asked once and kept
    few = queries_of(lambda: portal.get(TWO))
    for _ in range(30):
        two_people(UserFactory(), UserFactory())
    assert queries_of(lambda: portal.get(TWO)) == few
    assert "?page=2" in shown(portal, TWO)
    assert "old@example.test" in shown(portal, f"{TWO}?page=2")
    User.objects.filter(pk=pair[0].pk).update(is_active=False)
    assert "old@example.test" not in shown(portal, f"{TWO}?page=2")


def test_the_same_account_twice_and_one_of_staff(portal, pair):
    assert portal.get(page(pair[0], pair[0])).status_code == 404
    assert portal.get(page(pair[0], StaffFactory())).status_code == 404


def test_the_closed_address_signs_in_to_no_second_account_and_is_told(portal, pair):
    old, new = pair
    portal.post(page(old, new), {**MERGED, "keep": str(new.pk)})
    portal.logout()
    ask(portal, "old@example.test")
    answer = give(portal, mailed_code("old@example.test"))
    assert answer["Location"] == reverse("sign_in_merged")
    assert "Sign in with your other e-mail address" in shown(portal, answer["Location"])
    assert not signed_in(portal)
    assert User.objects.filter(email="old@example.test").count() == 1
