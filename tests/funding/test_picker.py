"""Choosing a childcare setting: the page of results, and the components that show it."""

import pytest
from django.template import engines
from django.test import RequestFactory

from funding import picker
from tests.factories.funding import ChildcareSettingFactory, EstablishmentFactory, ImportRunFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
RESULTS = '{% include "components/workplace_results.html" with choose="radio" radio_name="ofsted" %}'


def shown(source, query="", **context):
    request = RequestFactory().get("/", {"q": query})
    return engines["django"].from_string(source).render(context, request)


def shown_results(query, page=None):
    return shown(RESULTS, query, found=picker.setting_results(query, page))


def test_a_page_of_settings():
    for _ in range(12):
        ChildcareSettingFactory(name="Rosewood Nursery")
    second = picker.setting_results("rosewood", "2")
    assert (len(second.candidates), second.total, second.noun) == (2, 12, "setting")
    assert picker.setting_results("rosewood", "99").page.number == 2


@pytest.mark.parametrize("typed", ["\x00", "x" * 10_000, "\N{PARTY POPPER}", ""])
def test_any_text_is_taken_for_either(typed):
    assert picker.setting_results(typed, typed).candidates == []


def test_queries_do_not_grow_with_the_results():
    ChildcareSettingFactory(name="Rosewood Nursery")
    for_one = queries_of(lambda: shown_results("rosewood"))
    for _ in range(11):
        ChildcareSettingFactory(name="Rosewood Nursery")
    assert picker.setting_results("rosewood").total == 12
    assert queries_of(lambda: shown_results("rosewood")) == for_one == 1


def test_each_is_a_radio_button_that_says_what_and_where_it_is():
    ChildcareSettingFactory(name="Rosewood <i>Nursery", ofsted_urn="EY319354")
    html = shown_results("rosewood")
    assert "1 setting for “rosewood”" in html
    assert 'name="ofsted" type="radio" value="EY319354"' in html
    assert 'for="ofsted-EY319354">Rosewood &lt;i&gt;Nursery</label>' in html
    assert "Leeds, LS8 5DT. Full day care. Ofsted URN EY319354" in html
    assert 'aria-labelledby="settings-found"' in html


def test_pages_are_of_settings():
    for _ in range(12):
        ChildcareSettingFactory(name="Rosewood Nursery")
    html = shown_results("rosewood")
    assert "12 settings for “rosewood”" in html
    assert 'aria-label="Settings, pages"' in html


def test_numbers_that_only_begin_so_are_told_apart():
    for number in ("EY319354", "3193541"):
        ChildcareSettingFactory(ofsted_urn=number)
    html = shown_results("3193")
    assert "The others have a number that begins with 3193." in html
    assert "UKPRN" not in html


def test_nothing_found_says_who_is_not_here():
    ImportRunFactory(source="childcare", as_of="31 August 2021")
    html = shown_results("zzzzqqqq")
    assert "Childminders are not in this list" in html
    assert "registered after 31 August 2021" in html


def test_nothing_found_of_workplaces_says_nothing_of_childminders():
    html = shown(RESULTS, found=picker.results("zzzzqqqq"))
    assert "Try fewer words" in html
    assert "Childminders" not in html


def test_the_search_box_asks_for_settings():
    html = shown('{% include "components/setting_search.html" with name="setting" value="rose" %}')
    assert 'data-source="/funding/settings.json"' in html
    assert 'data-go="answer"' in html
    assert 'data-answer-name="ofsted"' in html
    assert 'id="id_setting" name="setting" type="search" value="rose"' in html
    assert "Ofsted URN" in html


def test_the_search_box_for_workplaces_is_as_it_was():
    html = shown('{% include "components/workplace_search.html" %}')
    assert 'data-source="/funding/workplaces.json"' in html
    assert 'data-answer-name="workplace"' in html
    assert "URN or UKPRN" in html


def test_workplaces_stay_workplaces():
    EstablishmentFactory(name="Grange School", urn="100000")
    html = shown(
        '{% include "components/workplace_results.html" with choose="radio" %}',
        found=picker.results("grange"),
    )
    assert "1 workplace for “grange”" in html
    assert 'id="workplace-100000" name="workplace"' in html
