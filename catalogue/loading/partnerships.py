"""Who taught with whom, and the course runs of that time. Operators keep them: a load only adds what is missing."""

from django.utils.text import slugify

from catalogue.loading.entries import PartnershipEntry
from catalogue.loading.files import CatalogueData
from catalogue.loading.rows import add_missing
from catalogue.models import (
    CourseRun,
    DeliveryPartner,
    LeadProvider,
    PartnerAlias,
    Partnership,
    Qualification,
    TeachingSchoolHub,
    Term,
)

# What tells one of these runs from another.
WHOSE = ("provider_id", "hub_id", "partner_id", "term_id", "qualification_id")


def partners(data: CatalogueData) -> None:
    """One that was merged into another is not added again."""
    merged = _merged()
    rows = [
        DeliveryPartner(name=each.name, slug=slugify(each.name), note=each.note, website=each.website)
        for each in data.partners
        if slugify(each.name) not in merged
    ]
    add_missing(DeliveryPartner, ("slug",), rows)


def partnerships(data: CatalogueData) -> None:
    """Each partnership, and a closed run without dates for each NPQ of it."""
    providers = {each.slug: each for each in LeadProvider.objects.all()}
    hubs = {each.code: each for each in TeachingSchoolHub.objects.all()}
    teaching = _merged() | {each.slug: each for each in DeliveryPartner.objects.all()}
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
    _add_runs(list(zip(data.partnerships, rows, strict=True)))


def _merged() -> dict[str, DeliveryPartner]:
    """The address of each alias -> the partner that stands for it."""
    return {alias.slug: alias.partner for alias in PartnerAlias.objects.select_related("partner")}


def _add_runs(taught: list[tuple[PartnershipEntry, Partnership]]) -> None:
    """Those that are missing: one for each NPQ of each partnership. As many queries for one as for all."""
    terms = Term.objects.in_bulk(field_name="identifier")
    npqs = Qualification.objects.in_bulk(field_name="identifier")
    wanted = [
        CourseRun(
            provider=partnership.provider,
            hub=partnership.hub,
            partner=partnership.partner,
            term=terms[entry.term],
            qualification=npqs[npq],
            state=CourseRun.State.CLOSED,
            mode=entry.mode,
            apply_by=entry.apply_by,
        )
        for entry, partnership in taught
        for npq in entry.npqs
    ]
    of_these = CourseRun.objects.filter(provider__in={run.provider_id for run in wanted})
    standing = set(of_these.values_list(*WHOSE))
    CourseRun.objects.bulk_create(
        run for run in wanted if tuple(getattr(run, name) for name in WHOSE) not in standing
    )
