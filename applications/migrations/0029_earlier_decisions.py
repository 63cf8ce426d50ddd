from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0028_erased_when_kept_long_enough"),
    ]

    operations = [
        migrations.AddField(
            model_name="application",
            name="earlier_decisions",
            field=models.JSONField(
                blank=True,
                default=list,
                editable=False,
                help_text="What was decided before portal staff changed the term or the NPQ, each with its trace.",
            ),
        ),
    ]
