"""The search follows an import in a transaction of its own. Runs of before count as not in the search: it is brought in
line once more, which writes nothing where nothing differs.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("funding", "0011_edition_upload_doubt")]
    operations = [
        migrations.AddField(
            model_name="importrun",
            name="in_search",
            field=models.BooleanField(
                default=False,
                help_text="The search was brought in line with it. Never so where it is not searched.",
            ),
        ),
    ]
