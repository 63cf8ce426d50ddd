"""What working out keeps: a ranking, and a computed edition that no term uses. The same again is no other."""

import pytest

from funding.gather import evidence_for
from funding.models import Establishment, ListEdition, Ranking, TermList
from funding.ranking.working import keep_up_to_date, work_out
from tests.factories.catalogue import TermFactory
from tests.factories.funding import ImportRunFactory, list_in_use
from tests.funding.ranking.making import YEAR, figures, rank, school, top_half

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def schools(db):
    for number in range(4):
        school(f"10000{number}", number, 10)


def test_the_edition_is_computed_and_counts_its_entries():
    edition = rank("my-own").edition
    assert (edition.kind, edition.term_label, edition.computed) == ("pp50-schools", "my-own", True)
    assert edition.entry_count == edition.entries.count() == 2
    assert set(edition.entries.values_list("namespace", flat=True)) == {"gias-urn"}


def test_no_term_uses_it():
    term = TermFactory()
    published = list_in_use("pp50-schools", term, urns=["100000"])
    rank()
    assert [each.edition for each in TermList.objects.filter(term=term)] == [published]
    assert [each.computed for each in evidence_for(None, term)] == [False]


def test_the_same_figures_make_no_other_edition():
    first, new = work_out(YEAR, "computed")
    again, new_again = work_out(YEAR, "computed")
    assert (new, new_again) == (True, False)
    assert again == first
    assert ListEdition.objects.count() == Ranking.objects.count() == 1


def test_other_figures_make_another_and_the_first_stays():
    first = rank()
    school("100005", 9, 10)
    second = rank()
    assert second.edition != first.edition
    assert top_half(first) == {"100003", "100002"}
    assert top_half(second) == {"100005", "100003"}
    assert Ranking.objects.in_use().get() == second


def test_the_ranking_in_use_is_the_newest_years():
    figures("100000", 1, 10, year="2022-23")
    newer, _ = work_out("2022-23", "computed-2022-23")
    rank()
    assert Ranking.objects.in_use().get() == newer


def test_the_histogram_counts_every_school_once():
    school("100006", 10, 10)
    school("100007", 15, 100)
    histogram = rank().histogram
    assert len(histogram) == 20
    assert sum(histogram) == 6
    # Shares of 0, 0.1, 0.15, 0.2 and 0.3 are each at the start of their band; 1 is in the last.
    assert {band: count for band, count in enumerate(histogram) if count} == {
        0: 1,
        2: 1,
        3: 1,
        4: 1,
        6: 1,
        19: 1,
    }


def test_kept_up_to_date_it_is_not_worked_out_again(django_assert_num_queries):
    ImportRunFactory(source="establishments")
    keep_up_to_date()
    assert Ranking.objects.get().edition.term_label == "computed-2021-22"
    with django_assert_num_queries(3):
        keep_up_to_date()


def test_a_new_import_works_it_out_again_under_its_name():
    rank("named-by-an-operator")
    ImportRunFactory(source="establishments", sha256="1" * 64)
    school("100008", 9, 10)
    keep_up_to_date()
    assert Ranking.objects.count() == 2
    assert Ranking.objects.in_use().get().edition.term_label == "named-by-an-operator"


def test_an_import_that_changes_no_rank_makes_no_other_ranking():
    rank()
    run = ImportRunFactory(source="establishment-links")
    keep_up_to_date()
    assert Ranking.objects.get().sources == {"establishment-links": run.pk}


def test_where_no_school_is_left_to_rank_the_ranking_stays():
    rank()
    Establishment.objects.update(status_code="2", status_name="Closed")
    ImportRunFactory(source="establishments", sha256="2" * 64)
    keep_up_to_date()
    assert Ranking.objects.count() == 1
