"""The catalogue's version moves with every committed change, and with nothing else."""

import threading

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from catalogue.models import (
    CatalogueVersion,
    CourseAlert,
    DifferentPartners,
    HubMembership,
    Invitation,
    ProviderMembership,
    Qualification,
    RunChange,
    RunUpload,
    RunVenue,
    SearchEntry,
)
from tests.factories.catalogue import QualificationFactory

now = CatalogueVersion.objects.now


@pytest.mark.django_db
def test_every_table_of_the_catalogue_moves_it_but_those_that_no_page_shows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'catalogue_changed'")
        moving = {table for (table,) in cursor.fetchall()}
    unseen = {
        CatalogueVersion,
        CourseAlert,
        DifferentPartners,
        HubMembership,
        Invitation,
        ProviderMembership,
        RunChange,
        RunUpload,
        RunVenue,
        SearchEntry,
    }  # venues move with their sessions, and the search's entries with what they describe
    models = set(apps.get_app_config("catalogue").get_models())
    assert moving == {model._meta.db_table for model in models - unseen}


@pytest.mark.django_db
def test_there_is_one_row():
    with pytest.raises(IntegrityError, match="catalogue_version_is_one_row"):
        CatalogueVersion.objects.create(id=2, version="00000000-0000-0000-0000-000000000000")


@pytest.mark.django_db(transaction=True)
def test_a_commit_moves_it_and_a_rollback_does_not():
    npq = QualificationFactory()
    before = now()
    with transaction.atomic():
        npq.save()
        transaction.set_rollback(True)
    assert now() == before
    Qualification.objects.update(summary="In bulk.")
    changed = now()
    assert changed != before
    npq.delete()
    assert now() not in {before, changed}


@pytest.mark.django_db
def test_many_rows_of_one_statement_move_it_once(version_moves_at_once):
    for _ in range(3):
        QualificationFactory()
    seen = {now()}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n_tup_upd FROM pg_stat_xact_user_tables WHERE relname = 'catalogue_catalogueversion'"
        )
        (before,) = cursor.fetchone()
        for summary in ("In bulk.", "In bulk again."):
            Qualification.objects.update(summary=summary)
            seen.add(now())
        cursor.execute(
            "SELECT n_tup_upd FROM pg_stat_xact_user_tables WHERE relname = 'catalogue_catalogueversion'"
        )
        (after,) = cursor.fetchone()
    assert (len(seen), after - before) == (3, 2)


@pytest.mark.django_db
def test_a_savepoint_that_is_rolled_back_leaves_it_free_to_move(version_moves_at_once):
    QualificationFactory()
    before = now()
    with transaction.atomic():
        Qualification.objects.update(summary="Taken back.")
        transaction.set_rollback(True)
    assert now() == before
    Qualification.objects.update(summary="Kept.")
    assert now() != before


@pytest.mark.django_db(transaction=True)
def test_what_was_written_first_and_committed_last_still_moves_it_and_makes_nobody_wait():
    first, second = QualificationFactory(), QualificationFactory()
    written, go_on = threading.Event(), threading.Event()

    def write_first_and_commit_last():
        try:
            with transaction.atomic():
                first.save()
                written.set()
                assert go_on.wait(20)
        finally:
            connection.close()

    slow = threading.Thread(target=write_first_and_commit_last)
    slow.start()
    assert written.wait(20)
    second.save()
    between = now()
    go_on.set()
    slow.join()
    assert now() != between
