from django.db import migrations, models


def number(apps, schema_editor):
    """Whoever waits already keeps the order in which they began to."""
    waiting = apps.get_model("applications", "Application").objects.filter(state="waiting_list")
    for application in waiting.order_by("state_since", "pk"):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT nextval('applications_waiting_number')")
            waiting.filter(pk=application.pk).update(waiting_number=cursor.fetchone()[0])


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0006_messages_and_training"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE applications_waiting_number AS integer",
            "DROP SEQUENCE applications_waiting_number",
        ),
        migrations.AddField(
            model_name="application",
            name="offer_ends_at",
            field=models.DateTimeField(
                blank=True, help_text="Until then a funded place is held for the person.", null=True
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="waiting_number",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="The lowest is next, among those who wait for the same provider, NPQ and term. Numbers have gaps.",
                null=True,
            ),
        ),
        migrations.RunPython(number, migrations.RunPython.noop),
    ]
