"""The published framework of an NPQ: its editions, its sections in order, and the statements under each."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify

from catalogue.models.dated import Dated
from catalogue.models.qualification import Qualification

# Parts of up to three digits, then perhaps a letter: 7, 2.14, 3.1.2, 4b.
STATEMENT_NUMBER = r"^\d{1,3}(\.\d{1,3}){0,2}[a-z]?$"


class FrameworkEdition(Dated):
    qualification = models.ForeignKey(Qualification, models.CASCADE, related_name="framework_editions")
    reference = models.CharField(
        max_length=30, blank=True, help_text="The publication's reference, where one was seen."
    )
    published_on = models.DateField()
    size_kb = models.PositiveIntegerField(null=True, blank=True)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["qualification", "-published_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["qualification", "published_on"], name="framework_edition_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.qualification}, {self.published_on:%-d %B %Y}"


class FrameworkSection(Dated):
    qualification = models.ForeignKey(Qualification, models.CASCADE, related_name="framework_sections")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300, help_text="One line in the portal's own words.")
    certain = models.BooleanField(
        default=True, help_text="Whether the exact heading and order were confirmed."
    )

    class Meta:
        ordering = ["qualification", "position"]
        constraints = [
            # At the end of a transaction, so that two headings can change places and keep their statements.
            models.UniqueConstraint(
                fields=["qualification", "position"],
                name="framework_section_position_unique",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(fields=["qualification", "title"], name="framework_section_title_unique"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def slug(self) -> str:
        """What the section is called in an address: a heading that is reworded has another."""
        return slugify(self.title)

    def get_absolute_url(self) -> str:
        return reverse("catalogue:framework_section", args=[self.qualification.slug, self.slug])


class FrameworkStatement(Dated):
    """One numbered sentence of a framework, as an edition of it was published. Operators load them from a file:
    see catalogue.frameworks.load.
    """

    class Kind(models.TextChoices):
        LEARN_THAT = "learn_that", "Learn that"
        LEARN_HOW_TO = "learn_how_to", "Learn how to"

    section = models.ForeignKey(FrameworkSection, models.PROTECT, related_name="statements")
    edition = models.ForeignKey(
        FrameworkEdition,
        models.PROTECT,
        null=True,
        related_name="statements",
        help_text="Empty where no edition of the framework is known.",
    )
    kind = models.CharField(max_length=12, choices=Kind)
    number = models.CharField(max_length=12, help_text="As it is printed, for example 2.14.")
    position = models.PositiveSmallIntegerField(help_text="Its place in the file it was loaded from.")
    text = models.TextField()

    class Meta:
        ordering = ["section", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "edition", "kind", "number"],
                nulls_distinct=False,
                name="framework_statement_number_unique",
            ),
            models.CheckConstraint(
                condition=Q(number__regex=STATEMENT_NUMBER), name="framework_statement_number_is_plain"
            ),
            models.CheckConstraint(condition=Q(text__regex=r"\S"), name="framework_statement_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def anchor(self) -> str:
        """Where it stands on its section's page; the same in every edition."""
        return f"{slugify(self.get_kind_display())}-{self.number}"

    def get_absolute_url(self) -> str:
        return f"{self.section.get_absolute_url()}#{self.anchor}"
