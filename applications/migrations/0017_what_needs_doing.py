"""What the queue tells apart of applications that are with a provider, filled in for those that are there now."""

from django.db import migrations, models

FILL_IN = """
    UPDATE applications_application application SET awaits_scores = true
    WHERE state = 'submitted' AND EXISTS (
        SELECT FROM applications_providerform form, jsonb_array_elements(form.questions) question
        WHERE form.id = application.form_id AND question @> '{"scored": true}'
    );
    UPDATE applications_application application SET information_at = state_since
    WHERE state = 'submitted' AND EXISTS (
        SELECT FROM applications_message message
        WHERE message.application_id = application.id
            AND message.from_applicant AND message.written_at = application.state_since
    )
"""


class Migration(migrations.Migration):
    dependencies = [("applications", "0016_saved_filters")]

    operations = [
        migrations.AddField(
            model_name="application",
            name="awaits_scores",
            field=models.BooleanField(
                default=False,
                help_text="Its form has scored questions, and fewer than two people have scored them.",
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="information_at",
            field=models.DateTimeField(
                blank=True, help_text="When the applicant last answered what the provider asked.", null=True
            ),
        ),
        migrations.RunSQL(FILL_IN, migrations.RunSQL.noop),
    ]
