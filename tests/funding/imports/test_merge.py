"""A file into its table: what is new, what differs, what is gone; or nothing, where it cannot be used."""

import pytest
from django.db import transaction

from funding.imports.establishments import ESTABLISHMENTS
from funding.imports.run import Origin, import_table
from funding.imports.tables import CHILDCARE, LINKS
from funding.models import ChildcareSetting, Establishment, EstablishmentLink, ImportRun
from funding.search import find_workplaces
from npq_portal.read import FileRefusedError
from tests.factories.funding import find_again
from tests.funding.samples import SAMPLES

pytestmark = pytest.mark.django_db

LINK_HEADER = "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\n"
TWO = LINK_HEADER + "100006,134643,A,Predecessor,01-01-2022\n100012,100021,B,Successor,\n"


def load(tmp_path, table, content):
    path = tmp_path / "file.csv"
    path.write_text(content)
    with transaction.atomic():
        run = import_table(path, table, Origin("links", bundled=False), lambda rows: None)
        if table is ESTABLISHMENTS:
            find_again()
        return run


def changes(run):
    return run.rows_read, run.rows_added, run.rows_changed, run.rows_removed, run.rows_rejected


def test_new_rows_are_added(tmp_path):
    assert changes(load(tmp_path, LINKS, TWO)) == (2, 2, 0, 0, 0)
    assert EstablishmentLink.objects.get(urn="100006").linked_name == "A"


def test_the_same_again_changes_nothing(tmp_path):
    load(tmp_path, LINKS, TWO)
    assert changes(load(tmp_path, LINKS, TWO)) == (2, 0, 0, 0, 0)


def test_what_differs_is_changed_and_what_is_gone_removed(tmp_path):
    load(tmp_path, LINKS, TWO)
    changed = LINK_HEADER + "100006,134643,Another name,Predecessor,01-01-2022\n"
    assert changes(load(tmp_path, LINKS, changed)) == (1, 0, 1, 1, 0)
    assert EstablishmentLink.objects.get().linked_name == "Another name"


def test_rejected_rows_are_named_and_the_others_taken(tmp_path):
    run = load(tmp_path, LINKS, TWO + "x,100021,C,Successor,\n")
    assert changes(run) == (3, 2, 0, 0, 1)
    assert run.rejected == [
        {"row": 4, "reason": '"x" does not fit: a school\'s URN has six digits and does not begin with 0'}
    ]


def test_two_rows_for_one_key_are_refused_by_number(tmp_path):
    with pytest.raises(FileRefusedError, match="Rows 3 and 4 are both for urn 100012"):
        load(tmp_path, LINKS, TWO + "100012,100021,C,Successor,\n")
    assert not EstablishmentLink.objects.exists()
    assert not ImportRun.objects.exists()


def test_a_file_without_rows_is_refused(tmp_path):
    load(tmp_path, LINKS, TWO)
    with pytest.raises(FileRefusedError, match="a header and no rows"):
        load(tmp_path, LINKS, LINK_HEADER)
    assert EstablishmentLink.objects.count() == 2


def test_a_file_cut_short_half_way_changes_nothing(tmp_path):
    load(tmp_path, LINKS, TWO)
    with pytest.raises(FileRefusedError, match="Row 2 has 2 cells"):
        load(tmp_path, LINKS, LINK_HEADER + "100013,100021\n")
    assert EstablishmentLink.objects.count() == 2


def test_the_official_extract_is_read_as_it_comes(tmp_path):
    sample = (SAMPLES / "gias_extract_sample.csv").read_text(encoding="utf-8-sig")
    run = load(tmp_path, ESTABLISHMENTS, sample)
    assert (run.rows_read, run.rows_added, run.rows_rejected) == (99, 99, 0)
    school = Establishment.objects.get(urn="100005")
    assert (school.name, school.town, school.postcode) == ("Thomas Coram Centre", "London", "WC1N 2NY")
    assert find_workplaces("thomas coram london")[0] == school


def test_schools_and_institutions_without_a_urn_are_told_apart(tmp_path):
    header = (
        "URN,UKPRN,EstablishmentName,TypeOfEstablishment (code),TypeOfEstablishment (name),"
        "EstablishmentStatus (code),EstablishmentStatus (name),Postcode\n"
    )
    rows = (
        "100000,,School,1,Community school,1,Open,EC3A 5DE\n,10000055,College,18,Further education,1,Open,\n"
    )
    assert changes(load(tmp_path, ESTABLISHMENTS, header + rows)) == (2, 2, 0, 0, 0)
    moved = rows.replace("EC3A 5DE", "EC3A 5DF").replace("College", "The College")
    assert changes(load(tmp_path, ESTABLISHMENTS, header + moved)) == (2, 0, 2, 0, 0)
    nobody = ",,Nobody,1,Community school,1,Open,\n"
    assert load(tmp_path, ESTABLISHMENTS, header + rows + nobody).rejected[0]["row"] == 4


def test_a_private_address_is_not_a_postcode(tmp_path):
    header = ",".join(CHILDCARE.required)
    load(tmp_path, CHILDCARE, f"{header}\nEY123456,A nursery,,Leeds,REDACTED,Leeds,North,0\n")
    assert ChildcareSetting.objects.get().postcode == ""


def test_a_private_name_is_said_to_be_so(tmp_path):
    header = ",".join(CHILDCARE.required)
    load(tmp_path, CHILDCARE, f"{header}\nEY123456,REDACTED,,REDACTED,REDACTED,Not Recorded,Not Recorded,0\n")
    private = ChildcareSetting.objects.get()
    assert private.label == "Name not published by Ofsted, Ofsted URN EY123456"
