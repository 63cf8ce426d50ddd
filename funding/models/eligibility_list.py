"""The published eligibility lists: kinds, editions, entries, and which edition each term uses."""

from django.db import models
from django.db.models import Q

from catalogue.models import Term


class ListKind(models.TextChoices):
    """The kinds of funding-rules section 6, by the names that funding.rules uses for them."""

    PP50_SCHOOLS = "pp50-schools", "schools with the most disadvantaged pupils (PP50)"
    PP50_16_TO_19 = "pp50-16-to-19", "16 to 19 institutions with the most disadvantaged students (PP50)"
    RISE = "rise", "schools in the RISE programme"
    CHILDMINDERS = "childminders", "eligible childminders"
    DISADVANTAGED_EARLY_YEARS = "disadvantaged-early-years", "early years settings in disadvantaged areas"
    LOCAL_AUTHORITY_NURSERIES = "local-authority-nurseries", "local authority nursery schools"
    HIGH_PUPIL_PREMIUM_2021 = "high-pupil-premium-2021", "schools in the top 30% by pupil premium, 2021"


class Namespace(models.TextChoices):
    """Whose number an identifier is. GIAS and Ofsted URNs overlap, so an entry always says which it means."""

    GIAS_URN = "gias-urn", "URN"
    OFSTED_URN = "ofsted-urn", "Ofsted URN"
    UKPRN = "ukprn", "UKPRN"
    EARLY_YEARS_URN = "early-years-urn", "early years census number"


class ListEdition(models.Model):
    """One published (or computed) list. Never edited: a correction is a new edition."""

    kind = models.CharField(max_length=26, choices=ListKind)
    term_label = models.SlugField(
        max_length=40, help_text="The term it was published for, for example autumn-2025."
    )
    published_on = models.DateField(
        null=True, blank=True, help_text="Empty where the day of publication is unknown."
    )
    source_name = models.CharField(max_length=200, help_text="The file it was read from.")
    sha256 = models.CharField("SHA-256 of the source", max_length=64)
    entry_count = models.PositiveIntegerField()
    computed = models.BooleanField(default=False, help_text="Worked out by the portal, not published.")
    loaded_at = models.DateTimeField(db_default=models.functions.Now(), editable=False)

    class Meta:
        ordering = ["kind", "-loaded_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "term_label", "sha256"], name="list_edition_once"),
            # What the foreign key of TermList's pair (edition, kind) points to; see its migration.
            models.UniqueConstraint(fields=["id", "kind"], name="list_edition_with_its_kind"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="list_edition_sha256_format"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.term_name}"

    @property
    def term_name(self) -> str:
        """The label as words: "autumn 2025"."""
        return self.term_label.replace("-", " ")


class ListEntry(models.Model):
    edition = models.ForeignKey(ListEdition, models.CASCADE, related_name="entries")
    namespace = models.CharField(max_length=16, choices=Namespace)
    identifier = models.CharField(max_length=9)

    class Meta:
        ordering = ["edition", "identifier"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "namespace", "identifier"], name="list_entry_once_per_edition"
            ),
            models.CheckConstraint(condition=~Q(identifier=""), name="list_entry_has_an_identifier"),
        ]
        indexes = [models.Index(fields=["namespace", "identifier"], name="list_entry_identifier")]

    def __str__(self) -> str:
        return f"{self.get_namespace_display()} {self.identifier}"


class TermList(models.Model):
    """Which edition a term's decisions are made with, for each kind of list.

    A term may use an edition published for an earlier one, until a newer is loaded; every answer names the
    edition.
    """

    term = models.ForeignKey(Term, models.PROTECT, related_name="lists")
    kind = models.CharField(max_length=26, choices=ListKind)
    edition = models.ForeignKey(ListEdition, models.PROTECT, related_name="terms")

    class Meta:
        ordering = ["term", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["term", "kind"], name="term_list_one_edition_per_kind")
        ]

    def __str__(self) -> str:
        return f"{self.term}: {self.edition}"
