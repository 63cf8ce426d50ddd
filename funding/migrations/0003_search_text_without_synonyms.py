"""What mistyped words are measured against becomes the bare text: synonyms made it twice as long, and matches vaguer."""

from django.contrib.postgres.indexes import GistIndex, OpClass
from django.db import migrations, models

TRIGRAMS = GistIndex(OpClass("search_text", "gist_trgm_ops(siglen=64)"), name="establishment_trigrams")


class Migration(migrations.Migration):
    dependencies = [("funding", "0002_term_list_kind_matches_edition")]
    operations = [
        migrations.RemoveIndex("establishment", "establishment_trigrams"),
        migrations.RemoveField("establishment", "search_text"),
        migrations.AddField("establishment", "search_text", models.TextField(default="", editable=False)),
        migrations.AddIndex("establishment", TRIGRAMS),
    ]
