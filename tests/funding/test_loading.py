"""The bundled data, all of it, loaded once for this file: every count as published."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Count
from django.test.utils import CaptureQueriesContext
from tqdm import tqdm

from catalogue.models import PostcodeArea, Term
from funding import bundled, loading
from funding.gather import evidence_for, workplace_of
from funding.models import (
    ChildcareSetting,
    Establishment,
    EstablishmentLink,
    ImportRun,
    IttProvider,
    ListEdition,
    ListEntry,
    LocalAuthority,
    PupilPremium,
    SearchName,
    SearchSetting,
    TermList,
)
from funding.search import find_workplaces, search_settings
from tests.benchmarks.judged import make
from tests.funding.search import judged_settings

# All are within the database that is loaded once.
pytestmark = pytest.mark.django_db

SEED = 31
PER_KIND = 16

# Rows that stand for themselves: repeated, empty and unusable numbers are rejected, with their row numbers.
ENTRIES = {
    ("high-pupil-premium-2021", "autumn-2021"): 6_491,
    ("pp50-schools", "autumn-2024"): 11_285,
    ("pp50-schools", "spring-2025"): 11_131,
    ("pp50-schools", "autumn-2025"): 11_152,
    ("pp50-16-to-19", "autumn-2024"): 285,
    ("pp50-16-to-19", "spring-2025"): 1_184,
    ("pp50-16-to-19", "autumn-2025"): 1_184,
    ("childminders", "autumn-2024"): 12_653,
    ("childminders", "spring-2025"): 12_589,
    ("childminders", "autumn-2025"): 25_301,
    ("disadvantaged-early-years", "autumn-2024"): 18_513,
    ("disadvantaged-early-years", "spring-2025"): 13_870,
    ("disadvantaged-early-years", "autumn-2025"): 13_797,
    ("local-authority-nurseries", "autumn-2024"): 343,
    ("local-authority-nurseries", "spring-2025"): 313,
    ("local-authority-nurseries", "autumn-2025"): 379,
    ("rise", "autumn-2025"): 367,
    # The top half of the portal's own ranking, which no term uses.
    ("pp50-schools", "computed-2021-22"): 10_280,
}


@pytest.fixture(scope="module", autouse=True)
def reference_data(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference_data")
        connection.check_constraints()  # now, for otherwise each test does so when it ends
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("model", "rows"),
    [
        (Establishment, 25_737),
        (EstablishmentLink, 27_189),
        (ChildcareSetting, 27_378),
        (PupilPremium, 20_760),
        (LocalAuthority, 152),
        (PostcodeArea, 2_004),
        (IttProvider, 170),
        (ListEdition, 18),
    ],
)
def test_every_row_is_there(model, rows):
    assert model.objects.count() == rows


def test_schools_and_institutions():
    every = Establishment.objects
    assert (every.filter(status_code="1").count(), every.filter(status_code="2").count()) == (24_918, 819)
    assert every.filter(urn__isnull=True).count() == 443
    assert every.filter(easting__isnull=False).count() == 18_062


def test_every_edition_has_its_entries():
    counted = {(each.kind, each.term_label): each.entries.count() for each in ListEdition.objects.all()}
    assert counted == ENTRIES
    assert all(each.entry_count == each.entries.count() for each in ListEdition.objects.all())


def test_no_day_of_publication_is_claimed():
    assert not ListEdition.objects.filter(published_on__isnull=False).exists()


def test_sources_toml_counts_its_rows_rightly():
    read = dict(ImportRun.objects.values_list("source", "rows_read"))
    assert read == {each.name: each.rows for each in (*bundled.tables(), *bundled.lists())}


def test_every_listed_school_of_autumn_2025_is_known():
    listed = ListEntry.objects.filter(edition__kind="pp50-schools", edition__term_label="autumn-2025")
    assert Establishment.objects.filter(urn__in=listed.values("identifier")).count() == 11_152


def test_a_schools_number_on_a_childminders_list_does_not_name_the_school():
    """The trap of two number ranges: 118032 and 308 more are a childminder's and a school's."""
    childminders = ListEntry.objects.filter(edition__kind="childminders", edition__term_label="autumn-2024")
    school = Establishment.objects.filter(urn__in=childminders.values("identifier")).order_by("urn").first()
    found = evidence_for(workplace_of(school), Term.objects.get(identifier="autumn-2024"))
    assert {each.kind: each.names_it for each in found}["childminders"] is False


def test_autumn_2026_uses_the_editions_of_autumn_2025():
    used = TermList.objects.filter(term__identifier="autumn-2026").select_related("edition")
    assert {each.kind: each.edition.term_label for each in used} == {
        "pp50-schools": "autumn-2025",
        "pp50-16-to-19": "autumn-2025",
        "rise": "autumn-2025",
        "childminders": "autumn-2025",
        "disadvantaged-early-years": "autumn-2025",
        "local-authority-nurseries": "autumn-2025",
    }


def test_the_2021_list_is_for_the_first_term_of_2021_alone():
    used = TermList.objects.filter(kind="high-pupil-premium-2021")
    assert [each.term.identifier for each in used.select_related("term")] == ["autumn-2021-first"]


@pytest.mark.parametrize(
    ("typed", "urn"),
    [
        ("aldgate school", "100000"),
        ("EC3A 5DE", "100000"),
        ("ec3a5de", "100000"),
        ("100000", "100000"),
        ("Rhyl Community Primary Camden", "100021"),
        ("darras hall nort", "145781"),
    ],
)
def test_a_school_is_found_first(typed, urn):
    found = find_workplaces(typed)
    assert found[0].urn == urn


def test_a_town_that_no_column_names_finds_its_schools():
    """The extract has no towns; those of childcare settings in the same postcode sector stand in."""
    found = find_workplaces("oakwood horley")
    assert (found[0].name, found[0].district_name) == ("Oakwood School", "Reigate and Banstead")


def test_the_search_has_every_name_and_those_from_before():
    assert SearchName.objects.filter(former=False).count() == 25_737
    assert SearchName.objects.filter(former=True).count() > 7_000


def test_what_people_type_finds_the_school_that_they_mean():
    """99% in the first ten and 95% in first place, over 24 kinds of query that the search was not made by."""
    judged = make(SEED, PER_KIND)
    assert len({each.kind for each in judged}) == 24
    answers = [(each, [found.reference for found in find_workplaces(each.text)]) for each in judged]
    missed = [(each.kind, each.text) for each, found in answers if not each.answers & set(found)]
    not_first = [(each.kind, each.text) for each, found in answers if not each.answers & set(found[:1])]
    assert len(missed) <= 0.01 * len(judged), missed
    assert len(not_first) <= 0.05 * len(judged), not_first


def test_childcare_settings_are_of_the_kinds_that_the_model_tells():
    kinds = dict(ChildcareSetting.objects.order_by("kind").values_list("kind").annotate(Count("pk")))
    assert kinds == {
        "": 244,
        "Full day care": 14_595,
        "Out-of-school day care": 6_450,
        "Sessional day care": 6_089,
    }


def test_what_ofsted_keeps_private_is_not_shown():
    private = ChildcareSetting.objects.filter(name="Name not published by Ofsted")
    assert private.count() == 19
    assert not any("REDACTED" in each.label or "Not Recorded" in each.label for each in private)
    (found,) = search_settings("EY496734").results
    assert found in private


def test_what_people_type_finds_the_childcare_setting_that_they_mean():
    """97% in the first ten, over 200 queries of eight kinds."""
    assert SearchSetting.objects.count() == 27_378
    judged = list(judged_settings.make(SEED, 25))
    answers = [
        (kind, typed, right & {each.pk for each in search_settings(typed).results})
        for kind, typed, right in judged
    ]
    missed = [(kind, typed) for kind, typed, found in answers if not found]
    assert len(judged) == 200
    assert len(missed) <= 0.03 * len(judged), missed


@pytest.mark.parametrize(
    ("typed", "queries"), [("school", 1), ("st", 1), ("london primary school", 1), ("gronge scool leds", 3)]
)
def test_broad_and_mistyped_queries_take_as_few_queries(typed, queries, django_assert_num_queries):
    with django_assert_num_queries(queries):
        assert find_workplaces(typed)


def test_loading_again_reads_and_writes_nothing():
    runs = ImportRun.objects.count()
    with tqdm(total=0, disable=True) as progress, CaptureQueriesContext(connection) as queries:
        loading.load(progress)
    assert progress.total == 0
    assert ImportRun.objects.count() == runs
    written = [each["sql"] for each in queries if each["sql"].startswith(("COPY", "UPDATE", "DELETE"))]
    assert not written
