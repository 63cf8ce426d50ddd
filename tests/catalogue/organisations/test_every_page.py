"""What all pages of organisations have in common."""

import re

import pytest

from tests.catalogue.organisations.making import page
from tests.factories import catalogue as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def fill(rows):
    """One of each organisation with many of everything, and many others."""
    term = make.TermFactory()
    provider, hub = make.LeadProviderFactory(slug="provider"), make.HubFactory(code="SE4")
    partner = make.DeliveryPartnerFactory(slug="partner")
    for number in range(rows):
        npq = make.QualificationFactory()
        make.OfferFactory(provider=provider, term=term, qualification=npq)
        make.HubAreaFactory(hub=hub, district_code=f"E{number}", district_name=f"Place {number}")
        make.HubAreaFactory(district_code=f"E{number}", district_name=f"Place {number}")
        make.PostcodeDistrictFactory(outward_code="SK7", district_code=f"E{number}")
        price = {"price": 900 + number, "price_as_of": term.registration_opens}
        whose = {"provider": provider, "hub": hub, "partner": partner, "qualification": npq, "term": term}
        make.SessionFactory(run=make.CourseRunFactory(**whose, **price), postcode="SK7 4AB")
        make.CourseRunFactory(**{**whose, "starts_on": term.registration_opens, "apply_by": None})
        make.CourseRunFactory(**{**whose, "hub": make.HubFactory(), "provider": make.LeadProviderFactory()})
        make.CourseRunFactory(**{**whose, "hub": None, "partner": make.DeliveryPartnerFactory()})
        make.PartnershipFactory(provider=provider, hub=hub, partner=partner, period=f"in {number}")
        make.LeadProviderFactory(left_on="2024")


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/providers/", 6),
        ("/providers/provider/", 15),
        ("/partners/partner/", 9),
        ("/hubs/", 3),
        ("/hubs/?place=SK7", 6),
        ("/hubs/?place=Place+0", 3),
        ("/hubs/?place=Narnia", 5),
        ("/hubs/SE4/", 12),
    ],
)
def test_queries(client, django_assert_num_queries, rows, address, queries):
    fill(rows)
    with django_assert_num_queries(queries):
        page(client, address)


def test_titles_descriptions_and_headings(client):
    make.HubFactory(code="EE2", name="Unity")
    make.HubFactory(code="EE6", name="Unity")
    make.LeadProviderFactory(slug="one")
    make.LeadProviderFactory(slug="two", left_on="2024")
    make.DeliveryPartnerFactory(slug="three")
    addresses = [
        "/providers/",
        "/providers/one/",
        "/providers/two/",
        "/partners/three/",
        "/hubs/",
        "/hubs/EE2/",
    ]
    addresses += ["/hubs/EE6/"]
    pages = [page(client, address) for address in addresses]
    for part in (r"<title>(.+?)</title>", r'<meta name="description" content="(.+?)">'):
        found = [re.search(part, text).group(1) for text in pages]
        assert len(set(found)) == len(pages), found
    assert all(text.count("<h1") == 1 for text in pages)
    assert all(text.count('aria-current="true"') == 1 for text in pages)
