"""When a run meets, what it costs and how many places it has, each figure with its day; who teaches a session."""

import django.core.validators
import django.db.models
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0007_postcode_areas")]

    operations = [
        migrations.AddField(
            model_name="courserun",
            name="days",
            field=models.CharField(
                blank=True,
                choices=[
                    ("weekday", "Weekdays, in school hours"),
                    ("twilight", "Weekdays, after school"),
                    ("saturday", "Saturdays"),
                ],
                help_text="When most sessions are. Leave empty while it is to be confirmed.",
                max_length=8,
                verbose_name="days and times",
            ),
        ),
        migrations.AddField(
            model_name="courserun",
            name="funded_places",
            field=models.SmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="funded places",
            ),
        ),
        migrations.AddField(
            model_name="courserun",
            name="funded_taken",
            field=models.SmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="funded places taken",
            ),
        ),
        migrations.AddField(
            model_name="courserun",
            name="paying_places",
            field=models.SmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="paying places",
            ),
        ),
        migrations.AddField(
            model_name="courserun",
            name="paying_taken",
            field=models.SmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="paying places taken",
            ),
        ),
        migrations.AddField(
            model_name="courserun",
            name="places_as_of",
            field=models.DateField(blank=True, null=True, verbose_name="places counted on"),
        ),
        migrations.AddField(
            model_name="courserun",
            name="price",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="price in pounds"
            ),
        ),
        migrations.AddField(
            model_name="courserun",
            name="price_as_of",
            field=models.DateField(blank=True, null=True, verbose_name="price seen on"),
        ),
        migrations.AddField(
            model_name="courserun",
            name="price_plus_vat",
            field=models.BooleanField(
                blank=True,
                help_text="Leave unknown where it is not said.",
                null=True,
                verbose_name="VAT is added",
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="facilitator",
            field=models.CharField(blank=True, max_length=120, verbose_name="taught by"),
        ),
        migrations.AddConstraint(
            model_name="courserun",
            constraint=models.CheckConstraint(
                condition=models.Q(("price__isnull", True), ("price__gt", 0), _connector="OR"),
                name="course_run_price_above_zero",
            ),
        ),
        migrations.AddConstraint(
            model_name="courserun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("price__isnull", True),
                        ("price_as_of__isnull", True),
                        ("price_plus_vat__isnull", True),
                    ),
                    models.Q(("price__isnull", False), ("price_as_of__isnull", False)),
                    _connector="OR",
                ),
                name="course_run_price_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="courserun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("funded_places__gte", 0),
                    ("funded_taken__gte", 0),
                    ("paying_places__gte", 0),
                    ("paying_taken__gte", 0),
                ),
                name="course_run_places_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="courserun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("funded_taken__isnull", True),
                    models.Q(
                        ("funded_places__isnull", False), ("funded_taken__lte", models.F("funded_places"))
                    ),
                    _connector="OR",
                ),
                name="course_run_funded_places_cover_those_taken",
            ),
        ),
        migrations.AddConstraint(
            model_name="courserun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("paying_taken__isnull", True),
                    models.Q(
                        ("paying_places__isnull", False), ("paying_taken__lte", models.F("paying_places"))
                    ),
                    _connector="OR",
                ),
                name="course_run_paying_places_cover_those_taken",
            ),
        ),
        migrations.AddConstraint(
            model_name="courserun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("funded_places__isnull", True),
                        ("paying_places__isnull", True),
                        ("places_as_of__isnull", True),
                    ),
                    models.Q(
                        ("places_as_of__isnull", False),
                        models.Q(
                            ("funded_places__isnull", False),
                            ("paying_places__isnull", False),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="course_run_places_have_their_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("postcode", ""),
                    ("postcode__regex", "^[A-Z]{1,2}\\d[A-Z\\d]? \\d[A-Z]{2}$"),
                    _connector="OR",
                ),
                name="session_postcode_is_whole",
            ),
        ),
    ]
