"""What childcare settings are found by, after an import."""

import pytest
from django.db import connection

from funding.models import ChildcareSetting, SearchSetting, SettingWord
from funding.search import build_settings, search_settings
from tests.factories.funding import ChildcareSettingFactory

pytestmark = pytest.mark.django_db


def rebuild():
    with connection.cursor() as cursor:
        build_settings.rebuild(cursor)


def rows():
    words = SettingWord.objects.values_list("word", flat=True)
    return list(SearchSetting.objects.values_list("setting", "cost", "vector")), set(words)


def test_rows_are_those_that_the_factory_makes():
    """So that tests which make a setting search what an import would have made of it."""
    ChildcareSettingFactory(name="St Mary's Pre-School", ofsted_urn="EY101465")
    ChildcareSettingFactory(name="Sparkle Daycare", ofsted_urn="2501234", postcode="")
    made = rows()
    rebuild()
    assert rows() == made


def test_a_changed_name_is_found_and_the_old_one_is_not():
    setting = ChildcareSettingFactory(name="Sparkle")
    ChildcareSetting.objects.update(name="Rosewood")
    rebuild()
    assert search_settings("rosewood").results == [setting]
    assert search_settings("sparkle").results == []
    assert not SettingWord.objects.filter(word="sparkle").exists()


def test_a_setting_that_an_import_removed_leaves_nothing_behind():
    ChildcareSettingFactory(name="Sparkle")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM funding_childcaresetting")
    rebuild()
    assert rows() == ([], set())
    connection.check_constraints()
