"""Mails that may be ended with one click."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mail", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="outboxmessage",
            name="outbox_headers_are_one_line",
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="unsubscribe",
            field=models.URLField(blank=True, db_default="", max_length=300),
        ),
        migrations.AddConstraint(
            model_name="outboxmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("subject__regex", "[\\r\\n]"), _negated=True),
                    models.Q(("to__regex", "[\\r\\n]"), _negated=True),
                    models.Q(("unsubscribe__regex", "[\\r\\n]"), _negated=True),
                ),
                name="outbox_headers_are_one_line",
            ),
        ),
    ]
