"""For the way back alone, and apart from 0008: Postgres changes no table whose rows have checks to come."""

from django.db import migrations, models


def end_offers(apps, schema_editor):
    """The states before this knew no offer: whoever has one is with the provider again, and its place is free."""
    application, places = (apps.get_model("applications", name) for name in ("Application", "FundedPlaces"))
    for offered in application.objects.filter(state="offered"):
        alike = {name: getattr(offered, f"{name}_id") for name in ("provider", "qualification", "term")}
        places.objects.filter(**alike, taken__gt=0).update(taken=models.F("taken") - 1)
        application.objects.filter(pk=offered.pk).update(state="submitted", offer_ends_at=None)


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0008_offers"),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, end_offers),
    ]
