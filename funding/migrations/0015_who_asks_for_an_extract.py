"""Whoever has an extract taken signs that, and need not have uploaded it. Of earlier ones nobody knows who asked."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("funding", "0014_tries_of_extracts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            model_name="extractupload",
            name="asked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="extractupload",
            constraint=models.CheckConstraint(
                condition=models.Q(("asked_by__isnull", True), ("asked_at__isnull", False), _connector="OR"),
                name="extract_is_asked_for_by_somebody_at_some_time",
            ),
        ),
    ]
