"""Schools and post-16 institutions, and the links between those that closed and those that followed."""

from functools import cached_property
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

# GIAS status codes. A person may pick an open establishment, or one whose opening or closing is proposed.
OPEN, CLOSED, PROPOSED_TO_CLOSE, PROPOSED_TO_OPEN = "1", "2", "3", "4"
PICKABLE = (OPEN, PROPOSED_TO_CLOSE, PROPOSED_TO_OPEN)
UKPRN_REFERENCE = "ukprn-"


class EstablishmentQuerySet(models.QuerySet["Establishment"]):
    def pickable(self) -> Self:
        """Those a person may give as their workplace: open, or with an opening or a closing proposed."""
        return self.filter(status_code__in=PICKABLE)

    def by_reference(self, reference: str) -> "Establishment":
        """The establishment that `reference` (see Establishment.reference) names.

        Raises Establishment.DoesNotExist for anything else, whatever it holds. A UKPRN reference never finds
        a school that has a URN: several schools may share one UKPRN, so it would not say which was meant.
        """
        if not reference.isascii():
            raise self.model.DoesNotExist(reference)
        if reference.startswith(UKPRN_REFERENCE) and reference.removeprefix(UKPRN_REFERENCE).isdigit():
            return self.get(ukprn=reference.removeprefix(UKPRN_REFERENCE), urn__isnull=True)
        if reference.isdigit():
            return self.get(urn=reference)
        raise self.model.DoesNotExist(reference)


class Establishment(models.Model):
    """A school (it has a GIAS URN) or a post-16 institution (known, in our data, by its UKPRN alone).

    Rows are written by the importer, never by hand. URNs here are GIAS's. Ofsted numbers its settings with
    URNs of its own that overlap these; see ChildcareSetting.
    """

    # Null and not empty, so that the unique constraints leave out those that have none.
    urn = models.CharField("URN", max_length=6, null=True, blank=True)  # noqa: DJ001
    ukprn = models.CharField("UKPRN", max_length=8, null=True, blank=True)  # noqa: DJ001
    name = models.CharField(max_length=160)
    type_code = models.CharField(max_length=3, help_text="GIAS type of establishment.")
    type_name = models.CharField("type", max_length=80)
    group_code = models.CharField(max_length=3, blank=True)
    status_code = models.CharField(max_length=2, help_text="GIAS status: 1 is open, 2 closed.")
    status_name = models.CharField("status", max_length=40)
    phase = models.CharField(max_length=40, blank=True)
    la_code = models.CharField("local authority code", max_length=3, blank=True)
    la_name = models.CharField("local authority", max_length=80, blank=True)
    district_code = models.CharField(max_length=9, blank=True)
    district_name = models.CharField("district", max_length=80, blank=True)
    region = models.CharField(max_length=40, blank=True)
    town = models.CharField(max_length=80, blank=True, help_text="Empty where the source gives no address.")
    postcode = models.CharField(max_length=8, blank=True)
    pupils = models.PositiveIntegerField(null=True, blank=True, help_text="Pupils on roll.")
    fsm = models.DecimalField(
        "free school meals",
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        help_text="Percentage of pupils.",
    )
    trust = models.CharField(max_length=160, blank=True)
    easting = models.PositiveIntegerField(null=True, blank=True, help_text="British National Grid, metres.")
    northing = models.PositiveIntegerField(null=True, blank=True, help_text="British National Grid, metres.")
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    retired_on = models.DateField(
        null=True,
        blank=True,
        help_text="When a newer file of the source no longer had it: closed ever since.",
    )

    objects = EstablishmentQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["urn"], name="establishment_urn_unique"),
            models.UniqueConstraint(
                fields=["ukprn"], condition=Q(urn__isnull=True), name="establishment_ukprn_unique_without_urn"
            ),
            models.CheckConstraint(
                condition=Q(urn__isnull=False) | Q(ukprn__isnull=False), name="establishment_has_urn_or_ukprn"
            ),
            models.CheckConstraint(
                condition=Q(urn__isnull=True) | Q(urn__regex=r"^[1-9][0-9]{5}$"),
                name="establishment_urn_six_digits",
            ),
            models.CheckConstraint(
                condition=Q(ukprn__isnull=True) | Q(ukprn__regex=r"^[1-9][0-9]{7}$"),
                name="establishment_ukprn_eight_digits",
            ),
            models.CheckConstraint(
                condition=Q(easting__isnull=True, northing__isnull=True)
                | Q(easting__isnull=False, northing__isnull=False),
                name="establishment_whole_grid_reference",
            ),
            models.CheckConstraint(
                condition=Q(retired_on__isnull=True) | Q(status_code=CLOSED),
                name="establishment_retired_is_closed",
            ),
        ]
        indexes = [models.Index(fields=["ukprn"], name="establishment_ukprn")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("funding:establishment", args=[self.reference])

    @property
    def reference(self) -> str:
        """What names it in addresses and in a stored answer: "100000" (its URN), else "ukprn-10000146"."""
        return self.urn or f"{UKPRN_REFERENCE}{self.ukprn}"

    @property
    def number(self) -> str:
        """As it is written after a name: "URN 100000"."""
        return f"URN {self.urn}" if self.urn else f"UKPRN {self.ukprn}"

    @property
    def is_pickable(self) -> bool:
        return self.status_code in PICKABLE

    @property
    def place(self) -> str:
        """Where it is, in a line: "Camden, NW5 3RD". Empty for an institution of which only the name is known."""
        area = self.town or self.district_name
        authority = "" if self.la_name in (area, "") else self.la_name
        return ", ".join(part for part in (area, authority, self.postcode) if part)

    @cached_property
    def label(self) -> str:
        """Name, place and number in a line, as in a list of results or on an answer's row."""
        return ", ".join(part for part in (self.name, self.place, self.number) if part)


class EstablishmentLink(models.Model):
    """GIAS says that `linked_urn` came before or after `urn`. Either may be a school we hold no row for."""

    urn = models.CharField("URN", max_length=6)
    linked_urn = models.CharField("linked URN", max_length=6)
    linked_name = models.CharField(max_length=160)
    kind = models.CharField(max_length=80, help_text="GIAS's own words, for example Successor - merged.")
    linked_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["urn", "linked_urn"]
        constraints = [
            models.UniqueConstraint(fields=["urn", "linked_urn", "kind"], name="establishment_link_once"),
            models.CheckConstraint(
                condition=~Q(urn=models.F("linked_urn")), name="establishment_link_to_another"
            ),
        ]
        indexes = [models.Index(fields=["linked_urn"], name="establishment_link_back")]

    def __str__(self) -> str:
        return f"{self.urn}: {self.kind} {self.linked_urn}"


class EstablishmentChange(models.Model):
    """What one import changed about an establishment: the columns that differ, as they were and as they became.

    A row that an import added has none: there is nothing that it was before.
    """

    establishment = models.ForeignKey(Establishment, models.PROTECT, related_name="changes")
    run = models.ForeignKey("funding.ImportRun", models.PROTECT, related_name="establishment_changes")
    old = models.JSONField()
    new = models.JSONField()

    class Meta:
        ordering = ["-run", "establishment"]
        constraints = [
            models.UniqueConstraint(fields=["establishment", "run"], name="establishment_change_once_per_run")
        ]

    def __str__(self) -> str:
        return f"{self.establishment}: {', '.join(self.new)}"
