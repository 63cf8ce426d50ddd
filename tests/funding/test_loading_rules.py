"""How loading behaves with others, on two small files in place of the bundled ones."""

import threading

import pytest
from django.db import connection
from tqdm import tqdm

from funding import bundled, loading
from funding.imports import run
from funding.models import ImportRun, ListEdition, LocalAuthority, TermList
from npq_portal.read import FileRefusedError
from tests.factories.catalogue import TermFactory
from tests.factories.funding import ImportRunFactory, list_in_use
from tests.funding.editions.making import confirm, csv_of, preview

HEADER = "old_la_code,new_la_code,la_name,region_code,region_name\n"


@pytest.fixture
def files(tmp_path, monkeypatch):
    """The bundle, cut down: local authorities, and one list that autumn 2026 uses."""
    monkeypatch.setattr(bundled, "DATA", tmp_path)
    (tmp_path / "authorities.csv").write_text(HEADER + "202,E09000007,Camden,E12000007,London\n")
    (tmp_path / "rise.csv").write_text("School URN\n100000\n")
    tables = [bundled.BundledTable("local-authorities", "authorities.csv", "", "", "2025", 1)]
    lists = [bundled.BundledList("rise", "autumn-2025", "rise.csv", ("autumn-2026",), 1)]
    monkeypatch.setattr(bundled, "tables", lambda: tables)
    monkeypatch.setattr(bundled, "lists", lambda: lists)
    return tmp_path


def load():
    with tqdm(total=0, disable=True) as progress:
        loading.load(progress)
    return progress


@pytest.mark.django_db
def test_progress_counts_every_row(files):
    TermFactory()
    assert load().total == 2


@pytest.mark.django_db
def test_a_newer_bundled_file_is_loaded(files):
    TermFactory()
    load()
    (files / "authorities.csv").write_text(
        HEADER + "202,E09000007,London Borough of Camden,E12000007,London\n"
    )
    assert load().total == 1
    assert LocalAuthority.objects.get().name == "London Borough of Camden"


@pytest.mark.django_db
def test_a_changed_reader_reads_the_same_file_again(files, monkeypatch):
    TermFactory()
    load()
    monkeypatch.setattr(run, "READER_VERSION", "2")
    assert load().total == 2
    assert ListEdition.objects.count() == 1


@pytest.mark.django_db
def test_what_an_operator_loaded_stands(files):
    TermFactory()
    ImportRunFactory(source="local-authorities", bundled=False)
    load()
    assert not LocalAuthority.objects.exists()


@pytest.mark.django_db
def test_the_edition_that_an_operator_gave_a_term_stands(files):
    term = TermFactory()
    newer = list_in_use("rise", term, urns=["100000"], term_label="autumn-2026")
    load()
    assert TermList.objects.get(term=term, kind="rise").edition == newer


@pytest.mark.django_db
def test_an_edition_that_an_operator_made_for_two_terms_is_used_as_each(files, tmp_path):
    content = csv_of(["100000"])
    for identifier in ("autumn-2024", "autumn-2025"):
        confirm(preview(tmp_path, content, term=TermFactory(identifier=identifier), kind="rise"))
    term = TermFactory()
    load()
    assert TermList.objects.get(term=term, kind="rise").edition.term_label == "autumn-2025"


@pytest.mark.django_db(transaction=True)
def test_a_file_that_cannot_be_used_leaves_nothing_half_done(files):
    TermFactory()
    (files / "rise.csv").write_text("Something else\n1\n")
    with pytest.raises(FileRefusedError, match="has no column"):
        load()
    assert not LocalAuthority.objects.exists()
    assert not ImportRun.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_load_once(files):
    TermFactory()
    problems = []

    def one():
        try:
            load()
        except Exception as error:
            problems.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert not problems
    assert (ImportRun.objects.count(), LocalAuthority.objects.count()) == (2, 1)
