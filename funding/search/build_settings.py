"""Works out the words that childcare settings are found by again, in the transaction that loads their file."""

from collections.abc import Iterator
from typing import Any

from funding.copying import copy_lines
from funding.models import ChildcareSetting, SearchSetting, SettingWord
from funding.search.build_words import rebuild_vocabulary
from funding.search.indexes import filled_at_once
from funding.search.names import Source, search_names

COPY = "COPY funding_searchsetting (setting_id, cost, vector) FROM STDIN"


def rebuild(cursor: Any) -> None:
    """Writes SearchSetting anew, and brings SettingWord in line. Call it within a transaction.

    A search meanwhile sees what was there before. Not to be run after an import of establishments: settings do not
    change with them.
    """
    # All of England's fit in memory, and nothing may be asked of the connection while it copies.
    rows = [row for setting in ChildcareSetting.objects.order_by("pk") for row in search_rows(setting)]
    with filled_at_once(cursor, SearchSetting, SettingWord):
        cursor.execute("DELETE FROM funding_searchsetting")
        copy_lines(cursor, COPY, (f"{key}\t{cost}\t{vector}" for key, cost, vector in rows))
        cursor.execute("ANALYZE funding_searchsetting (setting_id, cost)")
        rebuild_vocabulary(cursor, "funding_searchsetting", "funding_settingword")


def search_rows(setting: ChildcareSetting) -> Iterator[tuple[int, float, str]]:
    """Its row of SearchSetting: id, cost and vector. The number is there with its letters and without."""
    number = setting.ofsted_urn.casefold()
    source = Source(
        setting.pk,
        setting.name,
        is_open=True,
        urn=number,
        ukprn="".join(filter(str.isdigit, number)) if number[0].isalpha() else "",
        postcode=setting.postcode,
        la_name=setting.la_name,
        town=setting.town,
        region=setting.region,
    )
    return ((name.establishment_id, name.cost, name.vector) for name in search_names(source))
