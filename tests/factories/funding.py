"""Workplaces, lists and figures for tests. The search finds an establishment made here."""

from datetime import UTC, datetime
from uuid import UUID

import factory
from django.db import connection, transaction

from catalogue.models import Qualification, Term
from funding.models import (
    ChildcareSetting,
    Establishment,
    EstablishmentLink,
    ExtractUpload,
    ImportRun,
    ListEdition,
    ListEntry,
    Namespace,
    SearchName,
    SearchSetting,
    SearchWord,
    SettingWord,
    TermList,
)
from funding.search import spelling
from funding.search.build import rebuild
from funding.search.build_settings import search_rows
from funding.search.names import Source, search_names
from tests.factories.catalogue import QualificationFactory

# The eleven that are shown, by category and in order.
ELEVEN = {
    Qualification.Category.SPECIALIST: [
        "npq-leading-teaching-development",
        "npq-leading-teaching",
        "npq-leading-behaviour-culture",
        "npq-leading-literacy",
        "npq-leading-primary-mathematics",
    ],
    Qualification.Category.LEADERSHIP: [
        "npq-senior-leadership",
        "npq-headship",
        "npq-executive-leadership",
        "npq-early-years-leadership",
        "npq-senco",
    ],
    Qualification.Category.COACHING: ["npq-early-headship-coaching-offer"],
}


def make_findable(made: Establishment) -> None:
    """What funding.search.build does after an import, for one that followed no other."""
    numbers = made.urn or "", made.ukprn or ""
    places = made.postcode, made.la_name, made.district_name, made.town, made.region
    for name in search_names(Source(made.pk, made.name, made.is_pickable, *numbers, *places)):
        SearchName.objects.create(**name._asdict(), made_of=UUID(int=0))
        _learn_words(SearchWord, name.vector)


def make_setting_findable(made: ChildcareSetting) -> None:
    """What funding.search.build_settings does after an import."""
    for setting_id, cost, vector in search_rows(made):
        SearchSetting.objects.create(setting_id=setting_id, cost=cost, vector=vector)
        _learn_words(SettingWord, vector)


def _learn_words(known: type[SearchWord] | type[SettingWord], vector: str) -> None:
    words = [word.partition(":")[0] for word in vector.split()]
    known.objects.bulk_create(
        [known(word=word, rows=1, near=sorted(spelling.shortened(word))) for word in words if word.isalpha()],
        ignore_conflicts=True,
    )


def find_again() -> None:
    """What an import does for the search after its last file."""
    with transaction.atomic(), connection.cursor() as cursor:
        rebuild(cursor)


class EstablishmentFactory(factory.django.DjangoModelFactory):
    """An open community school in Camden."""

    class Meta:
        model = Establishment

    urn = factory.Sequence(lambda number: str(800_000 + number))
    ukprn = None
    name = factory.Sequence(lambda number: f"Oakwood Primary School {number}")
    type_code = "1"
    type_name = "Community school"
    status_code = "1"
    status_name = "Open"
    phase = "Primary"
    la_code = "202"
    la_name = "Camden"
    district_name = "Camden"
    region = "London"
    postcode = "NW5 3RD"

    @classmethod
    def _after_postgeneration(cls, instance, create, results=None):
        if create:
            make_findable(instance)


class ClosedSchoolFactory(EstablishmentFactory):
    status_code = "2"
    status_name = "Closed"


class PostSixteenFactory(EstablishmentFactory):
    """A college, known by its UKPRN alone."""

    urn = None
    ukprn = factory.Sequence(lambda number: str(10_900_000 + number))
    name = factory.Sequence(lambda number: f"Riverside College {number}")
    type_code = "18"
    type_name = "Further education"
    la_code = la_name = district_name = region = postcode = ""
    phase = "16 plus"


class ChildcareSettingFactory(factory.django.DjangoModelFactory):
    """A nursery in Leeds that Ofsted registers."""

    class Meta:
        model = ChildcareSetting

    ofsted_urn = factory.Sequence(lambda number: f"EY{800_000 + number}")
    name = factory.Sequence(lambda number: f"Little Acorns Nursery {number}")
    kind = "Full day care"
    town = "Leeds"
    postcode = "LS8 5DT"
    la_name = "Leeds"
    region = "Yorkshire and The Humber"

    @classmethod
    def _after_postgeneration(cls, instance, create, results=None):
        if create:
            make_setting_findable(instance)


class EstablishmentLinkFactory(factory.django.DjangoModelFactory):
    """`urn` was followed by `linked_urn`."""

    class Meta:
        model = EstablishmentLink

    linked_name = "Its successor"
    kind = "Successor"


class ImportRunFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ImportRun

    source = "establishments"
    file_name = "establishments.csv"
    sha256 = "0" * 64
    reader_version = "1"
    bundled = True
    as_of = "school census 2022 to 2023"
    rows_read = 1


class ExtractUploadFactory(factory.django.DjangoModelFactory):
    """Looked at, and found to change nothing."""

    class Meta:
        model = ExtractUpload

    file_name = "extract.csv"
    content = b"URN"
    as_of = "20 November 2026"
    by = factory.SubFactory("tests.people.PortalStaffFactory")
    made_at = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
    expires_at = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    in_use = rows_read = rows_added = rows_changed = rows_removed = rows_rejected = 0


class ListEditionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ListEdition

    kind = "pp50-schools"
    term_label = "autumn-2025"
    source_name = "list.csv"
    sha256 = factory.Sequence(lambda number: f"{number:064x}")
    entry_count = 0


def list_in_use(kind: str, term: Term, *, urns=(), ukprns=(), ofsted_urns=(), **edition) -> ListEdition:
    """An edition with these entries, which `term` decides with."""
    numbers = {Namespace.GIAS_URN: urns, Namespace.UKPRN: ukprns, Namespace.OFSTED_URN: ofsted_urns}
    made = ListEditionFactory(kind=kind, entry_count=len(urns) + len(ukprns) + len(ofsted_urns), **edition)
    ListEntry.objects.bulk_create(
        ListEntry(edition=made, namespace=namespace, identifier=identifier)
        for namespace, identifiers in numbers.items()
        for identifier in identifiers
    )
    TermList.objects.create(term=term, kind=kind, edition=made)
    return made


def eleven() -> None:
    """The eleven qualifications, in order."""
    named = [(category, identifier) for category, group in ELEVEN.items() for identifier in group]
    for position, (category, identifier) in enumerate(named, start=1):
        QualificationFactory(identifier=identifier, category=category, position=position)
