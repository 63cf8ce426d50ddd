"""The queue shows a waiting list in its own order."""

import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0032_decided_together"),
        ("catalogue", "0037_invitations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                models.Case(
                    models.When(
                        models.Q(("state", "submitted"), ("information_at", models.F("state_since"))),
                        then=models.Value(0),
                    ),
                    models.When(
                        models.Q(("state", "submitted"), ("awaits_scores", False)), then=models.Value(1)
                    ),
                    models.When(models.Q(("state", "submitted")), then=models.Value(2)),
                    models.When(models.Q(("state__in", ["offered"])), then=models.Value(3)),
                    models.When(models.Q(("state__in", ["awaiting_sponsor"])), then=models.Value(4)),
                    models.When(models.Q(("state__in", ["waiting_list"])), then=models.Value(5)),
                    models.When(models.Q(("state__in", ["more_information"])), then=models.Value(6)),
                    models.When(
                        models.Q(("state__in", ["form_started", "registered"])), then=models.Value(7)
                    ),
                    models.When(
                        models.Q(("state__in", ["accepted", "active", "deferred"])), then=models.Value(8)
                    ),
                    default=models.Value(9),
                    output_field=models.SmallIntegerField(),
                ),
                django.db.models.functions.comparison.Coalesce("waiting_number", models.Value(0)),
                django.db.models.functions.comparison.Coalesce("offer_ends_at", "state_since"),
                models.F("id"),
                condition=models.Q(("state", "draft"), _negated=True),
                name="application_queue_order",
            ),
        ),
        migrations.RemoveIndex(
            model_name="application",
            name="application_queue",
        ),
    ]
