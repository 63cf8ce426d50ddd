"""What a mail is about stands in a column of its own, which is searched by an index.

Until now it was looked for inside `dedupe_key`. Rows that are there are told by it: every key was made as one of the
forms below, or names nothing that is about a row (a sign-in code, a notice about an account).
"""

from django.db import migrations, models
from django.db.models.functions import Upper

# "applications.erased_for:<number>" is of a sponsor who was deleted with the mail's address, and stays about nothing.
FILL = r"""
UPDATE mail_outboxmessage SET about = CASE
  WHEN dedupe_key ~ '^applications\.[a-z_]+:[0-9a-f]{8}-[0-9a-f-]{27}(:|$)'
    THEN 'applications.application:' || split_part(dedupe_key, ':', 2)
  WHEN dedupe_key ~ '^catalogue\.run_change:[0-9]+:[0-9a-f]{8}-[0-9a-f-]{27}$'
    THEN 'applications.application:' || split_part(dedupe_key, ':', 3)
  WHEN dedupe_key ~ '^catalogue\.course_alert(_asked)?:[0-9a-f-]+:'
    THEN 'catalogue.coursealert:' || split_part(dedupe_key, ':', 2)
  WHEN dedupe_key ~ '^accounts\.erased:[0-9a-f-]+$'
    THEN 'accounts.user:' || split_part(dedupe_key, ':', 2)
  ELSE '' END
 WHERE about = ''
"""


class Migration(migrations.Migration):
    dependencies = [("mail", "0003_forget_address")]

    operations = [
        migrations.AddField(
            "outboxmessage", "about", models.CharField(blank=True, db_default="", max_length=160)
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex("outboxmessage", models.Index(fields=["about"], name="outbox_by_about")),
        migrations.AddIndex("outboxmessage", models.Index(Upper("to"), name="outbox_by_address")),
        migrations.AddConstraint(
            "outboxmessage",
            models.CheckConstraint(
                condition=models.Q(about__regex=r"^$|^[a-z_]+\.[a-z_]+:."), name="outbox_about_is_a_reference"
            ),
        ),
    ]
