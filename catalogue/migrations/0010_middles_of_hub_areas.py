"""Where the districts lie that hubs serve, so that distances can be told from a district too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0009_venues_of_runs")]

    operations = [
        migrations.AddField(
            model_name="hubarea",
            name="easting",
            field=models.PositiveIntegerField(
                help_text="The middle of the district's schools. British National Grid, metres.", null=True
            ),
        ),
        migrations.AddField(
            model_name="hubarea",
            name="northing",
            field=models.PositiveIntegerField(help_text="British National Grid, metres.", null=True),
        ),
        migrations.AddConstraint(
            model_name="hubarea",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("easting__isnull", True), ("northing__isnull", True)),
                    models.Q(("easting__isnull", False), ("northing__isnull", False)),
                    _connector="OR",
                ),
                name="hub_area_middle_is_whole",
            ),
        ),
    ]
