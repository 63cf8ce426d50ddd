"""`rank_pupil_premium FILE`: figures in, ranking out; a file that cannot be used changes nothing."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from funding.actions.rank_pupil_premium import year_in
from funding.models import ImportRun, ListEdition, PupilPremium, Ranking
from npq_portal.audit.models import AuditEvent
from tests.factories.catalogue import TermFactory
from tests.factories.funding import EstablishmentFactory, list_in_use
from tests.funding.ranking.making import figures

pytestmark = pytest.mark.django_db

HEADER = (
    "URN,School type,Pupils on roll,Secondary pupils on roll,Pupils eligible for deprivation pupil premium\n"
)
GOOD = "100001,Mainstream,10,0,9\n100002,Mainstream,10,0,5\n100003,Mainstream,10,0,1\n"


@pytest.fixture(autouse=True)
def schools(db):
    for urn in ("100001", "100002", "100003"):
        EstablishmentFactory(urn=urn)
    list_in_use("pp50-schools", TermFactory(), urns=["100001"])


@pytest.fixture
def run(tmp_path):
    def run(text=HEADER + GOOD, name="pupil_premium_2022_23.csv", **options):
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        out = StringIO()
        call_command("rank_pupil_premium", file, stdout=out, **options)
        return out.getvalue()

    return run


def refused(run, *args, **options) -> str:
    """What it says. Checks that nothing was changed."""
    before = counts()
    with pytest.raises(CommandError) as error:
        run(*args, **options)
    assert counts() == before
    return str(error.value)


def counts() -> list[int]:
    """How many rows there are of all that ranking writes; a refused file is kept beside them."""
    taken = ImportRun.objects.filter(refusal="").count()
    return [taken, *(model.objects.count() for model in (PupilPremium, Ranking, ListEdition, AuditEvent))]


def test_says_how_many_rows_rank_no_school(run):
    assert "rank no school" not in run()
    said = run(HEADER + GOOD + "100008,Mainstream,0,0,0\n100009,Mainstream,10,0,9\n")
    assert "Ranked 3 schools, on the figures of 3." in said
    assert (
        "2 rows rank no school: they have no pupils, or lead to no open school of an eligible type." in said
    )


def test_ranks_and_compares(run):
    said = run()
    assert "Figures for 2022-23: 3 rows read, 3 added" in said
    assert (
        "Ranked 3 schools, on the figures of 3. The top half is those with a share of 90.0% or more: 1."
        in said
    )
    assert "The computed list computed-2022-23 is new. No term uses it." in said
    assert "Against the published list autumn-2025" in said
    assert "precision 1.000: 1 of the 1 computed" in said


def test_the_edition_and_the_year_can_be_given(run):
    run(name="figures.csv", year="2023-24", edition="spring-trial")
    ranking = Ranking.objects.get()
    assert (ranking.year, ranking.edition.term_label) == ("2023-24", "spring-trial")


def test_the_same_file_again_changes_nothing(run):
    run()
    before = counts()
    said = run()
    assert "this file is the one in use; 0 added, 0 changed, 0 removed" in said
    assert "is as it was" in said
    assert counts() == before


def test_a_corrected_file_replaces_the_years_figures_and_no_others(run):
    figures("100001", 5, 10, year="2021-22")
    run()
    corrected = HEADER + "100001,Mainstream,10,0,8\n100002,Mainstream,10,0,5\n"
    assert "Is it the whole file? If it is, add --accept-large-loss." in refused(run, corrected)
    said = run(corrected, accept_large_loss=True)
    assert "0 added, 1 changed, 1 removed" in said
    assert PupilPremium.objects.filter(year="2022-23").count() == 2
    assert PupilPremium.objects.filter(year="2021-22").count() == 1
    assert Ranking.objects.count() == 2


def test_rows_that_cannot_be_used_are_named(run):
    said = refused(run, HEADER + GOOD + "12,Mainstream,10,0,1\n100004,Mainstream,10,0,11\n100005,M,z,0,1\n")
    assert said.startswith("Nothing was changed. 3 of the 6 rows cannot be used.")
    assert 'Row 5: "12" does not fit: a school\'s URN has six digits' in said
    assert "row 6: a part of the roll is larger than the roll;" in said
    assert 'row 7: Pupils on roll is "z", not a whole number.' in said
    assert said.endswith("To leave them out, add --without-rejected-rows.")
    assert ImportRun.objects.get().refusal in said


def test_only_the_first_five_are_named(run):
    said = refused(run, HEADER + GOOD + "12,Mainstream,10,0,1\n" * 23)
    assert said.lower().count("row ") == 5
    assert "(and 18 more)" in said


def test_they_can_be_left_out(run):
    assert "3 added, 0 changed, 0 removed, 1 left out" in run(
        HEADER + GOOD + "12,Mainstream,10,0,1\n", without_rejected_rows=True
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"", "is empty"),
        ("URN,Pupils on roll\n100001,5\n", "has no column"),
        (HEADER, "no rows"),
        (HEADER.encode("utf-16"), "UTF-16"),
        (HEADER + "100001,Mainstream\n", "Row 2"),
        (HEADER + GOOD + GOOD, "Rows 2 and 5 are both for"),
    ],
)
def test_a_file_that_is_no_such_table(run, text, words):
    assert words in refused(run, text)


def test_a_file_that_is_not_there(run):
    with pytest.raises(CommandError, match=r"There is no file no/such/2021_22\.csv\."):
        call_command("rank_pupil_premium", "no/such/2021_22.csv")


def test_who_did_it_is_recorded_once(run):
    run()
    event = AuditEvent.objects.about(Ranking.objects.get()).get()
    assert (event.action, event.actor, event.source) == (
        "funding.schools_ranked",
        "system",
        "rank_pupil_premium",
    )
    assert (event.new["year"], event.new["schools"]) == ("2022-23", 3)


def test_the_same_file_under_another_name_is_another_edition(run):
    run()
    said = run(edition="spring-trial")
    assert "this file is the one in use" in said
    assert "The computed list spring-trial is new." in said
    assert AuditEvent.objects.count() == 2


def test_figures_of_no_school_that_is_ranked(run):
    assert "no figures for 2022-23 of any school" in refused(run, HEADER + "999999,Mainstream,10,0,1\n")


def test_a_year_must_be_found_somewhere(run):
    assert "Add it, as in --year 2021-22." in refused(run, name="figures.csv")


@pytest.mark.parametrize("year", ["2021", "2021-23", "21-22"])
def test_a_year_must_be_one(run, year):
    assert "Write it as 2021-22." in refused(run, year=year)


def test_a_published_name_is_taken(run):
    assert "autumn-2025 is a published edition" in refused(run, edition="autumn-2025")


def test_a_name_is_a_name(run):
    assert "small letters, digits and hyphens" in refused(run, edition="My list")


def test_compares_only_with_what_is_published(run):
    assert refused(run, against="autumn-2030") == (
        "There is no published edition autumn-2030. There are: autumn-2025."
    )


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("pupil_premium_2021_22.csv.gz", "2021-22"),
        ("Pupil premium 2024 to 2025.csv", "2024-25"),
        ("pp-2099-00.csv", "2099-00"),
        ("figures-2021-2024.csv", ""),
        ("100000-22.csv", ""),
        ("figures.csv", ""),
    ],
)
def test_the_year_in_a_name(name, year):
    assert year_in(name) == year
