"""Websites and contact details, and the names that districts have in the register of schools."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0018_course_alerts")]

    operations = [
        migrations.AddField("leadprovider", "website", models.URLField(blank=True)),
        migrations.AddField("deliverypartner", "note", models.CharField(blank=True, max_length=300)),
        migrations.AddField("deliverypartner", "website", models.URLField(blank=True)),
        migrations.AddField("teachingschoolhub", "website", models.URLField(blank=True)),
        migrations.AddField(
            "teachingschoolhub",
            "email",
            models.EmailField(
                blank=True,
                help_text="The hub's own, not a person's.",
                max_length=254,
                verbose_name="e-mail",
            ),
        ),
        migrations.AddField(
            "teachingschoolhub",
            "telephone",
            models.CharField(blank=True, help_text="The hub's own, not a person's.", max_length=20),
        ),
        migrations.AddField(
            "teachingschoolhub",
            "contact_as_of",
            models.DateField(blank=True, null=True, verbose_name="contact details seen on"),
        ),
        migrations.AddConstraint(
            "teachingschoolhub",
            models.CheckConstraint(
                condition=Q(contact_as_of__isnull=False) | Q(website="", email="", telephone=""),
                name="hub_contact_has_its_day",
                violation_error_message="Enter the day these contact details were seen.",
            ),
        ),
        migrations.AddField(
            "hubarea",
            "is_main",
            models.BooleanField(
                default=True, help_text="Whether most of the district's schools are this authority's."
            ),
        ),
        migrations.AddField(
            "hubarea",
            "known_as",
            models.CharField(
                blank=True, help_text="What the register of schools calls the district.", max_length=80
            ),
        ),
    ]
