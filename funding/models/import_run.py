"""What was loaded, from which file, and what it changed."""

from typing import Self

from django.db import models
from django.db.models import Q

# What the search is made of: names and numbers, those of before, and the towns of a postcode.
SEARCHED = ("childcare", "establishments", "establishment-links")


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def in_use(self, source: str) -> Self:
        """The run whose rows are in the database now, as nothing or one row: the newest of its source."""
        return self.filter(source=source, refusal="").order_by("-id")[:1]

    def unsearched(self) -> Self:
        """Those whose rows are in the database, and not yet in the search."""
        return self.filter(source__in=SEARCHED, refusal="", in_search=False)


class ImportRun(models.Model):
    """One file read into the database, committed together with the rows it brought; or, with a `refusal`, a
    file that was refused whole.
    """

    source = models.CharField(max_length=80, help_text="What was loaded, for example establishments.")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField("SHA-256 of the file", max_length=64)
    reader_version = models.CharField(
        max_length=24, help_text="Differs when the same file would be read differently."
    )
    bundled = models.BooleanField(help_text="Whether the file came with the portal.")
    as_of = models.CharField(max_length=160, blank=True, help_text="How old the facts are, in words.")
    rows_read = models.PositiveIntegerField()
    rows_added = models.PositiveIntegerField(default=0)
    rows_changed = models.PositiveIntegerField(default=0)
    rows_removed = models.PositiveIntegerField(default=0)
    rows_rejected = models.PositiveIntegerField(default=0)
    rejected = models.JSONField(default=list, help_text="The first hundred rejected rows: number and reason.")
    refusal = models.TextField(
        blank=True, default="", help_text="Why the file was refused, and nothing changed."
    )
    in_search = models.BooleanField(
        default=False, help_text="The search was brought in line with it. Never so where it is not searched."
    )
    finished_at = models.DateTimeField(db_default=models.functions.Now(), editable=False)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="import_run_sha256_format"
            ),
            models.CheckConstraint(
                condition=Q(rows_rejected__lte=models.F("rows_read")), name="import_run_rejects_what_it_read"
            ),
            models.CheckConstraint(
                condition=Q(refusal="") | Q(rows_added=0, rows_changed=0, rows_removed=0),
                name="import_run_refused_changes_nothing",
            ),
        ]
        indexes = [models.Index(fields=["source", "-id"], name="import_run_newest")]

    def __str__(self) -> str:
        return f"{self.source} from {self.file_name}"
