"""The pages about the portal itself."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
PAGES = ["accessibility", "privacy", "cookies", "contact", "data_sources"]


@pytest.mark.parametrize("name", PAGES)
def test_it_answers_and_the_footer_leads_to_it(client, name):
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert f'href="{reverse(name)}"' in client.get("/").content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_all_that_it_asks_for_is_the_banner(client, name, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(reverse(name))


def test_titles_differ(client):
    titles = {client.get(reverse(name)).content.decode().split("<title>")[1].split("<")[0] for name in PAGES}
    assert len(titles) == len(PAGES)


def test_data_sources_name_the_licence_and_the_dates(client):
    page = client.get(reverse("data_sources")).content.decode()
    assert "Open Government Licence v3.0" in page
    assert "31 August 2021" in page
    assert "Autumn 2024, spring 2025 and autumn 2025 editions" in page


def test_cookies_are_those_that_are_set(client, settings):
    page = client.get(reverse("cookies")).content.decode()
    assert settings.SESSION_COOKIE_NAME in page
    assert settings.CSRF_COOKIE_NAME in page


def test_contact_names_the_address_that_was_given(client, settings):
    settings.PORTAL_CONTACT_EMAIL = "help@example.test"
    assert "mailto:help@example.test" in client.get(reverse("contact")).content.decode()


def test_contact_marks_an_example_address_and_names_no_setting(client, settings):
    settings.PORTAL_CONTACT_EMAIL = ""
    page = client.get(reverse("contact")).content.decode()
    assert f"mailto:{settings.EXAMPLE_CONTACT_EMAIL}" in page
    assert "This is an example address" in page
    assert "PORTAL_" not in page


def test_contact_does_not_call_a_real_address_an_example(client, settings):
    settings.PORTAL_CONTACT_EMAIL = "help@example.test"
    assert "This is an example address" not in client.get(reverse("contact")).content.decode()
