"""One table of everything in the catalogue that can be found."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0013_first_terms")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("qualification", "NPQs"),
                            ("section", "Framework sections"),
                            ("statement", "Framework statements"),
                            ("provider", "Lead providers"),
                            ("hub", "Teaching school hubs"),
                            ("partner", "Delivery partners"),
                            ("run", "Course runs"),
                        ],
                        max_length=13,
                    ),
                ),
                ("key", models.BigIntegerField()),
                ("title", models.TextField()),
                ("about", models.TextField()),
                ("text", models.TextField()),
                (
                    "vector",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.CombinedSearchVector(
                            django.contrib.postgres.search.CombinedSearchVector(
                                django.contrib.postgres.search.SearchVector(
                                    "title", config="english", weight="A"
                                ),
                                "||",
                                django.contrib.postgres.search.SearchVector(
                                    "about", config="english", weight="B"
                                ),
                                django.contrib.postgres.search.SearchConfig("english"),
                            ),
                            "||",
                            django.contrib.postgres.search.SearchVector("text", config="english", weight="C"),
                            django.contrib.postgres.search.SearchConfig("english"),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "indexes": [django.contrib.postgres.indexes.GinIndex("vector", name="search_entry_by_words")],
                "constraints": [models.UniqueConstraint(fields=("kind", "key"), name="search_entry_once")],
            },
        ),
    ]
