"""Whoever was rejected or has withdrawn after being accepted still had, by their row, the place that was given back."""

from django.db import migrations, models

TAKEN_ON = ["accepted", "active", "deferred", "failed", "left_training", "passed"]
# Who is not told of a rejection yet keeps beside it (`before_decision`) the place that undoing it takes again.
GIVEN_BACK = """
    UPDATE applications_application SET funded_place = NULL
    WHERE funded_place IS NOT NULL AND state IN ('rejected', 'withdrawn')
"""


class Migration(migrations.Migration):
    dependencies = [("applications", "0030_accounts_to_merge")]

    operations = [
        migrations.RunSQL(GIVEN_BACK, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="application",
            name="funded_place",
            field=models.BooleanField(
                blank=True, help_text="Known while the provider has taken the person on.", null=True
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", TAKEN_ON), ("funded_place__isnull", True), _connector="OR"),
                name="application_place_while_taken_on",
            ),
        ),
    ]
