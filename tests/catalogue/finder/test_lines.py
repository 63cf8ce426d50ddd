"""What the finder's list says of a run, in words."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.html import strip_tags

from catalogue.finder.lines import line, price
from catalogue.finder.runs import FoundRun, Venue
from tests.factories.catalogue import (
    CourseRunFactory,
    HubFactory,
    LeadProviderFactory,
    QualificationFactory,
    TermFactory,
)


def run(**fields):
    parts = {
        "pk": 7,
        "qualification": QualificationFactory.build(name="Headship"),
        "provider": LeadProviderFactory.build(name="Ambition"),
        "term": TermFactory.build(name="Autumn 2026"),
        "hub": None,
        "starts_on": date(2027, 1, 13),
        "apply_by": date(2027, 1, 4),
    }
    return CourseRunFactory.build(**{**parts, **fields})


def said(venue=None, **fields):
    return line(FoundRun(run(**fields), venue))


def test_when_it_starts():
    assert said().heading == "Headship, from 13 January 2027"
    assert said(starts_on=None).heading == "Headship, autumn 2026, date to be confirmed"


def test_who_teaches_it():
    taught_by = said(hub=HubFactory.build(name="Saffron", code="EE1")).taught_by
    assert strip_tags(said().taught_by) == "Ambition"
    assert strip_tags(taught_by) == "Saffron, with Ambition"
    assert 'href="/hubs/EE1/">Saffron</a>' in taught_by


def test_how_it_is_taught():
    assert said(mode="blended", days="twilight").how == (
        "Blended. Weekdays, after school. Apply by 4 January 2027."
    )
    assert said(mode="online", days="", apply_by=None).how == "Online."


@pytest.mark.parametrize(
    ("venue", "where", "distance"),
    [
        (Venue("The hall", "SK7 4AB", None), "The hall, SK7 4AB", ""),
        (Venue("", "SK7 4AB", 0), "SK7 4AB", "in or next to this area"),
        (Venue("", "SK7 4AB", 1), "SK7 4AB", "about 1 mile away"),
        (Venue("", "SK7 4AB", 12), "SK7 4AB", "about 12 miles away"),
        (None, "Venue to be confirmed", ""),
    ],
)
def test_where_it_is_taught(venue, where, distance):
    told = said(venue, mode="blended")
    assert (told.where, told.distance) == (where, distance)


@pytest.mark.parametrize("venue", [None, Venue("The hall", "SK7 4AB", 12)])
def test_online_is_taught_anywhere(venue):
    told = said(venue, mode="online")
    assert (told.where, told.distance) == ("Online, from anywhere", "")


@pytest.mark.parametrize(
    ("places", "taken", "words"),
    [(9, 8, "1 funded place left"), (9, 9, "0 funded places left"), (9, None, ""), (None, None, "")],
)
def test_places_left(places, taken, words):
    assert said(funded_places=places, funded_taken=taken).funded_left == words


@pytest.mark.parametrize(
    ("pounds", "vat", "words"),
    [
        ("1949.00", True, "£1,949 plus VAT"),
        ("899.50", False, "£899.50"),
        ("890.00", None, "£890, VAT not stated"),
        (None, None, ""),
    ],
)
def test_price(pounds, vat, words):
    assert price(run(price=pounds and Decimal(pounds), price_plus_vat=vat)) == words
