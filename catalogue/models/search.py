"""What the catalogue's search looks through.

One small table, not a generated column on each: what is said of a hub, a statement or a course run stands in several
tables (its districts, its section and NPQ, its provider), and a generated column sees its own row alone. The database
writes it with every change of one of them, in the same transaction (triggers `search_entries`), so that bulk writes,
imports and removed rows count, as they do for the catalogue's version.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models


class SearchEntry(models.Model):
    """One thing to be found: `key` is its row in the table of its kind. `about` is searched and not shown."""

    class Kind(models.TextChoices):
        QUALIFICATION = "qualification", "NPQs"
        SECTION = "section", "Framework sections"
        STATEMENT = "statement", "Framework statements"
        PROVIDER = "provider", "Lead providers"
        HUB = "hub", "Teaching school hubs"
        PARTNER = "partner", "Delivery partners"
        RUN = "run", "Course runs"

    kind = models.CharField(max_length=13, choices=Kind)
    key = models.BigIntegerField()
    title = models.TextField()
    about = models.TextField()
    text = models.TextField()
    vector = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="english")
        + SearchVector("about", weight="B", config="english")
        + SearchVector("text", weight="C", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        indexes = [GinIndex("vector", name="search_entry_by_words")]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="search_entry_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"
