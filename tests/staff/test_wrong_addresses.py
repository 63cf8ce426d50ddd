"""Addresses of the staff area that no page links to: a clear answer, never an error of ours, and no long work."""

import pytest

from npq_portal.staff.admin import MOST_SEARCH_WORDS

LIST = "/admin/accounts/user/"


@pytest.mark.parametrize("year", ["9999", "99999999999", "0", "x", "²"])
def test_a_year_that_no_calendar_has(portal_client, year):
    answer = portal_client.get(LIST, {"date_joined__year": year, "date_joined__month": "12"})
    assert (answer.status_code, answer.headers.get("Location")) == (302, f"{LIST}?e=1")


def test_a_search_reads_its_first_words_only(portal_client, django_assert_max_num_queries):
    with django_assert_max_num_queries(20) as asked:
        page = portal_client.get(LIST, {"q": " ".join(["word"] * 500)})
    assert page.status_code == 200
    conditions = max(query["sql"].count("'%word%'") for query in asked.captured_queries)
    assert 0 < conditions <= MOST_SEARCH_WORDS
