"""The list of eleven."""

import re

import pytest
from django.urls import reverse

from catalogue.models import Offer, Qualification

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
URL = "/qualifications/"


def test_the_eleven_in_their_groups(client, today):
    page = client.get(URL).content.decode()
    names = re.findall(r'<h3[^>]*><a class="govuk-link" href="[^"]*">([^<]*)</a>', page)
    assert names == list(Qualification.objects.shown().order_by("position").values_list("name", flat=True))
    assert re.findall(r"<h2 class=\"govuk-heading-l\"[^>]*>([^<]*)</h2>", page) == [
        "Specialist NPQs",
        "Leadership NPQs",
        "Coaching",
    ]


def test_the_hidden_one_is_not_there(client, today):
    assert "Additional support offer" not in client.get(URL).content.decode()


def test_how_many_providers_offer_each(client, today):
    page = client.get(URL).content.decode()
    assert page.count("7 lead providers in autumn 2026") == 7
    assert page.count("6 lead providers in autumn 2026") == 2
    assert page.count("4 lead providers in autumn 2026") == 2


def test_one_that_nobody_offers_says_so(client, today):
    Offer.objects.filter(qualification__code="NPQLL").delete()
    assert client.get(URL).content.decode().count("not offered in autumn 2026") == 1


def test_each_links_to_its_page(client, today):
    page = client.get(URL).content.decode()
    for npq in Qualification.objects.shown():
        assert f'href="{reverse("catalogue:qualification", args=[npq.slug])}"' in page


def test_each_can_be_ticked_to_be_compared(client, today):
    page = client.get(URL).content.decode()
    assert '<form id="compare" method="get" action="/compare/">' in page
    slugs = list(Qualification.objects.shown().order_by("position").values_list("slug", flat=True))
    assert re.findall(r'name="npq" type="checkbox" value="([^"]*)" form="compare"', page) == slugs
