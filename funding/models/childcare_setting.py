"""Nurseries and other childcare that Ofsted registers."""

import re
from functools import cached_property

from django.db import models
from django.db.models import Q

LETTERS = re.compile(r"[A-Za-z]+(?:['\u2019][A-Za-z]+)?")
SMALL_WORDS = {"and", "by", "in", "le", "next", "of", "on", "the", "under", "upon"}


class ChildcareSetting(models.Model):
    """Childcare on premises that are nobody's home, by Ofsted's URN: six or seven digits, or two letters and
    six digits ("EY101465").

    Of the 27,378 in the file that comes with the portal (31 August 2021), 14,595 are full day care, 6,450
    out-of-school care and 6,089 sessional care; of 244 the kind is not known. Childminders are not here: they
    are known by their Ofsted URN alone, on the childminders' lists (ListEntry). So a number that is not here
    may still be registered, and nobody may be told otherwise.

    Ofsted's numbers are not GIAS's, and the same number may be a nursery here and a school there. Nothing may
    look from one to the other by the bare number.
    """

    ofsted_urn = models.CharField("Ofsted URN", max_length=9)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=60, blank=True, help_text="Ofsted's provider subtype.")
    town = models.CharField(max_length=60, blank=True)
    postcode = models.CharField(max_length=8, blank=True, help_text="Empty where Ofsted keeps it private.")
    la_name = models.CharField("local authority", max_length=80)
    region = models.CharField(max_length=40)
    places = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["name", "ofsted_urn"]
        constraints = [
            models.UniqueConstraint(fields=["ofsted_urn"], name="childcare_ofsted_urn_unique"),
            models.CheckConstraint(
                condition=Q(ofsted_urn__regex=r"^[A-Z]{0,2}[0-9]{6,7}$"), name="childcare_ofsted_urn_format"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        """What names it in addresses and in a stored answer: its Ofsted URN, "EY101465"."""
        return self.ofsted_urn

    @property
    def number(self) -> str:
        return f"Ofsted URN {self.ofsted_urn}"

    @property
    def is_pickable(self) -> bool:
        """Always: the file has none that closed."""
        return True

    @property
    def place(self) -> str:
        """Where it is, in a line: "Horley, Surrey, RH6 7DA". Only what Ofsted gives."""
        town = in_small_letters(self.town)
        authority = "" if self.la_name.casefold() == town.casefold() else self.la_name
        return ", ".join(part for part in (town, authority, self.postcode) if part)

    @cached_property
    def label(self) -> str:
        """Name, place and number in a line, as in a list of results or on an answer's row."""
        return ", ".join(part for part in (self.name, self.place, self.number) if part)


def in_small_letters(town: str) -> str:
    """A third of the towns are in capitals: "STOKE-ON-TRENT" is written Stoke-on-Trent. Others stay as they are."""
    if not town.isupper():
        return town
    words = LETTERS.sub(lambda found: _as_in_a_name(found[0]), town)
    return words[:1].upper() + words[1:]


def _as_in_a_name(word: str) -> str:
    return word.lower() if word.lower() in SMALL_WORDS else word.capitalize()
