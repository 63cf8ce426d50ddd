"""The number of queries does not grow with the rows."""

import pytest
from django.db import transaction

from tests.factories import catalogue as make
from tests.people import PortalStaffFactory, sign_in

pytestmark = pytest.mark.django_db


def fill(rows):
    term = make.TermFactory()
    npqs = [
        make.QualificationFactory(slug="first" if number == 0 else f"n{number}") for number in range(rows)
    ]
    make.QualificationFactory(slug="other")
    for number in range(rows):
        make.OfferFactory(qualification=npqs[number], term=term)
        make.OfferFactory(qualification=npqs[0], term=term)
        make.FactFactory(qualification=npqs[0])
        make.PriceFactory(qualification=npqs[0])
        make.EditionFactory(qualification=npqs[0])
        make.StatementFactory(section=make.SectionFactory(qualification=npqs[0]))
        run = make.CourseRunFactory(qualification=npqs[0], term=term)
        make.SessionFactory(run=run)
        make.HubAreaFactory(hub=run.hub)


def test_comparing_four_asks_no_more_than_comparing_two(client, today, django_assert_num_queries):
    fill(4)
    with django_assert_num_queries(8):
        client.get("/compare/?npq=first&npq=n1&npq=n2&npq=n3")


class TestForOneAndForThirty:
    @pytest.fixture(scope="class", params=[1, 30])
    def rows(self, request, django_db_setup, django_db_blocker):
        """Made once for these tests, and gone after them."""
        with django_db_blocker.unblock(), transaction.atomic():
            fill(request.param)
            yield
            transaction.set_rollback(True)

    @pytest.mark.parametrize(
        ("url", "queries"),
        [
            ("/", 3),
            ("/qualifications/", 3),
            ("/qualifications/first/", 13),
            ("/compare/?npq=first&npq=other", 8),
        ],
    )
    def test_public_pages(self, client, today, django_assert_num_queries, rows, url, queries):
        with django_assert_num_queries(queries):
            assert client.get(url).status_code == 200

    @pytest.mark.parametrize(
        "model",
        [
            "courserun",
            "frameworksection",
            "frameworkstatement",
            "qualification",
            "leadprovider",
            "offer",
            "teachingschoolhub",
            "term",
        ],
    )
    def test_staff_lists(self, client, django_assert_max_num_queries, rows, model):
        sign_in(client, PortalStaffFactory())
        url = f"/admin/catalogue/{model}/"
        client.get(url)
        with django_assert_max_num_queries(16):
            assert client.get(url).status_code == 200
