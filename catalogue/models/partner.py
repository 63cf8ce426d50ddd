"""Delivery partners: those who teach a lead provider's NPQ locally and are not a teaching school hub."""

from django.db import models

from catalogue.models.dated import Dated


class DeliveryPartner(Dated):
    name = models.CharField(max_length=160, unique=True)
    slug = models.SlugField(max_length=160, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
