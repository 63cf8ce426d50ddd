"""Times read by 24 hours where Django itself writes them, in the staff area, as they do on the portal's own pages."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.contrib.admin.utils import display_for_value
from django.utils.formats import date_format, time_format


def test_in_the_staff_area():
    at = datetime(2026, 11, 22, 16, 1, tzinfo=ZoneInfo("Europe/London"))
    assert display_for_value(at, "-") == date_format(at, "DATETIME_FORMAT") == "22 Nov 2026, 16:01"
    assert display_for_value(at.date(), "-") == "22 Nov 2026"
    assert time_format(time(19, 0)) == "19:00"
