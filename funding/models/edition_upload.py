"""A list that was uploaded and previewed, and waits to be put in use."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from catalogue.models import Term
from funding.models.eligibility_list import ListEdition, ListKind
from npq_portal.accounts.models import User

# More than this share of an edition gone or new, or of the numbers unknown, is more likely a mistake than a
# correction.
LARGE_SHARE = 0.2


class EditionUploadQuerySet(models.QuerySet["EditionUpload"]):
    def visible_to(self, user: User) -> Self:
        """A preview is for the person who uploaded the file."""
        return self.filter(by=user)

    def waiting(self) -> Self:
        return self.filter(confirmed_at=None)

    def expired(self, now: datetime) -> Self:
        return self.waiting().filter(expires_at__lte=now)


class EditionUpload(models.Model):
    """What a preview says, and the entries themselves until it is confirmed.

    The entries are two columns of arrays of the same length: whose number, and the number. `replaces` is
    the edition that the term used when the preview was made; `edition` is what it uses since the preview
    was confirmed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=26, choices=ListKind)
    term = models.ForeignKey(Term, models.PROTECT, related_name="+")
    published_on = models.DateField(null=True, blank=True)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField("SHA-256 of the file", max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        related_name="+",
        help_text="Empty when a command did it.",
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    rows_read = models.PositiveIntegerField()
    rows_rejected = models.PositiveIntegerField()
    rejected = models.JSONField(default=list, help_text="The first hundred rejected rows: number and reason.")
    doubt = models.CharField(
        max_length=200, blank=True, help_text="Why the file itself may not be whole, in a sentence."
    )
    entry_count = models.PositiveIntegerField()
    added = models.PositiveIntegerField()
    removed = models.PositiveIntegerField()
    unknown = models.PositiveIntegerField(help_text="Numbers that no workplace here has.")
    replaces = models.ForeignKey(ListEdition, models.PROTECT, null=True, related_name="+")
    applications_looked_at = models.PositiveIntegerField(default=0)
    outcomes = models.JSONField(
        default=list, help_text="Open applications that would be decided differently: from, to, how many."
    )

    namespaces = ArrayField(models.CharField(max_length=16), default=list)
    identifiers = ArrayField(models.CharField(max_length=9), default=list)

    confirmed_at = models.DateTimeField(null=True)
    edition = models.ForeignKey(ListEdition, models.PROTECT, null=True, related_name="uploads")

    objects = EditionUploadQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="upload_sha256_format"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, edition__isnull=True)
                | Q(confirmed_at__isnull=False, edition__isnull=False),
                name="upload_confirmed_has_its_edition",
            ),
            models.CheckConstraint(
                condition=Q(rows_rejected__lte=F("rows_read")), name="upload_rejects_what_it_read"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="upload_expires_later"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for {self.term}: {self.file_name}"

    @property
    def changes_nothing(self) -> bool:
        """The entries are those of the edition in use, whatever the file."""
        return self.replaces is not None and self.added == self.removed == 0

    @property
    def drops_many(self) -> bool:
        return self.replaces is not None and self.removed > self.replaces.entry_count * LARGE_SHARE

    @property
    def adds_many(self) -> bool:
        return self.replaces is not None and self.added > self.replaces.entry_count * LARGE_SHARE

    @property
    def mostly_unknown(self) -> bool:
        return self.unknown > self.entry_count * LARGE_SHARE

    @property
    def needs_second_look(self) -> bool:
        """Whether it looks like a mistake, and must be confirmed twice."""
        return bool(self.reasons_to_look_again)

    @property
    def reasons_to_look_again(self) -> list[str]:
        """What looks like a mistake, in sentences."""
        before = self.replaces.entry_count if self.replaces else 0
        reasons = (
            (
                self.drops_many,
                f"It would remove {self.removed:,} of {before:,} numbers, more than a fifth. People who work there"
                " would no longer be funded through this list.",
            ),
            (
                self.adds_many,
                f"It would add {self.added:,} numbers to {before:,}, more than a fifth. People who work there would"
                " be funded through this list. Is it a list of another kind?",
            ),
            (
                self.mostly_unknown,
                f"{self.unknown:,} of its {self.entry_count:,} numbers are of no school here. Is it a list of another"
                " kind?",
            ),
            (bool(self.doubt), self.doubt),
        )
        return [reason for holds, reason in reasons if holds]

    @property
    def outcome_changes(self) -> int:
        """How many open applications would be decided differently."""
        return sum(each["applications"] for each in self.outcomes)

    @property
    def outcome_sentences(self) -> list[str]:
        """For each change of outcome: "3 from funded to not funded"."""
        return [
            f"{each['applications']} from {_words(each['from'])} to {_words(each['to'])}"
            for each in self.outcomes
        ]


def _words(outcome: str) -> str:
    return outcome.replace("_", " ")
