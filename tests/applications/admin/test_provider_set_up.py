"""What a lead provider's managers keep of its set-up, and what is missing there for the current term."""

import re
from datetime import date
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from applications.models import FundedPlaces
from catalogue.models import LeadProvider, MemberRole, Offer
from npq_portal.audit.models import AuditEvent
from tests.factories.applications import FundedPlacesFactory, staff_of, submitted_by
from tests.factories.catalogue import CourseRunFactory, OfferFactory, QualificationFactory
from tests.people import PortalStaffFactory, sign_in
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
BELOW = [MemberRole.VIEWER, MemberRole.SCORER, MemberRole.DECIDER]
WORDS = {"website": "https://a.example/", "email": "npq@a.example", "telephone": "", "own_words": "We teach."}


@pytest.fixture
def as_role(client, world):
    return lambda role: sign_in(client, staff_of(world.ambition, role))


@pytest.fixture
def manager(as_role):
    return as_role(MemberRole.MANAGER)


@pytest.fixture
def set_up(world):
    return reverse("admin:applications_providersetup_change", args=[world.ambition.pk])


def offer_of(provider, npq):
    return Offer.objects.get(provider=provider, qualification=npq)


def page_of(offer, page="change"):
    return reverse(f"admin:catalogue_offer_{page}", args=[offer.pk])


def test_it_says_what_is_missing_and_leads_there(manager, world, set_up):
    offer = offer_of(world.ambition, world.headship)
    page = manager.get(set_up).content.decode()
    assert "No price for NPQ Headship, autumn 2026" in page
    assert f'href="{page_of(offer)}?back=' in page
    assert "No number of funded places for NPQ Headship, autumn 2026" in page
    assert "No e-mail address or telephone number" in page
    assert "Teach First" not in page


def test_nothing_is_missing_once_it_is_given(manager, world, set_up):
    day = timezone.localdate()
    Offer.objects.filter(provider=world.ambition).update(price=890, as_of=day)
    for npq in (world.headship, world.literacy):
        FundedPlacesFactory(provider=world.ambition, qualification=npq)
    LeadProvider.objects.filter(pk=world.ambition.pk).update(email="npq@a.example", contact_as_of=day)
    assert "Nothing: everything that applicants need" in manager.get(set_up).content.decode()


def test_contact_details_of_long_ago_want_confirming(manager, world, set_up):
    old = date(2020, 1, 1)
    LeadProvider.objects.filter(pk=world.ambition.pk).update(email="npq@a.example", contact_as_of=old)
    assert "have not been confirmed for a year" in manager.get(set_up).content.decode()


def test_who_works_for_one_provider_is_led_to_it(manager, set_up):
    answer = manager.get(reverse("admin:applications_providersetup_changelist"))
    assert (answer.status_code, answer.url) == (302, set_up)


def test_another_providers_is_not_there(manager, world):
    theirs = reverse("admin:applications_providersetup_change", args=[world.other.pk])
    assert manager.get(theirs).status_code == 404


@pytest.mark.parametrize("role", BELOW)
def test_others_at_the_provider_look_and_are_led_nowhere(as_role, world, set_up, role):
    page = as_role(role).get(set_up).content.decode()
    assert "No price for NPQ Headship" in page
    assert "/add/" not in page
    assert "The managers of Ambition Institute change it." in page


def test_the_number_of_queries_does_not_grow(manager, world, set_up):
    manager.get(set_up)  # the first page of a session writes it
    few = queries_of(lambda: manager.get(set_up))
    for _ in range(30):
        OfferFactory(provider=world.ambition, qualification=QualificationFactory(), term=world.term)
    assert queries_of(lambda: manager.get(set_up)) == few


def test_a_manager_gives_a_price_which_the_public_pages_show_with_its_day(manager, world):
    offer = offer_of(world.ambition, world.headship)
    assert manager.post(page_of(offer), {"price": "890", "price_plus_vat": "true"}).status_code == 302
    offer.refresh_from_db()
    assert (offer.price, offer.as_of) == (890, timezone.localdate())
    event = AuditEvent.objects.about(offer).get()
    assert event.new["price"] == "890"
    assert "£890 plus VAT" in manager.get(world.ambition.get_absolute_url()).content.decode()
    assert "£890 plus VAT" in manager.get(world.headship.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"price": "0"}, "Enter a price above 0"),
        ({"price": "lots"}, "Enter an amount in pounds"),
        ({"price": "", "price_plus_vat": "true"}, "Enter the price, or leave VAT unknown"),
    ],
)
def test_a_price_that_is_none_is_refused_in_words(manager, world, given, told):
    offer = offer_of(world.ambition, world.headship)
    assert told in manager.post(page_of(offer), given).content.decode()
    assert Offer.objects.get(pk=offer.pk).price is None


def test_a_manager_adds_an_offer_of_their_own_provider_only(manager, world):
    npq, add = QualificationFactory(), reverse("admin:catalogue_offer_add")
    asked = {"qualification": npq.pk, "term": world.term.pk, "price": "", "price_plus_vat": "unknown"}
    refused = manager.post(add, {**asked, "provider": world.other.pk})
    assert refused.status_code == 200
    assert not Offer.objects.filter(qualification=npq).exists()
    assert manager.post(add, {**asked, "provider": world.ambition.pk}).status_code == 302
    assert Offer.objects.get(qualification=npq).provider == world.ambition
    again = manager.post(add, {**asked, "provider": world.ambition.pk})
    assert "This NPQ is offered in this term already." in again.content.decode()


def test_who_came_from_the_set_up_is_led_back_to_it(manager, world, set_up):
    offer = offer_of(world.ambition, world.headship)
    page = manager.get(set_up).content.decode()
    link = re.search(rf'href="({re.escape(page_of(offer))}\?back=[^"]+)"', page)[1].replace("&amp;", "&")
    priced = {"price": "890", "price_plus_vat": "unknown"}
    answer = manager.post(link, priced, follow=True)
    assert answer.redirect_chain[-1][0] == set_up
    assert "was changed successfully" in answer.content.decode()
    for elsewhere in ("https://evil.example/admin/", "//evil.example/admin/", "/my-data/", ""):
        answer = manager.post(f"{page_of(offer)}?{urlencode({'back': elsewhere})}", priced)
        assert answer.url == reverse("admin:catalogue_offer_changelist")


def test_who_withdraws_an_offer_is_led_back_too(manager, world, set_up, teacher):
    submitted_by(teacher)
    back = urlencode({"back": set_up})
    for offer in (offer_of(world.ambition, world.headship), offer_of(world.ambition, world.literacy)):
        page = manager.get(f"{page_of(offer)}?{back}").content.decode()
        link = f"{page_of(offer, 'delete')}?{back}"
        assert link in page
        answer = manager.post(link, {"post": "yes"})
        stays = Offer.objects.filter(pk=offer.pk).exists()
        # One that people count on stays: they read why, and are led back from there.
        assert answer.url == (f"{page_of(offer)}?{back}" if stays else set_up)
    assert Offer.objects.filter(provider=world.ambition).exists()
    other = OfferFactory(provider=world.ambition, qualification=QualificationFactory(), term=world.term)
    plain = manager.get(page_of(other)).content.decode()
    assert f'href="{page_of(other, "delete")}" class="deletelink"' in plain


def test_a_manager_withdraws_an_offer(manager, world):
    offer = offer_of(world.ambition, world.literacy)
    assert manager.post(page_of(offer, "delete"), {"post": "yes"}).status_code == 302
    assert not Offer.objects.filter(pk=offer.pk).exists()
    event = AuditEvent.objects.get(action="applications.offer_withdrawn")
    assert event.old == {"qualification": "npq-leading-literacy", "term": "autumn-2026"}


def test_an_offer_that_people_count_on_stays(manager, world, teacher):
    submitted_by(teacher)
    offer = offer_of(world.ambition, world.headship)
    CourseRunFactory(provider=world.ambition, qualification=world.headship, term=world.term)
    answer = manager.post(page_of(offer, "delete"), {"post": "yes"}, follow=True)
    assert "1 live application is and 1 course run is to it" in answer.content.decode()
    assert Offer.objects.filter(pk=offer.pk).exists()


def test_what_is_offered_is_not_turned_into_another(manager, world):
    offer = offer_of(world.ambition, world.headship)
    manager.post(page_of(offer), {"price": "890", "provider": world.other.pk, "as_of": "2000-01-01"})
    offer.refresh_from_db()
    assert (offer.provider, offer.as_of) == (world.ambition, timezone.localdate())


@pytest.mark.parametrize("role", BELOW)
def test_nobody_below_a_manager_changes_anything(as_role, world, role):
    client, offer = as_role(role), offer_of(world.ambition, world.literacy)
    places = FundedPlacesFactory(provider=world.ambition, qualification=world.literacy)
    theirs = {
        page_of(offer): {"price": "1"},
        page_of(offer, "delete"): {"post": "yes"},
        reverse("admin:catalogue_offer_add"): {"provider": world.ambition.pk, "term": world.term.pk},
        reverse("admin:applications_fundedplaces_change", args=[places.pk]): {"cap": "99"},
        reverse("admin:applications_fundedplaces_add"): {"provider": world.ambition.pk, "cap": "99"},
        reverse("admin:catalogue_leadprovider_change", args=[world.ambition.pk]): WORDS,
    }
    assert [client.post(url, data).status_code for url, data in theirs.items()] == [403] * len(theirs)
    offer.refresh_from_db()
    assert offer.price is None
    assert FundedPlaces.objects.get().cap == 10


def test_a_manager_of_one_provider_only_looks_at_another_they_view(client, world):
    user = staff_of(world.ambition, MemberRole.MANAGER)
    user.provider_memberships.create(provider=world.other, role=MemberRole.VIEWER)
    sign_in(client, user)
    theirs = offer_of(world.other, world.headship)
    assert client.get(page_of(theirs)).status_code == 200
    assert client.post(page_of(theirs), {"price": "1"}).status_code == 403
    assert client.post(page_of(theirs, "delete"), {"post": "yes"}).status_code == 403


def test_a_manager_sets_funded_places_never_below_those_given(manager, world):
    add = reverse("admin:applications_fundedplaces_add")
    asked = {"qualification": world.headship.pk, "term": world.term.pk, "cap": "12"}
    assert manager.post(add, {**asked, "provider": world.ambition.pk}).status_code == 302
    places = FundedPlaces.objects.get()
    FundedPlaces.objects.update(taken=5)
    change = reverse("admin:applications_fundedplaces_change", args=[places.pk])
    manager.post(change, {"cap": "4"})
    assert FundedPlaces.objects.get().cap == 12
    manager.post(change, {"cap": "5"})
    assert FundedPlaces.objects.get().cap == 5


def test_a_manager_says_how_the_provider_is_reached_and_the_day_is_todays(manager, world):
    url = reverse("admin:catalogue_leadprovider_change", args=[world.ambition.pk])
    asked = {**WORDS, "name": "Mine", "slug": "mine", "contact_as_of": "2000-01-01"}
    assert manager.post(url, asked).status_code == 302
    provider = LeadProvider.objects.get(pk=world.ambition.pk)
    assert (provider.name, provider.slug) == ("Ambition Institute", "ambition-institute")
    assert (provider.email, provider.contact_as_of) == ("npq@a.example", timezone.localdate())
    page = manager.get(provider.get_absolute_url()).content.decode()
    assert "mailto:npq@a.example" in page
    assert "We teach." in page
    assert manager.get(reverse("admin:catalogue_leadprovider_add")).status_code == 403
    other = reverse("admin:catalogue_leadprovider_change", args=[world.other.pk])
    assert manager.get(other).status_code == manager.post(other, WORDS).status_code == 404


def test_its_own_words_are_text(manager, world):
    url = reverse("admin:catalogue_leadprovider_change", args=[world.ambition.pk])
    manager.post(url, {**WORDS, "own_words": "<script>alert(1)</script>"})
    assert "<script>alert" not in manager.get(world.ambition.get_absolute_url()).content.decode()


def test_the_first_page_counts_what_is_missing_for_managers_alone(as_role, world):
    assert "Missing in your set-up" in as_role(MemberRole.MANAGER).get("/admin/").content.decode()
    assert "Missing in your set-up" not in as_role(MemberRole.DECIDER).get("/admin/").content.decode()


def test_portal_staff_see_every_provider(client, world):
    sign_in(client, PortalStaffFactory())
    page = client.get(reverse("admin:applications_providersetup_changelist")).content.decode()
    assert "Ambition Institute" in page
    assert "Teach First" in page
