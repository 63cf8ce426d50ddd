"""A preview says what a file would change, and changes nothing."""

import pytest

from funding.models import EditionUpload
from tests.funding.editions.conftest import IN_USE
from tests.funding.editions.making import LATER, NOW, csv_of, everything, numbers_in_use, preview, urns


def test_counts_against_the_edition_in_use(tmp_path, term, in_use, staff):
    upload = preview(tmp_path, csv_of([*IN_USE[1:], *urns(100_010, 2)]), term=term, by=staff)
    assert (upload.rows_read, upload.rows_rejected, upload.entry_count) == (11, 0, 11)
    assert (upload.added, upload.removed, upload.replaces) == (2, 1, in_use)
    assert not upload.needs_second_look


def test_changes_nothing(tmp_path, term, in_use, staff):
    before = everything()
    preview(tmp_path, csv_of(urns(100_005, 10)), term=term, by=staff)
    assert everything() == before
    assert numbers_in_use(term) == set(IN_USE)


def test_names_rejected_rows_with_the_reason(tmp_path, term, in_use):
    upload = preview(tmp_path, csv_of([*IN_USE, "10000", "0100001", IN_USE[0]]), term=term)
    assert upload.rows_rejected == 3
    assert upload.rejected == [
        {
            "row": 12,
            "reason": '"10000" does not fit: a school\'s URN has six digits and does not begin with 0',
        },
        {
            "row": 13,
            "reason": '"0100001" does not fit: a school\'s URN has six digits and does not begin with 0',
        },
        {"row": 14, "reason": "100000 is already in row 2"},
    ]
    assert upload.changes_nothing


def test_a_number_that_comes_twice_with_different_words_is_told_apart(tmp_path, term, in_use):
    content = b"URN,School name\n100000,Oak\n100001,Elm\n100000,Oak\n100000,Ash\n"
    assert preview(tmp_path, content, term=term).rejected == [
        {"row": 4, "reason": "100000 is already in row 2"},
        {"row": 5, "reason": "100000 is already in row 2, where the rest of the row is different"},
    ]


@pytest.mark.parametrize(("kept", "second_look"), [(8, False), (7, True)])
def test_over_a_fifth_gone_needs_a_second_look(tmp_path, term, in_use, kept, second_look):
    upload = preview(tmp_path, csv_of(IN_USE[:kept]), term=term)
    assert (upload.drops_many, upload.needs_second_look) == (second_look, second_look)


@pytest.mark.parametrize(("more", "second_look"), [(2, False), (3, True)])
def test_over_a_fifth_new_needs_a_second_look(tmp_path, term, in_use, more, second_look):
    upload = preview(tmp_path, csv_of([*IN_USE, *urns(100_010, more)]), term=term)
    assert (upload.adds_many, upload.needs_second_look) == (second_look, second_look)


def test_says_what_looks_like_a_mistake(tmp_path, term, in_use):
    upload = preview(tmp_path, csv_of(urns(100_010, 4) + urns(500_000, 5)), term=term)
    removed, added, unknown = upload.reasons_to_look_again
    assert removed.startswith("It would remove 10 of 10 numbers, more than a fifth.")
    assert added.startswith("It would add 9 numbers to 10, more than a fifth.")
    assert unknown == "5 of its 9 numbers are of no school here. Is it a list of another kind?"


def test_numbers_of_no_school_here_need_a_second_look(tmp_path, term, in_use):
    upload = preview(tmp_path, csv_of([*IN_USE, *urns(500_000, 5)]), term=term)
    assert (upload.unknown, upload.drops_many, upload.needs_second_look) == (5, False, True)


def test_a_first_list_replaces_none(tmp_path, term):
    upload = preview(tmp_path, csv_of(["CA000006"], header="Provider URN"), term=term, kind="childminders")
    assert (upload.replaces, upload.added, upload.removed, upload.unknown) == (None, 1, 0, 0)
    assert not upload.changes_nothing


def test_previews_that_ran_out_are_forgotten(tmp_path, term, in_use):
    old = preview(tmp_path, csv_of(IN_USE), term=term)
    preview(tmp_path, csv_of(IN_USE), term=term, now=LATER)
    assert EditionUpload.objects.filter(pk=old.pk).exists()
    preview(tmp_path, csv_of(IN_USE), term=term, now=old.expires_at)
    assert not EditionUpload.objects.filter(pk=old.pk).exists()
    assert old.expires_at > NOW
