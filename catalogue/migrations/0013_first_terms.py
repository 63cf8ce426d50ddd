"""The term an NPQ was first taught in."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0012_framework_statements")]

    operations = [
        migrations.AddField(
            model_name="qualification",
            name="first_term",
            field=models.ForeignKey(
                help_text="The term it was first taught in, in its present form. Empty where that was not confirmed.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalogue.term",
            ),
        ),
    ]
