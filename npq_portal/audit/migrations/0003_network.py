from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]

    operations = [
        migrations.AddField("auditevent", "network", models.CharField(blank=True, max_length=43)),
        migrations.AddConstraint(
            "auditevent",
            models.CheckConstraint(
                condition=models.Q(network__regex=r"^$|\.0/24$|::/48$"),
                name="audit_event_network_is_no_address",
            ),
        ),
    ]
