"""Dates of real years, known words, prices that are amounts, and no time without a date; how a new run is taught is
not known until somebody says so.
"""

import datetime
from decimal import Decimal

from django.db import migrations, models
from django.db.models import Q

YEARS = (datetime.date(2000, 1, 1), datetime.date(2099, 12, 31))
STATES = ["announced", "open", "full", "waiting_list", "closed", "running", "cancelled"]
MODES = ["", "face_to_face", "blended", "online"]
DAYS = ["", "weekday", "twilight", "saturday"]


def check(model: str, name: str, condition: Q) -> migrations.AddConstraint:
    return migrations.AddConstraint(model, models.CheckConstraint(condition=condition, name=name))


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0027_times_and_days_that_cannot_stand")]

    operations = [
        migrations.AlterField(
            model_name="courserun",
            name="mode",
            field=models.CharField(
                blank=True,
                choices=[("face_to_face", "Face to face"), ("blended", "Blended"), ("online", "Online")],
                help_text="Leave empty if not known.",
                max_length=12,
                verbose_name="taught",
            ),
        ),
        check("courserun", "course_run_state_is_known", Q(("state__in", STATES))),
        check("courserun", "course_run_mode_is_known", Q(("mode__in", MODES))),
        check("courserun", "course_run_days_are_known", Q(("days__in", DAYS))),
        check(
            "courserun",
            "course_run_dates_are_from_2000_to_2099",
            Q(
                ("starts_on__range", YEARS),
                ("ends_on__range", YEARS),
                ("apply_by__range", YEARS),
                ("price_as_of__range", YEARS),
                ("places_as_of__range", YEARS),
            ),
        ),
        migrations.RemoveConstraint("courserun", "course_run_price_above_zero"),
        check(
            "courserun",
            "course_run_price_is_an_amount",
            Q(("price__gt", 0), ("price__lte", Decimal("999999.99"))),
        ),
        check("session", "session_date_is_from_2000_to_2099", Q(("on__range", YEARS))),
        check(
            "session",
            "session_time_has_a_date",
            Q(("starts_at__isnull", True), ("on__isnull", False), _connector="OR"),
        ),
    ]
