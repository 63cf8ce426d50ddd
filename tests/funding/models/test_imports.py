"""What the database refuses about previews, history and refused files."""

from datetime import UTC, datetime, timedelta

import factory
import pytest
from django.db import IntegrityError

from funding.models import EditionUpload, EstablishmentChange
from tests.factories.catalogue import TermFactory
from tests.factories.funding import (
    EstablishmentFactory,
    ExtractUploadFactory,
    ImportRunFactory,
    ListEditionFactory,
)
from tests.people import PortalStaffFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def upload(**fields):
    counts = ("rows_read", "rows_rejected", "entry_count", "added", "removed", "unknown")
    given = {
        "kind": "rise",
        "term": TermFactory(),
        "file_name": "list.csv",
        "sha256": "0" * 64,
        "made_at": NOW,
        "expires_at": NOW + timedelta(hours=2),
        **dict.fromkeys(counts, 0),
    }
    return EditionUpload.objects.create(**{**given, **fields})


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("upload_sha256_format", {"sha256": "x"}),
        ("upload_confirmed_has_its_edition", {"confirmed_at": NOW}),
        ("upload_rejects_what_it_read", {"rows_read": 1, "rows_rejected": 2}),
        ("upload_expires_later", {"expires_at": NOW}),
    ],
)
def test_a_preview_that_cannot_be(constraint, fields):
    with pytest.raises(IntegrityError, match=constraint):
        upload(**fields)


def test_an_edition_belongs_to_a_confirmed_preview_only():
    edition = ListEditionFactory()
    upload(edition=edition, confirmed_at=NOW)
    with pytest.raises(IntegrityError, match="upload_confirmed_has_its_edition"):
        upload(edition=edition)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("extract_is_done_after_it_was_asked_for", {"done_at": NOW}),
        ("extract_is_done_after_it_was_asked_for", {"asked_at": NOW, "refusal": "It is empty."}),
        (
            "extract_is_asked_for_by_somebody_at_some_time",
            {"asked_by": factory.SubFactory(PortalStaffFactory)},
        ),
        ("extract_expires_later", {"expires_at": NOW}),
    ],
)
def test_an_extract_that_cannot_be(constraint, fields):
    with pytest.raises(IntegrityError, match=constraint):
        ExtractUploadFactory(**fields)


def test_one_extract_is_at_work():
    ExtractUploadFactory(asked_at=NOW, done_at=NOW, run=ImportRunFactory())
    ExtractUploadFactory(asked_at=NOW)
    ExtractUploadFactory()
    with pytest.raises(IntegrityError, match="one_extract_at_work"):
        ExtractUploadFactory(asked_at=NOW)


def test_a_refused_run_changed_nothing():
    with pytest.raises(IntegrityError, match="import_run_refused_changes_nothing"):
        ImportRunFactory(refusal="It is empty.", rows_added=1)


def test_a_run_changes_an_establishment_once():
    change = {"establishment": EstablishmentFactory(), "run": ImportRunFactory(), "old": {}, "new": {}}
    EstablishmentChange.objects.create(**change)
    with pytest.raises(IntegrityError, match="establishment_change_once_per_run"):
        EstablishmentChange.objects.create(**change)


def test_what_is_gone_is_closed():
    with pytest.raises(IntegrityError, match="establishment_retired_is_closed"):
        EstablishmentFactory(retired_on=NOW.date(), status_code="1")
