from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="fundedplaces",
            name="is_example",
            field=models.BooleanField(
                default=False,
                help_text="Made up for the demonstration: shown as an example.",
                verbose_name="example",
            ),
        ),
    ]
