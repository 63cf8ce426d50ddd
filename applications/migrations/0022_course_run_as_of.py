from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0021_scores")]

    operations = [
        migrations.AddField(
            model_name="application",
            name="course_run_as_of",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("course_run_as_of__isnull", True), ("course_run__isnull", False), _connector="OR"
                ),
                name="application_course_run_as_of_has_a_run",
            ),
        ),
    ]
