"""What the filters can be on a day."""

from datetime import date

import pytest

from catalogue.finder.choices import choices_on
from tests.factories.catalogue import HubFactory, LeadProviderFactory, QualificationFactory

pytestmark = pytest.mark.django_db


def test_they_are_what_there_is(django_assert_num_queries):
    QualificationFactory(identifier="npq-headship", slug="headship", code="NPQH", name="Headship")
    QualificationFactory(identifier="npq-hidden", hidden=True)
    LeadProviderFactory(name="Here", slug="here")
    LeadProviderFactory(name="Gone", slug="gone", left_on="2024")
    HubFactory(code="EE1", name="Saffron")
    with django_assert_num_queries(3):
        choices = choices_on(date(2026, 11, 22))
    assert choices.npq == {"headship": "Headship"}
    assert choices.names == dict.fromkeys(["headship", "npq-headship", "npqh"], "headship")
    assert choices.provider == {"here": "Here"}
    assert choices.hub == {"EE1": "Saffron (EE1)"}


def test_twelve_months_from_this_one():
    months = choices_on(date(2026, 11, 22)).start
    assert list(months)[:3] == ["2026-11", "2026-12", "2027-01"]
    assert (len(months), months["2027-10"]) == (12, "October 2027")
