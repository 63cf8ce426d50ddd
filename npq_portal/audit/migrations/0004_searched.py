"""What the search goes by. Made while the portal writes on: every page that changes something adds a row here."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models

KIND = models.Func("subject", template="split_part(%(expressions)s, ':', 1)", output_field=models.CharField())
NEWEST_FIRST = (models.F("at").desc(), models.F("id").desc())


def words_of(column: str) -> models.Func:
    return models.Func(
        column,
        template="jsonb_to_tsvector('simple', COALESCE(%(expressions)s, '{}'), '[\"all\"]')",
        output_field=SearchVectorField(),
    )


WORDS = models.Func(
    models.Func("note", template="to_tsvector('simple', %(expressions)s)", output_field=SearchVectorField()),
    words_of("old"),
    words_of("new"),
    template="(%(expressions)s)",
    arg_joiner=" || ",
    output_field=SearchVectorField(),
)
INDEXES = (
    models.Index("action", *NEWEST_FIRST, name="audit_event_by_action"),
    models.Index("actor", *NEWEST_FIRST, name="audit_event_by_actor"),
    models.Index(KIND, *NEWEST_FIRST, name="audit_event_by_kind"),
    GinIndex(WORDS, name="audit_event_words"),
)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("audit", "0003_network")]
    operations = [AddIndexConcurrently("auditevent", index) for index in INDEXES]
