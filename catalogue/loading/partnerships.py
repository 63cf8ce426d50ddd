"""Who taught with whom, and the course runs of that time. Operators keep them: a load only adds what is missing."""

from django.utils.text import slugify

from catalogue.loading.entries import PartnershipEntry
from catalogue.loading.files import CatalogueData
from catalogue.loading.rows import add_missing
from catalogue.models import (
    CourseRun,
    DeliveryPartner,
    LeadProvider,
    Partnership,
    Qualification,
    TeachingSchoolHub,
    Term,
)


def partners(data: CatalogueData) -> None:
    rows = [
        DeliveryPartner(name=each.name, slug=slugify(each.name), note=each.note, website=each.website)
        for each in data.partners
    ]
    add_missing(DeliveryPartner, ("slug",), rows)


def partnerships(data: CatalogueData) -> None:
    """Each partnership, and a closed run without dates for each NPQ of it."""
    providers = {each.slug: each for each in LeadProvider.objects.all()}
    hubs = {each.code: each for each in TeachingSchoolHub.objects.all()}
    teaching = {each.slug: each for each in DeliveryPartner.objects.all()}
    rows = [
        Partnership(
            provider=providers[slugify(each.provider)],
            hub=hubs.get(each.hub),
            partner=teaching.get(slugify(each.partner)),
            period=each.period,
            is_past=each.past,
            text=each.text,
            seen_on=each.seen_on,
        )
        for each in data.partnerships
    ]
    add_missing(Partnership, ("provider_id", "hub_id", "partner_id", "period"), rows)
    for entry, partnership in zip(data.partnerships, rows, strict=True):
        _runs(entry, partnership)


def _runs(entry: PartnershipEntry, partnership: Partnership) -> None:
    whose = {
        "provider": partnership.provider,
        "hub": partnership.hub,
        "partner": partnership.partner,
        "term": Term.objects.get(identifier=entry.term),
    }
    standing = CourseRun.objects.filter(**whose).values("qualification")
    missing = Qualification.objects.filter(identifier__in=entry.npqs).exclude(pk__in=standing)
    CourseRun.objects.bulk_create(
        CourseRun(
            **whose,
            qualification=npq,
            state=CourseRun.State.CLOSED,
            mode=entry.mode,
            apply_by=entry.apply_by,
        )
        for npq in missing
    )
