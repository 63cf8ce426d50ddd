"""The Postgres extensions everything else rests on; all are trusted since Postgres 13, so no superuser is needed."""

from django.contrib.postgres.operations import (
    BtreeGistExtension,
    CITextExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [TrigramExtension(), UnaccentExtension(), CITextExtension(), BtreeGistExtension()]
