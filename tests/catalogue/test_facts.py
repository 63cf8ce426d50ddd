"""What was loaded says what the facts file says: pinned here by hand, one line for each NPQ."""

from datetime import date

import pytest

from catalogue.models import (
    FrameworkEdition,
    LeadProvider,
    Offer,
    PriceSeen,
    Qualification,
    QualificationFact,
    Term,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

# code, identifier, category, taught months, shortest and longest with assessment
SUITE = [
    ("NPQLTD", "npq-leading-teaching-development", "specialist", 12, 15, 15),
    ("NPQLT", "npq-leading-teaching", "specialist", 12, 15, 15),
    ("NPQLBC", "npq-leading-behaviour-culture", "specialist", 12, 15, 15),
    ("NPQLL", "npq-leading-literacy", "specialist", 12, 15, 15),
    ("NPQLPM", "npq-leading-primary-mathematics", "specialist", 12, 15, 15),
    ("NPQSL", "npq-senior-leadership", "leadership", 18, 21, 22),
    ("NPQH", "npq-headship", "leadership", 18, 21, 22),
    ("NPQEL", "npq-executive-leadership", "leadership", 18, 21, 22),
    ("NPQEYL", "npq-early-years-leadership", "leadership", 18, 21, 22),
    ("NPQSENCO", "npq-senco", "leadership", 18, 21, 22),
    ("EHCO", "npq-early-headship-coaching-offer", "coaching", 12, 12, 12),
]
# (code, reference) -> (size in KB, pages) of the July 2021 and the December 2022 edition
EDITIONS = {
    ("NPQLTD", "DfE-00185-2020"): [(318, 24), (272, 24)],
    ("NPQLBC", "DfE-00184-2020"): [(365, 33), (328, 33)],
    ("NPQLT", "DfE-00186-2020"): [(447, 46), (455, 45)],
    ("NPQSL", "DfE-00187-2020"): [(539, 60), (570, 61)],
    ("NPQH", "DfE-00182-2020"): [(539, 60), (554, 61)],
    ("NPQEL", "DfE-00183-2020"): [(548, 61), (562, 61)],
    ("NPQLL", ""): [(372, 31)],
    ("NPQEYL", ""): [(448, 50)],
}
SECTIONS = {
    "NPQLTD": 4,
    "NPQLBC": 6,
    "NPQLT": 9,
    "NPQSL": 10,
    "NPQH": 10,
    "NPQEL": 10,
    "NPQLL": 6,
    "NPQEYL": 7,
    "NPQLPM": 8,
    "NPQSENCO": 8,
    "EHCO": 0,
}
PRICES = {
    "NPQLT": {"autumn 2024": 899, "spring 2025": 885, "autumn 2025": 890},
    "NPQSL": {"autumn 2024": 1090, "spring 2025": 1055, "autumn 2025": 1333},
    "NPQEYL": {"autumn 2024": 1090, "spring 2025": 1055},
    "NPQSENCO": {"autumn 2024": 1265, "spring 2025": 1265, "autumn 2025": 1333},
    "NPQH": {"autumn 2024": 1885, "spring 2025": 1885, "autumn 2025": 1970, "autumn 2026": 1949},
    "NPQEL": {"autumn 2024": 3890, "spring 2025": 4099, "autumn 2025": 4085},
    "EHCO": {"2023 to 2024": 800},
}
ALL = {code for code, *_ in SUITE}
NOT_OFFERED = {
    "Ambition Institute": set(),
    "National Institute of Teaching": set(),
    "Teach First": set(),
    "UCL Institute of Education": set(),
    "Best Practice Network": {"NPQEYL", "NPQLL", "NPQLPM"},
    "Church of England": {"NPQEYL", "NPQLL"},
    "LLSE": {"NPQEYL", "NPQLL", "NPQSENCO"},
}
TERMS = [
    "autumn-2021-first",
    "autumn-2021",
    "spring-2022",
    "autumn-2022",
    "spring-2023",
    "autumn-2023",
    "spring-2024",
    "autumn-2024",
    "spring-2025",
    "autumn-2025",
    "spring-2026",
    "autumn-2026",
]


def test_the_suite_in_order():
    rows = Qualification.objects.shown().order_by("position")
    fields = ("code", "identifier", "category", "taught_months", "total_months_low", "total_months_high")
    assert list(rows.values_list(*fields)) == SUITE


@pytest.mark.parametrize(("code", "reference"), EDITIONS)
def test_editions(code, reference):
    editions = FrameworkEdition.objects.filter(qualification__code=code, size_kb__isnull=False)
    rows = list(editions.order_by("published_on").values_list("size_kb", "pages"))
    assert rows == EDITIONS[code, reference]
    assert set(editions.values_list("reference", flat=True)) == {reference}
    assert editions.order_by("published_on").last().published_on == date(2022, 12, 20)


def test_sections():
    counted = {npq.code: npq.framework_sections.count() for npq in Qualification.objects.shown()}
    assert counted == SECTIONS


@pytest.mark.parametrize(("code", "certain"), [("NPQLPM", False), ("NPQSENCO", False), ("NPQH", True)])
def test_headings_that_were_not_confirmed_say_so(code, certain):
    sections = Qualification.objects.get(code=code).framework_sections
    assert set(sections.values_list("certain", flat=True)) == {certain}


@pytest.mark.parametrize("code", PRICES)
def test_prices(code):
    seen = PriceSeen.objects.filter(qualification__code=code)
    assert {price.seen_in: price.pounds for price in seen} == PRICES[code]


def test_only_prices_said_to_be_plus_vat_say_so():
    said = PriceSeen.objects.filter(plus_vat=True).values_list("seen_in", flat=True)
    assert set(said) == {"autumn 2025", "autumn 2026"}


@pytest.mark.parametrize("provider", NOT_OFFERED)
def test_offers_in_autumn_2026(provider):
    offers = Offer.objects.filter(provider__name=provider, term__identifier="autumn-2026")
    assert set(offers.values_list("qualification__code", flat=True)) == ALL - NOT_OFFERED[provider]


def test_offers_in_spring_2026():
    offers = Offer.objects.filter(term__identifier="spring-2026")
    assert set(offers.values_list("provider__name", flat=True)) == {"Best Practice Network", "LLSE"}


def test_providers_that_left_offer_nothing():
    left = LeadProvider.objects.exclude(left_on="")
    assert left.count() == 4
    assert not Offer.objects.filter(provider__in=left).exists()


def test_only_grades_that_were_seen():
    graded = LeadProvider.objects.exclude(ofsted_grade="").values_list("name", "ofsted_grade", "ofsted_on")
    assert set(graded) == {
        ("UCL Institute of Education", "outstanding", date(2024, 6, 1)),
        ("Church of England", "outstanding", date(2024, 5, 1)),
    }


def test_terms_in_order():
    assert list(Term.objects.order_by("position").values_list("identifier", flat=True)) == TERMS


def test_every_fact_has_its_date():
    assert not QualificationFact.objects.filter(as_of=None).exists()


def test_what_was_not_confirmed_is_marked():
    unsure = QualificationFact.objects.filter(certain=False)
    assert set(unsure.values_list("qualification__code", "kind")) == {
        ("NPQLPM", "since"),
        ("NPQSENCO", "assessment"),
    }
