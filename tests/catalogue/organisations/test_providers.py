"""Lead providers: the list, and the page of each."""

from datetime import date

import pytest

from tests.catalogue.conftest import DAY
from tests.catalogue.organisations.making import page, words
from tests.factories import catalogue as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def test_the_list_tells_what_each_offers_and_who_left(client):
    term = make.TermFactory()
    provider = make.LeadProviderFactory(
        name="Teach Well", note="A charity.", ofsted_grade="outstanding", ofsted_on=date(2024, 6, 1)
    )
    make.OfferFactory(provider=provider, term=term)
    make.OfferFactory(provider=provider, term=term)
    make.CourseRunFactory(provider=provider, term=term)
    make.LeadProviderFactory(name="Gone Network", left_on="January 2023")
    make.DeliveryPartnerFactory(name="The University", note="In the North.")
    text = page(client, "/providers/")
    told = words(text)
    assert "Teach Well A charity. Offers 2 NPQs in autumn 2026 · 1 course to come" in told
    assert "Ofsted: outstanding in June 2024" in told
    assert told.index("Lead providers of the past") < told.index("Gone Network Left: January 2023")
    assert 'href="/providers/teach-well/"' in text
    assert 'href="/partners/the-university/"' in text


def test_offers_by_term(client):
    provider = make.LeadProviderFactory(slug="teach-well")
    autumn, spring = make.TermFactory(), make.TermFactory(identifier="spring-2026")
    headship = make.QualificationFactory(name="Headship")
    literacy = make.QualificationFactory(name="Leading literacy")
    make.OfferFactory(provider=provider, term=autumn, qualification=headship)
    make.OfferFactory(term=spring, qualification=literacy)
    make.TermFactory(identifier="autumn-2021")
    told = words(page(client, "/providers/teach-well/"))
    assert "NPQ Spring 2026 Autumn 2026 Headship Not offered Offered" in told
    assert "Leading literacy Not offered Not offered" in told
    assert "Offers as of 22 November 2026" in told
    assert "Autumn 2021" not in told


def test_a_grade_is_shown_only_where_it_is_known(client):
    make.LeadProviderFactory(slug="graded", ofsted_grade="good", ofsted_on=date(2024, 5, 1))
    make.LeadProviderFactory(slug="not-graded")
    assert "Ofsted grade Good in May 2024" in words(page(client, "/providers/graded/"))
    assert "Ofsted" not in page(client, "/providers/not-graded/")


def test_courses_with_a_way_to_all_of_them(client):
    provider = make.LeadProviderFactory(slug="teach-well")
    for _ in range(6):
        make.CourseRunFactory(provider=provider)
    text = page(client, "/providers/teach-well/")
    assert text.count('class="portal-course"') == 5
    assert 'href="/courses/?provider=teach-well">See all 6 of these courses in the course finder<' in text


def test_who_teaches_with_it(client):
    provider = make.LeadProviderFactory(slug="teach-well")
    real = make.CourseRunFactory(provider=provider, hub=make.HubFactory(name="A Hub"))
    make.CourseRunFactory(provider=provider, hub=make.HubFactory(name="Made-up Hub"), is_example=True)
    make.CourseRunFactory(provider=provider, hub=real.hub, is_example=True)
    make.CourseRunFactory(
        provider=provider, hub=None, partner=make.DeliveryPartnerFactory(name="The Partner")
    )
    told = words(page(client, "/providers/teach-well/"))
    with_it = told[told.index("Who teaches with it") :]
    assert with_it.index("A Hub") < with_it.index("Example Named by courses") < with_it.index("Made-up Hub")
    assert "The Partner" in with_it


def test_prices_seen_with_their_days_and_examples_apart(client):
    provider = make.LeadProviderFactory(slug="teach-well")
    headship = make.QualificationFactory(name="Headship")
    for price, seen in ((1949, date(2026, 11, 1)), (1885, date(2026, 10, 1))):
        make.CourseRunFactory(
            provider=provider, qualification=headship, price=price, price_plus_vat=True, price_as_of=seen
        )
    make.CourseRunFactory(
        provider=provider, qualification=headship, price=10, price_as_of=DAY, is_example=True
    )
    told = words(page(client, "/providers/teach-well/"))
    assert "Headship £1,885 to £1,949 plus VAT 1 November 2026" in told
    assert "Example Of courses that are made up" in told
    assert "Headship £10 VAT not stated 22 November 2026" in told


def test_one_that_left_is_past_and_offers_nothing(client):
    past = make.LeadProviderFactory(name="Gone Network", left_on="January 2023")
    term = make.TermFactory(identifier="autumn-2021", starts_on=date(2021, 11, 1), registration_opens=None)
    run = make.CourseRunFactory(
        provider=past, term=term, starts_on=None, ends_on=None, apply_by=None, state="closed"
    )
    make.PartnershipFactory(
        provider=past, partner=None, hub=run.hub, period="until January 2023", is_past=True, text="They met."
    )
    text = page(client, "/providers/gone-network/")
    told = words(text)
    assert "Gone Network is not a lead provider any more. When it left: January 2023." in told
    assert f"{run.hub.name} Past Until January 2023 They met. as of 22 November 2026" in told
    assert f"Autumn 2021 {run.qualification.name}, dates to be confirmed" in told
    assert f'href="/courses/{run.pk}/"' in text
    assert "Courses to come" not in told
    assert "/apply/?" not in text


def test_nobody_knows_what_a_new_one_offers(client):
    make.LeadProviderFactory(name="New", slug="new")
    told = words(page(client, "/providers/new/"))
    assert "We do not know yet what New offers." in told
    assert "We know of no course to come with New." in told


@pytest.mark.parametrize("address", ["/providers/nobody/", "/partners/nobody/", "/hubs/NOBODY/"])
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_nothing_takes_a_post(client):
    make.LeadProviderFactory(slug="teach-well")
    assert client.post("/providers/").status_code == client.post("/providers/teach-well/").status_code == 405


def test_the_ways_to_a_provider(client):
    term = make.TermFactory()
    run = make.CourseRunFactory(term=term)
    npq = run.qualification
    make.OfferFactory(provider=run.provider, qualification=npq, term=term)
    other = make.OfferFactory(term=term).qualification
    link = f'href="/providers/{run.provider.slug}/"'
    for address in (
        "/providers/",
        "/courses/",
        f"/courses/{run.pk}/",
        f"/qualifications/{npq.slug}/",
        f"/compare/?npq={npq.slug}&npq={other.slug}",
        f"/hubs/{run.hub.code}/",
    ):
        assert link in page(client, address), address
    assert 'href="/providers/"' in page(client, "/qualifications/")
