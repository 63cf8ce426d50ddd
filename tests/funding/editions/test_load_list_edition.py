"""`manage.py load_list_edition`: looks unless told to confirm; one clear line and a failure where it refuses."""

import pytest
from django.core.management import CommandError, call_command

from funding.models import EditionUpload, ImportRun
from npq_portal.audit.models import AuditEvent
from tests.funding.editions.conftest import IN_USE
from tests.funding.editions.making import csv_of, everything, numbers_in_use, urns

MORE = csv_of([*IN_USE, *urns(100_010, 2)])


@pytest.fixture
def run(tmp_path, capsys):
    def call(content, *flags, kind="pp50-schools", term="autumn-2026"):
        path = tmp_path / "list.csv"
        path.write_bytes(content)
        call_command("load_list_edition", kind, term, str(path), *flags)
        return capsys.readouterr().out

    return call


def test_without_confirm_it_only_looks(run, in_use, term):
    before = everything()
    said = run(MORE)
    assert "12 rows read, 0 rejected, 12 numbers; 2 added, 0 removed" in said
    assert "Nothing was changed. To put it in use, add --confirm." in said
    assert (everything(), EditionUpload.objects.count()) == (before, 0)


def test_with_confirm_it_puts_it_in_use(run, in_use, term):
    assert "Autumn 2026 now decides with this edition." in run(
        MORE, "--confirm", "--published-on", "2026-08-31"
    )
    assert len(numbers_in_use(term)) == 12
    event = AuditEvent.objects.get()
    assert (event.actor, event.source) == ("system", "load_list_edition")


def test_the_same_again_says_so(run, in_use):
    run(MORE, "--confirm")
    before = everything()
    assert "Nothing was changed: Autumn 2026 already decides with these numbers." in run(MORE, "--confirm")
    assert everything() == before


@pytest.mark.parametrize(
    ("content", "flag"),
    [
        (csv_of(IN_USE[:5]), "--right-file"),
        (csv_of([*IN_USE, *urns(100_010, 5)]), "--right-file"),
        (csv_of([*IN_USE, "100010", "1"]), "--without-rejected-rows"),
    ],
)
def test_names_the_flag_that_agrees(run, in_use, term, content, flag):
    with pytest.raises(CommandError, match=f"Nothing was changed.*add {flag}"):
        run(content, "--confirm")
    assert numbers_in_use(term) == set(IN_USE)
    run(content, "--confirm", flag)
    assert numbers_in_use(term) != set(IN_USE)


def test_a_refused_file_is_recorded(run, in_use):
    with pytest.raises(CommandError, match=r"Nothing was changed\. list\.csv has no column URN"):
        run(b"Name\nOak\n", "--confirm")
    refused = ImportRun.objects.get()
    assert refused.refusal.startswith("list.csv has no column URN")
    assert not ImportRun.objects.in_use(refused.source).exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["pp50-schools", "autumn-2099", "x.csv"], "There is no term autumn-2099. There are autumn-2026."),
        (["pp50-schools", "autumn-2026", "nowhere.csv"], "There is no file nowhere.csv."),
        (["pp50", "autumn-2026", "x.csv"], "invalid choice"),
        (
            ["rise", "autumn-2026", "x.csv", "--published-on", "soon"],
            "soon is not a day written as 2026-08-31",
        ),
    ],
)
def test_says_what_is_wrong_with_the_command(term, arguments, words):
    with pytest.raises(CommandError, match=words):
        call_command("load_list_edition", *arguments)
