from django.db import migrations


def back(apps, schema_editor):
    """Before reviews were known: they are to do again, but where a funded place was given or offered since."""
    application = apps.get_model("applications", "Application")
    reviewed = application.objects.filter(funding_reviewed_at__isnull=False)
    reviewed.exclude(funded_place=True).exclude(state="offered").update(
        funding_outcome="review",
        funding_reviewed_at=None,
        funding_reviewed_by=None,
        funding_review_reason="",
    )


class Migration(migrations.Migration):
    dependencies = [("applications", "0019_funding_is_reviewed")]

    operations = [migrations.RunPython(migrations.RunPython.noop, back)]
