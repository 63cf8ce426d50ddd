"""Each search name keeps a digest of what it was made of, so that an import makes only those again that differ.

The index on its establishment goes, as its unique index begins with that.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("funding", "0007_establishments_without_search_columns")]
    operations = [
        migrations.AddField(
            "searchname",
            "made_of",
            models.UUIDField(
                default="00000000-0000-0000-0000-000000000000",
                help_text="Digest of all that the establishment's names were made of.",
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            "searchname",
            "establishment",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="search_names",
                to="funding.establishment",
            ),
        ),
    ]
