"""The published framework of an NPQ: its editions, and its sections in order."""

from django.db import models

from catalogue.models.dated import Dated
from catalogue.models.qualification import Qualification


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
            models.UniqueConstraint(
                fields=["qualification", "position"], name="framework_section_position_unique"
            ),
            models.UniqueConstraint(fields=["qualification", "title"], name="framework_section_title_unique"),
        ]

    def __str__(self) -> str:
        return self.title
