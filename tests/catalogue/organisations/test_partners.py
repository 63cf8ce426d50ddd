"""Delivery partners: with whom each works, and worked."""

from datetime import date

import pytest

from tests.catalogue.organisations.making import page, words
from tests.factories import catalogue as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def test_partnerships_of_today_and_of_the_past(client):
    partner = make.DeliveryPartnerFactory(name="The University", website="https://university.example/")
    now = make.PartnershipFactory(
        partner=partner, period="since autumn 2025", hub=make.HubFactory(name="A Hub")
    )
    past = make.PartnershipFactory(partner=partner, period="in 2022", is_past=True, seen_on=date(2026, 11, 1))
    text = page(client, "/partners/the-university/")
    told = words(text)
    assert f"{now.provider.name} , with A Hub Now Since autumn 2025 as of 22 November 2026" in told
    assert f"{past.provider.name} Past In 2022 as of 1 November 2026" in told
    assert f'href="/providers/{past.provider.slug}/"' in text
    assert 'href="https://university.example/"' in text


def test_its_courses(client):
    partner = make.DeliveryPartnerFactory(slug="the-university")
    run = make.CourseRunFactory(partner=partner, hub=None)
    text = page(client, "/partners/the-university/")
    assert f'href="/courses/{run.pk}/"' in text
    assert f"Lead providers of its courses {run.provider.name}" in words(text)
    assert 'href="/partners/the-university/"' in page(client, f"/courses/{run.pk}/")
    assert 'href="/partners/the-university/"' in page(client, "/courses/")


def test_nothing_known_is_said(client):
    make.DeliveryPartnerFactory(slug="the-university")
    told = words(page(client, "/partners/the-university/"))
    assert "No partnership is on record." in told
    assert "We know of no course to come" in told
