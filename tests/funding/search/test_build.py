"""The search names and the vocabulary after an import: former names, towns, and only what changed."""

import pytest
from django.db import connection

from funding.models import ChildcareSetting, Establishment, SearchName, SearchWord
from funding.search import build, find_workplaces, search
from tests.factories.funding import (
    ClosedSchoolFactory,
    EstablishmentFactory,
    EstablishmentLinkFactory,
    find_again,
)

pytestmark = pytest.mark.django_db


def names(establishment):
    return list(establishment.search_names.values_list("name", "former"))


def versions():
    """Which rows there are, and which transaction or command wrote them last."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id::text, ctid::text, xmin::text || cmin::text FROM funding_searchname"
            " UNION ALL SELECT word, ctid::text, xmin::text || cmin::text FROM funding_searchword"
        )
        return {row[0]: row[1:] for row in cursor.fetchall()}


def test_rows_are_those_that_the_factory_makes():
    """So that tests which make an establishment search what an import would have made of it."""
    EstablishmentFactory(name="St Mary's C of E School", ukprn="10000001")
    made = list(SearchName.objects.values_list("name", "former", "is_open", "cost", "vector"))
    words = set(SearchWord.objects.values_list("word", flat=True))
    find_again()
    assert list(SearchName.objects.values_list("name", "former", "is_open", "cost", "vector")) == made
    assert set(SearchWord.objects.values_list("word", flat=True)) == words


def test_only_what_changed_is_written():
    EstablishmentFactory(name="Oakwood School")
    changed = EstablishmentFactory(name="Grange School")
    find_again()
    before = versions()
    find_again()
    assert versions() == before
    Establishment.objects.filter(pk=changed.pk).update(name="Heron School")
    find_again()
    kept = before.keys() & versions().keys()
    assert {key: versions()[key] for key in kept} == {key: before[key] for key in kept}
    assert find_workplaces("heron") == [changed]
    assert "grange" not in set(SearchWord.objects.values_list("word", flat=True))


def test_other_code_or_words_make_every_name_again(monkeypatch):
    EstablishmentFactory(name="Oakwood School")
    find_again()
    before = versions()
    monkeypatch.setattr(build, "_reading", lambda: "another release")
    find_again()
    assert not versions().items() & {key: before[key] for key in before if key.isdigit()}.items()


def test_one_that_is_deleted_is_found_no_more():
    EstablishmentFactory(name="Oakwood School").delete()
    assert not SearchName.objects.exists()


@pytest.mark.parametrize(
    ("kind", "backwards"),
    [
        ("Predecessor", True),
        ("Predecessor - merged", True),
        ("Result of Amalgamation", True),
        ("Successor", False),
        ("Successor - amalgamated", False),
    ],
)
def test_the_open_successor_is_found_by_the_closed_ones_name(kind, backwards):
    old = ClosedSchoolFactory(name="Old Mill School")
    new = EstablishmentFactory(name="New Academy")
    first, second = (new, old) if backwards else (old, new)
    EstablishmentLinkFactory(urn=first.urn, linked_urn=second.urn, linked_name=second.name, kind=kind)
    find_again()
    found = search("old mill school")
    assert found.results == [new, old]
    assert found.was == {new.pk: "Old Mill School"}
    assert search(old.urn).results == [new, old]


def test_through_others_that_have_closed_too():
    opened = EstablishmentFactory(name="New Academy")
    middle = ClosedSchoolFactory(name="Middle Academy")
    EstablishmentLinkFactory(
        urn=opened.urn, linked_urn=middle.urn, linked_name=middle.name, kind="Predecessor"
    )
    EstablishmentLinkFactory(
        urn=middle.urn, linked_urn="100001", linked_name="Old Mill School", kind="Predecessor"
    )
    find_again()
    assert names(opened) == [("New Academy", False), ("Middle Academy", True), ("Old Mill School", True)]


def test_links_in_a_circle_end():
    schools = [EstablishmentFactory(name="New Academy"), ClosedSchoolFactory(name="Old Mill School")]
    for one, other in (schools, schools[::-1]):
        EstablishmentLinkFactory(
            urn=one.urn, linked_urn=other.urn, linked_name=other.name, kind="Predecessor"
        )
    find_again()
    assert names(schools[0]) == [("New Academy", False), ("Old Mill School", True)]


def test_a_predecessor_that_is_open_keeps_its_name_to_itself():
    opened = EstablishmentFactory(name="Old Mill School")
    new = EstablishmentFactory(name="New Academy")
    EstablishmentLinkFactory(urn=new.urn, linked_urn=opened.urn, linked_name=opened.name, kind="Predecessor")
    find_again()
    assert names(new) == [("New Academy", False)]


def test_a_former_name_of_the_same_words_is_not_kept():
    new = EstablishmentFactory(name="St Mary's CofE Primary School")
    EstablishmentLinkFactory(
        urn=new.urn, linked_urn="100001", linked_name="Saint Mary's C of E Primary School", kind="Predecessor"
    )
    find_again()
    assert names(new) == [("St Mary's CofE Primary School", False)]


def test_a_town_that_the_register_does_not_give_is_that_of_the_nurseries_near_by():
    school = EstablishmentFactory(name="Oakwood School", postcode="RH6 9AE")
    for number, town in enumerate(["HORLEY", "Horley", "Gatwick"]):
        ChildcareSetting.objects.create(
            ofsted_urn=f"EY10000{number}", name="A nursery", town=town, postcode="RH6 9XX"
        )
    find_again()
    assert find_workplaces("oakwood horley") == [school]
    assert search("oakwood gatwick").nearest
    Establishment.objects.update(town="Gatwick")
    find_again()
    assert not search("oakwood gatwick").nearest


def definitions():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename LIKE 'funding_search%' ORDER BY 1"
        )
        return cursor.fetchall()


def test_the_indexes_are_as_the_migrations_made_them():
    """Those of empty tables are made again when the rows are there."""
    before = definitions()
    assert {"search_name_words", "search_word_near"} <= {name for name, _ in before}
    school = EstablishmentFactory(name="Oakwood School")
    SearchName.objects.all().delete()
    SearchWord.objects.all().delete()
    find_again()
    assert definitions() == before
    assert find_workplaces("oakwod") == [school]
