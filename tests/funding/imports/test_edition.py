"""A published list into an edition."""

import pytest
from django.db import transaction

from funding.imports.run import Origin, import_edition
from funding.models import ListEdition, ListEntry
from npq_portal.read import FileRefusedError

pytestmark = pytest.mark.django_db


def load(tmp_path, content, kind="pp50-schools", term="autumn-2025"):
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with transaction.atomic():
        return import_edition(path, kind, term, Origin("list", bundled=False), lambda rows: None)


def test_makes_an_edition_of_its_entries(tmp_path):
    edition, run = load(tmp_path, b"URN,School name\r\n100000,A\r\n100006,B\r\n")
    assert (edition.entry_count, edition.term_name, edition.published_on) == (2, "autumn 2025", None)
    assert set(edition.entries.values_list("namespace", "identifier")) == {
        ("gias-urn", "100000"),
        ("gias-urn", "100006"),
    }
    assert (run.rows_read, run.rows_added) == (2, 2)


def test_a_number_in_two_rows_is_one_entry_and_said_so(tmp_path):
    edition, run = load(tmp_path, b"URN\n100000\n100006\n100000\n")
    assert edition.entry_count == edition.entries.count() == 2
    assert run.rejected == [{"row": 4, "reason": "100000 is already in row 2"}]


def test_the_same_file_again_is_the_same_edition(tmp_path):
    first, _ = load(tmp_path, b"URN\n100000\n")
    second, run = load(tmp_path, b"URN\n100000\n")
    assert first == second
    assert (run.rows_added, ListEdition.objects.count(), ListEntry.objects.count()) == (0, 1, 1)


def test_another_file_for_the_term_is_another_edition(tmp_path):
    load(tmp_path, b"URN\n100000\n")
    load(tmp_path, b"URN\n100000\n100006\n")
    assert sorted(ListEdition.objects.values_list("entry_count", flat=True)) == [1, 2]


def test_a_list_of_another_kind_is_refused(tmp_path):
    with pytest.raises(FileRefusedError, match="no column UKPRN"):
        load(tmp_path, b"URN\n100000\n", kind="pp50-16-to-19")
    assert not ListEdition.objects.exists()
