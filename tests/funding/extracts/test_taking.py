"""Staff upload an extract of the register, look at what it would change, and have the queue take it."""

import gzip
import io
import threading
from datetime import UTC, datetime, timedelta
from html import unescape
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from funding.actions import extracts
from funding.imports import locks
from funding.imports.run import ANYTHING
from funding.models import Establishment, EstablishmentChange, ExtractUpload, ImportRun
from funding.tasks import rows_told, sweep_extracts, take_extract
from npq_portal.audit.models import AuditEvent
from tests.applications.races.threads import all_at_once
from tests.factories.funding import EstablishmentFactory, ExtractUploadFactory, ImportRunFactory
from tests.funding.imports.extracts import extract_of, school
from tests.people import PortalStaffFactory, StaffFactory, sign_in

BRING = "/admin/funding/establishment/extract/"
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
IN_USE = [str(urn) for urn in range(100_000, 100_010)]
SAME = [school(urn) for urn in IN_USE]
pytestmark = pytest.mark.django_db


@pytest.fixture
def in_use(db):
    """Ten schools, as the extract has them."""
    for urn in IN_USE:
        EstablishmentFactory(
            urn=urn, name="Oakwood School", type_name="Community school", postcode="NW5 3RD", pupils=200
        )


@pytest.fixture
def desk(client, in_use):
    return sign_in(client, PortalStaffFactory(full_name="Dee Effee"))


def bring(client, *rows, name="edubasealldata.csv", content=None, **given):
    file = SimpleUploadedFile(name, extract_of(*rows).encode() if content is None else content)
    return client.post(BRING, {"file": file, **given})


def text(response):
    return unescape(response.content.decode())


def page_of(upload):
    return reverse("admin:funding_establishment_extract", args=[upload.pk])


def everything():
    rows = list(Establishment.objects.order_by("pk").values_list())
    return rows, *(model.objects.count() for model in (EstablishmentChange, ImportRun, AuditEvent))


def work():
    """What the queue does."""
    for job in ProcrastinateJob.objects.filter(task_name=extracts.TASK):
        take_extract(**job.args)


CHANGED = [*SAME[:8], school("100008", "Newname School"), school("100010", "Additional School")]


def test_nothing_changes_until_it_is_taken_and_then_all_of_it(desk):
    before = everything()
    answer = bring(desk, *CHANGED, as_of="20 November 2026")
    upload = ExtractUpload.objects.get()
    assert (answer.status_code, answer.url) == (302, page_of(upload))
    told = text(desk.get(answer.url))
    for words in (
        "against the 10 establishments",
        "Added: 1",
        "Additional School (100010)",
        "Changed: 1",
        "Newname School (100008)",
        "Closed: 1",
        "Oakwood School (100009)",
        "20 November 2026",
    ):
        assert words in told
    assert everything() == before
    assert desk.post(answer.url).url == answer.url
    told = text(desk.get(answer.url))
    assert "Being read: 0 of 10 rows so far." in told
    assert "Load this page again" in told
    assert "that is still going on" in text(desk.get(BRING))
    assert everything() == before
    work()
    told = text(desk.get(answer.url))
    assert "Taken at" in told
    upload.refresh_from_db()
    run = upload.run
    assert (run.rows_added, run.rows_changed, run.rows_removed) == (1, 1, 1)
    assert Establishment.objects.get(urn="100008").name == "Newname School"
    assert Establishment.objects.get(urn="100009").retired_on
    assert bytes(upload.content) == b""
    row = AuditEvent.objects.get(action="funding.extract_taken")
    assert row.actor == f"user:{upload.by_id}"
    assert reverse("admin:funding_importrun_change", args=[run.pk]) in told


def test_asked_for_twice_and_taken_twice_is_once(desk):
    address = bring(desk, *CHANGED).url
    for _ in range(2):
        assert desk.post(address).status_code == 302
    assert ProcrastinateJob.objects.filter(task_name=extracts.TASK).count() == 1
    work()
    work()
    assert ImportRun.objects.count() == 1


def zipped(content, *names):
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize("pack", [gzip.compress, lambda content: zipped(content, "edubase.CSV", "about.txt")])
def test_a_packed_file_and_the_same_again(desk, pack):
    packed = pack(extract_of(*CHANGED).encode())
    desk.post(bring(desk, content=packed, name="extract.packed").url)
    work()
    assert "This file is the one in use already." in text(bring(desk, content=packed))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty"),
        (b"Name,Town\nOak,Leeds\n", "has no column"),
        (b"PK\x03\x04 and more", "an Excel workbook"),
        (zipped(b"URN\n", "a.csv", "b.csv"), "an Excel workbook or another packed file"),
        (zipped(b"URN\n" * 500, "a.csv").replace(b"a.csv", b"b.csv", 1), "packed file"),
        (
            extract_of(school("100000"), school("100000")).encode(),
            "Rows 2 and 3 are both for urn 100000. Keep one.",
        ),
        (extract_of(school("1")).encode(), "No row of the file can be used. Row 2:"),
        (extract_of(school("100000")).encode()[:-30], "Row 2"),
    ],
)
def test_a_wrong_file_is_refused_with_what_is_wrong(desk, content, told):
    before = everything()
    assert told in text(bring(desk, content=content))
    assert everything() == before
    assert not ExtractUpload.objects.exists()


def test_a_file_that_is_too_large(desk, settings):
    settings.STAFF_UPLOAD_LIMIT = 100
    assert "The file is over" in text(bring(desk, *CHANGED))


def test_rejected_rows_and_a_large_loss_are_asked_about(desk):
    address = bring(desk, *SAME[:4], school("1")).url
    told = text(desk.get(address))
    assert "It would close 6 of 10 open establishments" in told
    assert "a school's URN has six digits" in told
    refused = text(desk.post(address, {"rejected_rows": "on"}))
    assert "Tick this when you have checked the file." in refused
    assert not ExtractUpload.objects.at_work().exists()
    desk.post(address, {"rejected_rows": "on", "large_change": "on"})
    work()
    assert Establishment.objects.filter(retired_on=None).count() == 4


def test_a_large_growth_is_asked_about(desk):
    address = bring(desk, *SAME, *(school(str(urn)) for urn in range(100_010, 100_014))).url
    assert "It would add 4 establishments to 10" in text(desk.get(address))
    assert "Tick this when you have checked" in text(desk.post(address))


def test_thrown_away(desk):
    address = bring(desk, *CHANGED).url
    assert "thrown away" in text(desk.post(address, {"discard": "1"}, follow=True))
    assert not ExtractUpload.objects.exists()
    assert desk.get(address).status_code == 404


def test_what_was_asked_for_is_not_said_to_be_thrown_away(desk):
    address = bring(desk, *CHANGED).url
    desk.post(address)
    told = text(desk.post(address, {"discard": "1"}, follow=True))
    assert "thrown away. Nothing was changed" not in told
    assert "could not be thrown away" in told
    assert "Being read" in told
    work()
    assert Establishment.objects.filter(urn="100010").exists()


def test_thrown_away_twice_and_by_whom():
    upload = ExtractUploadFactory()
    colleague = PortalStaffFactory()
    for _ in range(2):
        assert extracts.discard(upload=ExtractUpload(pk=upload.pk), by=colleague, now=NOW)
    row = AuditEvent.objects.get()
    assert (row.action, row.actor) == ("funding.extract_thrown_away", f"user:{colleague.pk}")
    mine = ExtractUploadFactory()
    assert extracts.discard(upload=mine, by=mine.by, now=NOW)
    assert AuditEvent.objects.count() == 1


def test_whoever_asks_for_it_signs_it(desk):
    address = bring(desk, *CHANGED).url
    colleague = PortalStaffFactory(full_name="Colin League")
    sign_in(desk, colleague)
    desk.post(address)
    assert "Dee Effee uploaded it, and Colin League asked for it at" in text(desk.get(address))
    assert "Colin League had" in text(desk.get(BRING))
    work()
    assert AuditEvent.objects.get(action="funding.extract_taken").actor == f"user:{colleague.pk}"


def test_a_preview_that_is_too_old_or_overtaken(desk):
    upload = ExtractUploadFactory(expires_at=NOW + timedelta(days=1))
    with pytest.raises(extracts.ExpiredError):
        extracts.ask_to_take(upload=upload, agreed=ANYTHING, by=upload.by, now=NOW + timedelta(days=1))
    ImportRunFactory()
    with pytest.raises(extracts.OvertakenError):
        extracts.ask_to_take(upload=upload, agreed=ANYTHING, by=upload.by, now=NOW)


def test_while_one_is_taken_another_waits(desk):
    first, second = bring(desk, *CHANGED).url, bring(desk, *SAME, school("100011")).url
    desk.post(first)
    assert "Another extract is being taken." in text(desk.post(second))
    assert "Another extract is being taken." in text(bring(desk, *SAME))
    work()
    assert "Another extract was taken since this preview" in text(desk.post(second))


def test_what_is_refused_after_all_is_told_and_kept(desk):
    upload = ExtractUploadFactory(asked_at=NOW, content=b"Name\nOak\n", file_name="edubasealldata.csv")
    before = everything()[0]
    take_extract(upload.pk)
    told = text(desk.get(page_of(upload)))
    assert "Nothing was changed." in told
    assert "edubasealldata.csv has no column" in told
    run = ImportRun.objects.get()
    assert (run.file_name, bool(run.refusal)) == ("edubasealldata.csv", True)
    assert everything()[0] == before
    assert AuditEvent.objects.get(action="funding.extract_refused").subject == f"funding.importrun:{run.pk}"


@pytest.fixture
def poison(desk, monkeypatch):
    """One at work at which the portal fails each time."""

    def failing(**given):
        raise ValueError("a fault of ours")

    desk.post(bring(desk, *CHANGED).url)
    monkeypatch.setattr(extracts, "take_extract", failing)
    return ExtractUpload.objects.get()


def test_what_the_portal_fails_at_again_and_again_is_refused_and_others_are_taken(desk, poison, monkeypatch):
    before = everything()
    for tried in range(1, extracts.MOST_TRIES + 1):
        poison.refresh_from_db()
        assert poison.is_at_work
        with pytest.raises(ValueError, match="a fault of ours"):
            take_extract(poison.pk)
        poison.refresh_from_db()
        assert poison.tries == tried
    told = text(desk.get(page_of(poison)))
    assert "Nothing was changed." in told
    assert "The portal failed at this file 3 times, and does not try it again." in told
    run = ImportRun.objects.get()
    assert AuditEvent.objects.get(action="funding.extract_refused").actor == f"user:{poison.asked_by_id}"
    assert (run.refusal, poison.run, bytes(poison.content)) == (extracts.GIVEN_UP, run, b"")
    sweep_extracts(0)
    take_extract(poison.pk)
    assert (everything()[0], ImportRun.objects.count()) == (before[0], 1)
    monkeypatch.undo()
    desk.post(bring(desk, *CHANGED).url)
    work()
    assert Establishment.objects.filter(urn="100010").exists()


def test_one_that_killed_its_worker_each_time_is_refused_without_another_try(desk, poison):
    ExtractUpload.objects.update(tries=extracts.MOST_TRIES, asked_at=NOW)
    sweep_extracts(0)
    poison.refresh_from_db()
    assert poison.refusal == extracts.GIVEN_UP
    assert ImportRun.objects.count() == 1


def test_one_whose_worker_was_killed_is_taken_by_the_sweep(in_use):
    """A worker that is killed leaves it as it was asked for: all is one transaction."""
    content = extract_of(*CHANGED).encode()
    upload = ExtractUploadFactory(asked_at=NOW, content=content, large_change=True)
    before = everything()

    def killed(rows):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        extracts.take(pk=upload.pk, now=NOW, step=killed)
    assert everything() == before
    upload.refresh_from_db()
    assert upload.is_at_work
    assert (bytes(upload.content), upload.tries) == (content, 1)
    sweep_extracts(0)
    upload.refresh_from_db()
    assert upload.run.rows_added == 1


def test_nobody_but_portal_staff(client, in_use):
    upload = ExtractUploadFactory()
    sign_in(client, StaffFactory())
    for address in (BRING, page_of(upload)):
        assert client.get(address).status_code == 403
        assert client.post(address).status_code == 403
    assert ExtractUpload.objects.get().asked_at is None


@pytest.mark.django_db(transaction=True)
def test_two_asked_for_at_once():
    uploads = ExtractUploadFactory.create_batch(2)
    asking = [
        lambda each=each: extracts.ask_to_take(upload=each, agreed=ANYTHING, by=each.by, now=NOW)
        for each in uploads
    ]
    results = all_at_once(asking)
    assert results.count(None) == 1
    assert sum(isinstance(each, extracts.AtWorkError) for each in results) == 1
    assert ExtractUpload.objects.at_work().count() == 1


@pytest.mark.django_db(transaction=True)
def test_how_far_it_is_is_seen_while_it_is_taken(monkeypatch):
    monkeypatch.setattr("funding.tasks.TOLD_EVERY_SECONDS", 0)
    upload = ExtractUploadFactory(asked_at=NOW)
    with transaction.atomic(), rows_told(upload.pk) as step:
        for rows in (100, 50):
            step(rows)
        transaction.set_rollback(True)
    upload.refresh_from_db()
    assert upload.rows_done == 150


@pytest.mark.django_db(transaction=True)
def test_while_another_import_runs_it_is_left_to_the_sweep():
    upload = ExtractUploadFactory(asked_at=NOW)
    begun, finish = threading.Event(), threading.Event()

    def another():
        with transaction.atomic():
            locks.take_or_refuse()
            begun.set()
            finish.wait(20)
        connection.close()

    thread = threading.Thread(target=another)
    thread.start()
    assert begun.wait(10)
    take_extract(upload.pk)
    finish.set()
    thread.join()
    upload.refresh_from_db()
    assert upload.is_at_work
    assert upload.tries == 0
