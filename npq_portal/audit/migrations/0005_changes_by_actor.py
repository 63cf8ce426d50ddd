"""For what somebody changed, who mostly looks: few rows of theirs among very many."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("audit", "0004_searched")]
    operations = [
        AddIndexConcurrently(
            "auditevent",
            models.Index(
                "actor",
                models.F("at").desc(),
                models.F("id").desc(),
                condition=~models.Q(action__endswith=".viewed"),
                name="audit_event_changes_by_actor",
            ),
        )
    ]
