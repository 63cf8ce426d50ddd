"""A file without a last line break: refused where its last row was cut, looked at again where it may have been."""

import gzip

import pytest

from funding import bundled
from funding.imports.last_row import LastRow
from npq_portal.read import FileRefusedError, SourceFile, look_through, opened
from tests.funding.editions.making import csv_of, preview

NUMBERS = ["EY463234", "CA000006", "2810110", "2766483", "118032"]


@pytest.fixture
def judge(tmp_path):
    """What is said of a file of one column: its doubt, its refusal, or nothing."""

    def judge(content: str, is_number: bool = True) -> str:
        path = tmp_path / "list.csv"
        path.write_text(content)
        file = look_through(path)
        last = LastRow(file, is_number=is_number)
        with opened(file) as sheet:
            list(last.watch(sheet.rows))
        return last.doubt()

    return judge


def column(*cells: str) -> str:
    return "\n".join(["Number", *cells])


@pytest.mark.parametrize("last", ["2766484", "EY365242", "CA000007", "ey 365243"])
def test_a_number_as_long_as_others_is_whole(judge, last):
    assert judge(column(*NUMBERS, last)) == ""


@pytest.mark.parametrize("last", ["EY36524", "EY3652", "EY", "27664", "1", "27664845"])
def test_a_number_like_no_other_was_cut(judge, last):
    with pytest.raises(
        FileRefusedError, match=f'Row 7, the last, breaks off with "{last}": no other row ends'
    ):
        judge(column(*NUMBERS, last))


def test_a_number_that_may_be_the_beginning_of_a_longer_is_to_be_looked_at(judge):
    said = 'The file does not end with a line break. Look at its last row, 7: is "276648" whole?'
    assert judge(column(*NUMBERS, "276648")) == said


def test_an_only_row_is_to_be_looked_at(judge):
    assert judge(column("2766484")).endswith('Look at its last row, 2: is "2766484" whole?')


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_line_break_ends_every_doubt(judge, end):
    assert judge(column(*NUMBERS, "27664") + end) == ""


def test_a_closing_quotation_mark_does_too(judge):
    assert judge(column(*NUMBERS, '"276648"')) == ""


@pytest.mark.parametrize(("last", "whole"), [("Academy converter", True), ("Free schools", False)])
def test_a_text_that_other_rows_have_is_whole_unless_some_go_on(judge, last, whole):
    content = column("Academy converter", "Free schools", "Free schools special", last)
    assert (judge(content, is_number=False) == "") is whole


def test_the_beginning_of_a_text_that_other_rows_have_was_cut(judge):
    with pytest.raises(FileRefusedError, match='Row 3, the last, breaks off with "Academy conv"'):
        judge(column("Academy converter", "Academy conv"), is_number=False)


def test_a_text_of_its_own_is_to_be_looked_at(judge):
    assert "Look at its last row, 3:" in judge(column("Oak School", "Elm Sch"), is_number=False)


def test_nothing_is_kept_of_a_file_that_ended(tmp_path):
    file = SourceFile(tmp_path, "", "utf-8-sig", "list.csv", 2, ended=True)
    last = LastRow(file, is_number=True)
    assert list(last.watch(iter([(2, ["118032"])]))) == [(2, ["118032"])]
    assert not last.before


def test_the_preview_says_so_and_asks_again(tmp_path, term):
    content = csv_of([*NUMBERS, "118033"], header="Provider URN")[:-1]
    whole = preview(tmp_path, content.replace(b"118033", b"2766484"), term=term, kind="childminders")
    cut = preview(tmp_path, content, term=term, kind="childminders")
    assert (whole.doubt, whole.needs_second_look) == ("", False)
    assert cut.reasons_to_look_again == [cut.doubt]
    assert 'is "118033" whole?' in cut.doubt


@pytest.mark.parametrize(
    "edition", bundled.lists(), ids=lambda edition: f"{edition.kind} {edition.published_for}"
)
def test_every_published_edition_ends_as_it_should(tmp_path, term, edition):
    lines = gzip.decompress(edition.path.read_bytes()).splitlines(keepends=True)
    upload = preview(tmp_path, b"".join([*lines[:300], lines[-1]]), term=term, kind=edition.kind)
    assert upload.doubt == ""


@pytest.mark.parametrize(
    "cut", [number[:kept] for number in ("EY463234", "2810110") for kept in range(1, len(number))]
)
def test_a_cut_in_the_last_number_of_a_published_edition_never_goes_unseen(tmp_path, term, cut):
    (edition,) = (each for each in bundled.lists() if each.path.name.startswith("childminders__autumn-2025"))
    content = b"".join(gzip.decompress(edition.path.read_bytes()).splitlines(keepends=True)[:300])
    try:
        said = preview(tmp_path, content + cut.encode(), term=term, kind="childminders").doubt
    except FileRefusedError as refusal:
        said = str(refusal)
    assert "last" in said
    assert f'"{cut}"' in said
