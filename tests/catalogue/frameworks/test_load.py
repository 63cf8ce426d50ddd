"""`manage.py load_framework`: an operator fills a framework with its statements, or learns why not."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from catalogue.loading import load
from catalogue.loading.entries import DataFileError
from catalogue.models import FrameworkSection, FrameworkStatement, Qualification
from npq_portal.audit.models import AuditEvent
from tests.catalogue.conftest import Counter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
HEADER = "section,number,kind,text"
FIRST = "Teaching,1,learn that,Practice helps."
SECOND = "Implementation,1,learn how to,Begin small."


@pytest.fixture
def load_file(tmp_path):
    def run(*rows, npq="NPQLTD", **options):
        path = tmp_path / "statements.csv"
        path.write_text("\n".join([HEADER, *rows]))
        said = StringIO()
        call_command("load_framework", npq, path, stdout=said, **options)
        return said.getvalue().strip()

    return run


def statements(code="NPQLTD"):
    found = FrameworkStatement.objects.filter(section__qualification__code=code)
    return list(found.order_by("position").values_list("section__title", "kind", "number", "text"))


def test_statements_stand_under_their_sections(load_file):
    assert load_file(FIRST, SECOND) == (
        "The edition of 20 December 2022 has 2 statements: 2 added, 0 changed, 0 removed."
    )
    assert statements() == [
        ("Teaching", "learn_that", "1", "Practice helps."),
        ("Implementation", "learn_how_to", "1", "Begin small."),
    ]


def test_again_changes_nothing(load_file):
    load_file(FIRST, SECOND)
    before = list(FrameworkStatement.objects.values())
    assert load_file(FIRST, SECOND).endswith("has 2 statements: 0 added, 0 changed, 0 removed.")
    assert list(FrameworkStatement.objects.values()) == before
    assert AuditEvent.objects.filter(action="catalogue.framework_loaded").count() == 1


def test_a_newer_file_replaces_what_it_corrects(load_file):
    load_file(FIRST, SECOND)
    kept = FrameworkStatement.objects.get(number="1", kind="learn_that").pk
    assert load_file(FIRST.replace("helps", "matters"), "Teaching,2,learn that,So does rest.").endswith(
        "has 2 statements: 1 added, 1 changed, 1 removed."
    )
    assert [text for *_, text in statements()] == ["Practice matters.", "So does rest."]
    assert FrameworkStatement.objects.get(number="1").pk == kept


def test_what_was_loaded_is_on_record(load_file):
    load_file(FIRST, SECOND)
    event = AuditEvent.objects.get(action="catalogue.framework_loaded")
    assert event.source == "load_framework"
    assert event.new == {"edition": "2022-12-20", "added": 2, "changed": 0, "removed": 0}


def test_each_edition_keeps_its_own(load_file):
    load_file(FIRST)
    assert load_file(FIRST.replace("helps", "helped"), edition="2021-07-01").startswith(
        "The edition of 1 July 2021 has 1 statement"
    )
    assert {text for *_, text in statements()} == {"Practice helps.", "Practice helped."}


def test_a_framework_without_a_known_edition(load_file):
    said = load_file("Teaching,1,learn that,Plan for each.", npq="npq-senco")
    assert said == "The framework has 1 statement: 1 added, 0 changed, 0 removed."
    assert FrameworkStatement.objects.get().edition is None


@pytest.mark.parametrize(
    "npq", ["npqltd", "npq-leading-teaching-development", "leading-teaching-development"]
)
def test_an_npq_by_any_of_its_names(load_file, npq):
    load_file(FIRST, npq=npq)
    assert len(statements()) == 1


@pytest.mark.parametrize(
    ("rows", "options", "why"),
    [
        ([FIRST, "Trust culture,1,learn that,No."], {}, "Row 3 has the section “Trust culture”."),
        ([FIRST, FIRST], {}, "Row 3 has learn that 1 of Teaching again, after row 2."),
        ([FIRST, "Teaching,2,learn that"], {}, "Row 3 has 3 cells for 4 columns."),
        ([], {}, "The file has no statement."),
        ([FIRST], {"edition": "2022-12-21"}, "has no edition of 2022-12-21. It has 2022-12-20, 2021-07-01"),
        ([FIRST], {"npq": "NPQX"}, "There is no NPQ NPQX. There are NPQLTD, NPQLT"),
        ([FIRST], {"npq": "ASO"}, "There is no NPQ ASO."),
        ([FIRST], {"npq": "EHCO"}, "Early headship coaching offer has no framework."),
    ],
)
def test_a_mistake_changes_nothing(load_file, rows, options, why):
    load_file(SECOND)
    before = list(FrameworkStatement.objects.values())
    with pytest.raises(CommandError) as refused:
        load_file(*rows, **options)
    assert why in str(refused.value)
    assert list(FrameworkStatement.objects.values()) == before


def test_the_refusal_says_that_nothing_was_changed(load_file):
    with pytest.raises(CommandError, match=r"(?s)Row 2 .*\nRow 3 .*\nNothing was changed\.$"):
        load_file("No,1,learn that,No.", "Neither,1,learn that,No.")


def test_a_day_that_is_none(load_file, tmp_path):
    with pytest.raises(CommandError, match="autumn is not a day written as 2022-12-20"):
        call_command("load_framework", "NPQH", tmp_path / "x.csv", "--edition", "autumn")


def test_the_reference_data_loads_over_them(load_file):
    load_file(FIRST, SECOND)
    before = list(FrameworkStatement.objects.values())
    load(Counter())
    assert list(FrameworkStatement.objects.values()) == before


def test_sections_change_places_with_their_statements(load_file):
    load_file(FIRST)
    teaching, designing = FrameworkSection.objects.filter(qualification__code="NPQLTD").order_by("position")[
        :2
    ]
    FrameworkSection.objects.filter(pk=teaching.pk).update(position=designing.position)
    FrameworkSection.objects.filter(pk=designing.pk).update(position=teaching.position)
    load(Counter())
    teaching.refresh_from_db()
    assert teaching.position == 1
    assert teaching.statements.count() == 1


def test_a_section_that_goes_from_the_data_takes_no_statements_with_it(load_file):
    npq = Qualification.objects.get(code="NPQLTD")
    section = FrameworkSection.objects.create(qualification=npq, position=9, title="Gone", summary="Gone.")
    load_file("Gone,1,learn that,Here.")
    with pytest.raises(DataFileError, match="Leading teacher development has no section Gone any more"):
        load(Counter())
    assert section.statements.count() == 1
