"""The data for search engines under the enforced policy: no browser reports it, and it reads as data."""

import json

import pytest

from tests.factories.catalogue import CourseRunFactory, QualificationFactory, SessionFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_policy_lets_data_stand_and_refuses_what_runs(new_page):
    """`new_page` fails the test for every violation that the browser tells of."""
    run = CourseRunFactory(qualification=QualificationFactory(identifier="npq-headship", name="</script>"))
    SessionFactory(run=run)
    page = new_page()
    for path in (f"/courses/{run.pk}/", "/qualifications/headship/"):
        page.goto(path)
        data = page.locator('script[type="application/ld+json"]')
        assert json.loads(data.text_content())["@context"] == "https://schema.org"
        assert page.evaluate("document.scripts.length") == 3
