"""For the first page of portal staff, and the list of kinds of mail, in an outbox that only grows."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("mail", "0005_called_emails")]
    operations = [
        AddIndexConcurrently(
            "outboxmessage",
            models.Index(
                fields=["-queued_at", "-id"],
                condition=models.Q(state="dead"),
                name="outbox_given_up",
            ),
        ),
        AddIndexConcurrently(
            "outboxmessage",
            models.Index(fields=["template"], name="outbox_by_template"),
        ),
    ]
