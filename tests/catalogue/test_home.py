"""The front page: what the portal does, the term's state by day, and the start of each journey."""

from datetime import date

import pytest
from django.urls import reverse

from catalogue.models import Term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def home(client):
    answer = client.get(reverse("home"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_starts_the_three_journeys(client, today):
    page = home(client)
    for name in ("catalogue:qualifications", "funding:start", "applications:start"):
        assert f'href="{reverse(name)}"' in page


def test_it_leads_to_the_search(client, today):
    page = home(client)
    assert page.count('action="/search/"') == 1
    assert '<a class="govuk-service-navigation__link" href="/search/">Search</a>' in page


def test_it_says_that_registration_is_open_and_what_is_not_confirmed(client, today):
    page = home(client)
    assert "Registration for autumn 2026 is open." in page
    assert "not confirmed" in page


def test_it_says_when_registration_closes(client, today):
    Term.objects.filter(identifier="autumn-2026").update(registration_closes=date(2026, 12, 4))
    assert "is open until 4 December 2026" in home(client)


def test_it_says_that_registration_has_closed(client, today):
    Term.objects.filter(identifier="autumn-2026").update(registration_closes=date(2026, 12, 4))
    today(date(2026, 12, 5))
    page = home(client)
    assert "Registration for autumn 2026 has closed." in page
    assert "is open" not in page


def test_before_any_term_opens(client, today):
    today(date(2026, 1, 1))
    assert "No term is open for registering yet" in home(client)


def test_it_says_plainly_that_it_is_not_a_government_service(client, db):
    page = home(client)
    assert "NPQ Portal is not a government service." in page
    assert "GOV.UK" not in page


def test_only_reading(client, db):
    assert client.post(reverse("home")).status_code == 405
