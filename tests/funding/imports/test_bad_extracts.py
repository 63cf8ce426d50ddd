"""An extract that cannot be used: one line that says why and in which row, a failure, and not one row changed."""

import pytest
from django.core.management import CommandError, call_command

from funding.models import Establishment, EstablishmentChange, ImportRun
from tests.funding.imports.extracts import extract_of, school

pytestmark = pytest.mark.django_db
ROWS = [school(str(urn), f"School {urn}") for urn in range(100_000, 100_005)]
GOOD = extract_of(*ROWS).encode()
NEVER_ZERO = "a school's URN has six digits and does not begin with 0"


def bad(**cells: str) -> bytes:
    """The good extract with a sixth row, which is row 7 of the file."""
    return extract_of(*ROWS, school(cells.pop("urn", "100005"), **cells)).encode()


CASES = {
    "empty": (b"", "extract.csv is empty."),
    "header only": (GOOD.splitlines(keepends=True)[0], "The file has a header and no rows."),
    "utf-16": (GOOD.decode().encode("utf-16"), "extract.csv is UTF-16. Save it as CSV UTF-8."),
    "nul": (GOOD + b"\x00", "extract.csv holds NUL bytes"),
    "semicolons": (GOOD.replace(b",", b";"), "extract.csv is separated by semicolons. Save it with commas."),
    "tabs": (GOOD.replace(b",", b"\t"), "extract.csv is separated by tabs. Save it with commas."),
    "missing column": (
        extract_of(*ROWS, without=("Postcode",)).encode(),
        "extract.csv has no column Postcode. It has URN,",
    ),
    "renamed column": (GOOD.replace(b"Postcode", b"Post code", 1), "extract.csv has no column Postcode."),
    "repeated column": (GOOD.replace(b"UKPRN", b"URN", 1), "extract.csv has the column URN more than once."),
    "wrong file": (
        b"Time_period,Source,Value\n1,2,3\n",
        "extract.csv has no column URN, UKPRN, EstablishmentName",
    ),
    "cut short": (GOOD[:-20], "Row 6 has 5 cells for 9 columns. Was the file cut short?"),
    "extra cell": (
        GOOD + b",,,,,,,,,,\n" + GOOD.splitlines()[1] + b",more\n",
        "Row 8 has 10 cells for 9 columns.",
    ),
    "open quotation": (GOOD + b'100005,"', 'Row 7 opens a cell with " and never closes it.'),
    "10 MB cell": (GOOD + b"1" * 10_000_000, "Row 7 has over 1,048,576 characters."),
    "the same school twice": (
        GOOD + GOOD.splitlines(keepends=True)[3],
        "Rows 4 and 7 are both for urn 100002. Keep one.",
    ),
    "the same number, another school": (
        bad(urn="100002", name="Another"),
        "Rows 4 and 7 are both for urn 100002.",
    ),
    "urn with a space": (bad(urn="100 005"), f'Row 7: "100 005" does not fit: {NEVER_ZERO}.'),
    "urn with zeros": (bad(urn="0100005"), f'Row 7: "0100005" does not fit: {NEVER_ZERO}.'),
    "no number": (bad(urn=""), "Row 7: it has neither a URN nor a UKPRN."),
    "no name": (bad(name=""), "Row 7: EstablishmentName is empty."),
    "html": (bad(name="<b>Oak</b>"), 'Row 7: EstablishmentName holds HTML: "<b>Oak</b>".'),
    "long name": (bad(name="x" * 161), "Row 7: EstablishmentName has 161 characters; it may have 160."),
    "pupils": (bad(NumberOfPupils="-5"), 'Row 7: NumberOfPupils is "-5", not a whole number.'),
    "day": (bad(OpenDate="2026-08-31"), 'Row 7: OpenDate is "2026-08-31", not a day written as 31-08-2026.'),
    "share": (bad(PercentageFSM="101"), 'Row 7: PercentageFSM is "101", not a percentage.'),
}


@pytest.fixture
def loaded(tmp_path):
    path = tmp_path / "extract.csv"
    path.write_bytes(GOOD.replace(b"School 100004", b"Old name"))
    call_command("import_establishments", str(path))
    return path


@pytest.mark.parametrize("case", CASES)
def test_refused_in_one_line_with_nothing_changed(loaded, case, capsys):
    content, words = CASES[case]
    rows = list(Establishment.objects.order_by("id").values_list())
    loaded.write_bytes(content)
    with pytest.raises(CommandError) as refused:
        call_command("import_establishments", str(loaded))
    assert str(refused.value).startswith("Nothing was changed. ")
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)
    assert list(Establishment.objects.order_by("id").values_list()) == rows
    assert not EstablishmentChange.objects.exists()
    run = ImportRun.objects.latest("id")
    assert words in run.refusal
    assert (run.rows_added, run.rows_changed, run.rows_removed) == (0, 0, 0)


def test_the_refused_run_is_not_the_one_in_use(loaded):
    loaded.write_bytes(b"URN\n")
    with pytest.raises(CommandError):
        call_command("import_establishments", str(loaded))
    assert ImportRun.objects.in_use("establishments").get().rows_read == 5


def test_only_the_first_rows_are_named(loaded):
    loaded.write_text(extract_of(*ROWS, *(school(f"x{number}") for number in range(200))))
    with pytest.raises(
        CommandError,
        match=r"^Nothing was changed. 200 of the 205 rows cannot be used. Row 7: .* \(and 195 more\)\.",
    ):
        call_command("import_establishments", str(loaded))


def test_there_must_be_a_file(tmp_path):
    with pytest.raises(CommandError, match=r"There is no file .*nowhere\.csv\."):
        call_command("import_establishments", str(tmp_path / "nowhere.csv"))
