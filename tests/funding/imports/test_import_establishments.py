"""`manage.py import_establishments`: what is new, what differs, what is gone, and what was before."""

from contextlib import suppress

import pytest
from django.core.management import CommandError, call_command

from funding.models import Establishment, EstablishmentChange, EstablishmentLink, ImportRun
from funding.search import find_workplaces
from npq_portal.audit.models import AuditEvent, reference
from tests.factories.funding import EstablishmentFactory, PostSixteenFactory
from tests.funding.imports.extracts import college, extract_of, school
from tests.funding.samples import SAMPLES

pytestmark = pytest.mark.django_db
TEN = [school(str(urn), f"School {urn}") for urn in range(100_000, 100_010)]
LINKS = (
    "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\n100000,100001,School 100001,Successor,01-09-2026\n"
)


@pytest.fixture
def take(tmp_path, capsys):
    def call(*rows, flags=(), links=None, **options):
        path = tmp_path / "extract.csv"
        path.write_text(extract_of(*rows, **options))
        if links is not None:
            (tmp_path / "links.csv").write_text(links)
            flags = (*flags, "--links", str(tmp_path / "links.csv"))
        call_command("import_establishments", str(path), *flags)
        return capsys.readouterr().out

    return call


def state():
    return (
        list(Establishment.objects.order_by("id").values_list()),
        *(model.objects.count() for model in (EstablishmentChange, EstablishmentLink, ImportRun, AuditEvent)),
    )


def test_the_official_extract_as_it_comes(capsys):
    call_command("import_establishments", str(SAMPLES / "gias_extract_sample.csv"))
    assert "99 rows read, 99 added, 0 changed" in capsys.readouterr().out
    found = Establishment.objects.get(urn="100005")
    assert (found.name, found.town, found.postcode) == ("Thomas Coram Centre", "London", "WC1N 2NY")
    assert Establishment.objects.get(urn="100001").opened_on.isoformat() == "1920-01-01"


def test_in_windows_own_encoding(tmp_path):
    path = tmp_path / "extract.csv"
    path.write_bytes(extract_of(school("100000", "École St Denys")).encode("cp1252"))
    call_command("import_establishments", str(path))
    assert Establishment.objects.get().name == "École St Denys"


def test_new_ones_are_found_by_the_search_at_once(take):
    take(school("100000", "Kingfisher Academy"))
    assert [each.urn for each in find_workplaces("kingfisher")] == ["100000"]


def test_a_new_name_is_found_and_the_old_one_is_not(take):
    take(school("100000", "Kingfisher Academy"))
    take(school("100000", "Heron Academy"))
    assert find_workplaces("heron")[0].urn == "100000"
    assert find_workplaces("kingfisher") == []


def test_what_changed_is_kept_as_it_was(take):
    take(*TEN)
    assert "0 added, 1 changed, 0 closed" in take(
        *TEN[1:], school("100000", "Heron Academy", NumberOfPupils="300")
    )
    change = EstablishmentChange.objects.get()
    assert change.establishment.urn == "100000"
    assert change.old == {"name": "School 100000", "pupils": 200}
    assert change.new == {"name": "Heron Academy", "pupils": 300}
    assert change.run == ImportRun.objects.in_use("establishments").get()


@pytest.mark.parametrize("content", [extract_of(*TEN), "URN"], ids=["taken", "refused"])
def test_of_a_long_name_the_beginning_is_kept(tmp_path, content):
    path = tmp_path / f"{'n' * 240}.csv"
    path.write_text(content)
    with suppress(CommandError):
        call_command("import_establishments", str(path))
    assert ImportRun.objects.get().file_name == "n" * 200


def test_the_same_file_again_changes_nothing_and_says_so(take):
    take(*TEN)
    before = state()
    assert "Nothing was changed: this file is the one in use." in take(*TEN)
    assert state() == before


def test_other_bytes_with_the_same_rows_change_no_row(take):
    take(*TEN)
    rows = state()[0]
    assert "10 rows read, 0 added, 0 changed, 0 closed" in take(*reversed(TEN))
    assert (state()[0], EstablishmentChange.objects.count()) == (rows, 0)


def test_what_is_gone_is_closed_and_kept(take):
    take(*TEN)
    key = Establishment.objects.get(urn="100000").pk
    assert "1 closed, as the file no longer has them" in take(*TEN[1:])
    gone = Establishment.objects.get(pk=key)
    assert (gone.status_code, gone.status_name, gone.is_pickable) == ("2", "Closed", False)
    assert gone.retired_on is not None
    change = gone.changes.get()
    assert (change.old["status_name"], change.new["status_name"]) == ("Open", "Closed")


def test_the_page_of_one_that_is_gone_leads_to_its_successor(take, client):
    take(*TEN)
    take(*TEN[1:], links=LINKS)
    page = client.get("/funding/establishments/100000/").content.decode()
    assert "School 100000 has closed" in page
    assert "School 100001" in page


def test_one_that_comes_back_is_open_again(take):
    take(*TEN)
    take(*TEN[1:])
    take(*reversed(TEN))
    back = Establishment.objects.get(urn="100000")
    assert (back.status_code, back.retired_on, back.changes.count()) == ("1", None, 2)


def test_one_that_was_closed_already_is_left_alone(take):
    take(
        *TEN, school("100050", **{"EstablishmentStatus (code)": "2", "EstablishmentStatus (name)": "Closed"})
    )
    assert "0 closed, as" in take(*TEN)
    assert Establishment.objects.get(urn="100050").retired_on is None


@pytest.mark.parametrize(("gone", "refused"), [(2, False), (3, True)])
def test_over_a_fifth_gone_takes_a_flag(take, gone, refused):
    take(*TEN)
    before = state()[0]
    if not refused:
        take(*TEN[gone:])
        return
    with pytest.raises(
        CommandError, match=r"Nothing was changed. The file lacks 3 of the 10 .* --accept-large-loss"
    ):
        take(*TEN[gone:])
    assert state()[0] == before
    take(*TEN[gone:], flags=["--accept-large-loss"])
    assert Establishment.objects.pickable().count() == 7


def test_a_dry_run_says_what_would_be_and_changes_nothing(take):
    take(*TEN)
    before = state()
    said = take(*TEN[1:], school("200000"), flags=["--dry-run"])
    assert "1 would be added, 0 would be changed, 1 would be closed" in said
    assert "Nothing was changed." in said
    assert state() == before


def test_columns_that_the_file_lacks_stay_as_they_were(take):
    take(school("100000", Town="Leeds"))
    take(school("100000", "Heron Academy"), without=("Town", "NumberOfPupils"))
    kept = Establishment.objects.get()
    assert (kept.name, kept.town, kept.pupils) == ("Heron Academy", "Leeds", 200)


def test_those_without_a_urn_are_known_by_their_ukprn(take):
    take(*TEN, college("10000055"))
    take(*TEN, college("10000055", EstablishmentName="The College"))
    assert Establishment.objects.get(ukprn="10000055").name == "The College"
    assert Establishment.objects.count() == 11


def test_an_extract_with_urns_only_says_nothing_of_those_without(take):
    kept, same = PostSixteenFactory(ukprn="10000055"), PostSixteenFactory(ukprn="10000066")
    take(*TEN, school("130000", "College with a URN", UKPRN="10000066"), flags=["--accept-large-loss"])
    kept.refresh_from_db()
    same.refresh_from_db()
    assert kept.is_pickable
    assert not same.is_pickable
    assert Establishment.objects.get(urn="130000").is_pickable


def test_links_are_replaced_with_the_extract(take):
    assert "links.csv: 1 rows read, 1 added" in take(*TEN, links=LINKS)
    assert EstablishmentLink.objects.get().linked_urn == "100001"
    take(*TEN, links=LINKS.replace("100001,", "100002,", 1), flags=["--accept-large-loss"])
    assert EstablishmentLink.objects.get().linked_urn == "100002"


def test_neither_where_the_links_are_refused(take):
    take(*TEN, links=LINKS)
    before = state()[0]
    with pytest.raises(CommandError, match="has no column LinkURN"):
        take(*TEN[1:], links="URN\n100000\n")
    assert state()[0] == before
    assert EstablishmentLink.objects.count() == 1


def test_who_did_it_is_recorded(take):
    take(*TEN)
    event = AuditEvent.objects.get()
    assert (event.action, event.actor, event.source) == (
        "funding.extract_taken",
        "system",
        "import_establishments",
    )
    assert event.new["establishments added"] == 10


def test_two_files_are_one_row_of_the_audit(take):
    take(*TEN, links=LINKS)
    event = AuditEvent.objects.get()
    assert (event.new["establishments added"], event.new["establishment-links added"]) == (10, 1)
    assert event.subject == reference(ImportRun.objects.get(source="establishments"))


def test_a_bad_row_refuses_the_file_unless_it_is_left_out(take):
    take(*TEN)
    bad = [{**TEN[0], "NumberOfPupils": "many"}, *TEN[1:], school("200000")]
    before = state()[0]
    with pytest.raises(CommandError, match="--without-rejected-rows"):
        take(*bad)
    assert state()[0] == before
    said = take(*bad, flags=["--without-rejected-rows"])
    assert 'Row 2: NumberOfPupils is "many", not a whole number' in said
    assert "1 added, 0 changed, 0 closed, as the file no longer has them, 1 rejected" in said
    # The school of the rejected row is in the file, so it is not taken for gone.
    assert Establishment.objects.get(urn="100000").is_pickable


def test_rows_of_before_this_importer_are_taken_on(take):
    made = EstablishmentFactory(urn="100000", name="Oak")
    take(*TEN)
    made.refresh_from_db()
    assert made.name == "School 100000"
