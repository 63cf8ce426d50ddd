"""Sessions get a table in which somebody's are found by an index. Nobody is signed out by it, there or back."""

from itertools import islice

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.utils import timezone

from npq_portal.accounts.sessions import SessionStore, addresses_in, user_key_in

AT_ONCE = 2_000
BACK = """
INSERT INTO django_session (session_key, session_data, expire_date)
SELECT session_key, session_data, expire_date FROM accounts_session
ON CONFLICT (session_key) DO UPDATE SET session_data = EXCLUDED.session_data, expire_date = EXCLUDED.expire_date
"""


def carry_over(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Each as it is, with whom it is about; the table they came from is left empty."""
    old, new = apps.get_model("sessions", "Session"), apps.get_model("accounts", "Session")
    live = old.objects.filter(expire_date__gt=timezone.now()).iterator(chunk_size=AT_ONCE)
    store = SessionStore()
    while some := [(each, store.decode(each.session_data)) for each in islice(live, AT_ONCE)]:
        new.objects.bulk_create(
            new(
                session_key=each.session_key,
                session_data=each.session_data,
                expire_date=each.expire_date,
                user_key=user_key_in(data),
                addresses=addresses_in(data),
            )
            for each, data in some
        )
    old.objects.all().delete()


def carry_back(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute(BACK)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_erased"), ("sessions", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("user_key", models.UUIDField(null=True)),
                (
                    "addresses",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), db_default=[], default=list, size=None
                    ),
                ),
            ],
        ),
        migrations.RunPython(carry_over, carry_back),
        migrations.AddIndex(
            "session",
            models.Index(
                fields=["user_key"],
                name="session_by_user",
                condition=models.Q(("user_key__isnull", False)),
            ),
        ),
        migrations.AddIndex(
            "session",
            django.contrib.postgres.indexes.GinIndex(fields=["addresses"], name="session_by_address"),
        ),
    ]
