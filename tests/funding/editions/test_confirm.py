"""Confirming makes the edition and points the term at it: once, by the person who looked, while it still holds."""

import pytest

from funding.actions import editions
from funding.imports.run import Accepted
from funding.models import EditionUpload, ImportRun, ListEdition, TermList
from npq_portal.audit.models import AuditEvent
from tests.factories.catalogue import TermFactory
from tests.funding.editions.conftest import IN_USE
from tests.funding.editions.making import (
    NOTHING,
    confirm,
    csv_of,
    everything,
    numbers_in_use,
    preview,
    urns,
)
from tests.people import PortalStaffFactory

MORE = csv_of([*IN_USE, *urns(100_010, 2)])
# Where a name is cut cannot be told: no two are alike.
UNENDED = csv_of([f"{urn},School {urn}" for urn in [*IN_USE[:9], "100010"]], header="URN,Name")[:-1]


def test_the_term_decides_with_the_new_edition(tmp_path, term, in_use, staff):
    done = confirm(preview(tmp_path, MORE, term=term, by=staff), by=staff, agreed=NOTHING)
    assert done.changed
    assert numbers_in_use(term) == {*IN_USE, *urns(100_010, 2)}
    assert (done.edition.entry_count, done.edition.source_name, done.edition.term_label) == (
        12,
        "list.csv",
        "autumn-2026",
    )


def test_the_edition_before_stays_as_it_was(tmp_path, term, in_use, staff):
    confirm(preview(tmp_path, MORE, term=term, by=staff), by=staff)
    in_use.refresh_from_db()
    assert (in_use.entry_count, set(in_use.entries.values_list("identifier", flat=True))) == (10, set(IN_USE))


def test_other_terms_keep_their_edition(tmp_path, term, in_use, staff):
    other = TermFactory(identifier="autumn-2025")
    TermList.objects.create(term=other, kind="pp50-schools", edition=in_use)
    confirm(preview(tmp_path, MORE, term=term, by=staff), by=staff)
    assert TermList.objects.get(term=other).edition == in_use


def test_the_audit_row_says_who_and_what(tmp_path, term, in_use, staff):
    done = confirm(preview(tmp_path, MORE, term=term, by=staff), by=staff)
    event = AuditEvent.objects.about(TermList.objects.get(term=term)).get()
    assert (event.action, event.actor) == ("funding.edition_put_in_use", f"user:{staff.pk}")
    assert (event.old["edition"], event.new["edition"]) == (in_use.pk, done.edition.pk)


def test_the_run_is_recorded(tmp_path, term, in_use, staff):
    confirm(preview(tmp_path, MORE, term=term, by=staff), by=staff)
    run = ImportRun.objects.in_use("list pp50-schools autumn-2026").get()
    assert (run.rows_read, run.rows_added, run.rows_removed, run.bundled) == (12, 2, 0, False)


def test_a_second_confirmation_finds_it_done(tmp_path, term, in_use, staff):
    upload = preview(tmp_path, MORE, term=term, by=staff)
    first = confirm(upload, by=staff)
    before = everything()
    second = confirm(upload, by=staff)
    assert (second.edition, second.changed) == (first.edition, False)
    assert everything() == before


def test_the_same_file_again_changes_nothing(tmp_path, term, in_use, staff):
    confirm(preview(tmp_path, MORE, term=term, by=staff), by=staff)
    before = everything()
    again = preview(tmp_path, MORE, term=term, by=staff)
    assert again.changes_nothing
    assert not confirm(again, by=staff, agreed=NOTHING).changed
    assert everything() == before


def test_an_earlier_file_puts_its_edition_back_in_use(tmp_path, term, in_use, staff):
    first = confirm(preview(tmp_path, MORE, term=term, by=staff), by=staff)
    confirm(preview(tmp_path, csv_of(IN_USE[:9]), term=term, by=staff), by=staff)
    back = confirm(preview(tmp_path, MORE, term=term, by=staff), by=staff)
    assert (back.edition, back.changed) == (first.edition, True)
    assert TermList.objects.get(term=term).edition == first.edition
    assert ListEdition.objects.filter(sha256=first.edition.sha256).count() == 1


def test_the_same_file_for_another_term_is_that_terms_edition(tmp_path, term, in_use, staff):
    """As it is where the portal brings the file itself: an edition says which term it was published for."""
    first = confirm(preview(tmp_path, MORE, term=term, by=staff), by=staff)
    other = TermFactory(identifier="spring-2027")
    second = confirm(preview(tmp_path, MORE, term=other, by=staff), by=staff)
    assert (second.edition.term_label, second.edition.sha256) == ("spring-2027", first.edition.sha256)
    assert numbers_in_use(other) == numbers_in_use(term)


def test_somebody_else_cannot_confirm_it(tmp_path, term, in_use, staff):
    upload = preview(tmp_path, MORE, term=term, by=staff)
    with pytest.raises(EditionUpload.DoesNotExist):
        confirm(upload, by=PortalStaffFactory())
    assert numbers_in_use(term) == set(IN_USE)


def test_not_after_two_hours(tmp_path, term, in_use, staff):
    upload = preview(tmp_path, MORE, term=term, by=staff)
    with pytest.raises(editions.ExpiredError, match="Upload the file again"):
        confirm(upload, by=staff, now=upload.expires_at)
    assert numbers_in_use(term) == set(IN_USE)


def test_not_when_another_edition_came_first(tmp_path, term, in_use, staff):
    slow = preview(tmp_path, MORE, term=term, by=staff)
    confirm(preview(tmp_path, csv_of(IN_USE[:9]), term=term, by=staff), by=staff)
    with pytest.raises(editions.OvertakenError):
        confirm(slow, by=staff)
    assert numbers_in_use(term) == set(IN_USE[:9])


@pytest.mark.parametrize(
    ("content", "agreed", "what"),
    [
        (csv_of([*IN_USE, "100010", "x"]), Accepted(large_loss=True), "rejected_rows"),
        (csv_of(IN_USE[:7]), Accepted(rejected_rows=True), "large_loss"),
        (csv_of([*IN_USE, *urns(100_010, 3)]), Accepted(rejected_rows=True), "large_loss"),
        (csv_of([*IN_USE, *urns(500_000, 5)]), Accepted(rejected_rows=True), "large_loss"),
        (UNENDED, Accepted(rejected_rows=True), "large_loss"),
    ],
    ids=["rejected rows", "over a fifth gone", "over a fifth new", "unknown numbers", "last row in doubt"],
)
def test_not_without_the_further_agreement(tmp_path, term, in_use, staff, content, agreed, what):
    upload = preview(tmp_path, content, term=term, by=staff)
    before = everything()
    with pytest.raises(editions.NotAgreedError) as refused:
        confirm(upload, by=staff, agreed=agreed)
    assert (refused.value.what, everything()) == (what, before)
    assert confirm(upload, by=staff).changed


def test_thrown_away_it_cannot_be_confirmed(tmp_path, term, in_use, staff):
    upload = preview(tmp_path, MORE, term=term, by=staff)
    editions.discard(upload=upload, by=PortalStaffFactory())
    assert EditionUpload.objects.filter(pk=upload.pk).exists()
    editions.discard(upload=upload, by=staff)
    with pytest.raises(EditionUpload.DoesNotExist):
        confirm(upload, by=staff)


def test_what_was_confirmed_cannot_be_thrown_away(tmp_path, term, in_use, staff):
    upload = preview(tmp_path, MORE, term=term, by=staff)
    confirm(upload, by=staff)
    editions.discard(upload=upload, by=staff)
    assert EditionUpload.objects.filter(pk=upload.pk).exists()
