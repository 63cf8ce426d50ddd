"""The pages on which portal staff merge delivery partners of near names, or find them to be two."""

import re
from html import unescape

import pytest
from django.urls import reverse

from catalogue.models import DeliveryPartner, DifferentPartners
from npq_portal.audit.models import AuditEvent
from tests.factories import catalogue as make
from tests.people import PortalStaffFactory, sign_in
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
LIST = "/admin/catalogue/deliverypartner/pairs/"
ADD = "/admin/catalogue/deliverypartner/add/"
REASON = {"merge": "1", "reason": "One body."}


@pytest.fixture
def desk(client):
    return sign_in(client, PortalStaffFactory())


@pytest.fixture
def pair(db):
    return make.partners("Saffron Learning", "Safron Learning Ltd")


def page_of(one, other):
    return reverse("admin:catalogue_deliverypartner_pair", args=[one.pk, other.pk])


def text(answer):
    return unescape(answer.content.decode())


def test_the_list_says_how_near_and_what_each_teaches(desk, pair):
    run = make.CourseRunFactory(partner=pair[0])
    told = text(desk.get(LIST))
    assert re.search(r"\d\d% alike", told)
    assert f"{run.provider}, autumn 2026: 1 course run<" in told
    assert page_of(*pair) in told
    assert "May be the same" in text(desk.get("/admin/catalogue/deliverypartner/"))
    assert "Delivery partners that may be the same: pairs" in text(desk.get("/admin/"))


def test_as_many_queries_for_thirty_pairs_as_for_one(desk, pair):
    desk.get(LIST)  # what is asked once and kept
    few = queries_of(lambda: desk.get(LIST))
    for number in range(30):
        for name in (f"Number {number} in Leeds", f"Number {number} in Leeds Ltd"):
            make.CourseRunFactory(partner=make.DeliveryPartnerFactory(name=name))
    desk.get(LIST)
    assert queries_of(lambda: desk.get(LIST)) == few
    assert "?page=2" in text(desk.get(LIST))


def test_merging(desk, pair):
    kept, absorbed = pair
    make.CourseRunFactory(partner=absorbed)
    told = text(desk.get(page_of(*pair)))
    assert (
        "If Saffron Learning stays, it gets 1 course run and 0 partnerships of Safron Learning Ltd." in told
    )
    given = {**REASON, "keep": kept.pk}
    told = text(desk.post(page_of(*pair), given, follow=True))
    assert "“Safron Learning Ltd” is now part of “Saffron Learning”." in told
    again = desk.post(page_of(*pair), given, follow=True)
    assert again.redirect_chain == [(LIST, 302)]
    assert "“Safron Learning Ltd” has been merged into “Saffron Learning”." in text(again)
    assert AuditEvent.objects.filter(action="catalogue.partners_merged").count() == 1
    assert "Safron Learning Ltd" in text(desk.get(f"/admin/catalogue/deliverypartner/{kept.pk}/change/"))
    assert kept.name in text(desk.get("/admin/catalogue/deliverypartner/?q=safron"))


@pytest.mark.parametrize(
    ("left_out", "told"), [("keep", "Choose which one stays"), ("reason", "Give a reason")]
)
def test_what_is_missing_is_asked_for(desk, pair, left_out, told):
    given = {**REASON, "keep": pair[0].pk}
    del given[left_out]
    assert told in text(desk.post(page_of(*pair), given))
    assert DeliveryPartner.objects.count() == 2


def test_a_third_is_not_kept_in_place_of_both(desk, pair):
    third = make.DeliveryPartnerFactory()
    assert "Choose which one stays" in text(desk.post(page_of(*pair), {**REASON, "keep": third.pk}))


def test_found_different_and_taken_back(desk, pair):
    told = text(desk.post(page_of(*pair), {"different": "1"}, follow=True))
    assert "are not offered as a pair any more" in told
    assert "No two delivery partners have names that are nearly alike." in told
    assert page_of(*pair) in text(desk.get(f"{LIST}?found=different"))
    assert "somebody looked at these and found that they are two" in text(desk.get(page_of(*pair)))
    refused = text(desk.post(page_of(*pair), {**REASON, "keep": pair[0].pk}, follow=True))
    assert "so they were not merged" in refused
    desk.post(page_of(*pair), {"together": "1"})
    assert not DifferentPartners.objects.exists()


def test_a_pair_that_is_none(desk, pair):
    assert desk.get(page_of(pair[0], pair[0])).status_code == 404
    assert desk.get(reverse("admin:catalogue_deliverypartner_pair", args=[pair[0].pk, 0])).status_code == 404


def test_a_new_partner_with_the_name_of_an_alias(desk, pair):
    desk.post(page_of(*pair), {**REASON, "keep": pair[0].pk})
    told = text(desk.post(ADD, {"name": "safron learning ltd"}))
    assert "Saffron Learning was called that before two were merged." in told


def test_a_new_partner_of_a_near_name_is_told_with_the_way_to_the_pair(desk):
    (known,) = make.partners("University of Wolverhampton")
    assert 'name="slug"' not in text(desk.get(ADD))
    told = text(desk.post(ADD, {"name": "The University of Wolverhampton Ltd"}, follow=True))
    new = DeliveryPartner.objects.exclude(pk=known.pk).get()
    assert new.slug == "the-university-of-wolverhampton-ltd"
    assert "has a name much like “University of Wolverhampton”" in told
    assert f'href="{page_of(known, new)}"' in told
    assert f'href="{LIST}"' in told
    assert "much like" not in text(desk.post(ADD, {"name": "Cumbria Teaching Alliance"}, follow=True))


def test_an_address_that_another_has_or_had_is_numbered(desk, pair):
    desk.post(page_of(*pair), {**REASON, "keep": pair[0].pk})
    for name in ("Saffron-Learning", "Safron (Learning) Ltd", "Saffron: Learning", "千葉"):
        assert desk.post(ADD, {"name": name}).status_code == 302
    made = DeliveryPartner.objects.exclude(pk=pair[0].pk).order_by("pk").values_list("slug", flat=True)
    assert list(made) == ["saffron-learning-2", "safron-learning-ltd-2", "saffron-learning-3", "partner"]


@pytest.mark.parametrize("membership", [make.HubMembershipFactory, make.ProviderMembershipFactory])
def test_nobody_but_portal_staff(client, pair, membership):
    sign_in(client, membership().user)
    assert client.get(LIST).status_code == 403
    assert client.post(page_of(*pair), {**REASON, "keep": pair[0].pk}).status_code == 403
    assert DeliveryPartner.objects.count() == 2
