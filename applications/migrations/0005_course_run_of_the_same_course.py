from django.db import migrations

# What the reference below points at: unique already, as `id` is, but Postgres wants an index that says so.
KEY = "CREATE UNIQUE INDEX course_run_with_whose_it_is ON catalogue_courserun (id, provider_id, qualification_id, term_id)"
# Not for drafts: there each of the three is NULL, and MATCH SIMPLE looks no further.
REFERENCE = """
    ALTER TABLE applications_application ADD CONSTRAINT application_course_run_is_of_its_course
    FOREIGN KEY (course_run_id, provider_id, qualification_id, term_id)
    REFERENCES catalogue_courserun (id, provider_id, qualification_id, term_id)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0004_queue_and_trn_indexes"),
        ("catalogue", "0026_what_an_alert_knows"),
    ]

    operations = [
        migrations.RunSQL(KEY, "DROP INDEX course_run_with_whose_it_is"),
        migrations.RunSQL(
            REFERENCE,
            "ALTER TABLE applications_application DROP CONSTRAINT application_course_run_is_of_its_course",
        ),
    ]
