"""A term's edition for a kind must be of that kind. The database says so by a foreign key over the pair."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("funding", "0001_initial")]
    operations = [
        migrations.RunSQL(
            sql="""
                ALTER TABLE funding_termlist ADD CONSTRAINT term_list_edition_of_the_same_kind
                FOREIGN KEY (edition_id, kind) REFERENCES funding_listedition (id, kind)
            """,
            reverse_sql="ALTER TABLE funding_termlist DROP CONSTRAINT term_list_edition_of_the_same_kind",
        )
    ]
