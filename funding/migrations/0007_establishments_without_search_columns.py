"""The search has its own tables now (0006). They are empty until `manage.py load_reference_data` fills them."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("funding", "0006_search_names")]
    operations = [
        migrations.RemoveIndex("establishment", "establishment_words"),
        migrations.RemoveIndex("establishment", "establishment_trigrams"),
        migrations.RemoveField("establishment", "search_vector"),
        migrations.RemoveField("establishment", "search_text"),
        migrations.RemoveField("establishment", "search_place"),
        migrations.RemoveField("establishment", "search_name"),
    ]
