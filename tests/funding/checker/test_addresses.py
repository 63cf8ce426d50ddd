"""Addresses that say it all, so that they can be shared."""

from django.http import QueryDict

from funding.checker.addresses import address, apply_query, terms_address
from funding.checker.situation import Situation


def read(query: str) -> Situation:
    return Situation.read(QueryDict(query))


def test_a_school_has_a_page_of_its_own():
    school = read("setting=school&workplace=100000&head=yes")
    assert address(school, "headship") == "/funding/establishments/100000/?setting=school&head=yes#headship"
    assert address(Situation(workplace="100000")) == "/funding/establishments/100000/"


def test_who_has_no_school_is_told_at_the_check():
    assert address(Situation()) == "/funding/check/"
    assert address(read("england=no")) == "/funding/check/?england=no"
    assert (
        address(read("setting=early_years&workplace=none"))
        == "/funding/check/?setting=early_years&workplace=none"
    )


def test_term_by_term_there_is_no_term():
    school = read("setting=school&workplace=100000&term=autumn-2025")
    assert terms_address(school) == "/funding/terms/?setting=school&workplace=100000"


def test_applying_takes_along_what_it_would_ask():
    said = read("setting=school&workplace=100000&head=yes&had=npq-senco&term=autumn-2024")
    assert apply_query(said, "autumn-2026") == (
        "term=autumn-2026&setting=school&workplace=100000&head=yes&had=npq-senco"
    )
