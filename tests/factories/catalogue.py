"""Rows of the catalogue as small as they may be; `loaded` in tests/catalogue gives the real ones."""

from datetime import UTC, date, datetime

import factory
from django.utils.text import slugify

from catalogue import models


class TermFactory(factory.django.DjangoModelFactory):
    """Autumn 2026, open since June; another for each further call."""

    class Meta:
        model = models.Term
        django_get_or_create = ("identifier",)

    identifier = "autumn-2026"
    name = factory.LazyAttribute(lambda term: term.identifier.replace("-", " ").capitalize())
    position = factory.Sequence(lambda number: number + 1)
    starts_on = date(2026, 11, 1)
    registration_opens = date(2026, 6, 23)
    funding = models.Term.Funding.CAPPED


class QualificationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Qualification
        django_get_or_create = ("identifier",)

    identifier = factory.Sequence(lambda number: f"npq-number-{number}")
    slug = factory.LazyAttribute(lambda npq: npq.identifier.removeprefix("npq-"))
    code = factory.Sequence(lambda number: f"NPQ{number}")
    name = factory.LazyAttribute(lambda npq: npq.slug.replace("-", " ").capitalize())
    category = models.Qualification.Category.SPECIALIST
    position = factory.Sequence(lambda number: number + 101)  # after those of the real catalogue
    summary = "Lead something."
    audience = "You lead something, or want to."
    taught_months = 12
    total_months_low = 15
    total_months_high = 15


class FactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.QualificationFact

    qualification = factory.SubFactory(QualificationFactory)
    kind = models.QualificationFact.Kind.LENGTH
    position = factory.Sequence(lambda number: number + 1)
    text = "About a year."
    as_of = date(2026, 11, 22)


class PriceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.PriceSeen

    qualification = factory.SubFactory(QualificationFactory)
    seen_in = factory.Sequence(lambda number: f"autumn {2000 + number}")
    pounds = 900


class EditionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.FrameworkEdition

    qualification = factory.SubFactory(QualificationFactory)
    published_on = factory.Sequence(lambda number: date.fromordinal(738_000 + number))


class SectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.FrameworkSection

    qualification = factory.SubFactory(QualificationFactory)
    position = factory.Sequence(lambda number: number + 1)
    title = factory.Sequence(lambda number: f"Section {number}")
    summary = "What it is about."


class StatementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.FrameworkStatement

    section = factory.SubFactory(SectionFactory)
    kind = models.FrameworkStatement.Kind.LEARN_THAT
    number = factory.Sequence(lambda number: f"{number // 999 + 1}.{number % 999 + 1}")
    position = factory.Sequence(lambda number: number + 1)
    text = "Every sentence of this framework is made up."


class LeadProviderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.LeadProvider

    name = factory.Sequence(lambda number: f"Provider {number}")
    slug = factory.LazyAttribute(lambda provider: slugify(provider.name))


class OfferFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Offer

    provider = factory.SubFactory(LeadProviderFactory)
    qualification = factory.SubFactory(QualificationFactory)
    term = factory.SubFactory(TermFactory)
    as_of = date(2026, 11, 22)


class HubFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.TeachingSchoolHub

    code = factory.Sequence(lambda number: f"TEST{number}")
    name = factory.LazyAttribute(lambda hub: f"{hub.code} Teaching School Hub")
    slug = factory.LazyAttribute(lambda hub: hub.code.lower())
    lead_school_urn = "100000"
    lead_school_name = "A School"


class HubAreaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.HubArea

    hub = factory.SubFactory(HubFactory)
    district_code = factory.Sequence(lambda number: f"E{number:08}")
    district_name = "Stockport"
    la_code = "356"
    la_name = "Stockport"


class DeliveryPartnerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.DeliveryPartner

    name = factory.Sequence(lambda number: f"Partner {number}")
    slug = factory.LazyAttribute(lambda partner: slugify(partner.name))


def partners(*names):
    """In the order of their keys."""
    return [DeliveryPartnerFactory(name=name) for name in names]


def different(one, other):
    """Staff found these to be two."""
    said_at = datetime(2026, 11, 22, 12, tzinfo=UTC)
    return models.DifferentPartners.objects.create(one=one, other=other, said_at=said_at)


class PartnershipFactory(factory.django.DjangoModelFactory):
    """A provider with a partner, and no hub."""

    class Meta:
        model = models.Partnership

    provider = factory.SubFactory(LeadProviderFactory)
    partner = factory.SubFactory(DeliveryPartnerFactory)
    period = "since autumn 2025"
    seen_on = date(2026, 11, 22)


class PostcodeDistrictFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.PostcodeDistrict

    outward_code = "SK7"
    district_code = factory.Sequence(lambda number: f"E{number:08}")
    schools = 1


class CourseRunFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.CourseRun

    provider = factory.SubFactory(LeadProviderFactory)
    hub = factory.SubFactory(HubFactory)
    qualification = factory.SubFactory(QualificationFactory)
    term = factory.SubFactory(TermFactory)
    state = models.CourseRun.State.OPEN
    starts_on = date(2027, 1, 13)
    ends_on = date(2028, 1, 12)
    apply_by = date(2027, 1, 4)


class SessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Session

    run = factory.SubFactory(CourseRunFactory)
    position = factory.Sequence(lambda number: number + 1)
    on = date(2027, 1, 13)


class CourseAlertFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.CourseAlert

    email = "tess@example.test"
    search = "npq=headship"
    asked_at = datetime(2026, 11, 22, 12, tzinfo=UTC)
    ends_on = date(2027, 11, 22)


class PostcodeAreaFactory(factory.django.DjangoModelFactory):
    """Hazel Grove, near Stockport."""

    class Meta:
        model = models.PostcodeArea
        django_get_or_create = ("outward_code",)

    outward_code = "SK7"
    easting = 391_000
    northing = 386_000
    points = 10


class ProviderMembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ProviderMembership

    user = factory.SubFactory("tests.people.StaffFactory")
    provider = factory.SubFactory(LeadProviderFactory)
    role = models.MemberRole.DECIDER


class HubMembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.HubMembership

    user = factory.SubFactory("tests.people.StaffFactory")
    hub = factory.SubFactory(HubFactory)


class InvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Invitation

    provider = factory.SubFactory(LeadProviderFactory)
    role = models.MemberRole.DECIDER
    email = factory.Sequence(lambda number: f"invited{number}@example.test")
    token_hash = factory.Sequence(lambda number: f"{number:064x}")
    invited_by = factory.SubFactory("tests.people.PortalStaffFactory")
    sent_at = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
    expires_at = datetime(2026, 12, 6, 10, 0, tzinfo=UTC)
